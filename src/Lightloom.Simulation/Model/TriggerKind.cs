namespace Lightloom.Simulation.Model;

/// <summary>What an activation of a trigger does.</summary>
public enum TriggerKind
{
    /// <summary>The first activation starts every flow that waits.</summary>
    Oneshot,

    /// <summary>Each activation starts the next flow that waits, in the order of the description: a window of transfers.</summary>
    Multishot,

    /// <summary>The N-th activation starts every flow that waits.</summary>
    Barrier,
}
