using System.Runtime.CompilerServices;
using Lightloom.Simulation.Cells;
using Lightloom.Simulation.Events;
using Lightloom.Simulation.LoadBalancing;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using Lightloom.Simulation.Transport;
using Lightloom.Units;

namespace Lightloom.Simulation.Engine;

/// <summary>What a thread can ask of the event loop of its partition, whatever transport and routing it was compiled for.</summary>
internal abstract class Runner : IDisposable
{
    /// <summary>Queues, links, memory and counters of this part.</summary>
    public Partition Partition { get; protected init; } = null!;

    /// <summary>The switch-scheduled fabric; null where packets are switched.</summary>
    public CellFabric? Fabric { get; protected init; }

    /// <summary>Works through all events before <paramref name="end"/>.</summary>
    public abstract void RunUntil(long end);

    /// <summary>Replays what ports and cards did up to a time, so that counters are those of that time.</summary>
    public abstract void CatchUpAll(long now);

    /// <summary>Forwards everything that reaches this part's switches of one tier in a window.</summary>
    public abstract void RunTier(int tier, long from, long end);

    /// <summary>Works through what happens at this part's hosts in a window, after its switches.</summary>
    public abstract void RunHosts(long end);

    /// <summary>Replays what a host's card did up to a time.</summary>
    public abstract void CatchUpCard(int host, long now);

    /// <summary>Lets a host's card look whether it can send: a port has come back.</summary>
    public abstract void KickHost(int host, long now);

    /// <summary>Starts a flow at a time that is not in the past.</summary>
    public abstract void StartFlow(int flow, long now);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>The event loop: packets arrive, join queues, reach hosts; cards send. Specialised by transport and by switch routing.</summary>
internal sealed unsafe partial class Runner<TTransport, TRouting> : Runner
    where TTransport : struct, ITransport
    where TRouting : struct, ISwitchRouting
{
    private TTransport _transport;
    private TRouting _routing;
    private readonly World _world;
    private readonly PortState* _ports;
    private readonly PortTally* _tallies;
    private readonly HostState* _hosts;
    private readonly int* _hostPorts;
    private readonly int* _flowNext;
    private readonly uint _portEvents;
    private readonly bool _planes;
    private readonly CellFabric? _fabric;
    private readonly bool _perPlane;
    private readonly bool _classes;

    public Runner(World world, Partition partition, NativeArray<HostState> hosts, NativeArray<int> flowNext)
    {
        _world = world;
        Partition = partition;
        _ports = world.Ports;
        _tallies = world.Tallies;
        _hosts = hosts.Pointer;
        _hostPorts = world.HostPorts.Pointer;
        _flowNext = flowNext.Pointer;
        _portEvents = world.HostEvents;
        _planes = world.HostPorts[world.HostCount] != world.HostCount;
        _classes = world.Options.HasClasses;
        _hostByHost = !_planes && !TTransport.Paces && world.ScaleUp is null && world.Traffic.Triggers.Count == 0;
        _perPlane = _planes && world.Options.CongestionState == CongestionState.PerPlane;
        _transport = default;
        _routing = default;
        _transport.Prepare(world, partition);
        _routing.Prepare(world, partition);
        if (typeof(TRouting) == typeof(CellRouting))
        {
            Fabric = _fabric = new CellFabric(world, partition);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void RunUntil(long end)
    {
        Partition partition = Partition;
        Calendar calendar = partition.Calendar;
        long events = 0;
        long last = partition.LastArrival;
        while (calendar.TryTake(end, out long time, out uint id))
        {
            partition.Now = time;
            if ((++events & Partition.LookMask) == 0 && (partition.StopRequested || partition.LooksStuck(time)))
            {
                break;
            }
            LookAhead(calendar);
            if (typeof(TRouting) == typeof(CellRouting))
            {
                _fabric!.LookAhead(calendar);
            }
            if (id < _portEvents)
            {
                ArriveFrom(_ports + id, id, time);
                last = time;
            }
            else
            {
                Other(id, time);
            }
            if (partition.StartCount != 0)
            {
                StartTriggered(time);
            }
        }
        partition.Counters.Events += events;
        partition.LastArrival = last;
    }

    // The sorted bucket shows what comes next. Fetch in the order of dependence: the port, then its packets, then the port or the flow that
    // the packet goes to. A guess that turns out wrong costs a fetch and nothing else.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LookAhead(Calendar calendar)
    {
        uint id = calendar.Peek(PortAhead);
        if (id < _portEvents)
        {
            Partition.Prefetch(_ports + id);
        }
        id = calendar.Peek(PacketsAhead);
        if (id < _portEvents)
        {
            PortState* port = _ports + id;
            Partition.Prefetch(port->Data + (port->DataHead & port->DataMask));
            Partition.Prefetch(port->Data + ((port->DataHead + 1) & port->DataMask));
            Partition.Prefetch(port->Data + (port->DataServe & port->DataMask));
            Partition.Prefetch(port->Control + (port->ControlHead & port->ControlMask));
            Partition.Prefetch(port->Control + ((port->ControlHead + 1) & port->ControlMask));
        }
        PortState* guess = null;
        Packet* delivery = null;
        id = calendar.Peek(TargetAhead);
        if (id < _portEvents)
        {
            PortState* port = _ports + id;
            Packet* packet = Head(port);
            int peer = _tallies[id].Peer;
            if (!Partition.UnderWay(port))
            {
                // Left over from before the link died: there is no packet to look at.
            }
            else if (peer < 0)
            {
                _transport.Prefetch(packet);
                Partition.Prefetch(_hosts + packet->Destination);
                delivery = packet;
            }
            else if (packet->Flow >= 0)
            {
                guess = Guess(peer, packet);
                if (guess != null)
                {
                    Partition.Prefetch(guess);
                }
            }
        }
        // The target's own ring can only be found once its line is here: one event later.
        if (_lastDelivery != null)
        {
            _transport.PrefetchMore(_lastDelivery);
        }
        _lastDelivery = delivery;
        PortState* target = _lastGuess;
        _lastGuess = guess;
        if (target != null)
        {
            Partition.Prefetch(target->Data + (target->DataServe & target->DataMask));
            Partition.Prefetch(target->Data + (target->DataTail & target->DataMask));
        }
    }

    private const int PortAhead = 14;
    private const int PacketsAhead = 8;
    private const int TargetAhead = 4;
    private PortState* _lastGuess;
    private Packet* _lastDelivery;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Packet* Head(PortState* port) =>
        port->DataHead != port->DataServe
            ? port->Data + (port->DataHead & port->DataMask)
            : port->Control + (port->ControlHead & port->ControlMask);

    // ---- A packet reaches the far end of a port's link
    // ---------------------------------------------------------------------------------------

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ArriveFrom(PortState* from, uint id, long now)
    {
        Partition partition = Partition;
        if ((from->Flags & (PortState.FromHost | PortState.Busy)) == (PortState.FromHost | PortState.Busy))
        {
            CatchUpHost(_planes ? ~_world.Records[id].Owner : (int)id, now);
        }
        else
        {
            partition.CatchUp(from, now);
        }
        // The event may be left over from before its link died and came back.
        if (!Partition.UnderWay(from) || Partition.NextArrival(from) != now)
        {
            return;
        }
        bool low =
            from->DataHead != from->DataServe
            && (
                from->ControlHead == from->ControlServe
                || from->Data[from->DataHead & from->DataMask].Arrival <= from->Control[from->ControlHead & from->ControlMask].Arrival
            );
        Packet packet = low ? from->Data[from->DataHead++ & from->DataMask] : from->Control[from->ControlHead++ & from->ControlMask];
        if (Partition.UnderWay(from))
        {
            partition.Calendar.Insert(Partition.NextArrival(from), id);
        }
        partition.Counters.Hops++;
        Arrive((int)id, &packet, now);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Arrive(int fromIndex, Packet* packet, long now)
    {
        if (packet->Flow < 0)
        {
            packet->Flow = ~packet->Flow;
            Partition.Refund(fromIndex, packet, now);
            Partition.Drop(packet, ref Partition.Counters.DroppedCorrupted);
            return;
        }
        int peer = _tallies[fromIndex].Peer;
        if (peer >= 0)
        {
            if (typeof(TRouting) == typeof(CellRouting))
            {
                _fabric!.Accept(peer, packet, fromIndex, now);
                return;
            }
            PortState* to = Route(peer, packet, now);
            if (to == null)
            {
                Partition.Refund(fromIndex, packet, now);
                Partition.Drop(packet, ref Partition.Counters.DroppedNoRoute);
                return;
            }
            if (TRouting.DecidesOnArrival)
            {
                Partition.EnterPipeline(peer, to, packet, fromIndex, now);
                return;
            }
            Partition.Enqueue(to, packet, fromIndex, now);
        }
        else
        {
            if (_planes)
            {
                Partition.ArrivalPlane = _world.Switches[_world.Records[fromIndex].Owner].Plane;
            }
            Deliver(~peer, packet, now);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PortState* Route(int at, Packet* packet, long now)
    {
        World world = _world;
        SwitchState* state = world.Switches + at;
        Attachment* attachment = world.Attachments.Pointer + packet->Destination * world.PlaneCount + state->Plane;
        if (attachment->Count != 1)
        {
            if (attachment->Count == 0)
            {
                return null;
            }
            // Several ports on one plane: every switch must send a connection to the same one.
            attachment = world.AttachmentOf(attachment, packet, at);
        }
        int leaf = attachment->Leaf;
        if (leaf == at)
        {
            return _ports + attachment->Port;
        }
        uint relative = (uint)(leaf - state->FirstLeaf);
        RouteTables routes = world.Routes;
        int route = relative < state->LeafCount ? routes.Table.Pointer[state->TableBase + (int)relative] : state->DefaultRoute;
        if (route >= 0)
        {
            return _ports + route;
        }
        if (route == SwitchState.NoRoute)
        {
            return null;
        }
        PortGroup* group = routes.Groups.Pointer + ~route;
        return _ports + _routing.Choose(state, group, routes.GroupPorts.Pointer + group->First, packet, now);
    }

    /// <summary>Where a hashing switch will send a packet; null when only the moment itself can tell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PortState* Guess(int at, Packet* packet)
    {
        World world = _world;
        SwitchState* state = world.Switches + at;
        Attachment* attachment = world.Attachments.Pointer + packet->Destination * world.PlaneCount + state->Plane;
        int leaf = attachment->Leaf;
        if (leaf == at)
        {
            return _ports + attachment->Port;
        }
        uint relative = (uint)(leaf - state->FirstLeaf);
        RouteTables routes = world.Routes;
        int route = relative < state->LeafCount ? routes.Table.Pointer[state->TableBase + (int)relative] : state->DefaultRoute;
        if (route >= 0)
        {
            return _ports + route;
        }
        if (typeof(TRouting) != typeof(HashRouting) || route == SwitchState.NoRoute)
        {
            return null;
        }
        PortGroup* group = routes.Groups.Pointer + ~route;
        return _ports + routes.GroupPorts.Pointer[group->First + HashRouting.HashOf(state, group, packet)];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Deliver(int host, Packet* packet, long now)
    {
        Counters counters = Partition.Counters;
        switch (packet->Kind)
        {
            case PacketKind.Data:
                counters.DataDelivered++;
                counters.Latency.Add((long)((uint)(now >> Packet.SentShift) - packet->Sent) << Packet.SentShift);
                break;
            case PacketKind.Trimmed:
                counters.TrimmedDelivered++;
                break;
            default:
                counters.ControlDelivered++;
                break;
        }
        CatchUpHost(host, now);
        _transport.Receive(host, packet, now);
        Kick(host, now);
    }

    // ---- Everything that is not an arrival
    // ---------------------------------------------------------------------------------------------------

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Other(uint id, long now)
    {
        World world = _world;
        if (typeof(TRouting) == typeof(CellRouting) && id >= world.CellEvents)
        {
            CellEvent(id, now);
            return;
        }
        if (TRouting.DecidesOnArrival && id >= world.LatencyEvents)
        {
            Partition.LeavePipeline((int)(id - world.LatencyEvents), now);
            return;
        }
        if (id < world.FlowEvents)
        {
            int host = (int)(id - world.HostEvents);
            CatchUpHost(host, now);
            _transport.HostTimer(host, now);
            Kick(host, now);
        }
        else if (id < world.ServiceEvents)
        {
            int flow = (int)(id - world.FlowEvents);
            int host = world.FlowSource[flow];
            if (world.FlowFinish[flow] >= 0 || (world.FlowStart[flow] < 0 && IsEmpty(flow, now)))
            {
                return;
            }
            if (world.ScaleUp is not null && world.ScaleUp.Carries(flow))
            {
                ScaleUpEvent(flow, now);
                return;
            }
            CatchUpHost(host, now);
            if (world.FlowStart[flow] < 0)
            {
                world.FlowStart[flow] = now;
                _transport.Start(flow, now);
            }
            else
            {
                _transport.FlowTimer(flow, now);
            }
            Kick(host, now);
        }
        else if (id < world.PauseEvents)
        {
            PortState* port = _ports + (id - world.ServiceEvents);
            if ((port->Flags & PortState.FromHost) != 0)
            {
                int host = ~_world.Records[port - _ports].Owner;
                CatchUpHost(host, now);
                if (Partition.WaitsForCredit)
                {
                    Kick(host, now);
                }
            }
            else
            {
                Partition.CatchUp(port, now);
            }
        }
        else
        {
            PortState* port = _ports + (id - world.PauseEvents);
            if ((port->Flags & PortState.FromHost) != 0)
            {
                CatchUpHost(~_world.Records[port - _ports].Owner, now);
                if (Partition.Toggle(port, now))
                {
                    Kick(~_world.Records[port - _ports].Owner, now);
                }
                return;
            }
            Partition.CatchUp(port, now);
            bool underWay = Partition.UnderWay(port);
            if (Partition.Toggle(port, now) && (port->Flags & PortState.Busy) == 0 && Partition.BeginService(port, now) && !underWay)
            {
                Partition.Calendar.Insert(Partition.NextArrival(port), (uint)(port - _ports));
            }
        }
    }

    private void CellEvent(uint id, long now)
    {
        int port = _fabric!.OnEvent(id, now);
        if (port >= 0)
        {
            int host = ~_world.Records[port].Owner;
            CatchUpHost(host, now);
            if (_fabric.ApplyPause(port, now))
            {
                Kick(host, now);
            }
        }
    }

    /// <inheritdoc/>
    public override void StartFlow(int flow, long now)
    {
        int host = _world.FlowSource[flow];
        if (IsEmpty(flow, now))
        {
            return;
        }
        if (_world.ScaleUp is not null && _world.ScaleUp.Carries(flow))
        {
            ScaleUpEvent(flow, now);
            return;
        }
        CatchUpHost(host, now);
        _world.FlowStart[flow] = now;
        _transport.Start(flow, now);
        Kick(host, now);
    }

    // A flow of no bytes sends no packet: both its ends have all of it when it starts.
    private bool IsEmpty(int flow, long now)
    {
        if (_world.Traffic.Flows[flow].Size != DataSize.Zero)
        {
            return false;
        }
        Partition.Counters.LastWithoutPacket = now;
        if (flow >= _world.FirstClock)
        {
            // A clock never starts, so that it can tick again.
            Partition.Triggers.Tick(flow - _world.FirstClock, Partition);
            return true;
        }
        _world.FlowStart[flow] = now;
        Partition.Complete(flow);
        Partition.Finish(flow, now);
        return true;
    }

    // A transfer inside a scale-up domain has two events: it is ready, and it is complete, at both ends at once.
    private void ScaleUpEvent(int flow, long now)
    {
        if (_world.FlowStart[flow] < 0)
        {
            _world.FlowStart[flow] = now;
            Partition.SetFlowTimer(flow, _world.ScaleUp!.Book(flow, now));
            return;
        }
        Partition.Counters.LastWithoutPacket = now;
        Partition.Complete(flow);
        Partition.Finish(flow, now);
    }

    // Flows whose triggers fired during the event start at the same instant, once the event is complete.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void StartTriggered(long now)
    {
        while (Partition.TakeStart(out int flow))
        {
            StartFlow(flow, now);
        }
    }

    /// <inheritdoc/>
    public override void CatchUpAll(long now)
    {
        _fabric?.Flush();
        for (int i = 0; i < _world.PortCount; i++)
        {
            PortState* port = _ports + i;
            int owner = _world.Records[i].Owner;
            if (owner < 0)
            {
                if (_world.PartOfHost[~owner] == Partition.Index)
                {
                    CatchUpHost(~owner, now);
                }
            }
            else if (_world.Switches[owner].Partition == Partition.Index)
            {
                Partition.CatchUp(port, now);
            }
        }
    }

    /// <inheritdoc/>
    public override void CatchUpCard(int host, long now) => CatchUpHost(host, now);

    /// <inheritdoc/>
    public override void KickHost(int host, long now)
    {
        CatchUpHost(host, now);
        Kick(host, now);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _fabric?.Dispose();
        _transport.Dispose();
        Partition.Dispose();
    }
}
