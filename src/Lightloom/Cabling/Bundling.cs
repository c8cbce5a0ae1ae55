using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lightloom.Routing;
using Lightloom.Topology;

namespace Lightloom.Cabling;

/// <summary>Ties cables that run between the same two racks into bundles.</summary>
/// <remarks>
/// A bundle holds cables of one link class, so that planes and tiers stay apart. A breakout assembly whose legs part belongs to the bundle
/// of its first leg.
/// </remarks>
internal static class Bundling
{
    /// <summary>The bundle of every cable, numbered from 0 without gaps in the order of the cables' first links.</summary>
    /// <param name="network">The links.</param>
    /// <param name="ways">Tells the racks at the ends of a link.</param>
    /// <param name="cableOfLink">By link class, then link: the number of its cable.</param>
    /// <param name="cables">Number of cables.</param>
    /// <param name="largest">Most cables in a bundle, at least 1.</param>
    public static CableBundles Tie(Network network, ICableWays ways, IReadOnlyList<int[]> cableOfLink, int cables, int largest)
    {
        var bundleOfCable = new int[cables];
        Array.Fill(bundleOfCable, -1);
        var open = new Dictionary<long, (int Bundle, int Count)>();
        int bundles = 0;
        foreach (LinkClass links in network.LinkClasses)
        {
            open.Clear();
            long lastPair = -1;
            ref (int Bundle, int Count) last = ref Unsafe.NullRef<(int, int)>();
            int[] cableOf = cableOfLink[links.Index];
            for (int i = 0; i < cableOf.Length; i++)
            {
                int cable = cableOf[i];
                if (cable < 0 || bundleOfCable[cable] >= 0)
                {
                    continue;
                }

                (int a, int z) = ways.Racks(links, i);
                long pair = ((long)a << 32) | (uint)z;
                if (pair != lastPair)
                {
                    // Neighbouring links often share both racks; the dictionary is asked only when they do not.
                    lastPair = pair;
                    last = ref CollectionsMarshal.GetValueRefOrAddDefault(open, pair, out bool known);
                    if (!known)
                    {
                        last = (-1, largest);
                    }
                }

                if (last.Count == largest)
                {
                    last = (bundles++, 0);
                }

                last.Count++;
                bundleOfCable[cable] = last.Bundle;
            }
        }

        return new CableBundles(ImmutableCollectionsMarshal.AsImmutableArray(bundleOfCable), bundles);
    }
}
