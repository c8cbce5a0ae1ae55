namespace Lightloom.Topology;

/// <summary>
/// In which of the file's places each device will stand: a node where its pool must, a switch where the middle of the nodes stands that it
/// serves, directly or through lower tiers.
/// </summary>
internal static class DevicePlaces
{
    /// <summary>Number of the place of each device, from 0.</summary>
    /// <param name="pools">Pools, then services.</param>
    /// <param name="devices">Nodes first, then switches, lower tiers before those above them.</param>
    /// <param name="fabrics">Their links.</param>
    public static IReadOnlyList<int> Of(IReadOnlyList<PoolNodes> pools, DeviceList devices, IReadOnlyList<Fabric> fabrics)
    {
        int[] placeOf = new int[devices.Count];
        List<PlaceKey> places = [.. pools.Select(p => p.Place).Distinct()];
        if (places.Count < 2)
        {
            return placeOf;
        }

        foreach (PoolNodes pool in pools)
        {
            placeOf.AsSpan(pool.First, pool.Count).Fill(places.IndexOf(pool.Place));
        }

        int nodes = pools.Sum(p => p.Count);
        double[] sum = new double[devices.Count];
        int[] count = new int[devices.Count];
        for (int d = 0; d < nodes; d++)
        {
            (sum[d], count[d]) = (d, 1);
        }

        foreach (LinkClass links in fabrics.SelectMany(f => f.LinkClasses).OrderBy(c => c.To))
        {
            foreach (ref readonly Link link in links.Links.AsSpan())
            {
                if (count[link.A] > 0)
                {
                    sum[link.Z] += sum[link.A] / count[link.A];
                    count[link.Z]++;
                }
            }
        }

        for (int d = nodes; d < devices.Count; d++)
        {
            placeOf[d] = count[d] > 0 ? placeOf[(int)(sum[d] / count[d])] : 0;
        }

        return placeOf;
    }
}
