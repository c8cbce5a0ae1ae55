using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lightloom.Simulation.LoadBalancing;
using Lightloom.Simulation.Measurement;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>
/// RoCEv2-like reliable connections, in order with go-back-N or out of order with selective repeat, paced and windowed by DCQCN, HPCC,
/// TIMELY or Swift, or by nothing but the fabric's pauses.
/// </summary>
/// <remarks>This file moves packets; each congestion control is a file of its own, an <see cref="RdmaControl"/>.</remarks>
[StructLayout(LayoutKind.Auto)]
internal unsafe partial struct Rdma<TBalancer> : ITransport
    where TBalancer : struct, IHostBalancer
{
    /// <summary>
    /// Selective repeat: a packet counts as lost when one so many places after it has arrived; few where packets cannot overtake.
    /// </summary>
    private uint _reorderTolerance;

    /// <summary>Selective repeat: packets that may be missing or under way at once, a power of two.</summary>
    private uint _windowPackets;
    private const uint LeastWindowPackets = 1024;
    private const uint MostWindowPackets = 1 << 20;

    private const uint ToleranceOnePath = 3;
    private const uint ToleranceSprayed = 256;

    private World _world;
    private Partition _partition;
    private TBalancer _balancer;
    private RdmaSender* _senders;
    private RdmaReceiver* _receivers;
    private int* _sources;

    // A copy: methods that are compiled once and for all do not see a constant in a static.
    private bool _checks;
    private int* _destinations;
    private int _mtu;
    private int _header;
    private int _payload;
    private bool _selective;
    private RdmaControl _control;
    private bool _telemetry;
    private bool _notices;
    private bool _hearsMarks;

    // By line of the sending host; the line of a host is not asked for where all are alike.
    private RdmaControl[] _controls;
    private int[] _lineOfHost;
    private long _firstTimeout;
    private bool _shared;
    private double _slack;
    private uint _answerEvery;

    /// <inheritdoc/>
    public static bool Paces => true;

    /// <inheritdoc/>
    public void Prepare(World world, Partition partition)
    {
        _world = world;
        _partition = partition;
        _checks = Checks.On;
        _balancer = default;
        _balancer.Prepare(world, partition);
        _senders = (RdmaSender*)partition.Pool.TakeZeroed((long)world.FlowCount * sizeof(RdmaSender));
        _receivers = (RdmaReceiver*)partition.Pool.TakeZeroed((long)world.FlowCount * sizeof(RdmaReceiver));
        _sources = world.FlowSource.Pointer;
        _destinations = world.FlowDestination.Pointer;
        _mtu = world.Parameters.Mtu;
        _header = world.Parameters.Header;
        _payload = world.Parameters.Payload;
        _control = Transports.ControlOf(world, partition, world.Parameters.Lines[0]);
        // Rates that depend on all flows are kept in one place.
        _lineOfHost = _control.SharesRates ? [] : world.Parameters.LineOfHost;
        _controls = [_control, .. world.Parameters.Lines.Skip(1).Select(line => Transports.ControlOf(world, partition, line))];
        _telemetry = world.Transport.ReadsTelemetry;
        _notices = _control.NotifiesCongestion;
        _hearsMarks = _control.HearsMarks;
        _selective = !world.Transport.GoesBack(world.Options);
        _reorderTolerance = world.LoadBalancing.KeepsOrder(world.Options) ? ToleranceOnePath : ToleranceSprayed;
        double window = Math.Max(world.Options.InitialWindowBytes, 1.5 * world.Parameters.BandwidthDelay);
        _windowPackets = BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(window / _mtu + 2, LeastWindowPackets, MostWindowPackets));
        _shared = _control.SharesRates;
        _slack = (double)_control.CatchesUp * _mtu;
        bool waits = !_control.LosesNothing;
        _firstTimeout = waits ? world.Parameters.Timeouts.First : Timeouts.Forever;
        _reorderTolerance = waits ? _reorderTolerance : uint.MaxValue;
        _answerEvery = waits ? 1 : (uint)Math.Max(1, world.Parameters.AckBytes / _mtu);
    }

    /// <inheritdoc/>
    public readonly void Dispose() { }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Prefetch(Packet* packet)
    {
        if (packet != null && packet->Flow >= 0)
        {
            Partition.Prefetch(packet->IsData ? (void*)(_receivers + packet->Flow) : _senders + packet->Flow);
        }
    }

    /// <inheritdoc/>
    public readonly void PrefetchMore(Packet* packet) { }

    // ---- Sender
    // ------------------------------------------------------------------------------------------------------------------------------

    /// <inheritdoc/>
    public void Start(int flow, long now)
    {
        RdmaSender* sender = _senders + flow;
        long bytes = _world.Traffic.Flows[flow].Size.Bytes;
        sender->Total = (uint)((bytes + _payload - 1) / _payload);
        sender->LastSize = (int)(bytes - (long)(sender->Total - 1) * _payload) + _header;
        sender->Random = FlowRandom.Of(flow, _world.Options.Seed, FlowRandom.Rdma);
        sender->LastProgress = now;
        sender->NextSend = now;
        if (_selective)
        {
            sender->Arrived = TakeBits(_windowPackets, out sender->ArrivedMask);
        }
        RdmaControl control = ControlOf(flow);
        sender->Rate = control.LineByteTime;
        control.Start(sender, _selective);
        if (_shared)
        {
            _control.Began(flow, sender);
        }
        _balancer.Start(flow, ref sender->Random);
        _partition.Activate(flow, _sources[flow]);
        sender->Timeout = _firstTimeout;
        WatchFrom(flow, sender, now);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly RdmaControl ControlOf(int flow) => _lineOfHost.Length == 0 ? _control : _controls[_lineOfHost[_sources[flow]]];

    /// <summary>Has the sender look, a timeout after a moment, whether anything has been answered since.</summary>
    private readonly void WatchFrom(int flow, RdmaSender* sender, long since)
    {
        sender->TimeoutAt = since + sender->Timeout;
        if (sender->Timeout < Timeouts.Forever)
        {
            _partition.SetFlowTimer(flow, sender->TimeoutAt);
        }
    }

    private readonly ulong* TakeBits(uint bits, out uint mask)
    {
        mask = bits - 1;
        return (ulong*)_partition.Pool.TakeZeroed(bits / 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int SizeOf(RdmaSender* sender, uint sequence) => sequence == sender->Total - 1 ? sender->LastSize : _mtu;

    private readonly bool WindowAllows(RdmaSender* sender, int size)
    {
        double inFlight = (double)(sender->Next - sender->Acknowledged - sender->ArrivedCount) * _mtu;
        return inFlight + size <= sender->Window || sender->Next == sender->Acknowledged;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryNext(int flow, long now, int active, Packet* packet)
    {
        RdmaSender* sender = _senders + flow;
        if ((sender->Flags & RdmaSender.Finished) != 0)
        {
            return false;
        }
        uint sequence;
        if ((sender->Flags & RdmaSender.InRecovery) != 0 && NextRepeat(sender, out sequence))
        {
            // A repetition is paced but not held back by the window: what it replaces no longer occupies the network.
        }
        else
        {
            sequence = sender->Next;
            if (
                sequence == sender->Total
                || !WindowAllows(sender, SizeOf(sender, sequence))
                || (_selective && sequence - sender->Acknowledged > sender->ArrivedMask)
            )
            {
                return false;
            }
        }
        if (_shared)
        {
            _control.Refresh(now);
        }
        if (now < sender->NextSend)
        {
            if (sender->WakeAt == 0 || sender->NextSend < sender->WakeAt)
            {
                sender->WakeAt = Math.Max(sender->NextSend, _partition.Now);
                _partition.SetFlowTimer(flow, sender->WakeAt);
            }
            return false;
        }
        int size = SizeOf(sender, sequence);
        uint header = Packet.HeaderOf(_destinations[flow], PacketKind.Data);
        if (sequence < sender->Highest)
        {
            header |= Packet.Retransmitted;
            sender->Retransmitted++;
            _partition.Counters.Retransmitted++;
        }
        if (sequence == sender->Next)
        {
            if (sequence == sender->Acknowledged)
            {
                // Nothing was under way, so nothing was waited for.
                sender->LastProgress = now;
            }
            sender->Next++;
            sender->Highest = Math.Max(sender->Highest, sender->Next);
        }
        else
        {
            sender->RepeatNext = sequence + 1;
        }
        packet->Flow = flow;
        packet->Sequence = sequence;
        packet->Size = (ushort)size;
        packet->Header = header;
        packet->Entropy = (ushort)(_balancer.Next(flow, ref sender->Random, now) + sender->Repaths);
        packet->Extra = _telemetry ? _partition.TakeTelemetry() : 0;
        sender->NextSend = Math.Max(now - (long)(_slack * sender->Rate), sender->NextSend) + (long)(size * sender->Rate);
        ControlOf(flow).Sent(sender, size);
        _partition.Activate(flow, _sources[flow]);
        return true;
    }

    private static bool NextRepeat(RdmaSender* sender, out uint sequence)
    {
        sequence = Math.Max(sender->RepeatNext, sender->Acknowledged);
        for (; (int)(sender->RecoverUntil - sequence) > 0; sequence++)
        {
            if (!HasArrived(sender->Arrived, sender->ArrivedMask, sequence))
            {
                return true;
            }
        }
        sender->Flags &= ~RdmaSender.InRecovery;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasArrived(ulong* bits, uint mask, uint sequence)
    {
        uint at = sequence & mask;
        return (bits[at >> 6] >> (int)(at & 63) & 1) != 0;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Receive(int host, Packet* packet, long now)
    {
        switch (packet->Kind)
        {
            case PacketKind.Data:
                ReceiveData(host, packet, now);
                break;
            case PacketKind.Congestion:
                RdmaSender* sender = _senders + packet->Flow;
                if ((sender->Flags & RdmaSender.Finished) == 0)
                {
                    _partition.PlaneFeedback(packet->Flow, packet->Extra, PathFeedback.Marked, now);
                    _balancer.Feedback(packet->Flow, packet->Entropy, PathFeedback.Marked, now);
                    ControlOf(packet->Flow).Congested(packet->Flow, sender, now);
                }
                break;
            default:
                ReceiveAck(host, packet, now);
                break;
        }
    }

    private void ReceiveAck(int host, Packet* packet, long now)
    {
        int flow = packet->Flow;
        RdmaSender* sender = _senders + flow;
        AckRecord ack = *_partition.Ack(packet->Extra);
        _partition.FreeAck(packet->Extra);
        bool finished = (sender->Flags & RdmaSender.Finished) != 0;
        if (!finished)
        {
            uint before = sender->Acknowledged;
            if ((int)(ack.Cumulative - before) > 0)
            {
                Advance(sender, ack.Cumulative);
                sender->LastProgress = now;
            }
            if (_selective && packet->Sequence - sender->Acknowledged <= sender->ArrivedMask && packet->Sequence < sender->Highest)
            {
                Selective(sender, packet->Sequence, now);
            }
            if (
                packet->Kind == PacketKind.Nack
                && !_selective
                && ack.Cumulative - sender->Acknowledged < sender->Next - sender->Acknowledged
            )
            {
                // Go back N: everything from the gap on goes again, and is waited for anew.
                sender->Next = ack.Cumulative;
                sender->LastProgress = now;
            }
            bool marked = (packet->Header & Packet.EcnMarked) != 0;
            _partition.PlaneFeedback(flow, ack.Planes, marked ? PathFeedback.Marked : PathFeedback.Good, now);
            _balancer.Feedback(flow, packet->Entropy, marked ? PathFeedback.Marked : PathFeedback.Good, now);
            long delay = (long)((uint)(now >> Packet.SentShift) - (uint)ack.ReceivedBytes) << Packet.SentShift;
            if (_checks)
            {
                // The clock that packets carry counts in units of 1,024 ps.
                _partition.CheckRoundTrip(flow, delay + (1 << Packet.SentShift), SizeOf(sender, packet->Sequence), trimmed: false);
            }
            if (marked && _hearsMarks)
            {
                ControlOf(flow).Congested(flow, sender, now);
            }
            ControlOf(flow).Acknowledged(sender, &ack, sender->Acknowledged - before, delay, now);
            if (now + sender->Timeout < sender->TimeoutAt)
            {
                WatchFrom(flow, sender, now);
            }
        }
        if (_telemetry)
        {
            _partition.FreeTelemetry((uint)ack.Bitmap);
        }
        if (finished)
        {
            return;
        }
        if (sender->Acknowledged == sender->Total)
        {
            Finish(flow, sender, now);
        }
        else
        {
            _partition.Activate(flow, host);
        }
    }

    private readonly void Advance(RdmaSender* sender, uint cumulative)
    {
        if (_selective)
        {
            for (uint s = sender->Acknowledged; s != cumulative; s++)
            {
                uint at = s & sender->ArrivedMask;
                ulong bit = 1UL << (int)(at & 63);
                if ((sender->Arrived[at >> 6] & bit) != 0)
                {
                    sender->Arrived[at >> 6] &= ~bit;
                    sender->ArrivedCount--;
                }
            }
        }
        sender->Acknowledged = cumulative;
        if ((int)(cumulative - sender->Next) > 0)
        {
            sender->Next = cumulative;
        }
    }

    private readonly void Selective(RdmaSender* sender, uint sequence, long now)
    {
        if ((int)(sequence - sender->Acknowledged) < 0)
        {
            return;
        }
        uint at = sequence & sender->ArrivedMask;
        ulong bit = 1UL << (int)(at & 63);
        if ((sender->Arrived[at >> 6] & bit) == 0)
        {
            sender->Arrived[at >> 6] |= bit;
            sender->ArrivedCount++;
        }
        if (
            sequence - sender->Acknowledged >= _reorderTolerance
            && (sender->Flags & RdmaSender.InRecovery) == 0
            && (int)(sender->Acknowledged - sender->RecoverUntil) >= 0
        )
        {
            sender->Flags |= RdmaSender.InRecovery;
            sender->RecoverUntil = sequence - _reorderTolerance + 1;
            sender->LastProgress = now;
            sender->RepeatNext = sender->Acknowledged;
        }
    }

    private void Finish(int flow, RdmaSender* sender, long now)
    {
        sender->Flags |= RdmaSender.Finished;
        if (sender->Arrived != null)
        {
            _partition.Pool.Give(sender->Arrived, (sender->ArrivedMask + 1) / 8);
            sender->Arrived = null;
        }
        ControlOf(flow).End(sender);
        if (_shared)
        {
            _control.Ended(flow);
        }
        _balancer.End(flow);
        _world.FlowRetransmitted.Pointer[flow] = sender->Retransmitted;
        _partition.Finish(flow, now);
    }

    /// <inheritdoc/>
    public void FlowTimer(int flow, long now)
    {
        RdmaSender* sender = _senders + flow;
        if ((sender->Flags & RdmaSender.Finished) != 0)
        {
            return;
        }
        ControlOf(flow).Timer(flow, sender, now);
        if (sender->WakeAt != 0 && now >= sender->WakeAt)
        {
            sender->WakeAt = 0;
            _partition.Activate(flow, _sources[flow]);
        }
        if (now >= sender->TimeoutAt)
        {
            if (now - sender->LastProgress >= sender->Timeout && sender->Next != sender->Acknowledged)
            {
                sender->LastProgress = now;
                ControlOf(flow).TimedOut(sender, now);
                _balancer.Feedback(flow, ushort.MaxValue, PathFeedback.Timeout, now);
                if (_selective)
                {
                    sender->Flags |= RdmaSender.InRecovery;
                    sender->RecoverUntil = sender->Next;
                    sender->RepeatNext = sender->Acknowledged;
                }
                else
                {
                    sender->Next = sender->Acknowledged;
                }
            }
            // Nothing under way, or progress since: look again when a timeout could be due at the earliest.
            WatchFrom(flow, sender, sender->Next == sender->Acknowledged ? now : sender->LastProgress);
            _partition.Activate(flow, _sources[flow]);
        }
    }

    /// <inheritdoc/>
    public readonly void HostTimer(int host, long now) { }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool HasRoom(int flow, int plane) => true;
}
