namespace Lightloom.Simulation.Traffic;

/// <summary>Whoever runs the flows that a trigger releases.</summary>
internal interface IFlowStarts
{
    /// <summary>Calls for the start of a flow, now or after a delay in picoseconds.</summary>
    void AddStart(int flow, long delay);
}
