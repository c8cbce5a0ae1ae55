using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>
/// A link described by its rate and the forms of its cages alone. What is left out is what a cluster file would assume: the form usual for
/// the rate, and lanes as fast as the form is made for.
/// </summary>
public sealed record AskedLink
{
    /// <summary>Length of the link.</summary>
    public required Length Length { get; init; }

    /// <summary>Rate of one logical link.</summary>
    public required DataRate Rate { get; init; }

    /// <summary>Logical links that the A cage is divided into; the Z cages are whole. At least 1.</summary>
    public int Ways { get; init; } = 1;

    /// <summary>Form of the A cage; null for the usual one, <see cref="FormFactor.Unknown"/> for any.</summary>
    public FormFactor? FormA { get; init; }

    /// <summary>Form of the Z cages; null for that of the A cage where it is given and whole, else for the usual one.</summary>
    public FormFactor? FormZ { get; init; }

    /// <summary>Heat sink that the A cage takes; any where the form knows no two or it does not matter.</summary>
    public ThermalType TopA { get; init; } = ThermalType.Any;

    /// <summary>Heat sink that the Z cages take.</summary>
    public ThermalType TopZ { get; init; } = ThermalType.Any;

    /// <summary>Rate of the fastest lane at both ends; null for what the forms are made for.</summary>
    public DataRate? Lane { get; init; }

    /// <summary>Patch panels on the way.</summary>
    public int Panels { get; init; }

    /// <summary>What both ends speak; null where it does not matter.</summary>
    public Protocol? Protocol { get; init; }

    /// <summary>
    /// The rate of one link and the ways of the A cage, from a rate beside a division: the rate is the divided cage's, or already that of one
    /// leg. Null when it is neither.
    /// </summary>
    public static (DataRate Rate, int Ways)? Divided(DataRate rate, Breakout? breakout) =>
        breakout is not { } division ? (rate, 1)
        : division.Rate * division.Ways == rate || division.Rate == rate ? (division.Rate, division.Ways)
        : null;

    /// <summary>Form of the A cage as it is taken.</summary>
    public FormFactor TakenFormA => FormA ?? CageDefaults.FormOf(Rate * Ways).Value;

    /// <summary>Form of the Z cages as it is taken.</summary>
    public FormFactor TakenFormZ => FormZ ?? (Ways == 1 ? TakenFormA : CageDefaults.FormOf(Rate).Value);

    /// <summary>The most that a cage of a form carries; null where no lanes limit it.</summary>
    public static DataRate? MostOf(FormFactor form) =>
        CageDefaults.BestLane(form) is { } lane && CageDefaults.ContactsOf(form) is > 0 and var lanes ? lane * lanes : null;

    /// <summary>Why a cage cannot carry its rate, or null: the first of the two ends that cannot.</summary>
    public string? Fault() => Fault(TakenFormA, Rate * Ways) ?? Fault(TakenFormZ, Rate);

    /// <summary>The same for the selector.</summary>
    public LinkQuestion ToQuestion() =>
        new()
        {
            Length = Length,
            Rate = Rate,
            A = Cage(TakenFormA, TopA, Ways),
            Z = Cage(TakenFormZ, TopZ, 1),
            Shape = Ways > 1 ? LinkShape.SplitAtA : LinkShape.Single,
            Panels = Panels,
            Protocol = Protocol,
        };

    private static string? Fault(FormFactor form, DataRate rate) =>
        MostOf(form) is { } most && rate > most
            ? $"a {InterconnectSelector.Name(form)} cage carries {most} at most ({CageDefaults.ContactsOf(form)} lanes of "
                + $"{CageDefaults.BestLane(form)}), not {rate}"
            : null;

    private CageUse Cage(FormFactor form, ThermalType top, int ways)
    {
        DataRate rate = Rate * ways;
        DataRate best = Lane ?? (form == FormFactor.Unknown ? LaneUsualFor(rate) : CageDefaults.BestLane(form) ?? rate);
        int lanes = (int)Math.Clamp(Math.Ceiling((double)rate.BitsPerSecond / best.BitsPerSecond), 1, 64);
        return new(form, top, rate, lanes, new(ways, Rate)) { MostLanes = CageDefaults.ContactsOf(form) };
    }

    private static DataRate LaneUsualFor(DataRate rate) =>
        rate.Gbps switch
        {
            > 800 => DataRate.FromGbps(200),
            >= 100 => DataRate.FromGbps(100),
            _ => rate,
        };
}
