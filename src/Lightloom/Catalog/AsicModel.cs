using Lightloom.Units;

namespace Lightloom.Catalog;

/// <summary>
/// A switching chip: what a box built on it can and cannot do. Boxes repeat the limits that bind them; this is for reading.
/// </summary>
public sealed record AsicModel : CatalogueEntry
{
    /// <summary>What it is built for, in words, or null.</summary>
    public string? Role { get; init; }

    /// <summary>Switching capacity in one direction, or null.</summary>
    public Figure<DataRate>? Capacity { get; init; }

    /// <summary>The part of it that faces hosts, for the chip of a scheduled leaf; or null.</summary>
    public Figure<DataRate>? NetworkCapacity { get; init; }

    /// <summary>The part of it that faces the cell fabric, for the chip of a scheduled leaf; or null.</summary>
    public Figure<DataRate>? FabricCapacity { get; init; }

    /// <summary>Electrical lanes, or null.</summary>
    public Figure<int>? SerdesLanes { get; init; }

    /// <summary>Rate of one lane, or null.</summary>
    public Figure<DataRate>? SerdesRate { get; init; }

    /// <summary>Port counts that it is published to run as, for example 128x400.</summary>
    public Figure<IReadOnlyList<string>>? LogicalModes { get; init; }

    /// <summary>How many logical ports it can run at once, or null.</summary>
    public Figure<int>? MaxLogicalPorts { get; init; }

    /// <summary>How many cages share one pipeline's port budget, or 0.</summary>
    public Figure<int>? CagesPerPortGroup { get; init; }

    /// <summary>Logical ports that one pipeline runs, or 0.</summary>
    public Figure<int>? MaxLogicalPortsPerGroup { get; init; }

    /// <summary>How a cage can be divided; empty when not known.</summary>
    public Figure<IReadOnlyList<Breakout>>? Breakouts { get; init; }

    /// <summary>Typical power of the chip, or null.</summary>
    public Figure<Power>? PowerTypical { get; init; }

    /// <summary>Port-to-port latency, or null.</summary>
    public Figure<SimTime>? Latency { get; init; }

    /// <summary>Shared packet buffer in bytes, or null.</summary>
    public Figure<long>? BufferBytes { get; init; }

    /// <summary>Deep (off-chip) buffer in bytes, or null.</summary>
    public Figure<long>? DeepBufferBytes { get; init; }

    /// <summary>Packets a second, or null.</summary>
    public Figure<double>? PacketsPerSecond { get; init; }

    /// <summary>When it can be had, or null.</summary>
    public Figure<string>? Availability { get; init; }
}
