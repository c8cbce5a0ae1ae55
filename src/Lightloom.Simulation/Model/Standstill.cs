namespace Lightloom.Simulation.Model;

/// <summary>Whether a run was given up because it made no progress.</summary>
public enum Standstill
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>Senders tried again and again, and nothing arrived.</summary>
    NothingArrives,

    /// <summary>Events went on and on while simulated time stood still: a defect of the engine.</summary>
    TimeStands,
}
