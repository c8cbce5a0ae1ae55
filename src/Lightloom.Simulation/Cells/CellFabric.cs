using System.Numerics;
using System.Runtime.CompilerServices;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Cells;

/// <summary>
/// The switch-scheduled fabric between the hosts' uplinks and the ports to the hosts: virtual output queues, credits, cells. It lives in
/// the event loop of the packet engine and shares its calendar; hosts, their transports and the ports to them are the packet engine's own.
/// </summary>
/// <remarks>
/// One part of the run owns all of it: a grant concerns two leaves at once. Files: this one holds the state and the events, <c>Ingress</c>
/// the virtual output queues, <c>Scheduler</c> the credits, <c>Links</c> the cells, <c>Bursts</c> the coarse mode, <c>Faults</c> lost
/// links, <c>Result</c> what came out.
/// </remarks>
internal sealed unsafe partial class CellFabric : IDisposable
{
    private readonly World _world;
    private readonly Partition _partition;
    private readonly CellOptions _options;
    private readonly PortState* _ports;
    private readonly PortTally* _tallies;
    private readonly bool _bursts;
    private readonly int _gap;
    private readonly uint _creditMask;
    private readonly int _markAbove;

    // Event numbers: a fabric link's next arrival, a scheduler's turn, a pause, then three for each queue: its flow status, its credit, its
    // burst.
    private readonly uint _linkEvents;
    private readonly uint _schedulerEvents;
    private readonly uint _pauseEvents;
    private readonly uint _voqEvents;
    private const uint VoqKinds = 3;
    private const uint StatusKind = 0;
    private const uint CreditKind = 1;

    private readonly NativeArray<FabricLink> _linkArray;
    private readonly FabricLink* _links;
    private readonly NativeArray<EgressScheduler> _schedulerArray;
    private readonly EgressScheduler* _schedulers;
    private CellRoutes _routes;
    private readonly int _leafCount;

    public CellFabric(World world, Partition partition)
    {
        _world = world;
        _partition = partition;
        _options = world.Options.Cells!;
        _ports = world.Ports;
        _tallies = world.Tallies;
        _bursts = _options.Mode == CellMode.Bursts;
        _gap = world.Options.FrameGapBytes;
        _markAbove = _options.CongestionCells == 0 ? int.MaxValue : _options.CongestionCells;
        _random = Hash.Mix32((uint)world.Options.Seed * 0x7feb352du ^ 0x1b873593u) | 1;
        _linkEvents = world.CellEvents;
        _schedulerEvents = _linkEvents + (uint)world.PortCount;
        _pauseEvents = _schedulerEvents + (uint)world.PortCount;
        _voqEvents = _pauseEvents + (uint)world.PortCount;
        _routes = new CellRoutes(world, null, _options.InputBalanced);
        _leafCount = _routes.Leaves.Length;
        _linkArray = new NativeArray<FabricLink>(world.PortCount);
        _links = _linkArray.Pointer;
        _schedulerArray = new NativeArray<EgressScheduler>(world.PortCount);
        _schedulers = _schedulerArray.Pointer;
        _pauseCount = new int[world.PortCount];
        _markTime = new long[world.PortCount];
        _markSent = new long[world.PortCount];
        _leafBytes = new long[_leafCount];
        for (int i = 0; i < world.PortCount; i++)
        {
            if ((_ports[i].Flags & (PortState.FromHost | PortState.ToHost)) == 0)
            {
                ReadLink(i);
            }
            _schedulers[i] = new EgressScheduler
            {
                ControlHead = -1,
                ControlTail = -1,
                DataHead = -1,
                DataTail = -1,
                Factor = 1,
            };
            Pace(i);
        }
        _sourceOf = Sources();
        _creditMask =
            BitOperations.RoundUpToPowerOf2(
                (uint)((_options.Hungry == HungryPolicy.TopUp ? _options.HungryBytes : 0) / _options.CreditBytes + 4)
            ) - 1;
        GrowVoqs();
        GrowTransits();
        PrepareBundles();
    }

    // A fault may have changed the rate.
    private void ReadLink(int port)
    {
        FabricLink* link = _links + port;
        PortClass shared = _world.Classes[_ports[port].Class];
        int peer = _tallies[port].Peer;
        link->ByteTime = shared.ByteTime;
        link->Delay = shared.Delay;
        link->LeafAhead = _routes.LeafOf[peer];
        link->RowAhead = peer * _leafCount;
        link->CellsPerPicosecond = (float)(65536.0 / shared.ByteTime / (_options.CellBytes + _options.CellHeaderBytes));
    }

    /// <summary>Works on one of this fabric's events; the host port that a pause or its end has reached, or -1.</summary>
    public int OnEvent(uint id, long now)
    {
        if (id < _schedulerEvents)
        {
            CellArrives((int)(id - _linkEvents), now);
            return -1;
        }
        if (id >= _voqEvents)
        {
            uint number = id - _voqEvents;
            int voq = (int)(number / VoqKinds);
            switch (number - (uint)voq * VoqKinds)
            {
                case StatusKind:
                    StatusArrives(voq, now);
                    break;
                case CreditKind:
                    CreditArrives(voq, now);
                    break;
                default:
                    BurstArrives(voq, now);
                    break;
            }
            return -1;
        }
        if (id < _pauseEvents)
        {
            int port = (int)(id - _schedulerEvents);
            _schedulers[port].Pending = 0;
            Schedule(port, now);
            return -1;
        }
        return (int)(id - _pauseEvents);
    }

    // ---- Packets under way
    // ---------------------------------------------------------------------------------------------------------------------

    private NativeArray<Transit> _transitArray = new(0);
    private Transit* _transits;
    private int _transitsUsed;
    private int _transitFree = -1;

    private int TakeTransit()
    {
        int index = _transitFree;
        if (index >= 0)
        {
            _transitFree = _transits[index].Next;
            return index;
        }
        if (_transitsUsed == _transitArray.Length)
        {
            GrowTransits();
        }
        return _transitsUsed++;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowTransits()
    {
        var bigger = new NativeArray<Transit>(Math.Max(1024, _transitArray.Length * 2));
        new ReadOnlySpan<Transit>(_transits, _transitsUsed).CopyTo(new Span<Transit>(bigger.Pointer, bigger.Length));
        _transitArray.Dispose();
        _transitArray = bigger;
        _transits = bigger.Pointer;
    }

    // Hands over to the egress port what has come whole, in the order of the queue, and gives up what has lost a cell.
    private void Deliver(Voq* voq, long now)
    {
        while (voq->FirstTransit >= 0)
        {
            int index = voq->FirstTransit;
            Transit* transit = _transits + index;
            if (transit->CellsLeft != 0)
            {
                return;
            }
            voq->FirstTransit = transit->Next;
            if (transit->Next < 0)
            {
                voq->LastTransit = -1;
            }
            Packet packet = transit->Packet;
            bool lost = transit->CellsLost != 0;
            transit->Next = _transitFree;
            _transitFree = index;
            if (lost)
            {
                _packetsLost++;
                _partition.Drop(&packet, ref _partition.Counters.DroppedLinkDown);
            }
            else
            {
                _partition.Enqueue(_ports + voq->Port, &packet, 0, now);
            }
        }
    }

    /// <summary>Data packets in queues and in the fabric.</summary>
    public long InFlightData()
    {
        long count = 0;
        for (int v = 0; v < _voqsUsed; v++)
        {
            Voq* voq = _voqs + v;
            if (voq->Control != 0)
            {
                continue;
            }
            for (uint at = _bursts ? voq->Oldest : voq->Head; at != voq->Tail; at++)
            {
                count += voq->Ring[at & voq->Mask].State == Queued.Discarded ? 0 : 1;
            }
            for (int t = voq->FirstTransit; t >= 0; t = _transits[t].Next)
            {
                count++;
            }
        }
        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _routes.Dispose();
        _linkArray.Dispose();
        _schedulerArray.Dispose();
        _transitArray.Dispose();
        _voqArray.Dispose();
        _entries.Dispose();
    }
}
