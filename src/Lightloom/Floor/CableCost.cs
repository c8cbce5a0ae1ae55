using Lightloom.Catalog;
using Lightloom.Topology;

namespace Lightloom.Floor;

/// <summary>The planner's measure of what a cable costs by its length: the price of the interconnect class that the article names for it, and of its metres.</summary>
/// <remarks>It compares placements, no more: the bill prices the products that are really chosen. It never falls with length.</remarks>
internal sealed class CableCost
{
    private readonly long[] _reach;
    private readonly double[] _price;
    private readonly double _perMillimetre;

    public CableCost(FloorGeometry geometry)
    {
        _reach = geometry.ClassReach;
        _price = geometry.ClassPrice;
        _perMillimetre = geometry.MetrePrice / 1000;
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
            double share = Share(links);
            int step = links.Links.Length <= 1024 ? 1 : stride;
            int[] lengths = router.Lengths(links, step);
            double sum = 0;
            long length = 0;
            foreach (int mm in lengths)
            {
                sum += Of(mm);
                length += mm;
            }

            double scale = lengths.Length == 0 ? 0 : (double)links.Links.Length / lengths.Length;
            dollars += sum * share * scale;
            millimetres += length * scale;
        }

        return (dollars, millimetres);
    }
}
