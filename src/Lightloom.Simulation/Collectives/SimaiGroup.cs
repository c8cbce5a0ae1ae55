namespace Lightloom.Simulation.Collectives;

/// <summary>A group of ranks as SimAI's analytical mode sees it. Immutable.</summary>
/// <remarks>
/// Rates are in 2^30 bytes a second: its formula divides the size in GiB by them. Its own defaults: NVLink 20.6 a link of H100 (18 links)
/// and H800 (8), 20 a link of A100 (12); NICs 23.5 (200G) and 48.5 (400G).
/// </remarks>
public sealed record SimaiGroup
{
    /// <summary>Nodes of the group, at least 1.</summary>
    public required int Nodes { get; init; }

    /// <summary>Ranks of the group in each node, at least 1; 2 ranks at least in all.</summary>
    public required int RanksPerNode { get; init; }

    /// <summary>A rank's scale-up rate in one direction, in 2^30 bytes a second.</summary>
    public required double ScaleUpGibibytesPerSecond { get; init; }

    /// <summary>A NIC's rate, in 2^30 bytes a second; used where there are several nodes.</summary>
    public double NicGibibytesPerSecond { get; init; }

    /// <summary>NICs of a node that the group may use.</summary>
    public double NicsPerNode { get; init; }

    /// <summary>Whether rings may change rail.</summary>
    public SimaiCrossNic CrossNic { get; init; }

    /// <summary>The share of the rate that is reached, above 0 and at most 1: what SimAI takes from its table by size.</summary>
    public double Efficiency { get; init; } = 1;

    /// <summary>Ranks in all.</summary>
    public int Ranks => checked(Nodes * RanksPerNode);
}
