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
        _fixedWindow = profile.FixedWindow;
        PrepareNscc();
        if (profile.AcknowledgesEachPacket)
        {
            _ackBytes = 1;
            Array.Fill(_ackBytesOf, 1);
        }
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
        sender->LastSize = (ushort)(bytes - (long)(sender->Total - 1) * _payload + _header);
        sender->Random = FlowRandom.Of(flow, _world.Options.Seed, FlowRandom.Uet);
        sender->Flags = UetSender.Started | UetSender.Speculating;
        StartNscc(sender, flow);
        uint span = (uint)Math.Clamp(_mostWindows[sender->Line] / _mtu + 2, 16, 1 << 20);
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
}
