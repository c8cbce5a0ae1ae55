using Lightloom.Units;

namespace Lightloom.Catalog;

/// <summary>A node that carries XPUs (or none: a storage or CPU server): its ports, its size, its power, its compute.</summary>
public sealed record NodeModel : CatalogueEntry
{
    /// <summary>XPUs in the node; 0 for a service node.</summary>
    public required Figure<int> Xpus { get; init; }

    /// <summary>The XPU's name, or null.</summary>
    public string? Xpu { get; init; }

    /// <summary>CPUs in the node, or null.</summary>
    public Figure<int>? Cpus { get; init; }

    /// <summary>Backend ports, or null when the node has none or they are not known.</summary>
    public NicPorts? Backend { get; init; }

    /// <summary>Frontend ports, or null when the node has none or they are not known.</summary>
    public NicPorts? Frontend { get; init; }

    /// <summary>Management ports (1000BASE-T), 1 by default.</summary>
    public Figure<int>? ManagementPorts { get; init; }

    /// <summary>True when the node is a whole rack of its own (NVL72, Helios).</summary>
    public bool IsRack { get; init; }

    /// <summary>How many racks the node fills when it is larger than one (CloudMatrix 384: 16); 1 for a rack, 0 for a server.</summary>
    public Figure<int>? Racks { get; init; }

    /// <summary>Racks that the node fills: <see cref="Racks"/>, else one for a rack and none for a server.</summary>
    public int RackCount => Racks?.Value ?? (IsRack ? 1 : 0);

    /// <summary>Height in rack units, or null.</summary>
    public Figure<int>? RackUnits { get; init; }

    /// <summary>Rack width when <see cref="IsRack"/>, or null.</summary>
    public Figure<Length>? Width { get; init; }

    /// <summary>Rack depth when <see cref="IsRack"/>, or null.</summary>
    public Figure<Length>? Depth { get; init; }

    /// <summary>Mass, or null.</summary>
    public Figure<Mass>? Weight { get; init; }

    /// <summary>Typical power, or null.</summary>
    public Figure<Power>? PowerTypical { get; init; }

    /// <summary>Maximum power, or null.</summary>
    public Figure<Power>? PowerMaximum { get; init; }

    /// <summary>True when liquid-cooled.</summary>
    public Figure<bool>? LiquidCooled { get; init; }

    /// <summary>XPUs that reach each other over the scale-up network, or null.</summary>
    public Figure<int>? ScaleUpDomain { get; init; }

    /// <summary>How the scale-up network is built, or null.</summary>
    public Figure<string>? ScaleUpTopology { get; init; }

    /// <summary>Scale-up bandwidth of one XPU in one direction, in bytes a second, or null.</summary>
    public Figure<double>? ScaleUpBytesPerSecond { get; init; }

    /// <summary>Memory of one XPU in bytes, or null.</summary>
    public Figure<double>? MemoryBytes { get; init; }

    /// <summary>Memory bandwidth of one XPU in bytes a second, or null.</summary>
    public Figure<double>? MemoryBytesPerSecond { get; init; }

    /// <summary>Dense BF16 operations a second of one XPU, or null.</summary>
    public Figure<double>? Bf16Flops { get; init; }

    /// <summary>Dense FP8 operations a second of one XPU, or null.</summary>
    public Figure<double>? Fp8Flops { get; init; }

    /// <summary>Public prices; may be empty. Not part of the network's cost.</summary>
    public IReadOnlyList<Price> Prices { get; init; } = [];

    /// <summary>The price that a bill uses, or null.</summary>
    public ChosenPrice? BestPrice() => ChosenPrice.Of(Prices);
}
