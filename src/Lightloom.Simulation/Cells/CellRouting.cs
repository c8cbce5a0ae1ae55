using Lightloom.Simulation.LoadBalancing;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Cells;

/// <summary>
/// Names the switch-scheduled fabric to the event loop: a loop compiled for this type hands packets that reach a leaf to
/// <see cref="CellFabric"/>, and loops compiled for any other contain nothing of it.
/// </summary>
internal unsafe struct CellRouting : ISwitchRouting
{
    /// <inheritdoc/>
    public static bool DecidesOnArrival => false;

    /// <inheritdoc/>
    public readonly void Prepare(World world, Partition partition) { }

    /// <inheritdoc/>
    public readonly int Choose(SwitchState* state, PortGroup* group, int* ports, Packet* packet, long now) => ports[0];
}
