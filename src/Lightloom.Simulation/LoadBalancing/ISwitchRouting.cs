using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.LoadBalancing;

/// <summary>How a switch chooses among ports that lead to the same place.</summary>
internal unsafe interface ISwitchRouting
{
    /// <summary>
    /// The choice depends on the queues, so it is made when the packet arrives and not when it joins a queue, a switch latency later.
    /// </summary>
    static abstract bool DecidesOnArrival { get; }

    /// <summary>Sizes the state.</summary>
    void Prepare(World world, Partition partition);

    /// <summary>The port, out of <paramref name="group"/>'s.</summary>
    int Choose(SwitchState* state, PortGroup* group, int* ports, Packet* packet, long now);
}
