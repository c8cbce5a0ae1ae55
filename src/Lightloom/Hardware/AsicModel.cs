using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>
/// A switching chip: what a box built on it can and cannot do. Boxes repeat the limits that bind them; this is for reading.
/// </summary>
public sealed record AsicModel : SwitchingEntry
{
    /// <summary>What it is built for, in words, or null.</summary>
    [Key("role", "What it is built for, in words.")]
    public string? Role { get; init; }

    /// <summary>The part of it that faces hosts, for the chip of a scheduled leaf; or null.</summary>
    [Key(
        "network_capacity_gbps",
        "The part of it that faces hosts, for the chip of a scheduled leaf.",
        Minimum = 0.001,
        Maximum = 10_000_000
    )]
    public Figure<DataRate>? NetworkCapacity { get; init; }

    /// <summary>The part of it that faces the cell fabric, for the chip of a scheduled leaf; or null.</summary>
    [Key(
        "fabric_capacity_gbps",
        "The part of it that faces the cell fabric, for the chip of a scheduled leaf.",
        Minimum = 0.001,
        Maximum = 10_000_000
    )]
    public Figure<DataRate>? FabricCapacity { get; init; }

    /// <summary>Electrical lanes, or null.</summary>
    [Key("serdes_lanes", "Electrical lanes.", Minimum = 1, Maximum = 4096)]
    public Figure<int>? SerdesLanes { get; init; }

    /// <summary>Rate of one lane, or null.</summary>
    [Key("serdes_rate_gbps", "Rate of one lane.", Minimum = 0.001, Maximum = 10_000_000)]
    public Figure<DataRate>? SerdesRate { get; init; }

    /// <summary>Port counts that it is published to run as, for example 128x400.</summary>
    [Key("logical_modes", "Port counts that it is published to run as, for example 128x400.", OneOrMany = true)]
    public Figure<IReadOnlyList<string>>? LogicalModes { get; init; }

    /// <summary>How a cage can be divided; empty when not known.</summary>
    [Key("breakouts", "How a cage can be divided; empty when not known.", OneOrMany = true)]
    public Figure<IReadOnlyList<Breakout>>? Breakouts { get; init; }

    /// <summary>Packets a second, or null.</summary>
    [Key("packet_rate_bpps", "Packets a second.", Minimum = 0, Maximum = 1e6)]
    public Figure<double>? PacketsPerSecond { get; init; }

    internal override CatalogueItem Complete(EntryContext context)
    {
        context.DemandDistinct("breakouts", Breakouts?.Value, static b => b.ToString());
        return base.Complete(context);
    }
}
