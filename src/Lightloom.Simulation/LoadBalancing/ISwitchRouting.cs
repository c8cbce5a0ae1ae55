using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.LoadBalancing;

/// <summary>How a switch chooses among ports that lead to the same place.</summary>
internal unsafe interface ISwitchRouting
{
    /// <summary>Sizes the state.</summary>
    void Prepare(World world, Partition partition);

    /// <summary>The port, out of <paramref name="group"/>'s.</summary>
    int Choose(SwitchState* state, PortGroup* group, int* ports, Packet* packet, long now);
}
