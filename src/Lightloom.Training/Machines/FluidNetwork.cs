using Lightloom.Experiments;
using Lightloom.Experiments.Calibration;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Model;
using Lightloom.Training.Plans;
using Lightloom.Units;

namespace Lightloom.Training.Machines;

/// <summary>The designed network in the fluid engine, and what it has answered: collectives of a job ask for the same groups again and again.</summary>
/// <remarks>Safe to share between threads; one question is answered at a time.</remarks>
public sealed class FluidNetwork
{
    // Large enough that bandwidth decides; other sizes follow from the answer's fixed part and its rate.
    private static readonly DataSize Probe = DataSize.FromBytes(1L << 30);

    private readonly FluidCollectives _fluid;
    private readonly Lock _one = new();
    private readonly Dictionary<
        (CollectiveKind, int Size, long Stride, int Local, long Ranks, PlacementRule, DataSize Probe),
        (double Fixed, double PerByte)
    > _known = [];

    private FluidNetwork(FluidCollectives fluid) => _fluid = fluid;

    /// <summary>What transport and load balancing of the cluster file add; null where that has not been measured.</summary>
    public FluidTerms? Terms => _fluid.Terms;

    /// <summary>
    /// The network of a cluster; null when the faults leave a card without any port, since its XPU then sends over its neighbours' cards,
    /// which flows from card to card cannot say.
    /// </summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="faults">Items as <c>simulate --fail</c> takes them; times are ignored.</param>
    /// <exception cref="RefusedException">An item names nothing in the network.</exception>
    public static FluidNetwork? Of(Cluster cluster, IReadOnlyList<string> faults)
    {
        Testbed bed = Testbed.Of(cluster.Design, scaleUp: cluster.Pools.All(p => p.Xpu.ScaleUpRate > 0));
        FluidTerms? terms = CalibrationRun.TermsFor(MeasuredTerms.Table, new(), bed);
        if (faults.Count == 0)
        {
            return new(new FluidCollectives(bed.Network, bed.HostsOfXpus) { Terms = terms });
        }

        NetworkDescription network = bed.Network;
        LinkDescription[] links = [.. network.Links];
        bool[] dead = new bool[links.Length];
        foreach (Fault fault in faults.SelectMany(f => f.Split('+')).SelectMany(f => FaultList.Parse(f, network)))
        {
            foreach (int link in fault.Links)
            {
                dead[link] |= fault.RateFraction <= 0;
                links[link] = links[link] with
                {
                    Rate = DataRate.FromBitsPerSecond(
                        (long)Math.Max(1, links[link].Rate.BitsPerSecond * Math.Max(1e-9, fault.RateFraction))
                    ),
                };
            }
        }

        bool[] reached = new bool[network.HostCount];
        for (int i = 0; i < links.Length; i++)
        {
            if (links[i].A.IsHost && !dead[i])
            {
                reached[links[i].A.Index] = true;
            }
        }

        NetworkDescription struck = new(network.HostCount, network.Switches, links) { ScaleUp = network.ScaleUp, Routes = network.Routes };
        return reached.Contains(false) ? null : new(new FluidCollectives(struck, bed.HostsOfXpus, dead: dead) { Terms = terms });
    }

    /// <summary>What all groups of a kind need at once: seconds that no bandwidth shortens, and seconds a byte.</summary>
    /// <param name="kind">The collective.</param>
    /// <param name="group">The groups.</param>
    /// <param name="ranks">Where they are.</param>
    /// <param name="rule">The placement, to know the answer again.</param>
    /// <param name="rails">True to run one group a rail: the i-th ranks of the domains, as hierarchical collectives do.</param>
    /// <param name="bytes">
    /// Null for ideal rates; else the size, to a power of two, that the cluster's transport and load balancing are asked for: what they add
    /// depends on it.
    /// </param>
    internal (double Fixed, double PerByte) RateOf(
        CollectiveKind kind,
        GroupShape group,
        RankMap ranks,
        PlacementRule rule,
        bool rails,
        double? bytes = null
    )
    {
        DataSize probe = bytes is { } size ? DataSize.FromBytes(1L << (int)Math.Clamp(Math.Round(Math.Log2(size)), 12, 40)) : Probe;
        lock (_one)
        {
            var key = (kind, group.Size, group.Stride, rails ? group.Local : 1, ranks.Ranks, rule, bytes is null ? DataSize.Zero : probe);
            if (!_known.TryGetValue(key, out (double Fixed, double PerByte) rate))
            {
                List<IReadOnlyList<int>> groups = [];
                foreach (int[] xpus in ranks.Groups(group.Size, group.Stride))
                {
                    for (int i = 0; i < (rails ? group.Local : 1); i++)
                    {
                        groups.Add(rails ? [.. xpus.Where((_, at) => at % group.Local == i)] : xpus);
                    }
                }

                CollectiveTiming timing = _fluid.Of(new(kind, probe, groups, AlgorithmOf(kind)));
                SimTime time = bytes is null ? timing.Time : timing.Calibrated ?? timing.Time;
                rate = (timing.Fixed.Seconds, Math.Max(0, (time - timing.Fixed).Seconds) / probe.Bytes);
                _known[key] = rate;
            }

            return rate;
        }
    }

    private static CollectiveAlgorithm AlgorithmOf(CollectiveKind kind) =>
        kind switch
        {
            CollectiveKind.AllToAll => CollectiveAlgorithm.Pairwise,
            CollectiveKind.SendReceive => CollectiveAlgorithm.Direct,
            _ => CollectiveAlgorithm.Ring,
        };
}
