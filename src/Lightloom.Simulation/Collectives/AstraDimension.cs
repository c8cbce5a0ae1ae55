using Lightloom.Units;

namespace Lightloom.Simulation.Collectives;

/// <summary>One dimension of an ASTRA-sim network and the settings of its system layer, as its files have them. Immutable.</summary>
public sealed record AstraDimension
{
    /// <summary>What joins the ranks.</summary>
    public AstraTopology Topology { get; init; }

    /// <summary>Ranks of the dimension, at least 2.</summary>
    public required int Ranks { get; init; }

    /// <summary>A link's bandwidth in 2^30 bytes a second, as ASTRA-sim reads its <c>bandwidth</c> key.</summary>
    public required double GibibytesPerSecond { get; init; }

    /// <summary>A link's latency.</summary>
    public required SimTime Latency { get; init; }

    /// <summary>Into how many chunks a collective is cut (<c>preferred-dataset-splits</c>), at least 1.</summary>
    public int Splits { get; init; } = 1;

    /// <summary>How many chunks are under way at once (<c>active-chunks-per-dimension</c>), at least 1.</summary>
    public int ActiveChunks { get; init; } = 1;

    /// <summary>What a rank waits before it sends (<c>endpoint-delay</c>), in whole nanoseconds.</summary>
    public SimTime EndpointDelay { get; init; } = SimTime.FromNanoseconds(10);

    /// <summary>Bandwidth of a rank's memory in 10^9 bytes a second (<c>local-mem-bw</c>), which a reduction waits for.</summary>
    public double MemoryGigabytesPerSecond { get; init; } = 1600;

    /// <summary>Whether links hold one message at a time, as in its congestion-aware backend.</summary>
    public bool CongestionAware { get; init; }
}
