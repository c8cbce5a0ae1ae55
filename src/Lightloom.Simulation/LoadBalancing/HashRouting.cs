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
    public static int HashOf(SwitchState* state, PortGroup* group, Packet* packet) =>
        PlaceOf(KeyOf(packet->Flow, packet->Entropy) ^ (packet->Kind > PacketKind.Trimmed ? 0x80u : 0), state->Salt, group->Count);

    /// <summary>What switches hash of a data packet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint KeyOf(int flow, ushort entropy) => (uint)flow * 0x9E3779B9u ^ ((uint)entropy << 8);

    /// <summary>The place among so many ports that a switch of this salt takes for a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlaceOf(uint key, uint salt, int count) => Hash.Below(Hash.Mix32(key ^ salt), count);
}
