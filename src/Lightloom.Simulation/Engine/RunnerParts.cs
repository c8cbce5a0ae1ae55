using Lightloom.Simulation.LoadBalancing;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using Lightloom.Simulation.Transport;

namespace Lightloom.Simulation.Engine;

/// <summary>
/// What an event loop is made of, and the choice of its type: each combination is a loop of its own, compiled when first used.
/// </summary>
internal readonly record struct RunnerParts(World World, Partition Partition, NativeArray<HostState> Hosts, NativeArray<int> FlowNext)
{
    /// <summary>The loop for the run's transport under a load balancing.</summary>
    public Runner With<TBalancer, TRouting>()
        where TBalancer : struct, IHostBalancer
        where TRouting : struct, ISwitchRouting =>
        !Transports.IsUet(World.Transport) ? Make<Rdma<TBalancer>, TRouting>()
        : World.PlaneCount == 1 ? Make<Uet<TBalancer, OnePlane>, TRouting>()
        : World.Options.CongestionState == CongestionState.PerPlane ? Make<Uet<TBalancer, StatePerPlane>, TRouting>()
        : Make<Uet<TBalancer, SharedState>, TRouting>();

    private Runner Make<TTransport, TRouting>()
        where TTransport : struct, ITransport
        where TRouting : struct, ISwitchRouting => new Runner<TTransport, TRouting>(World, Partition, Hosts, FlowNext);
}
