using System.Globalization;
using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Bill;

/// <summary>
/// What a bill comes to with the catalogue's medians in the place of every price that nobody has published: for budgets and for
/// comparing designs, never for ordering. Spares count as they do in the bill.
/// </summary>
/// <param name="Total">The bill and the estimates.</param>
/// <param name="Estimated">The part of it that is estimated.</param>
/// <param name="Pieces">How many pieces are estimated, by what they are, and how many of them are spares; in the order of the bill.</param>
/// <param name="LeftOut">
/// Pieces that have neither price nor rate to estimate by, by what they are: no trunk, panel or shuffle has a public price. They count zero.
/// </param>
public sealed record CostEstimate(
    Money Total,
    Money Estimated,
    IReadOnlyList<(string Category, long Count, long Spares)> Pieces,
    IReadOnlyList<(string Category, long Count, long Spares)> LeftOut
)
{
    /// <summary>The estimated part by category of the bill, spares apart; in the order of the bill.</summary>
    public IReadOnlyList<(string Category, bool IsSpare, Money Money)> Parts { get; init; } = [];

    /// <summary>The share of the total that is estimated, 0 to 1.</summary>
    public double Share => Total.Dollars > 0 ? Estimated.Dollars / Total.Dollars : 0;

    /// <summary>
    /// What was estimated, in words: <c>48 switches and 2,115 transceivers (42 spares) estimated; 12 fibre cables and 2 panels without any price
    /// left out</c>. Empty when every piece has its price.
    /// </summary>
    public string Basis
    {
        get
        {
            string estimated = Pieces.Count == 0 ? "" : Listed(Pieces) + " estimated";
            string left = LeftOut.Count == 0 ? "" : Listed(LeftOut) + " without any price left out";
            return estimated.Length == 0 ? left
                : left.Length == 0 ? estimated
                : $"{estimated}; {left}";
        }
    }

    /// <summary>Estimates for the lines of a bill that have no price.</summary>
    internal static CostEstimate Of(IEnumerable<BillLine> lines, Money capex, Catalogue catalogue)
    {
        UnitEstimates? estimates = null;
        double estimated = 0;
        List<(string Category, long Count, long Spares)> left = [];
        List<(string Category, bool IsSpare, double Dollars)> parts = [];
        List<(string Category, long Count, long Spares)> pieces = [];
        foreach (BillLine line in lines.Where(l => l.UnitPrice is null))
        {
            if ((estimates ??= new(catalogue)).Of(line) is not { } each)
            {
                Count(left, line);
                continue;
            }

            estimated += line.Quantity * each;
            parts.Add((line.Category, line.IsSpare, line.Quantity * each));
            Count(pieces, line);
        }

        return new(Money.FromDollars(capex.Dollars + estimated), Money.FromDollars(estimated), pieces, left)
        {
            Parts =
            [
                .. parts
                    .GroupBy(p => (p.Category, p.IsSpare))
                    .Select(g => (g.Key.Category, g.Key.IsSpare, Money.FromDollars(g.Sum(p => p.Dollars)))),
            ],
        };
    }

    private static void Count(List<(string Category, long Count, long Spares)> pieces, BillLine line)
    {
        int at = pieces.FindIndex(p => p.Category == line.Kind);
        if (at < 0)
        {
            at = pieces.Count;
            pieces.Add((line.Kind, 0, 0));
        }

        (_, long count, long spares) = pieces[at];
        pieces[at] = (line.Kind, count + line.Quantity, spares + (line.IsSpare ? line.Quantity : 0));
    }

    private static string Listed(IReadOnlyList<(string Category, long Count, long Spares)> pieces)
    {
        string[] parts =
        [
            .. pieces.Select(p =>
                string.Create(CultureInfo.InvariantCulture, $"{p.Count:#,0} {(p.Count == 1 ? Singular(p.Category) : Plural(p.Category))}")
                + (p.Spares == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({Counted.Of(p.Spares, "spare")})"))
            ),
        ];
        return Diagnostics.Listed.InWords(parts);
    }

    private static string Singular(string category) => category == "fibre" ? "fibre cable" : category;

    private static string Plural(string category) =>
        category switch
        {
            "switch" => "switches",
            "assembly" => "assemblies",
            "fibre" => "fibre cables",
            _ => category + "s",
        };
}
