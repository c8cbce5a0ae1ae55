using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>
/// A switching chip: what a box built on it can and cannot do. Boxes repeat the limits that bind them; this is for reading.
/// </summary>
public sealed record AsicModel : CatalogueEntry
{
    /// <summary>What it is built for, in words, or null.</summary>
    [Key("role", "What it is built for, in words.")]
    public string? Role { get; init; }

    /// <summary>Switching capacity in one direction, or null.</summary>
    [Key("capacity_gbps", "Switching capacity in one direction.", Minimum = 0.001, Maximum = 10_000_000)]
    public Figure<DataRate>? Capacity { get; init; }

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

    /// <summary>How many logical ports it can run at once, or null.</summary>
    [Key("max_logical_ports", "How many logical ports it can run at once.", Minimum = 1, Maximum = 65536)]
    public Figure<int>? MaxLogicalPorts { get; init; }

    /// <summary>How many cages share one pipeline's port budget, or 0.</summary>
    [Key("cages_per_port_group", "How many cages share one pipeline's port budget, or 0.", Minimum = 0, Maximum = 64)]
    public Figure<int>? CagesPerPortGroup { get; init; }

    /// <summary>Logical ports that one pipeline runs, or 0.</summary>
    [Key("max_logical_ports_per_group", "Logical ports that one pipeline runs, or 0.", Minimum = 0, Maximum = 4096)]
    public Figure<int>? MaxLogicalPortsPerGroup { get; init; }

    /// <summary>How a cage can be divided; empty when not known.</summary>
    [Key("breakouts", "How a cage can be divided; empty when not known.", OneOrMany = true)]
    public Figure<IReadOnlyList<Breakout>>? Breakouts { get; init; }

    /// <summary>Typical power of the chip, or null.</summary>
    [Key("power_w", "Typical power of the chip.", Minimum = 0, Maximum = 1e8)]
    public Figure<Power>? PowerTypical { get; init; }

    /// <summary>Port-to-port latency, or null.</summary>
    [Key("latency_ns", "Port-to-port latency.", Minimum = 0, Maximum = 1e12)]
    public Figure<SimTime>? Latency { get; init; }

    /// <summary>Shared packet buffer, or null.</summary>
    [Key("buffer_mb", "Shared packet buffer.", Minimum = 0, Maximum = 1e6)]
    public Figure<DataSize>? Buffer { get; init; }

    /// <summary>Deep (off-chip) buffer, or null.</summary>
    [Key("deep_buffer_gb", "Deep (off-chip) buffer.", Minimum = 0, Maximum = 1e6)]
    public Figure<DataSize>? DeepBuffer { get; init; }

    /// <summary>Packets a second, or null.</summary>
    [Key("packet_rate_bpps", "Packets a second.", Minimum = 0, Maximum = 1e6)]
    public Figure<double>? PacketsPerSecond { get; init; }

    /// <summary>When it can be had, or null.</summary>
    [Key("availability", "When it can be had.")]
    public Figure<string>? Availability { get; init; }

    internal override CatalogueItem Complete(EntryContext context)
    {
        context.DemandDistinct("breakouts", Breakouts?.Value, static b => b.ToString());
        return base.Complete(context);
    }
}
