using System.Buffers;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Routing;
using Lightloom.Topology;

namespace Lightloom.Placing;

/// <summary>
/// The planner's measure of what a cable costs by its length: the median price of the interconnect class that the article names for it, and
/// its metres.
/// </summary>
/// <remarks>It compares placements, no more: the bill prices the products that are really chosen. It never falls with length.</remarks>
internal sealed class CableCost
{
    private const int Chunk = 1 << 15;

    private readonly long[] _reach;
    private readonly double[] _price;
    private readonly double _perMillimetre;

    public CableCost(Catalogue catalogue)
    {
        List<ArticleClass> classes = [.. catalogue.ArticleClasses.Values.OrderBy(c => c.Order)];
        _reach = [.. classes.Select(c => c.MaxLength.Millimetres)];
        _price = new double[Math.Max(1, classes.Count)];
        _perMillimetre = catalogue.Fact("placement-metre-usd").Value / 1000;
        double atLeast = 0;
        for (int i = 0; i < classes.Count; i++)
        {
            // A class without prices, or with lower ones, counts as much as the one before it: longer is never better.
            atLeast = Math.Max(atLeast, Median(catalogue, classes[i].Id));
            _price[i] = atLeast;
        }
    }

    /// <summary>US dollars for an 800 Gb/s cable of that many millimetres.</summary>
    public double Of(int millimetres)
    {
        int c = 0;
        while (c < _reach.Length - 1 && millimetres > _reach[c])
        {
            c++;
        }

        return _price[c] + (millimetres * _perMillimetre);
    }

    /// <summary>The share of an 800 Gb/s cable that one link of a class counts as.</summary>
    public static double Share(LinkClass links) => links.Rate.Gbps / 800;

    /// <summary>Cost in dollars and length in millimetres of all links, or of every <paramref name="stride"/>th scaled up.</summary>
    public (double Dollars, double Millimetres) Total(Network network, CableRouter router, int stride)
    {
        double dollars = 0;
        double millimetres = 0;
        foreach (LinkClass links in network.LinkClasses)
        {
            int step = links.Links.Length <= 1024 ? 1 : stride;
            int count = (links.Links.Length + step - 1) / step;
            int chunks = (count + Chunk - 1) / Chunk;
            var sums = new (double Dollars, long Millimetres)[chunks];
            if (chunks == 1)
            {
                sums[0] = Measure(0);
            }
            else
            {
                Parallel.For(0, chunks, chunk => sums[chunk] = Measure(chunk));
            }

            // Added up in the order of the links, whichever thread measured them.
            double classDollars = 0;
            long classMillimetres = 0;
            foreach ((double d, long mm) in sums)
            {
                classDollars += d;
                classMillimetres += mm;
            }

            double scale = count == 0 ? 0 : (double)links.Links.Length / count;
            dollars += classDollars * Share(links) * scale;
            millimetres += classMillimetres * scale;

            (double, long) Measure(int chunk)
            {
                int size = Math.Min(Chunk, count - (chunk * Chunk));
                int[] lengths = ArrayPool<int>.Shared.Rent(size);
                router.Measure(links, lengths.AsSpan(0, size), chunk * Chunk, step);
                double sum = 0;
                long length = 0;
                foreach (int mm in lengths.AsSpan(0, size))
                {
                    sum += Of(mm);
                    length += mm;
                }

                ArrayPool<int>.Shared.Return(lengths);
                return (sum, length);
            }
        }

        return (dollars, millimetres);
    }

    /// <summary>The median price of a class for both ends of 800 Gb/s, or 0 when none is known.</summary>
    /// <remarks>Of parts of 400G and up on lanes of 100G and up: eighty modules of 10G, or lanes of 50G, say nothing of what 800G costs.</remarks>
    private static double Median(Catalogue catalogue, string articleClass)
    {
        var prices = new List<double>();
        foreach (
            InterconnectModel model in catalogue.Interconnects.Values.Where(model =>
                model.ArticleClass == articleClass && model.Rate.Value.Gbps >= 400 && model.LaneRate is { Value.Gbps: >= 100 }
            )
        )
        {
            if (ChosenPrice.Of(model.Prices) is { } price)
            {
                prices.Add(price.Amount.Value.Dollars * (model.IsAssembly ? 1 : 2) * 800 / model.Rate.Value.Gbps);
            }
        }

        prices.Sort();
        return prices.Count == 0 ? 0 : (prices[(prices.Count - 1) / 2] + prices[prices.Count / 2]) / 2;
    }
}
