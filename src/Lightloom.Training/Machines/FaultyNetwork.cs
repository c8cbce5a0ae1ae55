using Lightloom.Experiments;
using Lightloom.Simulation.Model;

namespace Lightloom.Training.Machines;

/// <summary>What faults leave of a network for collectives, which go at the pace of their slowest rank.</summary>
/// <remarks>Immutable.</remarks>
public sealed record FaultyNetwork
{
    /// <summary>The network with the faults.</summary>
    public required NetworkShape Network { get; init; }

    /// <summary>Nodes that no link of is left.</summary>
    public required int NodesCutOff { get; init; }

    /// <summary>Strikes a cluster.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="faults">Items as <c>simulate --fail</c> takes them; times are ignored.</param>
    /// <exception cref="RefusedException">An item names nothing in the network.</exception>
    public static FaultyNetwork Of(Cluster cluster, IReadOnlyList<string> faults)
    {
        Testbed bed = Testbed.Of(cluster.Design);
        return Of(cluster, bed, [.. faults.SelectMany(f => f.Split('+')).SelectMany(f => FaultList.Parse(f, bed.Network))]);
    }

    /// <summary>Strikes a cluster whose network is at hand.</summary>
    public static FaultyNetwork Of(Cluster cluster, Testbed bed, IReadOnlyList<Fault> faults)
    {
        NetworkDescription network = bed.Network;
        double[] left = new double[network.Links.Count];
        Array.Fill(left, 1);
        foreach (Fault fault in faults)
        {
            foreach (int link in fault.Links)
            {
                left[link] = Math.Min(left[link], fault.RateFraction);
            }
        }

        double[] had = new double[network.HostCount],
            has = new double[network.HostCount];
        Dictionary<int, (double Had, double Has)> up = [];
        // A switch with nothing left below it takes no part; its uplinks are nobody's bottleneck.
        HashSet<int> alive = [];
        for (int i = 0; i < left.Length; i++)
        {
            LinkDescription link = network.Links[i];
            double rate = link.Rate.Gbps;
            if (left[i] > 0)
            {
                alive.Add(link.Z.Index);
            }

            if (link.A.IsHost)
            {
                had[link.A.Index] += rate;
                has[link.A.Index] += rate * left[i];
            }
            else
            {
                (double had1, double has1) = up.GetValueOrDefault(link.A.Index);
                up[link.A.Index] = (had1 + rate, has1 + (rate * left[i]));
            }
        }

        (double nic, int cut) = Nodes(bed.Designed!, had, has);
        double Uplinks(int tier) =>
            up.Where(u => network.Switches[u.Key].Tier == tier && alive.Contains(u.Key))
                .Select(u => u.Value.Has / u.Value.Had)
                .DefaultIfEmpty(1)
                .Min();

        double leaf = Math.Max(1e-9, Uplinks(0)),
            spine = Math.Max(1e-9, Uplinks(1));
        return new()
        {
            NodesCutOff = cut,
            Network = cluster.Network with
            {
                NicShare = nic,
                LeafOversubscription = cluster.Network.LeafOversubscription * nic / leaf,
                SpineOversubscription = cluster.Network.SpineOversubscription * leaf / spine,
            },
        };
    }

    // What the worst node has left. Within a scale-up domain its XPUs share the NICs that work; without one, the worst NIC counts.
    private static (double Share, int CutOff) Nodes(DesignedNetwork designed, double[] had, double[] has)
    {
        bool shares = designed.ScaleUp is not null;
        double worst = 1;
        int cut = 0;
        foreach (IGrouping<int, int> node in Enumerable.Range(0, had.Length).GroupBy(h => designed.NodeOfHost[h]))
        {
            double share = shares ? node.Sum(h => has[h]) / node.Sum(h => had[h]) : node.Min(h => had[h] == 0 ? 1 : has[h] / had[h]);
            if (share <= 0)
            {
                cut++;
            }
            else
            {
                worst = Math.Min(worst, share);
            }
        }

        return (worst, cut);
    }
}
