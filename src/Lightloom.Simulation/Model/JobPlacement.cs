namespace Lightloom.Simulation.Model;

/// <summary>How jobs that ask for a number of XPUs get them.</summary>
public enum JobPlacement
{
    /// <summary>Each takes the next that are free.</summary>
    Blocks,

    /// <summary>Every job takes one in turn.</summary>
    Interleaved,
}
