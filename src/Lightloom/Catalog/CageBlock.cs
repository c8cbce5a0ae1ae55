using Lightloom.Units;

namespace Lightloom.Catalog;

/// <summary>A run of like cages on a switch's faceplate, numbered one after another.</summary>
public sealed record CageBlock
{
    /// <summary>How many cages, at least 1.</summary>
    public required Figure<int> Count { get; init; }

    /// <summary>The number printed at the first cage, from 1.</summary>
    public int FirstNumber { get; init; } = 1;

    /// <summary>Mechanical form.</summary>
    public required Figure<FormFactor> FormFactor { get; init; }

    /// <summary>What all lanes of one cage carry together.</summary>
    public required Figure<DataRate> CageRate { get; init; }

    /// <summary>Electrical lanes of one cage.</summary>
    public required Figure<int> Lanes { get; init; }

    /// <summary>What these cages may be used for.</summary>
    public PortPurpose Purpose { get; init; } = PortPurpose.Network;

    /// <summary>The ways a cage may be divided, coarsest first. The first is the native use: 1x800 on an Ethernet box,
    /// 2x400 on a twin-port InfiniBand box whose switch ports run at 400 Gb/s. Never empty.</summary>
    public required Figure<IReadOnlyList<Breakout>> Breakouts { get; init; }

    /// <summary>
    /// Breakouts that only some cages allow (a software profile's limit): breakout to the allowed cage numbers. A breakout not named here
    /// is allowed on every cage.
    /// </summary>
    public Figure<IReadOnlyDictionary<Breakout, IReadOnlySet<int>>>? Restrictions { get; init; }

    /// <summary>Which thermal variant of a pluggable the cages take.</summary>
    public ThermalType Thermal { get; init; } = ThermalType.Any;

    /// <summary>The rate of one electrical lane.</summary>
    public DataRate LaneRate => CageRate.Value / Lanes.Value;

    /// <summary>True when cage <paramref name="number"/> may run as <paramref name="breakout"/>.</summary>
    public bool Allows(int number, Breakout breakout) =>
        Breakouts.Value.Contains(breakout)
        && (Restrictions is null || !Restrictions.Value.TryGetValue(breakout, out IReadOnlySet<int>? cages) || cages.Contains(number));
}
