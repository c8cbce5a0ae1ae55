using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>What cages of one kind are: their form, their rate, how they divide and what they may be used for.</summary>
public record CageForm
{
    /// <summary>What all lanes of one cage carry together.</summary>
    [Key("rate_gbps", "What all lanes of one cage carry together.", Required = true, Minimum = 0.001, Maximum = 100_000)]
    public required Figure<DataRate> CageRate { get; init; }

    /// <summary>Mechanical form.</summary>
    [Key("form_factor", "Mechanical form of a cage; by default that which is usual for the rate.")]
    public required Figure<FormFactor> FormFactor { get; init; }

    /// <summary>Forms of plug that go in, where the maker says; by default what the agreements on the form allow.</summary>
    [Key("takes", "Forms of plug that go in, where the maker says; by default what the agreements on the form allow.", OneOrMany = true)]
    public Figure<IReadOnlyList<FormFactor>>? Takes { get; init; }

    /// <summary>Electrical lanes of one cage.</summary>
    [Key("lanes", "Electrical lanes of one cage; by default as many as are usual for the form.", Minimum = 1, Maximum = 64)]
    public required Figure<int> Lanes { get; init; }

    /// <summary>
    /// Rates that a lane can run at, the cage's own among them; null where the maker does not say: then a lane may run slower wherever the
    /// division that this makes is among <see cref="Breakouts"/>.
    /// </summary>
    [Key(
        "lane_rates_gbps",
        "Rates that a lane of the cage can run at, where the maker says: 1, 10, 25, 50, 100, 200. A division is a grouping of lanes, so that "
            + "2x400 on lanes of 100G is 2x200 on lanes of 50G.",
        Minimum = 1,
        Maximum = 200,
        OneOrMany = true
    )]
    public Figure<IReadOnlyList<DataRate>>? LaneRates { get; init; }

    /// <summary>The ways a cage may be divided, coarsest first. The first is the native use: 1x800 on an Ethernet box,
    /// 2x400 on a twin-port InfiniBand box whose switch ports run at 400 Gb/s. Never empty.</summary>
    [Key("breakouts", "The ways a cage may be divided, native use first; by default every halving down to one lane.", OneOrMany = true)]
    public required Figure<IReadOnlyList<Breakout>> Breakouts { get; init; }

    /// <summary>The number printed at the first cage, from 1.</summary>
    [Key("first", "The number printed at the first cage; they follow on by default.", Minimum = 1, Maximum = 100_000)]
    public int FirstNumber { get; init; } = 1;

    /// <summary>Which thermal variant of a pluggable the cages take.</summary>
    [Key("thermal", "Which thermal variant of a pluggable the cages take; by default that of the box's cooling.")]
    public ThermalType Thermal { get; init; } = ThermalType.Any;

    /// <summary>What these cages may be used for.</summary>
    [Key("purpose", "What the cages may be used for.")]
    public PortPurpose Purpose { get; init; } = PortPurpose.Network;

    /// <summary>
    /// Breakouts that only some cages allow (a software profile's limit): breakout to the allowed cage numbers. A breakout not named here
    /// is allowed on every cage.
    /// </summary>
    [Key("restrictions", "Breakouts that only some cages allow: {4x200: odd}, even, or a list of cage numbers.")]
    public Figure<IReadOnlyDictionary<Breakout, CageNumbers>>? Restrictions { get; init; }
}
