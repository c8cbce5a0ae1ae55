using Lightloom.Simulation.Cells;
using Lightloom.Simulation.LoadBalancing;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using Lightloom.Simulation.Transport;

namespace Lightloom.Simulation.Engine;

/// <summary>
/// The one place that knows all transports and balancers by name. A new one is a file of its own and a line here; each combination becomes
/// an event loop of its own, compiled when it is first used.
/// </summary>
internal static class RunnerFactory
{
    public static Runner Create(World world, Partition partition, NativeArray<HostState> hosts, NativeArray<int> flowNext)
    {
        var parts = new Parts(world, partition, hosts, flowNext);
        if (world.Options.Cells is not null)
        {
            return parts.Transport<OnePath, CellRouting>();
        }
        if (world.Options.PlanePolicy == PlanePolicy.WeightedEntropy && world.PlaneCount > 1)
        {
            // The entropy value names the plane too, so one rule makes both choices.
            return parts.Transport<PlaneEntropy, HashRouting>();
        }
        return world.Options.LoadBalancing switch
        {
            LoadBalancingKind.Oblivious => parts.Transport<Oblivious, HashRouting>(),
            LoadBalancingKind.Bitmap => parts.Transport<Bitmap, HashRouting>(),
            LoadBalancingKind.Reps => parts.Transport<Reps, HashRouting>(),
            LoadBalancingKind.Mixed => parts.Transport<Mixed, HashRouting>(),
            LoadBalancingKind.Ecmp => parts.Transport<OnePath, HashRouting>(),
            LoadBalancingKind.Flowlet => parts.Transport<OnePath, FlowletRouting<ChipGap>>(),
            LoadBalancingKind.SwitchRr => parts.Transport<OnePath, RoundRobinRouting>(),
            LoadBalancingKind.SwitchAr => parts.Transport<OnePath, AdaptiveRouting>(),
            LoadBalancingKind.SwitchArFlow => parts.Transport<OnePath, FlowletRouting<NoGap>>(),
            _ => throw new ArgumentOutOfRangeException(nameof(world), world.Options.LoadBalancing, "unknown load balancing"),
        };
    }

    private readonly record struct Parts(World World, Partition Partition, NativeArray<HostState> Hosts, NativeArray<int> FlowNext)
    {
        public Runner Transport<TBalancer, TRouting>()
            where TBalancer : struct, IHostBalancer
            where TRouting : struct, ISwitchRouting =>
            World.Options.Transport switch
            {
                TransportKind.Nscc
                or TransportKind.Rccc
                or TransportKind.NsccRccc
                or TransportKind.Ndp
                or TransportKind.Eqds
                or TransportKind.Ideal => World.PlaneCount == 1 ? Make<Uet<TBalancer, OnePlane>, TRouting>()
                : World.Options.CongestionState == CongestionState.PerPlane ? Make<Uet<TBalancer, StatePerPlane>, TRouting>()
                : Make<Uet<TBalancer, SharedState>, TRouting>(),
                TransportKind.Roce or TransportKind.Dcqcn or TransportKind.Hpcc or TransportKind.Swift => Make<Rdma<TBalancer>, TRouting>(),
                _ => throw new ArgumentOutOfRangeException(nameof(World), World.Options.Transport, "unknown transport"),
            };

        private Runner Make<TTransport, TRouting>()
            where TTransport : struct, ITransport
            where TRouting : struct, ISwitchRouting => new Runner<TTransport, TRouting>(World, Partition, Hosts, FlowNext);
    }
}
