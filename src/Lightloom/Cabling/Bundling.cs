using System.Runtime.InteropServices;
using Lightloom.Floor;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Cabling;

/// <summary>Ties cables that run between the same two racks into bundles.</summary>
/// <remarks>A bundle holds cables of one link class, so that planes and tiers stay apart, and no more than the catalogue's
/// <c>bundle-cables-max</c>.
/// A breakout assembly whose legs part belongs to the bundle of its first leg.</remarks>
public static class Bundling
{
    /// <summary>
    /// Sets <see cref="Cable.Bundle"/> of every cable, numbered from 0 without gaps, and returns how many bundles there are.
    /// </summary>
    public static int Assign(ClusterSpec spec, Network network, CableRouter router, CablePlan plan)
    {
        var done = new bool[plan.Cables.Length];
        int largest = new FloorGeometry(spec).BundleCables;
        var open = new Dictionary<long, (int Bundle, int Count)>();
        int bundles = 0;
        for (int c = 0; c < network.LinkClasses.Count; c++)
        {
            LinkClass links = network.LinkClasses[c];
            int[] cables = plan.CableOfLink[c];
            open.Clear();
            for (int i = 0; i < cables.Length; i++)
            {
                int cable = cables[i];
                if (cable < 0 || done[cable])
                {
                    continue;
                }

                done[cable] = true;
                ref readonly Link link = ref links.Links[i];
                long pair =
                    ((long)router.RackAt(links.Fabric, link.A, link.ACage) << 32) | (uint)router.RackAt(links.Fabric, link.Z, link.ZCage);
                ref (int Bundle, int Count) bundle = ref CollectionsMarshal.GetValueRefOrAddDefault(open, pair, out bool known);
                if (!known || bundle.Count == largest)
                {
                    bundle = (bundles++, 0);
                }

                bundle.Count++;
                plan.Cables[cable].Bundle = bundle.Bundle;
            }
        }

        return bundles;
    }
}
