using System.Globalization;
using System.Text;
using Lightloom.Cabling;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Tests.Cabling;

/// <summary>Asks the selector every link of a grid and compares its answers with what is sold.</summary>
internal sealed class MarketSweep
{
    /// <summary>Distances of the grid in metres.</summary>
    public static readonly double[] Distances = [1, 2, 3, 5, 7, 15, 30, 80, 300, 1500, 5000, 9000, 40_000, 80_000];

    private static readonly double[] Rates = [1, 10, 25, 40, 50, 100, 200, 400, 800, 1600];

    private static readonly MarketCage[] Cages =
    [
        .. "rj45 sfp sfp+ sfp28 sfp56 sfp112 qsfp+ qsfp28 qsfp56 qsfp112 qsfp-dd qsfp-dd800 osfp osfp-rhs osfp224"
            .Split(' ')
            .Select(MarketCage.Parse),
    ];

    private readonly IReadOnlyList<MarketPart> _market = MarketPart.ReadAll();
    private readonly InterconnectSelector _selector = Question.Selector();

    /// <summary>One line of the grid: cages of a kind, and what became of each distance.</summary>
    /// <param name="Rate">Rate of the cage in Gb/s.</param>
    /// <param name="Ways">How it is divided.</param>
    /// <param name="A">The cage.</param>
    /// <param name="Z">The cages at the other ends.</param>
    /// <param name="Answers">An answer a distance.</param>
    public sealed record Line(double Rate, int Ways, MarketCage A, MarketCage Z, IReadOnlyList<Answer> Answers)
    {
        public string Name => Ways == 1 ? $"{Rate} {A}" : $"{Rate} as {Ways}x{Rate / Ways} {A} to {Z}";
    }

    /// <summary>What one point of the grid says.</summary>
    /// <param name="Metres">The distance.</param>
    /// <param name="Sold">True when somebody sells a part.</param>
    /// <param name="Amplified">True when what is sold needs a line with amplifiers.</param>
    /// <param name="Product">What the selector takes, or null.</param>
    /// <param name="Refusal">Why it takes nothing, or null.</param>
    public sealed record Answer(double Metres, bool Sold, bool Amplified, string? Product, string? Refusal)
    {
        public bool IsHole => Sold && !Amplified && Product is null;

        public char Sign =>
            Product is not null ? (Sold ? 'S' : '+')
            : Amplified ? 'L'
            : Sold ? 'H'
            : '-';
    }

    /// <summary>Straight links of every rate in every cage that can carry it.</summary>
    public IReadOnlyList<Line> Straight() =>
        [
            .. from rate in Rates
            from cage in Cages
            where AskedLink.MostOf(cage.Form) is not { } most ? rate <= 10 : DataRate.FromGbps(rate) <= most
            let line = Ask(rate, 1, cage, cage)
            where line.Answers.Any(a => a.Sold || a.Product is not null)
            select line,
        ];

    /// <summary>Every division of a cage that somebody sells a part for.</summary>
    public IReadOnlyList<Line> Split() =>
        [
            .. _market
                .Where(p => p.Ways > 1)
                .Select(p => (p.Rate, p.Ways, p.A, p.Z))
                .Distinct()
                .OrderBy(p => (p.Rate, p.Ways, p.A.ToString(), p.Z.ToString()))
                .Select(p => Ask(p.Rate, p.Ways, p.A, p.Z)),
        ];

    /// <summary>
    /// The same divisions out of cages whose own lanes are faster: an OSFP1600 or QSFP-DD800 cage that runs at the lane rate of its plug.
    /// </summary>
    public IReadOnlyList<Line> Slower() =>
        [
            .. _market
                .Where(p => p.Ways > 1 && Faster(p.A) is not null)
                .Select(p => (p.Rate, p.Ways, A: Faster(p.A)!.Value, p.Z))
                .Distinct()
                .Where(l => !_market.Any(p => (p.Rate, p.Ways, p.A, p.Z) == l))
                .OrderBy(p => (p.Rate, p.Ways, p.A.ToString(), p.Z.ToString()))
                .Select(p => Ask(p.Rate, p.Ways, p.A, p.Z)),
        ];

    private static MarketCage? Faster(MarketCage plug) =>
        plug.Form switch
        {
            FormFactor.Osfp when plug.Thermal == ThermalType.Ihs => MarketCage.Parse("osfp224"),
            FormFactor.QsfpDd => MarketCage.Parse("qsfp-dd800"),
            _ => null,
        };

    /// <summary>The tables of docs/catalogue-coverage.md.</summary>
    public static string Table(IReadOnlyList<Line> lines)
    {
        StringBuilder text = new();
        text.Append("| link |")
            .AppendJoin(" |", Distances.Select(Short))
            .Append(" |\n|---|")
            .Insert(text.Length, "---|", Distances.Length)
            .Append('\n');
        foreach (Line line in lines)
        {
            text.Append($"| {line.Name} | ").AppendJoin(" | ", line.Answers.Select(a => a.Sign)).Append(" |\n");
        }

        return text.ToString();

        static string Short(double metres) =>
            metres < 1000 ? metres.ToString(CultureInfo.InvariantCulture) : (metres / 1000).ToString(CultureInfo.InvariantCulture) + "k";
    }

    private Line Ask(double rate, int ways, MarketCage a, MarketCage z)
    {
        LinkQuestion question = new AskedLink
        {
            Length = Length.Zero,
            Rate = DataRate.FromGbps(rate / ways),
            Ways = ways,
            FormA = a.Form,
            FormZ = z.Form,
        }.ToQuestion();
        question = question with { A = question.A with { Thermal = a.Thermal }, Z = question.Z with { Thermal = z.Thermal } };
        return new(rate, ways, a, z, [.. Distances.Select(metres => Ask(question, rate, ways, a, z, metres))]);
    }

    private Answer Ask(LinkQuestion question, double rate, int ways, MarketCage a, MarketCage z, double metres)
    {
        List<MarketPart> sold = [.. _market.Where(p => p.Serves(rate, ways, a, z, metres))];
        IReadOnlyList<InterconnectCandidate> ranked = _selector.Rank(question with { Length = Length.FromMetres(metres) });
        bool served = ranked[0].Verdict == ProductVerdict.Chosen;
        return new(
            metres,
            sold.Count > 0,
            sold.Count > 0 && sold.All(p => p.NeedsLineSystem),
            served ? ranked[0].Head.Id : null,
            served ? null : NearestMiss.InWords(ranked)
        );
    }
}
