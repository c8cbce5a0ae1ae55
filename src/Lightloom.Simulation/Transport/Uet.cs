using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lightloom.Simulation.LoadBalancing;
using Lightloom.Simulation.Measurement;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>
/// Ultra Ethernet's reliable unordered delivery: selective acknowledgement, trimmed packets answered by a NACK, and congestion control by
/// the sender (NSCC), by the receiver (RCCC), or by both. NDP and EQDS are its ancestors and share the machinery.
/// </summary>
/// <remarks>This file moves packets; <c>Uet.Nscc.cs</c> holds the window's equations and <c>Uet.Rccc.cs</c> the credit's.</remarks>
[StructLayout(LayoutKind.Auto)]
internal unsafe partial struct Uet<TBalancer, TScope> : ITransport
    where TBalancer : struct, IHostBalancer
    where TScope : struct, ICongestionScope
{
    private World _world;
    private Partition _partition;
    private TBalancer _balancer;
    private UetSender* _senders;
    private UetReceiver* _receivers;
    private UetCongestion* _planes;
    private UetPlaneReceipt* _receipts;
    private int _planeCount;
    private int* _sources;

    // A copy: methods that are compiled once and for all do not see a constant in a static.
    private bool _checks;
    private int* _destinations;
    private int _mtu;
    private int _header;
    private int _payload;
    private long _ackBytes;
    private long _timeout;
    private bool _senderControl;
    private bool _receiverControl;
    private bool _fixedWindow;
    private bool _pullPerArrival;

    /// <inheritdoc/>
    public void Prepare(World world, Partition partition)
    {
        _world = world;
        _partition = partition;
        _checks = Checks.On;
        _balancer = default;
        _balancer.Prepare(world, partition);
        _senders = (UetSender*)partition.Pool.TakeZeroed((long)world.FlowCount * sizeof(UetSender));
        _receivers = (UetReceiver*)partition.Pool.TakeZeroed((long)world.FlowCount * sizeof(UetReceiver));
        _planeCount = world.PlaneCount;
        if (TScope.PerPlane)
        {
            _planes = (UetCongestion*)partition.Pool.TakeZeroed((long)world.FlowCount * _planeCount * sizeof(UetCongestion));
            _receipts = (UetPlaneReceipt*)partition.Pool.TakeZeroed((long)world.FlowCount * _planeCount * sizeof(UetPlaneReceipt));
        }
        _sources = world.FlowSource.Pointer;
        _destinations = world.FlowDestination.Pointer;
        Parameters parameters = world.Parameters;
        _mtu = parameters.Mtu;
        _header = parameters.Header;
        _payload = parameters.Payload;
        _ackBytes = parameters.AckBytes;
        _timeout = parameters.RetransmitTimeout;
        UetProfile profile = Transports.ProfileOf(world);
        _receiverControl = profile.ReceiverCredit;
        _senderControl = profile.SenderWindow;
        _pullPerArrival = profile.PullsPackets;
        if (profile.AcknowledgesEachPacket)
        {
            _ackBytes = 1;
        }
        _fixedWindow = profile.FixedWindow;
        PrepareNscc();
        PrepareRccc(profile);
    }

    /// <inheritdoc/>
    public readonly void Dispose() { }

    // ---- Sender
    // ------------------------------------------------------------------------------------------------------------------------------

    /// <inheritdoc/>
    public void Start(int flow, long now)
    {
        UetSender* sender = _senders + flow;
        long bytes = _world.Traffic.Flows[flow].Size.Bytes;
        sender->Total = (uint)((bytes + _payload - 1) / _payload);
        sender->LastSize = (int)(bytes - (long)(sender->Total - 1) * _payload) + _header;
        sender->Random = Hash.Mix32((uint)_world.Options.Seed ^ ((uint)flow * 0x9E3779B9u) ^ 0xA5A5A5A5u) | 1;
        sender->Flags = UetSender.Started | UetSender.Speculating;
        StartNscc(sender, flow);
        uint span = (uint)Math.Clamp(_configuredMaximum / _mtu + 2, 16, 1 << 20);
        uint capacity = BitOperations.RoundUpToPowerOf2(Math.Min(span, sender->Total));
        sender->Records = (ulong*)_partition.Pool.TakeZeroed((long)capacity * sizeof(ulong));
        sender->RecordMask = capacity - 1;
        _balancer.Start(flow, ref sender->Random);
        if (MaySend(sender, flow))
        {
            _partition.Activate(flow, _sources[flow]);
        }
        _partition.SetFlowTimer(flow, now + _timeout);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int SizeOf(UetSender* sender, uint sequence) => sequence == sender->Total - 1 ? sender->LastSize : _mtu;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool MaySend(UetSender* sender, int flow)
    {
        if (sender->RetransmitCount == 0 && sender->Next == sender->Total)
        {
            return false;
        }
        if (_receiverControl && sender->Credit <= 0)
        {
            return false;
        }
        return !_senderControl
            || (TScope.PerPlane ? AnyRoom(sender, flow) : sender->Shared.Window >= sender->Shared.InFlight + NextSize(sender));
    }

    private readonly bool AnyRoom(UetSender* sender, int flow)
    {
        int size = NextSize(sender);
        UetCongestion* state = _planes + (long)flow * _planeCount;
        for (int plane = 0; plane < _planeCount; plane++, state++)
        {
            if (state->Window >= state->InFlight + size)
            {
                return true;
            }
        }
        return false;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool HasRoom(int flow, int plane)
    {
        if (!TScope.PerPlane || !_senderControl)
        {
            return true;
        }
        UetSender* sender = _senders + flow;
        UetCongestion* state = _planes + (long)flow * _planeCount + plane;
        return (sender->Flags & UetSender.Finished) != 0
            || (sender->RetransmitCount == 0 && sender->Next == sender->Total)
            || state->Window >= state->InFlight + NextSize(sender);
    }

    /// <summary>The window that bounds what a receiver is asked for.</summary>
    private readonly long WindowOf(UetSender* sender, int flow)
    {
        if (!TScope.PerPlane)
        {
            return sender->Shared.Window;
        }
        long sum = 0;
        for (int plane = 0; plane < _planeCount; plane++)
        {
            sum += _planes[(long)flow * _planeCount + plane].Window;
        }
        return sum;
    }

    // What a record keeps beside its state and count: the time, and where there are several planes the one that was taken.
    private static ulong SentMask => TScope.Planes ? UetRecord.PlaneTimeMask : UetRecord.TimeMask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PlaneOf(ulong record) =>
        TScope.Planes ? (int)(record >> UetRecord.PlaneShift) & (NetworkDescription.MostPlanes - 1) : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int NextSize(UetSender* sender) =>
        sender->RetransmitCount == 0 ? SizeOf(sender, sender->Next) : SizeOf(sender, FirstQueued(sender));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint FirstQueued(UetSender* sender)
    {
        uint at = sender->RetransmitHint;
        while ((sender->Records[at & sender->RecordMask] & UetRecord.StateMask) != UetRecord.Queued)
        {
            at++;
        }
        sender->RetransmitHint = at;
        return at;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryNext(int flow, long now, int active, Packet* packet)
    {
        UetSender* sender = _senders + flow;
        if ((sender->Flags & UetSender.Finished) != 0 || !MaySend(sender, flow))
        {
            return false;
        }
        int plane = TScope.Planes ? _partition.ServingPlane : 0;
        UetCongestion* state = StateOf(sender, flow, plane);
        uint header = Packet.HeaderOf(_destinations[flow], PacketKind.Data);
        uint sequence;
        int size;
        ulong count = 0;
        if (sender->RetransmitCount == 0)
        {
            sequence = sender->Next;
            size = SizeOf(sender, sequence);
            sender->Next++;
            if (sender->Next - sender->Acknowledged > sender->RecordMask + 1)
            {
                GrowRecords(sender);
            }
        }
        else
        {
            sequence = FirstQueued(sender);
            size = SizeOf(sender, sequence);
            sender->RetransmitCount--;
            sender->RetransmitBytes -= size;
            sender->RetransmitHint = sequence + 1;
            sender->Retransmitted++;
            count = (sender->Records[sequence & sender->RecordMask] & UetRecord.CountMask) + (1UL << UetRecord.CountShift);
            if (count > UetRecord.CountMask)
            {
                count = UetRecord.CountMask;
            }
            header |= Packet.Retransmitted | Packet.AckRequested;
            _partition.Counters.Retransmitted++;
        }
        sender->Records[sequence & sender->RecordMask] =
            UetRecord.InFlight | count | (ulong)now | (TScope.Planes ? (ulong)plane << UetRecord.PlaneShift : 0);
        state->InFlight += size;
        if (_receiverControl)
        {
            sender->Credit -= size;
            packet->Extra = (uint)ComputePullTarget(sender, flow, active);
        }
        if (
            (sender->Next == sender->Total && sender->RetransmitCount == 0)
            || (_receiverControl && sender->Credit <= 0)
            || (_senderControl && state->InFlight + size >= state->Window)
        )
        {
            header |= Packet.AckRequested;
        }
        packet->Flow = flow;
        packet->Sequence = sequence;
        packet->Size = (ushort)size;
        packet->Header = header;
        packet->Entropy = _balancer.Next(flow, ref sender->Random, now);
        if (TScope.Planes)
        {
            _partition.Sent(flow, sequence, packet->Entropy);
        }
        if (MaySend(sender, flow))
        {
            _partition.Activate(flow, _sources[flow]);
        }
        return true;
    }

    private readonly void GrowRecords(UetSender* sender)
    {
        uint old = sender->RecordMask + 1;
        uint capacity = old * 2;
        var records = (ulong*)_partition.Pool.TakeZeroed((long)capacity * sizeof(ulong));
        for (uint s = sender->Acknowledged; s != sender->Next - 1; s++)
        {
            records[s & (capacity - 1)] = sender->Records[s & (old - 1)];
        }
        _partition.Pool.Give(sender->Records, (long)old * sizeof(ulong));
        sender->Records = records;
        sender->RecordMask = capacity - 1;
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
            case PacketKind.Ack:
                ReceiveAck(host, packet, now);
                break;
            case PacketKind.Trimmed:
                ReceiveTrimmed(host, packet, now);
                break;
            case PacketKind.Nack:
                ReceiveNack(host, packet, now);
                break;
            case PacketKind.Pull:
                ReceivePull(host, packet);
                break;
            default:
                ReceiveProbe(host, packet, now);
                break;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Prefetch(Packet* packet)
    {
        if (packet == null || packet->Flow < 0)
        {
            return;
        }
        bool toReceiver = packet->Kind is PacketKind.Data or PacketKind.Trimmed;
        byte* state = toReceiver ? (byte*)(_receivers + packet->Flow) : (byte*)(_senders + packet->Flow);
        Partition.Prefetch(state);
        Partition.Prefetch(state + 64);
        if (!toReceiver)
        {
            Partition.Prefetch(state + 128);
            Partition.Prefetch(state + 192);
        }
        Partition.Prefetch(_world.Ports + packet->Destination);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void PrefetchMore(Packet* packet)
    {
        // The packet's place may have been taken by another since; what it names is then merely fetched in vain.
        int flow = packet->Flow;
        if ((uint)flow >= (uint)_world.FlowCount)
        {
            return;
        }
        if (packet->Kind is PacketKind.Data or PacketKind.Trimmed)
        {
            UetReceiver* receiver = _receivers + flow;
            Partition.Prefetch(receiver->Bits + ((packet->Sequence & receiver->BitMask) >> 6));
        }
        else
        {
            UetSender* sender = _senders + flow;
            Partition.Prefetch(sender->Records + (packet->Sequence & sender->RecordMask));
            Partition.Prefetch(sender->Records + (sender->Next & sender->RecordMask));
            Partition.Prefetch(_partition.Ack(packet->Extra));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReceiveAck(int host, Packet* packet, long now)
    {
        int flow = packet->Flow;
        UetSender* sender = _senders + flow;
        AckRecord ack = *_partition.Ack(packet->Extra);
        _partition.FreeAck(packet->Extra);
        if ((sender->Flags & UetSender.Finished) != 0)
        {
            return;
        }
        bool marked = (packet->Header & Packet.EcnMarked) != 0;
        UetCongestion* state = StateOf(sender, flow, TScope.Planes ? (int)(ack.Planes & 0xFF) : 0);
        long fresh = 0;
        if (ack.ReceivedBytes > state->ReceivedBytes)
        {
            fresh = ack.ReceivedBytes - state->ReceivedBytes;
            state->ReceivedBytes = ack.ReceivedBytes;
            state->Achieved += fresh;
            state->AdjustBytes += fresh;
            state->BytesIgnored += fresh;
        }
        if (!TScope.PerPlane)
        {
            state->InFlight -= fresh;
        }

        // A sample is only sound when it is clear which transmission it answers; the answer to a probe or to a header answers none.
        long delay = state->AverageDelay;
        if ((packet->Header & Packet.NoSample) == 0 && packet->Sequence - sender->Acknowledged < sender->Next - sender->Acknowledged)
        {
            ulong record = sender->Records[packet->Sequence & sender->RecordMask];
            uint resent = (uint)((record & UetRecord.CountMask) >> UetRecord.CountShift);
            uint echo = (packet->Header & Packet.Retransmitted) != 0 ? 1u : 0u;
            if ((record & UetRecord.StateMask) == UetRecord.InFlight && resent == echo)
            {
                long rtt = now - (long)(record & SentMask);
                if (_checks)
                {
                    _partition.CheckRoundTrip(flow, rtt, SizeOf(sender, packet->Sequence), trimmed: false);
                }
                UetCongestion* sampled = StateOf(sender, flow, PlaneOf(record));
                UpdateBaseRtt(sampled, rtt);
                UpdateAverage(sampled, rtt, marked);
                delay = rtt - sampled->BaseRtt;
            }
        }
        AcknowledgeUpTo(sender, flow, ack.Cumulative);
        ulong bits = ack.Bitmap;
        uint bitmapBase = ack.BitmapBase;
        while (bits != 0)
        {
            uint sequence = bitmapBase + (uint)BitOperations.TrailingZeroCount(bits);
            bits &= bits - 1;
            if (sequence - sender->Acknowledged < sender->Next - sender->Acknowledged)
            {
                AcknowledgeOne(sender, flow, sequence);
            }
        }
        if (TScope.Planes)
        {
            _partition.PlaneFeedback(flow, ack.Planes, marked ? PathFeedback.Marked : PathFeedback.Good, now);
        }
        _balancer.Feedback(flow, packet->Entropy, marked ? PathFeedback.Marked : PathFeedback.Good, now);
        if (_senderControl)
        {
            AdjustOnAck(state, marked, delay, fresh, now);
        }
        StopSpeculating(sender);
        if (sender->Acknowledged == sender->Total)
        {
            Finish(flow, sender, now);
            return;
        }
        if (MaySend(sender, flow))
        {
            _partition.Activate(flow, host);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void AcknowledgeUpTo(UetSender* sender, int flow, uint cumulative)
    {
        while ((int)(cumulative - sender->Acknowledged) > 0)
        {
            AcknowledgeOne(sender, flow, sender->Acknowledged);
            sender->Records[sender->Acknowledged & sender->RecordMask] = 0;
            sender->Acknowledged++;
        }
        if ((int)(sender->RetransmitHint - sender->Acknowledged) < 0)
        {
            sender->RetransmitHint = sender->Acknowledged;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void AcknowledgeOne(UetSender* sender, int flow, uint sequence)
    {
        ulong* record = sender->Records + (sequence & sender->RecordMask);
        ulong state = *record & UetRecord.StateMask;
        if (TScope.PerPlane && state == UetRecord.InFlight)
        {
            // The plane that carried the last copy is the one whose window it filled, whichever copy has arrived.
            _planes[(long)flow * _planeCount + PlaneOf(*record)].InFlight -= SizeOf(sender, sequence);
        }
        if (state == UetRecord.Queued)
        {
            int size = SizeOf(sender, sequence);
            if (!TScope.PerPlane)
            {
                // It left the flight when it was queued, and the receiver's byte count has just taken it out once more.
                sender->Shared.InFlight += size;
            }
            sender->RetransmitCount--;
            sender->RetransmitBytes -= size;
        }
        *record &= UetRecord.CountMask;
    }

    private void Finish(int flow, UetSender* sender, long now)
    {
        sender->Flags |= UetSender.Finished;
        _partition.Pool.Give(sender->Records, ((long)sender->RecordMask + 1) * sizeof(ulong));
        sender->Records = null;
        _balancer.End(flow);
        _world.FlowRetransmitted.Pointer[flow] = sender->Retransmitted;
        _partition.Finish(flow, now);
    }

    private void ReceiveNack(int host, Packet* packet, long now)
    {
        int flow = packet->Flow;
        UetSender* sender = _senders + flow;
        uint sequence = packet->Sequence;
        if ((sender->Flags & UetSender.Finished) != 0 || sequence - sender->Acknowledged >= sender->Next - sender->Acknowledged)
        {
            return;
        }
        ulong record = sender->Records[sequence & sender->RecordMask];
        if ((record & UetRecord.StateMask) != UetRecord.InFlight)
        {
            return;
        }
        int size = SizeOf(sender, sequence);
        bool lastHop = (packet->Header & Packet.LastHop) != 0;
        UetCongestion* state = StateOf(sender, flow, PlaneOf(record));
        uint resent = (uint)((record & UetRecord.CountMask) >> UetRecord.CountShift);
        bool repeated = (packet->Header & Packet.Retransmitted) != 0;
        if (resent != 0 && !repeated)
        {
            // It answers the first transmission, and another is on its way.
            return;
        }
        if (resent <= 1)
        {
            long rtt = now - (long)(record & SentMask);
            if (_checks)
            {
                _partition.CheckRoundTrip(flow, rtt, size, trimmed: true);
            }
            UpdateBaseRtt(state, rtt);
        }
        if (_senderControl)
        {
            AdjustOnNack(state, size, lastHop, now);
        }
        QueueAgain(sender, state, sequence, size);
        StopSpeculating(sender);
        PathFeedback feedback =
            !lastHop ? PathFeedback.Trimmed
            : (packet->Header & Packet.EcnMarked) != 0 ? PathFeedback.Marked
            : PathFeedback.Good;
        if (TScope.Planes)
        {
            _partition.PlaneFeedback(flow, packet->Extra, feedback, now);
        }
        _balancer.Feedback(flow, packet->Entropy, feedback, now);
        if (MaySend(sender, flow))
        {
            _partition.Activate(flow, host);
        }
    }

    private static void QueueAgain(UetSender* sender, UetCongestion* state, uint sequence, int size)
    {
        ulong* record = sender->Records + (sequence & sender->RecordMask);
        *record = (*record & UetRecord.CountMask) | UetRecord.Queued;
        state->InFlight -= size;
        sender->RetransmitBytes += size;
        if (sender->RetransmitCount++ == 0 || (int)(sequence - sender->RetransmitHint) < 0)
        {
            sender->RetransmitHint = sequence;
        }
    }

    /// <inheritdoc/>
    public void FlowTimer(int flow, long now)
    {
        UetSender* sender = _senders + flow;
        if ((sender->Flags & UetSender.Finished) != 0)
        {
            return;
        }
        // One timer a flow, set anew for the oldest packet in flight, stands for cancelling and starting it with each acknowledgement.
        long oldest = long.MaxValue;
        uint which = 0;
        for (uint s = sender->Acknowledged; s != sender->Next; s++)
        {
            ulong record = sender->Records[s & sender->RecordMask];
            if ((record & UetRecord.StateMask) == UetRecord.InFlight && (long)(record & SentMask) < oldest)
            {
                oldest = (long)(record & SentMask);
                which = s;
            }
        }
        if (oldest == long.MaxValue)
        {
            AskAgainForCredit(flow, sender, now);
            _partition.SetFlowTimer(flow, now + _timeout);
            return;
        }
        if (oldest + _timeout > now)
        {
            _partition.SetFlowTimer(flow, oldest + _timeout);
            return;
        }
        int size = SizeOf(sender, which);
        int plane = PlaneOf(sender->Records[which & sender->RecordMask]);
        UetCongestion* state = StateOf(sender, flow, plane);
        if (TScope.Planes)
        {
            _partition.PlaneTimeout(flow, plane, which, now);
        }
        _balancer.Feedback(flow, ushort.MaxValue, PathFeedback.Timeout, now);
        if (_senderControl && !_fixedWindow)
        {
            state->Window = Math.Max(state->Window - size, _mtu);
        }
        QueueAgain(sender, state, which, size);
        if (MaySend(sender, flow))
        {
            _partition.Activate(flow, _sources[flow]);
        }
        else if (now - sender->LastProbe >= _networkRtt || sender->LastProbe == 0)
        {
            SendProbe(flow, sender, now);
        }
        // The next oldest may be due in this very picosecond; it gets its turn one later.
        _partition.SetFlowTimer(flow, now + 1);
    }

    // With nothing in flight no packet's timeout repeats what was lost, and a lost pull is asked for by nobody. Where a whole timeout brought
    // neither credit nor an acknowledgement, a probe tells the receiver again that the flow waits.
    private void AskAgainForCredit(int flow, UetSender* sender, long now)
    {
        if (!_receiverControl || (sender->RetransmitCount == 0 && sender->Next == sender->Total) || sender->Credit > 0)
        {
            return;
        }
        long at = sender->Pulled + sender->Acknowledged + 1;
        if (sender->StarvedAt == at)
        {
            SendProbe(flow, sender, now);
        }
        sender->StarvedAt = at;
    }

    private void SendProbe(int flow, UetSender* sender, long now)
    {
        sender->LastProbe = now;
        Packet* probe = _partition.SendControl(_sources[flow], _destinations[flow], flow);
        probe->Flow = flow;
        probe->Sequence = sender->Next;
        probe->Header = Packet.HeaderOf(_destinations[flow], PacketKind.Probe);
        probe->Entropy = _balancer.Next(flow, ref sender->Random, now);
        probe->Extra = _receiverControl ? (uint)ComputePullTarget(sender, flow, 1) : 0;
    }

    // ---- Receiver
    // ----------------------------------------------------------------------------------------------------------------------------

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReceiveData(int host, Packet* packet, long now)
    {
        int flow = packet->Flow;
        UetReceiver* receiver = _receivers + flow;
        uint sequence = packet->Sequence;
        bool marked = (packet->Header & Packet.EcnMarked) != 0;
        UetPlaneReceipt* receipt = TScope.PerPlane ? _receipts + (long)flow * _planeCount + _partition.ArrivalPlane : null;
        if (TScope.PerPlane)
        {
            receipt->AcceptedBytes += packet->Size;
        }
        receiver->AcceptedBytes += packet->Size;
        if (_receiverControl)
        {
            AcceptPullTarget(host, flow, receiver, packet->Extra, now);
            if (_oversubscribed)
            {
                CountArrival(host, marked, now);
            }
        }
        if (Has(receiver, sequence))
        {
            // The sender sends again what has arrived: tell it at once.
            SendAck(host, flow, receiver, packet, marked ? sequence : BitmapBase(receiver, sequence), marked);
            receiver->AcceptedBytes = 0;
            return;
        }
        _partition.Counters.Kept++;
        bool ackNow = receiver->ReceivedBytes == 0;
        receiver->ReceivedBytes += packet->Size;
        if (TScope.PerPlane)
        {
            ackNow |= receipt->ReceivedBytes == 0;
            receipt->ReceivedBytes += packet->Size;
        }
        if ((packet->Header & Packet.AckRequested) != 0)
        {
            ackNow = true;
            receiver->Flags |= UetReceiver.AckRequested;
        }
        if (sequence > receiver->Highest)
        {
            receiver->Highest = sequence;
        }
        if (sequence == receiver->Expected)
        {
            receiver->Expected++;
            if (receiver->OutOfOrder != 0)
            {
                Advance(receiver);
            }
            if (receiver->OutOfOrder == 0 && (receiver->Flags & UetReceiver.AckRequested) != 0)
            {
                ackNow = true;
                receiver->Flags &= ~UetReceiver.AckRequested;
            }
        }
        else
        {
            Remember(receiver, sequence);
            receiver->OutOfOrder++;
            _partition.Counters.OutOfOrder++;
            _partition.Counters.ReorderDistance.Add(receiver->Highest - sequence);
        }
        if (marked || ackNow || (TScope.PerPlane ? receipt->AcceptedBytes : receiver->AcceptedBytes) >= _ackBytes)
        {
            // A plane's window is freed packet by packet, so its acknowledgements look back as far as they can.
            bool exact = !TScope.PerPlane && (marked || (packet->Header & Packet.AckRequested) != 0);
            SendAck(host, flow, receiver, packet, exact ? sequence : BitmapBase(receiver, sequence), marked);
            receiver->AcceptedBytes = 0;
        }
        if (receiver->Expected == Total(flow, receiver) && (receiver->Flags & UetReceiver.Complete) == 0)
        {
            Complete(flow, receiver);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly uint Total(int flow, UetReceiver* receiver)
    {
        if (receiver->Total == 0)
        {
            receiver->Total = (uint)((_world.Traffic.Flows[flow].Size.Bytes + _payload - 1) / _payload);
        }
        return receiver->Total;
    }

    private readonly void Complete(int flow, UetReceiver* receiver)
    {
        receiver->Flags |= UetReceiver.Complete;
        if (receiver->Bits != null)
        {
            _partition.Pool.Give(receiver->Bits, (receiver->BitMask + 1) / 8);
            receiver->Bits = null;
        }
        _partition.Complete(flow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Has(UetReceiver* receiver, uint sequence)
    {
        if (sequence < receiver->Expected)
        {
            return true;
        }
        if (receiver->Bits == null || sequence - receiver->Expected > receiver->BitMask)
        {
            return false;
        }
        uint at = sequence & receiver->BitMask;
        return (receiver->Bits[at >> 6] >> (int)(at & 63) & 1) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Remember(UetReceiver* receiver, uint sequence)
    {
        if (receiver->Bits == null || sequence - receiver->Expected > receiver->BitMask)
        {
            GrowBits(receiver, sequence);
        }
        uint at = sequence & receiver->BitMask;
        receiver->Bits[at >> 6] |= 1UL << (int)(at & 63);
    }

    private readonly void GrowBits(UetReceiver* receiver, uint sequence)
    {
        uint old = receiver->Bits == null ? 0 : receiver->BitMask + 1;
        uint capacity = Math.Max(512, BitOperations.RoundUpToPowerOf2(sequence - receiver->Expected + 1));
        var bits = (ulong*)_partition.Pool.TakeZeroed(capacity / 8);
        for (uint i = 1; i < old; i++)
        {
            uint s = receiver->Expected + i;
            uint from = s & (old - 1);
            uint to = s & (capacity - 1);
            bits[to >> 6] |= (receiver->Bits[from >> 6] >> (int)(from & 63) & 1) << (int)(to & 63);
        }
        if (old != 0)
        {
            _partition.Pool.Give(receiver->Bits, old / 8);
        }
        receiver->Bits = bits;
        receiver->BitMask = capacity - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Advance(UetReceiver* receiver)
    {
        while (true)
        {
            uint at = receiver->Expected & receiver->BitMask;
            ulong* word = receiver->Bits + (at >> 6);
            ulong bit = 1UL << (int)(at & 63);
            if ((*word & bit) == 0)
            {
                return;
            }
            *word &= ~bit;
            receiver->Expected++;
            receiver->OutOfOrder--;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint BitmapBase(UetReceiver* receiver, uint sequence) =>
        (uint)Math.Max((long)sequence - 63, (long)receiver->Expected + 1);

    /// <summary>Sixty-four bits from a sequence number on; what lies outside the window reads as not arrived.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong BitsFrom(UetReceiver* receiver, uint first)
    {
        if (receiver->OutOfOrder == 0 || first > receiver->Highest)
        {
            return 0;
        }
        uint mask = receiver->BitMask;
        uint at = first & mask;
        int shift = (int)(at & 63);
        ulong bits = receiver->Bits[at >> 6] >> shift;
        if (shift != 0)
        {
            bits |= receiver->Bits[((at >> 6) + 1) & (mask >> 6)] << (64 - shift);
        }
        uint width = receiver->Highest - first + 1;
        if (width < 64)
        {
            bits &= (1UL << (int)width) - 1;
        }
        if (first < receiver->Expected)
        {
            uint stale = receiver->Expected - first;
            bits = stale >= 64 ? 0 : bits & (~0UL << (int)stale);
        }
        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SendAck(int host, int flow, UetReceiver* receiver, Packet* cause, uint first, bool marked)
    {
        uint index = _partition.TakeAck();
        AckRecord* ack = _partition.Ack(index);
        ack->Cumulative = receiver->Expected;
        ack->BitmapBase = first;
        ack->Bitmap = BitsFrom(receiver, first);
        ack->ReceivedBytes = receiver->ReceivedBytes;
        if (TScope.Planes)
        {
            ack->Planes = _partition.PlaneReport(host);
        }
        if (TScope.PerPlane)
        {
            UetPlaneReceipt* receipt = _receipts + (long)flow * _planeCount + _partition.ArrivalPlane;
            ack->ReceivedBytes = receipt->ReceivedBytes;
            receipt->AcceptedBytes = 0;
        }
        Packet* packet = _partition.SendControl(host, _sources[flow], flow);
        packet->Flow = flow;
        packet->Sequence = cause->Sequence;
        packet->Header =
            Packet.HeaderOf(_sources[flow], PacketKind.Ack)
            | (marked ? Packet.EcnMarked : 0)
            | (cause->Header & Packet.Retransmitted)
            | (cause->IsData ? 0 : Packet.NoSample);
        packet->Entropy = cause->Entropy;
        packet->Extra = index;
    }

    private void ReceiveTrimmed(int host, Packet* packet, long now)
    {
        int flow = packet->Flow;
        UetReceiver* receiver = _receivers + flow;
        if (_oversubscribed)
        {
            CountTrim(host, (packet->Header & Packet.LastHop) != 0, now);
        }
        if (Has(receiver, packet->Sequence))
        {
            SendAck(host, flow, receiver, packet, BitmapBase(receiver, packet->Sequence), false);
            return;
        }
        if (_receiverControl)
        {
            AcceptPullTarget(host, flow, receiver, packet->Extra, now);
        }
        Packet* nack = _partition.SendControl(host, _sources[flow], flow);
        nack->Flow = flow;
        nack->Sequence = packet->Sequence;
        nack->Header =
            Packet.HeaderOf(_sources[flow], PacketKind.Nack)
            | (packet->Header & (Packet.EcnMarked | Packet.LastHop | Packet.Retransmitted));
        nack->Entropy = packet->Entropy;
        nack->Extra = TScope.Planes ? _partition.PlaneReport(host) : 0;
        if (_receiverControl)
        {
            RequestPull(host, flow, receiver, now);
        }
    }

    private void ReceiveProbe(int host, Packet* packet, long now)
    {
        int flow = packet->Flow;
        UetReceiver* receiver = _receivers + flow;
        if (_receiverControl)
        {
            AcceptPullTarget(host, flow, receiver, packet->Extra, now);
            RequestPull(host, flow, receiver, now);
        }
        SendAck(host, flow, receiver, packet, BitmapBase(receiver, packet->Sequence), false);
        receiver->AcceptedBytes = 0;
    }
}
