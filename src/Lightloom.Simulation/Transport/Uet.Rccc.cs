using System.Runtime.CompilerServices;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>
/// RCCC: a receiver deals credit to its senders in turn, at 0.99 of its line rate. Credit is counted in quanta of 256 bytes, cumulatively,
/// so that a lost pull is made good by the next.
/// </summary>
internal unsafe partial struct Uet<TBalancer, TScope>
{
    private int _quantum;
    private int _creditPerPull;
    private const long InitialPull = 1 << 20;
    private double _congestionThreshold;
    private double _slowing;
    private double _quickening;
    private double _lookTrips;
    private bool _lateCredit;

    // By line of the receiving host.
    private long[] _quantumTimes;
    private bool _oversubscribed;
    private double _leastRate;
    private HostRate[] _rates;

    /// <summary>What a receiver on an oversubscribed fabric counts to slow its credit (see docs/models/rccc.md).</summary>
    private struct HostRate
    {
        public int Packets;
        public int Marked;
        public int TrimmedLastHop;
        public int TrimmedElsewhere;
        public double Congestion;
        public double Rate;
        public int Increases;

        /// <summary>When the counts are next looked at: on a clock of its own, not on the credit's, which the rate itself slows.</summary>
        public long NextUpdate;
        public uint Random;
    }

    private void PrepareRccc(UetProfile profile)
    {
        _rates = [];
        _quantumTimes = [];
        if (!_receiverControl)
        {
            return;
        }
        TransportValues values = _world.Parameters.Values;
        _congestionThreshold = values[UetOptions.Congestion];
        _slowing = values[UetOptions.Slowing];
        _quickening = values[UetOptions.Quickening];
        _lookTrips = values[UetOptions.LookTrips];
        _lateCredit = values[UetOptions.LateCredit] != 0;
        // NDP pulls packets; the others pull bytes, EQDS about a packet at a time, RCCC about four.
        _quantum = profile.PullsPackets ? _mtu : UetProfile.QuantumBytes;
        _creditPerPull = profile.CreditPerPull;
        double share = profile.PullsPackets ? 1 : values[UetOptions.PullRate];
        double quantumBits = 8.0 * _quantum;
        _quantumTimes = [.. _world.Parameters.Lines.Select(line => (long)(quantumBits * 1e12 / line.CardBitsPerSecond / share))];
        double oversubscription = Oversubscription();
        _oversubscribed = profile.SlowsWhenOversubscribed && oversubscription > 1;
        if (_oversubscribed)
        {
            // Below nine tenths of its share of the fabric a receiver never goes.
            _leastRate = Math.Max(0.01, values[UetOptions.LeastShare] / oversubscription);
            _rates = new HostRate[_world.HostCount];
            for (int host = 0; host < _rates.Length; host++)
            {
                ref HostRate rate = ref _rates[host];
                rate.Rate = 1;
                rate.Random = Hash.Mix32((uint)_world.Options.Seed ^ ((uint)host * 0x9E3779B9u) ^ 0x52434343u) | 1;
                rate.NextUpdate = Interval(ref rate);
            }
        }
        for (int f = 0; f < _world.FlowCount; f++)
        {
            _senders[f].Pulled = InitialPull;
            _senders[f].PullTarget = InitialPull;
            _receivers[f].LatestPull = InitialPull;
            _receivers[f].HighestPullTarget = InitialPull;
        }
    }

    private readonly double Oversubscription()
    {
        double down = 0,
            up = 0;
        foreach (LinkDescription link in _world.Network.Links)
        {
            if (link.A.IsHost)
            {
                down += link.Rate.BitsPerSecond;
            }
            else if (_world.Network.Switches[link.A.Index].Tier == 0)
            {
                up += link.Rate.BitsPerSecond;
            }
        }
        return up == 0 ? 1 : down / up;
    }

    // ---- Sender
    // ------------------------------------------------------------------------------------------------------------------------------

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void StopSpeculating(UetSender* sender)
    {
        if ((sender->Flags & UetSender.Speculating) != 0)
        {
            sender->Flags &= ~UetSender.Speculating;
            if (sender->Credit > 0 && !_pullPerArrival)
            {
                sender->Credit = 0;
            }
        }
    }

    private readonly long ComputePullTarget(UetSender* sender, int flow, int active)
    {
        long backlog = Backlog(sender);
        long target = backlog + sender->RetransmitBytes;
        if (_senderControl)
        {
            target = Math.Min(target, WindowOf(sender, flow) + _mtu);
        }
        target = Math.Min(target, _mostWindows[sender->Line]) - sender->Credit;
        if ((sender->Flags & UetSender.Speculating) != 0 && target < _mtu && backlog > 0)
        {
            target = _mtu;
        }
        if (active > 1)
        {
            target /= active;
        }
        target += sender->Pulled * _quantum;
        sender->PullTarget = (target + _quantum - 1) / _quantum;
        return sender->PullTarget;
    }

    private readonly long Backlog(UetSender* sender) =>
        sender->Next == sender->Total ? 0 : (long)(sender->Total - 1 - sender->Next) * _mtu + sender->LastSize;

    private readonly void ReceivePull(int host, Packet* packet)
    {
        UetSender* sender = _senders + packet->Flow;
        if ((sender->Flags & UetSender.Finished) != 0)
        {
            return;
        }
        StopSpeculating(sender);
        long pull = packet->Extra;
        if (pull > sender->Pulled)
        {
            sender->Credit = Math.Min(_mostWindows[sender->Line], sender->Credit + (pull - sender->Pulled) * _quantum);
            sender->Pulled = pull;
        }
        if (MaySend(sender, packet->Flow))
        {
            _partition.Activate(packet->Flow, host);
        }
    }

    // ---- Receiver
    // ----------------------------------------------------------------------------------------------------------------------------

    private readonly int LineOf(int host) => _lineOfHost.Length == 0 ? 0 : _lineOfHost[host];

    private readonly HostState* Host(int host) => _partition.Hosts + host;

    private readonly void AcceptPullTarget(int host, int flow, UetReceiver* receiver, long target, long now)
    {
        if (_pullPerArrival)
        {
            // One pull for each packet that came, whole or trimmed, keeps as many under way as the first window put there.
            target = receiver->HighestPullTarget + 1;
        }
        if (target > receiver->HighestPullTarget)
        {
            receiver->HighestPullTarget = target;
            RequestPull(host, flow, receiver, now);
        }
    }

    private readonly void RequestPull(int host, int flow, UetReceiver* receiver, long now)
    {
        if ((receiver->Flags & UetReceiver.InPull) != 0)
        {
            return;
        }
        HostState* state = Host(host);
        if ((receiver->Flags & UetReceiver.InIdle) != 0)
        {
            RemoveIdle(state, flow);
            receiver->Flags &= ~UetReceiver.InIdle;
        }
        receiver->Flags |= UetReceiver.InPull;
        Append(ref state->PullHead, ref state->PullTail, ref state->PullCount, flow);
        if (state->PacerRunning == 0)
        {
            state->PacerRunning = 1;
            _partition.SetHostTimer(host, now);
        }
    }

    private readonly void Append(ref int head, ref int tail, ref int count, int flow)
    {
        _receivers[flow].NextInPull = -1;
        if (count++ == 0)
        {
            head = flow;
        }
        else
        {
            _receivers[tail].NextInPull = flow;
        }
        tail = flow;
    }

    private readonly int TakeFirst(ref int head, ref int count)
    {
        int flow = head;
        head = _receivers[flow].NextInPull;
        count--;
        return flow;
    }

    // A flow that has arrived whole needs no credit: what it got would be kept from the next message.
    private readonly void DropComplete(ref int head, ref int count)
    {
        while (count > 0 && (_receivers[head].Flags & UetReceiver.Complete) != 0)
        {
            int flow = TakeFirst(ref head, ref count);
            _receivers[flow].Flags &= ~(UetReceiver.InPull | UetReceiver.InIdle);
        }
    }

    private readonly void RemoveIdle(HostState* state, int flow)
    {
        int count = state->IdleCount;
        for (int i = 0; i < count; i++)
        {
            int first = TakeFirst(ref state->IdleHead, ref state->IdleCount);
            if (first != flow)
            {
                Append(ref state->IdleHead, ref state->IdleTail, ref state->IdleCount, first);
            }
        }
    }

    /// <inheritdoc/>
    public void HostTimer(int host, long now)
    {
        HostState* state = Host(host);
        if (!_lateCredit)
        {
            DropComplete(ref state->PullHead, ref state->PullCount);
            if (state->PullCount == 0)
            {
                DropComplete(ref state->IdleHead, ref state->IdleCount);
            }
        }

        if (state->PullCount == 0 && state->IdleCount == 0)
        {
            state->PacerRunning = 0;
            return;
        }
        int flow;
        UetReceiver* receiver;
        long extra;
        if (state->PullCount > 0)
        {
            flow = TakeFirst(ref state->PullHead, ref state->PullCount);
            receiver = _receivers + flow;
            long before = receiver->LatestPull;
            receiver->LatestPull = Math.Max(before, Math.Min(before + _creditPerPull, receiver->HighestPullTarget));
            extra = receiver->LatestPull - before;
            if (_pullPerArrival)
            {
                receiver->Flags &= ~UetReceiver.InPull;
                if (receiver->HighestPullTarget > receiver->LatestPull)
                {
                    receiver->Flags |= UetReceiver.InPull;
                    Append(ref state->PullHead, ref state->PullTail, ref state->PullCount, flow);
                }
            }
            else if (receiver->HighestPullTarget > receiver->LatestPull)
            {
                Append(ref state->PullHead, ref state->PullTail, ref state->PullCount, flow);
            }
            else
            {
                receiver->Flags = (receiver->Flags & ~UetReceiver.InPull) | UetReceiver.InIdle;
                Append(ref state->IdleHead, ref state->IdleTail, ref state->IdleCount, flow);
            }
        }
        else
        {
            // Nobody asks: the idle get credit in advance, up to one window each.
            flow = TakeFirst(ref state->IdleHead, ref state->IdleCount);
            receiver = _receivers + flow;
            receiver->Flags &= ~UetReceiver.InIdle;
            extra = _creditPerPull;
            receiver->LatestPull += extra;
            if (
                receiver->LatestPull - receiver->HighestPullTarget < _mostWindows[LineOf(_sources[flow])] / _quantum
                && receiver->HighestPullTarget <= receiver->LatestPull
            )
            {
                receiver->Flags |= UetReceiver.InIdle;
                Append(ref state->IdleHead, ref state->IdleTail, ref state->IdleCount, flow);
            }
        }
        Packet* pull = _partition.SendControl(host, _sources[flow], flow);
        pull->Flow = flow;
        pull->Sequence = 0;
        pull->Header = Packet.HeaderOf(_sources[flow], PacketKind.Pull);
        pull->Entropy = (ushort)(++receiver->Entropy & 127);
        pull->Extra = (uint)receiver->LatestPull;
        long quanta = extra == 0 ? Math.Max(1, 1024 / _quantum) : extra;
        double rate = _oversubscribed ? CatchUp(host, now) : 1;
        _partition.SetHostTimer(host, now + (long)(_quantumTimes[LineOf(host)] / rate) * quanta);
    }

    // ---- Oversubscribed fabrics
    // --------------------------------------------------------------------------------------------------------------

    private readonly void CountArrival(int host, bool marked, long now)
    {
        CatchUp(host, now);
        ref HostRate rate = ref _rates[host];
        rate.Packets++;
        rate.Marked += marked ? 1 : 0;
    }

    private readonly void CountTrim(int host, bool lastHop, long now)
    {
        CatchUp(host, now);
        ref HostRate rate = ref _rates[host];
        rate.Packets++;
        if (lastHop)
        {
            rate.TrimmedLastHop++;
        }
        else
        {
            rate.TrimmedElsewhere++;
        }
    }

    // Runs the looks that fell due since the last event of this host. A look depends on the counts alone, so running it at the next
    // event gives what a timer of its own would have given.
    private readonly double CatchUp(int host, long now)
    {
        ref HostRate rate = ref _rates[host];
        while (now >= rate.NextUpdate)
        {
            UpdateRate(ref rate);
            rate.NextUpdate += Interval(ref rate);
        }
        return rate.Rate;
    }

    // One and a half round trips times 0.75 to 1.25, so that receivers do not act in step.
    private readonly long Interval(ref HostRate rate) =>
        (long)((0.75 + 0.5 * Hash.Next(ref rate.Random) / 4294967296.0) * _lookTrips * _networkRtt);

    // Marks and trims that the receiver's own link did not cause slow the credit.
    private readonly void UpdateRate(ref HostRate rate)
    {
        int whole = rate.Packets - rate.TrimmedLastHop - rate.TrimmedElsewhere;
        double fraction = whole > 0 ? (double)rate.Marked / whole : 0;
        bool decrease = false;
        if (rate.TrimmedElsewhere > 0)
        {
            rate.Rate -= (double)rate.TrimmedElsewhere / rate.Packets;
            decrease = true;
        }
        rate.Congestion = (rate.Congestion + fraction) / 2;
        if (rate.Congestion > _congestionThreshold)
        {
            rate.Rate *= 1 - (rate.Congestion - _congestionThreshold) * _slowing;
            decrease = true;
        }
        if (decrease)
        {
            rate.Increases = 0;
        }
        else
        {
            rate.Rate += rate.Marked == 0 ? _quickening * Math.Pow(2, Math.Min(20, rate.Increases)) : _quickening;
            rate.Increases++;
        }
        rate.Rate = Math.Clamp(rate.Rate, _leastRate, 1);
        rate.Packets = rate.Marked = rate.TrimmedLastHop = rate.TrimmedElsewhere = 0;
    }
}
