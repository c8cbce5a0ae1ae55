using Lightloom.Cabling;
using Lightloom.Hardware;

namespace Lightloom.Bill;

/// <summary>What could be bought instead of an interconnect in use, without changing anything at its ends.</summary>
/// <param name="Id">The product in use, as <see cref="LinkProduct.Id"/> writes it.</param>
/// <param name="Alternatives">Ids of other catalogue products that serve every link that it serves, best first; empty when it has no second
/// source in the catalogue.</param>
/// <param name="Sellers">Who asked a public price for it, or is named as its vendor.</param>
public sealed record SecondSource(string Id, IReadOnlyList<string> Alternatives, IReadOnlyList<string> Sellers)
{
    /// <summary>The second sources of every product of a plan, by id.</summary>
    public static IReadOnlyList<SecondSource> Of(CablePlan cables) =>
        [
            .. cables
                .Choices.Where(c => c.Product >= 0)
                .GroupBy(c => cables.Products[c.Product].Id)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new SecondSource(g.Key, Common(g), SellersOf(cables.Products[g.First().Product]))),
        ];

    // What can stand in must serve all of the product's links.
    private static string[] Common(IEnumerable<ProductChoice> choices)
    {
        IEnumerable<string>? common = null;
        foreach (ProductChoice choice in choices)
        {
            common = common?.Where(choice.SecondSources.Contains) ?? choice.SecondSources;
        }

        return common?.ToArray() ?? [];
    }

    private static string[] SellersOf(LinkProduct product) =>
        [
            .. new[] { product.A, product.Z }
                .Distinct()
                .SelectMany(m => m.Prices.Where(p => p.SourceId != ChosenPrice.PriceBook).Select(p => p.Seller).Append(m.Vendor))
                .OfType<string>()
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
}
