using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Report;

/// <summary>The cables of one product.</summary>
/// <param name="Id">The product's id as cables.csv prints it.</param>
/// <param name="FirstId">Catalogue id of the assembly or of the head's module.</param>
/// <param name="Product">The product.</param>
/// <param name="Cables">How many cables.</param>
/// <param name="Shortest">The shortest computed length.</param>
/// <param name="Longest">The longest computed length.</param>
/// <param name="OrderedTotalMetres">Metres ordered.</param>
/// <param name="Reach">The reach that was allowed.</param>
internal sealed record InterconnectSummary(
    string Id,
    string FirstId,
    LinkProduct Product,
    long Cables,
    Length Shortest,
    Length Longest,
    double OrderedTotalMetres,
    Length Reach
)
{
    /// <summary>Kind, as cables.csv prints it.</summary>
    public string Kind => CableNaming.KindWord(Product);

    /// <summary>The medium as people write it.</summary>
    public string Medium => Product.Medium.InWords();

    /// <summary>One entry an id, most cables first.</summary>
    public static IReadOnlyList<InterconnectSummary> Of(ClusterDesign design)
    {
        int count = design.Cables.Products.Count;
        long[] cables = new long[count];
        int[] shortest = new int[count];
        int[] longest = new int[count];
        long[] ordered = new long[count];
        Array.Fill(shortest, int.MaxValue);
        foreach (ref readonly Cable cable in design.Cables.Cables.AsSpan())
        {
            int p = cable.Product;
            if (p < 0)
            {
                continue;
            }

            cables[p]++;
            shortest[p] = Math.Min(shortest[p], cable.LengthMillimetres);
            longest[p] = Math.Max(longest[p], cable.LengthMillimetres);
            ordered[p] += cable.OrderLengthMillimetres;
        }

        return design
            .Cables.Products.Where(p => cables[p.Index] > 0)
            .GroupBy(p => p.Id)
            .Select(g => new InterconnectSummary(
                g.Key,
                g.First().Head.Id,
                g.First(),
                g.Sum(p => cables[p.Index]),
                Length.FromMillimetres(g.Min(p => shortest[p.Index])),
                Length.FromMillimetres(g.Max(p => longest[p.Index])),
                g.Sum(p => ordered[p.Index]) / 1000.0,
                Length.FromMillimetres(g.Min(p => p.Reach.Millimetres))
            ))
            .OrderByDescending(s => s.Cables)
            .ThenBy(s => s.Id, StringComparer.Ordinal)
            .ToArray();
    }
}
