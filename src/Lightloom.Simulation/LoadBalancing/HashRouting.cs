using System.Runtime.CompilerServices;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.LoadBalancing;

/// <summary>ECMP: the flow and its entropy value, mixed with the switch's salt, pick the port.</summary>
internal unsafe struct HashRouting : ISwitchRouting, ILoadBalancing
{
    /// <inheritdoc/>
    public static bool DecidesOnArrival => false;

    /// <inheritdoc/>
    public static LoadBalancingDescription Description { get; } =
        new()
        {
            Name = "ecmp",
            Help = "switches hash; a flow keeps one entropy value and so one path",
            OnePath = true,
        };

    /// <inheritdoc/>
    public readonly void Prepare(World world, Partition partition) { }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Choose(SwitchState* state, PortGroup* group, int* ports, Packet* packet, long now) =>
        ports[HashOf(state, group, packet)];

    /// <summary>The place in the group. Data and acknowledgements of a flow hash apart, as the two directions of a connection do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int HashOf(SwitchState* state, PortGroup* group, Packet* packet)
    {
        uint key = (uint)packet->Flow * 0x9E3779B9u ^ ((uint)packet->Entropy << 8) ^ (packet->Kind > PacketKind.Trimmed ? 0x80u : 0);
        return Hash.Below(Hash.Mix32(key ^ state->Salt), group->Count);
    }
}
