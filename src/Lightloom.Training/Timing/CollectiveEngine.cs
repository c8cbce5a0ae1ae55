using Lightloom.Experiments;
using Lightloom.Experiments.Calibration;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Model;
using Lightloom.Training.Machines;
using Lightloom.Units;

namespace Lightloom.Training.Timing;

/// <summary>A designed network that times the collectives of a job by the fluid engine.</summary>
/// <remarks>Safe to share between threads; one question is answered at a time.</remarks>
public sealed class CollectiveEngine
{
    private readonly KnownCollectives _network;

    private CollectiveEngine(FluidCollectives fluid) => (_network, Terms) = (new(fluid), fluid.Terms);

    /// <summary>What transport and load balancing of the cluster file add; null where that has not been measured.</summary>
    public FluidTerms? Terms { get; }

    /// <summary>The times of collectives on XPUs of a kind.</summary>
    /// <param name="machine">The XPUs.</param>
    /// <param name="calibrated">Whether transport and load balancing add what was measured of them.</param>
    public ICollectiveTime On(Machine machine, bool calibrated = false) =>
        new DeliveredCollectives(machine, new ProbedCollectives(_network, calibrated));

    /// <summary>
    /// The network of a cluster; null when the faults leave a card without any port, since its XPU then sends over its neighbours' cards,
    /// which flows from card to card cannot say.
    /// </summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="faults">Items as <c>simulate --fail</c> takes them; times are ignored.</param>
    /// <exception cref="RefusedException">An item names nothing in the network.</exception>
    public static CollectiveEngine? Of(Cluster cluster, IReadOnlyList<string> faults)
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
}
