namespace Lightloom.Experiments.Faults;

/// <summary>What a fault costs by the graph alone: exact, nothing simulated.</summary>
public sealed record GraphOutcome
{
    /// <summary>
    /// By host: whether it reaches nobody, or is with all that it reaches less than half of what it was with all that it reached when all
    /// was sound.
    /// </summary>
    public required IReadOnlyList<bool> HostCutOff { get; init; }

    /// <summary>XPUs (on the frontend: nodes) of the hosts that are cut off.</summary>
    public required int CutOff { get; init; }

    /// <summary>XPUs that are not cut off, but no longer reach all of those who are not.</summary>
    public required int PartlyCutOff { get; init; }

    /// <summary>Nodes with at least one XPU that is cut off.</summary>
    public required int NodesHit { get; init; }

    /// <summary>Share of all host ports' rate that is left, 0 to 1.</summary>
    public required double HostsLeft { get; init; }

    /// <summary>Share of its ports' rate that the worst host has left, of those that are not cut off; 0 when all are.</summary>
    public required double WorstHostLeft { get; init; }

    /// <summary>
    /// Share of its uplinks' rate that the worst leaf has left, of the leaves that still have a living host port; 1 without uplinks.
    /// </summary>
    public required double WorstLeafLeft { get; init; }

    /// <summary>Share of the rate between two tiers of switches that is left, at the tier that lost most; 1 with a single tier.</summary>
    public required double FabricLeft { get; init; }

    /// <summary>
    /// Share of the bisection that is left: the most that can flow from the hosts of half of the leaves to those of the others.
    /// </summary>
    public required double BisectionLeft { get; init; }

    /// <summary>The factor that the lost bisection alone would cost, at least 1; 1 when nothing is left to divide by.</summary>
    public double BandwidthFactor => BisectionLeft > 0 ? Math.Max(1, 1 / BisectionLeft) : 1;
}
