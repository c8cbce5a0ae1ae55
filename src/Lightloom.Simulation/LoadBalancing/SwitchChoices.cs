using System.Runtime.CompilerServices;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.LoadBalancing;

/// <summary>How full a port looks to an adaptive switch: one of four bands, looked at no more often than the switch samples.</summary>
internal static unsafe class QueueBand
{
    private const long SamplePicoseconds = 100_000;

    /// <summary>Control packets are not worth adapting for: smaller ones are hashed.</summary>
    public const int SmallestAdapted = 100;

    /// <summary>0 below 5 % of the queue, 1 below 10 %, 2 below 20 %, 3 above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(Partition partition, PortState* port, long now)
    {
        PortRecord* record = partition.World.Records + (port - partition.Ports);
        if (now - record->BandTime <= SamplePicoseconds && record->BandTime != 0)
        {
            return record->Band;
        }
        partition.CatchUp(port, now);
        record->BandTime = now;
        long capacity = partition.World.Classes[port->Class].ControlCapacity / 2;
        long bytes = 20L * (port->DataBytes + port->ControlBytes);
        int band =
            (port->Flags & PortState.Paused) != 0 ? 3
            : bytes < capacity ? 0
            : bytes < 2 * capacity ? 1
            : bytes < 4 * capacity ? 2
            : 3;
        record->Band = band;
        return band;
    }

    /// <summary>One of the emptiest ports, each with equal odds.</summary>
    public static int Emptiest(Partition partition, SwitchState* state, PortState* all, int* ports, int count, long now)
    {
        int best = int.MaxValue;
        int ties = 0;
        int chosen = ports[0];
        for (int i = 0; i < count; i++)
        {
            int band = Of(partition, all + ports[i], now);
            if (band < best)
            {
                best = band;
                ties = 1;
                chosen = ports[i];
            }
            else if (band == best)
            {
                ties++;
            }
        }
        if (ties == 1)
        {
            return chosen;
        }
        int pick = Hash.Below(Hash.Next(ref state->Random), ties);
        for (int i = 0; ; i++)
        {
            if (partition.World.Records[ports[i]].Band == best && pick-- == 0)
            {
                return ports[i];
            }
        }
    }
}

/// <summary>Each switch deals packets to the ports of a group in turn, in an order that it shuffles after every round.</summary>
internal unsafe struct RoundRobinRouting : ISwitchRouting, ILoadBalancing
{
    /// <inheritdoc/>
    public static bool DecidesOnArrival => false;

    /// <inheritdoc/>
    public static LoadBalancingDescription Description { get; } =
        new()
        {
            Name = "switch-rr",
            Help = "each switch deals packets to its ports in turn",
            SwitchesSpread = true,
        };

    /// <inheritdoc/>
    public readonly void Prepare(World world, Partition partition) { }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Choose(SwitchState* state, PortGroup* group, int* ports, Packet* packet, long now)
    {
        if (packet->Size < 2 * QueueBand.SmallestAdapted && !packet->IsData)
        {
            return ports[HashRouting.HashOf(state, group, packet)];
        }
        if (group->Turn >= group->Count)
        {
            group->Turn = 0;
            for (int i = group->Count - 1; i > 0; i--)
            {
                int other = Hash.Below(Hash.Next(ref state->Random), i + 1);
                (ports[i], ports[other]) = (ports[other], ports[i]);
            }
        }
        return ports[group->Turn++];
    }
}

/// <summary>Each data packet takes one of the emptiest ports.</summary>
internal unsafe struct AdaptiveRouting : ISwitchRouting, ILoadBalancing
{
    /// <inheritdoc/>
    public static bool DecidesOnArrival => true;

    /// <inheritdoc/>
    public static LoadBalancingDescription Description { get; } =
        new()
        {
            Name = "switch-ar",
            Help = "each switch takes one of its emptiest ports for each packet",
            SwitchesSpread = true,
            DecidesOnArrival = true,
        };

    private Partition _partition;
    private PortState* _ports;

    /// <inheritdoc/>
    public void Prepare(World world, Partition partition)
    {
        _partition = partition;
        _ports = world.Ports;
    }

    /// <inheritdoc/>
    public readonly int Choose(SwitchState* state, PortGroup* group, int* ports, Packet* packet, long now) =>
        packet->Size < QueueBand.SmallestAdapted
            ? ports[HashRouting.HashOf(state, group, packet)]
            : QueueBand.Emptiest(_partition, state, _ports, ports, group->Count, now);
}

/// <summary>
/// A flow's packets keep their port while they follow each other closely; after a pause the flow may move to an emptier port. An infinite
/// pause makes it adaptive routing by flow.
/// </summary>
internal unsafe struct FlowletRouting<TGap> : ISwitchRouting, ILoadBalancing
    where TGap : struct, IFlowletGap
{
    /// <inheritdoc/>
    public static bool DecidesOnArrival => true;

    /// <inheritdoc/>
    public static LoadBalancingDescription Description => TGap.Description;

    private struct Entry
    {
        public long Last;
        public int Port;
    }

    private Partition _partition;
    private PortState* _ports;
    private Entry* _entries;
    private int _mask;

    /// <summary>Entries of a switch's table, a power of two; flows that hash alike share one, as in hardware.</summary>
    private const int TableSize = 2048;

    /// <inheritdoc/>
    public void Prepare(World world, Partition partition)
    {
        _partition = partition;
        _ports = world.Ports;
        _mask = TableSize - 1;
        _entries = (Entry*)partition.Pool.TakeZeroed((long)world.Network.Switches.Count * TableSize * sizeof(Entry));
    }

    /// <inheritdoc/>
    public readonly int Choose(SwitchState* state, PortGroup* group, int* ports, Packet* packet, long now)
    {
        if (packet->Size < QueueBand.SmallestAdapted)
        {
            return ports[HashRouting.HashOf(state, group, packet)];
        }
        long at = state - _partition.World.Switches;
        uint key = Hash.Mix32((uint)packet->Flow * 0x9E3779B9u + (uint)(group->First * 31));
        Entry* entry = _entries + at * TableSize + (key & (uint)_mask);
        bool known = entry->Last != 0 && Belongs(entry->Port, group, ports);
        if (!known || now - entry->Last > TGap.Picoseconds)
        {
            int fresh = QueueBand.Emptiest(_partition, state, _ports, ports, group->Count, now);
            if (!known || QueueBand.Of(_partition, _ports + fresh, now) < QueueBand.Of(_partition, _ports + entry->Port, now))
            {
                entry->Port = fresh;
            }
        }
        entry->Last = Math.Max(1, now);
        return entry->Port;
    }

    private static bool Belongs(int port, PortGroup* group, int* ports)
    {
        for (int i = 0; i < group->Count; i++)
        {
            if (ports[i] == port)
            {
                return true;
            }
        }
        return false;
    }
}

/// <summary>The pause after which a flow may move.</summary>
internal interface IFlowletGap
{
    static abstract long Picoseconds { get; }

    /// <summary>What flowlets with this pause are called.</summary>
    static abstract LoadBalancingDescription Description { get; }
}

/// <summary>Sixty microseconds, the inactivity time of a common switch chip's tests.</summary>
internal readonly struct ChipGap : IFlowletGap
{
    public static long Picoseconds => 60_000_000;

    /// <inheritdoc/>
    public static LoadBalancingDescription Description { get; } =
        new()
        {
            Name = "flowlet",
            Help = "switches keep a flow's port until the flow pauses, then take the least loaded",
            OnePath = true,
            DecidesOnArrival = true,
        };
}

/// <summary>Never: the first choice stands.</summary>
internal readonly struct NoGap : IFlowletGap
{
    public static long Picoseconds => long.MaxValue;

    /// <inheritdoc/>
    public static LoadBalancingDescription Description { get; } =
        new()
        {
            Name = "switch-ar-flow",
            Help = "each switch takes one of its emptiest ports, once for each flow",
            OnePath = true,
            DecidesOnArrival = true,
        };
}
