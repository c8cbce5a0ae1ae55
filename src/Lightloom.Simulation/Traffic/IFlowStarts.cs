namespace Lightloom.Simulation.Traffic;

/// <summary>Whoever runs the flows that a trigger releases.</summary>
internal interface IFlowStarts
{
    /// <summary>Calls for the start of a flow, now or after a delay in picoseconds.</summary>
    void AddStart(int flow, long delay);

    /// <summary>The time of what is happening, in picoseconds.</summary>
    long Now { get; }

    /// <summary>Calls for <see cref="Triggers.Tick"/> of a stream of operations after a delay in picoseconds.</summary>
    void SetClock(int stream, long delay);
}
