using Lightloom.Units;

namespace Lightloom.Catalog;

/// <summary>The network ports of a node on one of its networks, and the cages they come out of.</summary>
public sealed record NicPorts
{
    /// <summary>How many NIC ports (backend: one a rail), at least 1.</summary>
    public required Figure<int> Nics { get; init; }

    /// <summary>The rate of one NIC port.</summary>
    public required Figure<DataRate> Rate { get; init; }

    /// <summary>
    /// How many cages the ports share: a DGX H100 brings 8 ports out of 4 twin-port OSFP. Equal to <see cref="Nics"/> by default.
    /// <see cref="Nics"/> is a multiple of it.
    /// </summary>
    public required Figure<int> Cages { get; init; }

    /// <summary>Mechanical form of a cage.</summary>
    public required Figure<FormFactor> FormFactor { get; init; }

    /// <summary>Electrical lanes of one NIC port (8 for 800G at 100G a lane, 4 for 400G).</summary>
    public required Figure<int> LanesPerNic { get; init; }

    /// <summary>
    /// Every count of lanes that one port can run on, the usual one (<see cref="LanesPerNic"/>) first: a ConnectX-8 runs 800G on eight
    /// lanes of 100G or four of 200G. Empty when there is only the usual one.
    /// </summary>
    public Figure<IReadOnlyList<int>>? LaneOptions { get; init; }

    /// <summary>Thermal variant that the cage takes; hosts take flat-top.</summary>
    public ThermalType Thermal { get; init; } = ThermalType.Rhs;

    /// <summary>The NIC's catalogue id, or null.</summary>
    public string? NicModel { get; init; }

    /// <summary>Into how many planes one NIC port can be divided at most: by lanes unless the NIC says less. At least 1.</summary>
    public required Figure<int> MaxPlanes { get; init; }

    /// <summary>False when the NIC has no single port of the full rate (a ConnectX-8 runs 800G Ethernet as 2x400GbE only).</summary>
    public Figure<bool>? SinglePortAllowed { get; init; }

    /// <summary>NIC ports that share one cage.</summary>
    public int NicsPerCage => Nics.Value / Cages.Value;

    /// <summary>The rate of one lane.</summary>
    public DataRate LaneRate => Rate.Value / LanesPerNic.Value;

    /// <summary>True when a port can run on lanes of <paramref name="rate"/>.</summary>
    public bool SupportsLaneRate(DataRate rate)
    {
        DataRate port = Rate.Value;
        return LaneRate == rate || LaneOptions.OrEmpty().Any(lanes => port / lanes == rate);
    }

    /// <summary>All lanes of one cage together.</summary>
    public DataRate CageRate => Rate.Value * NicsPerCage;
}
