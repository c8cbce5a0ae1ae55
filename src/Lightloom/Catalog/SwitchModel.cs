using Lightloom.Units;

namespace Lightloom.Catalog;

/// <summary>A switch that can be ordered: its cages, its ASIC's limits, its size, power and price.</summary>
public sealed record SwitchModel : CatalogueEntry
{
    /// <summary>What it is built for.</summary>
    public required SwitchRole Role { get; init; }

    /// <summary>Id of the chip inside, or null.</summary>
    public string? Asic { get; init; }

    /// <summary>Switching capacity in one direction, or null.</summary>
    public Figure<DataRate>? Capacity { get; init; }

    /// <summary>The faceplate, block by block. Empty when the ports are not known; such a box can be shown but not used.</summary>
    public required IReadOnlyList<CageBlock> Cages { get; init; }

    /// <summary>How many logical ports the ASIC can run at once, or null for no known limit (Tomahawk 5: 320; Spectrum-4: 256).</summary>
    public Figure<int>? MaxLogicalPorts { get; init; }

    /// <summary>How many neighbouring cages share one pipeline's port budget (Tomahawk 5: 2); 0 when there is no such limit.</summary>
    public Figure<int>? CagesPerPortGroup { get; init; }

    /// <summary>The logical ports that one such group may run (Tomahawk 5: 10); 0 when there is no such limit.</summary>
    public Figure<int>? MaxLogicalPortsPerGroup { get; init; }

    /// <summary>Height in rack units, or null.</summary>
    public Figure<int>? RackUnits { get; init; }

    /// <summary>Depth, or null.</summary>
    public Figure<Length>? Depth { get; init; }

    /// <summary>Mass, or null.</summary>
    public Figure<Mass>? Weight { get; init; }

    /// <summary>Typical power without optics, or null.</summary>
    public Figure<Power>? PowerTypical { get; init; }

    /// <summary>Maximum power, or null. What it includes differs; see <see cref="PowerBasis"/>.</summary>
    public Figure<Power>? PowerMaximum { get; init; }

    /// <summary>What the power figures include, or null.</summary>
    public Figure<string>? PowerBasis { get; init; }

    /// <summary>
    /// True when <see cref="PowerMaximum"/> already counts a full set of optics, so that a bill must not add theirs again.
    /// </summary>
    public Figure<bool>? PowerMaximumIncludesOptics { get; init; }

    /// <summary>Port-to-port latency, or null.</summary>
    public Figure<SimTime>? Latency { get; init; }

    /// <summary>Shared packet buffer in bytes, or null.</summary>
    public Figure<long>? BufferBytes { get; init; }

    /// <summary>Deep (off-chip) buffer in bytes, or null.</summary>
    public Figure<long>? DeepBufferBytes { get; init; }

    /// <summary>True when the box is liquid-cooled (its cages then take flat-top modules).</summary>
    public Figure<bool>? LiquidCooled { get; init; }

    /// <summary>Rated failures: mean hours between failures, or null.</summary>
    public Figure<double>? MtbfHours { get; init; }

    /// <summary>Public prices, newest information first is not guaranteed; may be empty.</summary>
    public IReadOnlyList<Price> Prices { get; init; } = [];

    /// <summary>When it can be had, or null.</summary>
    public Figure<string>? Availability { get; init; }

    /// <summary>The price that a bill uses, or null.</summary>
    public ChosenPrice? BestPrice() => ChosenPrice.Of(Prices);
}
