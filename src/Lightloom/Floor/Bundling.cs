using Lightloom.Cabling;
using Lightloom.Topology;

namespace Lightloom.Floor;

/// <summary>Ties cables that run between the same two racks into bundles.</summary>
public static class Bundling
{
    /// <summary>Most cables in one bundle.</summary>
    public const int Largest = 24;

    /// <summary>Sets <see cref="Cable.Bundle"/> of every cable, numbered from 0 without gaps, and returns how many bundles there are.</summary>
    public static int Assign(Network network, CableRouter router, CablePlan plan)
    {
        var open = new Dictionary<long, (int Bundle, int Count)>();
        var done = new bool[plan.Cables.Length];
        int bundles = 0;
        for (int c = 0; c < network.LinkClasses.Count; c++)
        {
            LinkClass links = network.LinkClasses[c];
            int[] cables = plan.CableOfLink[c];
            for (int i = 0; i < cables.Length; i++)
            {
                int cable = cables[i];
                if (cable < 0 || done[cable])
                {
                    continue;
                }

                done[cable] = true;
                long pair = ((long)router.RackA(links, i) << 32) | (uint)router.RackZ(links, i);
                if (!open.TryGetValue(pair, out (int Bundle, int Count) bundle) || bundle.Count == Largest)
                {
                    bundle = (bundles++, 0);
                }

                plan.Cables[cable].Bundle = bundle.Bundle;
                open[pair] = (bundle.Bundle, bundle.Count + 1);
            }
        }

        return bundles;
    }
}
