using Lightloom.Cabling;
using Lightloom.Catalog;

namespace Lightloom.Bill;

/// <summary>Finds second sources: catalogue parts that could take the place of a part in use at both ends.</summary>
internal static class Replacements
{
    public static IReadOnlyList<SecondSource> Of(Catalogue catalogue, CablePlan cables)
    {
        Dictionary<InterconnectModel, Cabling.LinkProduct> used = [];
        foreach (LinkProduct product in cables.Products)
        {
            used.TryAdd(product.A, product);
            used.TryAdd(product.Z, product);
        }

        return used.OrderBy(u => u.Key.Id, StringComparer.Ordinal).Select(u => new SecondSource(
            u.Key.Id,
            catalogue.Interconnects.Values.Where(other => Fits(u.Key, other, u.Value)).Select(o => o.Id).Order(StringComparer.Ordinal).ToArray(),
            u.Key.Prices.Select(p => p.Seller).Append(u.Key.Vendor).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToArray())).ToArray();
    }

    private static bool Fits(InterconnectModel used, InterconnectModel other, LinkProduct product) =>
        other.Id != used.Id
        && other.IsAssembly == used.IsAssembly
        && (used.IsAssembly || other.Family == used.Family)
        && (!used.IsAssembly || other.Kind == used.Kind || (used.Kind, other.Kind) is (InterconnectKind.Acc, InterconnectKind.Aec) or (InterconnectKind.Aec, InterconnectKind.Acc))
        && other.Rate == used.Rate
        && other.LaneRate == used.LaneRate
        && other.Reach.TryGetValue(product.Medium, out Units.Length reach) && reach >= product.RatedReach
        && used.FormFactors.Any(other.FormFactors.Contains)
        && (used.IsAssembly || other.Connector == used.Connector)
        && other.Breakouts.Contains(product.Breakout) == used.Breakouts.Contains(product.Breakout);
}
