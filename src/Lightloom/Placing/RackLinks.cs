using System.Runtime.InteropServices;
using Lightloom.Floor;
using Lightloom.Routing;
using Lightloom.Topology;

namespace Lightloom.Placing;

/// <summary>
/// The links between racks (a sample of them in large designs), summed up by pairs of racks, and within a pair by the length that does not
/// depend on where the racks stand.
/// </summary>
internal sealed class RackLinks
{
    private const int SampleLinks = 100_000;

    /// <summary>Lengths in millimetres that are taken as one.</summary>
    private const int BinWidth = 250;

    private readonly long _slackPerMillion;
    private readonly RackLink[] _links;
    private readonly int[] _first;

    /// <summary>Reads the links of a placed network.</summary>
    public RackLinks(FloorGeometry geometry, Network network, CableRouter router, int racks)
    {
        _slackPerMillion = geometry.SlackPerMillion;
        Dictionary<long, double> weights = WeightsByPair(network, router);

        // In this order, all links of a rack that go to the same other rack follow each other, so that its way is found once.
        long[] keys = [.. weights.Keys];
        Array.Sort(keys);
        _first = new int[racks + 1];
        foreach (long key in keys)
        {
            _first[First(key) + 1]++;
            _first[Second(key) + 1]++;
        }

        for (int i = 0; i < racks; i++)
        {
            _first[i + 1] += _first[i];
        }

        _links = new RackLink[_first[^1]];
        int[] next = _first[..^1];
        foreach (long key in keys)
        {
            int middle = ((int)(key & 255) * BinWidth) + (BinWidth / 2);
            _links[next[First(key)]++] = new RackLink(Second(key), weights[key], middle);
            _links[next[Second(key)]++] = new RackLink(First(key), weights[key], middle);
        }
    }

    /// <summary>The links of a rack, those to the same other rack side by side.</summary>
    public ReadOnlySpan<RackLink> Of(int rack) => _links.AsSpan(_first[rack], _first[rack + 1] - _first[rack]);

    /// <summary>The length of a way over trays and ducts with its slack, in millimetres.</summary>
    public long WithSlack(in TrayPath path)
    {
        long laid = path.Tray + (long)path.Duct;
        return laid + (laid * _slackPerMillion / 1_000_000);
    }

    private Dictionary<long, double> WeightsByPair(Network network, CableRouter router)
    {
        int stride = (int)Math.Max(1, network.LinkCount / SampleLinks);
        var weights = new Dictionary<long, double>();
        foreach (LinkClass links in network.LinkClasses)
        {
            int step = links.Links.Length <= 1024 ? 1 : stride;
            int[] lengths = router.Lengths(links, step);
            double share = CableCost.Share(links) * step;
            for (int i = 0; i < lengths.Length; i++)
            {
                ref readonly Link link = ref links.Links[i * step];
                int a = router.RackAt(links.Fabric, link.A, link.ACage);
                int z = router.RackAt(links.Fabric, link.Z, link.ZCage);
                if (a != z)
                {
                    long bin = Math.Clamp((lengths[i] - WithSlack(router.Path(a, z))) / BinWidth, 0, 255);
                    CollectionsMarshal.GetValueRefOrAddDefault(weights, Key(Math.Min(a, z), Math.Max(a, z), bin), out _) += share;
                }
            }
        }

        return weights;
    }

    /// <summary>Both racks, the lower number first, and the bin of the length in one number.</summary>
    private static long Key(int first, int second, long bin) => ((long)first << 36) | ((long)second << 8) | bin;

    private static int First(long key) => (int)(key >> 36);

    private static int Second(long key) => (int)(key >> 8) & 0xFFFFFFF;
}
