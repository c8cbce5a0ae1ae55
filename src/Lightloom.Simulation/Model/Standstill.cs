namespace Lightloom.Simulation.Model;

/// <summary>Whether a run was given up because it made no progress.</summary>
public enum Standstill
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>Senders tried again and again, and nothing arrived.</summary>
    NothingArrives,

    /// <summary>Packets were sent on and on, and none brought a receiver anything that it did not have: a livelock.</summary>
    NothingNew,

    /// <summary>A packet was lost whose sender has no timeout.</summary>
    WaitsForEver,

    /// <summary>Events went on and on while simulated time stood still: a defect of the engine.</summary>
    TimeStands,
}
