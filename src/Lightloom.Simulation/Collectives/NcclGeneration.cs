namespace Lightloom.Simulation.Collectives;

/// <summary>Generations of XPUs for which NCCL's tuning tables have rates.</summary>
public enum NcclGeneration
{
    /// <summary>A100 and its like.</summary>
    Ampere,

    /// <summary>H100 and its like.</summary>
    Hopper,

    /// <summary>B200 and its like.</summary>
    Blackwell,
}
