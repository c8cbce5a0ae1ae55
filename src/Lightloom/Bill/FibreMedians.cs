using Lightloom.Cabling;
using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Bill;

/// <summary>
/// What a fibre cable, harness or cassette without a price would cost, by the catalogue's public prices of its like, whatever its grade.
/// </summary>
/// <remarks>
/// Like are parts of one kind with the same families of connectors (MPO or LC) at both ends. Each published price, less the metres that were
/// priced, gives what the ends cost; the median of those and the ordered metres make the estimate. A metre costs the median rise between two
/// published lengths of one part: the jacket and its making, hardly the fibres, so that it holds for cords of any of these.
/// </remarks>
internal sealed class FibreMedians
{
    private readonly Dictionary<(PassiveKind Kind, bool LcHead, bool LcTail), double> _ends;
    private readonly double _usdPerMetre;

    /// <summary>Derives the medians of a catalogue; the price book's own figures, which hold for what they name, do not count.</summary>
    public FibreMedians(Catalogue catalogue)
    {
        (PassiveModel Part, Price Price)[] asked =
        [
            .. catalogue.Passives.Values.SelectMany(p =>
                p.Prices.Where(price => price.SourceId != ChosenPrice.PriceBook && !price.IsEstimate).Select(price => (p, price))
            ),
        ];
        _usdPerMetre = Pricing.Median(
            asked
                .Where(a => a.Price.Length is not null)
                .GroupBy(a => a.Part.Id)
                .SelectMany(part =>
                {
                    Price[] byLength = [.. part.Select(a => a.Price).DistinctBy(p => p.Length).OrderBy(p => p.Length)];
                    return byLength.Zip(byLength.Skip(1), (s, l) => (Usd(l) - Usd(s)) / (l.Length!.Value.Metres - s.Length!.Value.Metres));
                })
        );
        _ends = asked
            .GroupBy(a => Like(a.Part))
            .ToDictionary(
                g => g.Key,
                g => Pricing.Median(g.Select(a => Math.Max(0, Usd(a.Price) - (_usdPerMetre * (a.Price.Length?.Metres ?? 0)))))
            );
    }

    /// <summary>The estimate in dollars, or null where no part of its like has a price.</summary>
    /// <param name="part">The part.</param>
    /// <param name="length">The ordered length; null for what is not sold by length.</param>
    public double? UsdOf(PassiveModel part, Length? length) =>
        _ends.TryGetValue(Like(part), out double ends) ? Math.Round(ends + (_usdPerMetre * (length?.Metres ?? 0)), 2) : null;

    private static double Usd(Price price) => price.Range.Middle.Dollars;

    private static (PassiveKind Kind, bool LcHead, bool LcTail) Like(PassiveModel part) =>
        (part.Kind, FibreConnector.IsLc(part.Connector?.Value), FibreConnector.IsLc((part.TailConnector ?? part.Connector)?.Value));
}
