using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>What a switch and the chip inside it have alike: how much they switch, as how many ports, how fast, out of which buffer.</summary>
public abstract record SwitchingEntry : PricedEntry
{
    /// <summary>Switching capacity in one direction, or null.</summary>
    [Key("capacity_gbps", "Switching capacity in one direction.", Minimum = 0.001, Maximum = 10_000_000)]
    public Figure<DataRate>? Capacity { get; init; }

    /// <summary>How many logical ports the ASIC can run at once, or null for no known limit (Tomahawk 5: 320; Spectrum-4: 256).</summary>
    [Key(
        "max_logical_ports",
        "How many logical ports the ASIC can run at once, or null for no known limit (Tomahawk 5: 320; " + "Spectrum-4: 256).",
        Minimum = 1,
        Maximum = 65536
    )]
    public Figure<int>? MaxLogicalPorts { get; init; }

    /// <summary>How many neighbouring cages share one pipeline's port budget (Tomahawk 5: 2); 0 when there is no such limit.</summary>
    [Key(
        "cages_per_port_group",
        "How many neighbouring cages share one pipeline's port budget (Tomahawk 5: 2); 0 when there is no " + "such limit.",
        Minimum = 0,
        Maximum = 64
    )]
    public Figure<int>? CagesPerPortGroup { get; init; }

    /// <summary>The logical ports that one such group may run (Tomahawk 5: 10); 0 when there is no such limit.</summary>
    [Key(
        "max_logical_ports_per_group",
        "The logical ports that one such group may run (Tomahawk 5: 10); 0 when there is no such limit.",
        Minimum = 0,
        Maximum = 4096
    )]
    public Figure<int>? MaxLogicalPortsPerGroup { get; init; }

    /// <summary>Typical power of the chip, of a box without optics; or null.</summary>
    [Key("power_w", "Typical power of the chip, of a box without optics.", Minimum = 0, Maximum = 1e8)]
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

    /// <summary>When it can be had, or null.</summary>
    [Key("availability", "When it can be had.")]
    public Figure<string>? Availability { get; init; }

    /// <summary>True when its entry says when it can be had, and not that it ships: a quarter to come, or an announcement.</summary>
    public bool IsAnnounced => Availability is { Value: var when } && !when.StartsWith("shipping", StringComparison.Ordinal);
}
