using System.Diagnostics;
using System.Numerics;
using Lightloom.Simulation.Cells;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using Lightloom.Simulation.Traffic;
using Lightloom.Simulation.Transport;
using Lightloom.Units;

namespace Lightloom.Simulation.Engine;

/// <summary>One run from set-up to result: builds the world, divides it, lets it go, sums it up.</summary>
internal sealed unsafe partial class PacketRun : IDisposable
{
    private readonly World _world;
    private readonly TrafficDescription _messages;
    private readonly NativeArray<HostState> _hosts;
    private readonly NativeArray<int> _flowNext;
    private readonly Triggers _triggers;
    private readonly PartitionPlan _plan;
    private readonly Runner[] _runners;
    private readonly List<string> _notes = [];

    /// <summary>Sets a run up.</summary>
    /// <param name="network">The network, as it is timed.</param>
    /// <param name="traffic">What runs on it.</param>
    /// <param name="options">How.</param>
    /// <param name="createRunner">Makes the event loop of a partition; null for that of the options.</param>
    public PacketRun(
        NetworkDescription network,
        TrafficDescription traffic,
        SimulationOptions options,
        Func<RunnerParts, Runner>? createRunner = null
    )
    {
        createRunner ??= LoadBalancings.CreateRunner;
        _messages = traffic;
        var connections = Connections.Of(network, traffic, options);
        _world = new World(network, connections, options, Transports.Find(options.Transport), LoadBalancings.Find(options.LoadBalancing));
        traffic = connections.Wire;
        _hosts = new NativeArray<HostState>(_world.HostCount);
        _flowNext = new NativeArray<int>(_world.FlowCount);
        new Span<int>(_flowNext.Pointer, _world.FlowCount).Fill(Partition.NotQueued);
        _triggers = new Triggers(connections);
        _plan = new PartitionPlan(network, traffic.Operations is null ? traffic : _messages, options);
        if (_plan.Note.Length > 0)
        {
            _notes.Add(_plan.Note);
        }
        _notes.AddRange(RunNotes.Of(_world));
        _world.PartOfHost = _plan.OfHost;
        for (int s = 0; s < network.Switches.Count; s++)
        {
            _world.Switches[s].Partition = _plan.OfSwitch[s];
        }
        (int shift, int buckets) = CalendarShape(_plan.Count);
        _runners = new Runner[_plan.Count];
        for (int i = 0; i < _runners.Length; i++)
        {
            var partition = new Partition(_world, i, _hosts, _flowNext, shift, buckets) { Triggers = _triggers };
            partition.PrepareFlowControl();
            partition.PreparePlanes();
            _runners[i] = createRunner(new RunnerParts(_world, partition, _hosts, _flowNext));
        }
        PrepareWindows();
        for (int f = 0; f < _world.FlowCount; f++)
        {
            if (traffic.Flows[f].StartTrigger < 0)
            {
                _runners[_plan.OfHost[traffic.Flows[f].Source]].Partition.SetFlowTimer(f, traffic.Flows[f].Start.Picoseconds);
            }
        }
        _triggers.Begin(host => new FirstStarts(_runners[_plan.OfHost[host]].Partition));
        PlanControl();
    }

    // Before the run has begun there is no event at whose end flows could start, so they get timers.
    private sealed class FirstStarts(Partition partition) : IFlowStarts
    {
        public long Now => 0;

        public void AddStart(int flow, long delay) => partition.SetFlowTimer(flow, delay);

        public void SetClock(int stream, long delay) => partition.SetClock(stream, delay);
    }

    // Each port that is busy adds about one event a packet time; a bucket should hold some hundred.
    private (int Shift, int Buckets) CalendarShape(int parts)
    {
        double packetTime = _world.Parameters.Mtu * 8e12 / _world.Parameters.HostBitsPerSecond;
        int active = Math.Max(8, Math.Min(_world.PortCount, _world.FlowCount * 8) / parts);
        double width = 96 * packetTime / active;
        int shift = Math.Clamp((int)Math.Floor(Math.Log2(width)), 6, 18);
        long longest = 0;
        for (int i = 0; i < _world.PortCount; i++)
        {
            longest = Math.Max(
                longest,
                _world.Classes[_world.Ports[i].Class].Delay
                    + (long)(_world.Parameters.Mtu * (_world.Classes[_world.Ports[i].Class].ByteTime / 65536.0))
            );
        }
        if (_world.Options.Cells is not null)
        {
            // Credits and bursts are foreseen over a whole crossing of the fabric.
            longest = Math.Max(longest, 2 * _world.Network.DiameterLatencyPicoseconds());
        }
        long buckets = (2 * longest >> shift) + 64;
        return (shift, (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((ulong)buckets), 1024, 1 << 16));
    }

    public SimulationResult Run(Action<RunProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        long end = _world.Options.EndPicoseconds > 0 ? _world.Options.EndPicoseconds + 1 : long.MaxValue;
        using CancellationTokenRegistration stop = cancellation.Register(() =>
        {
            foreach (Runner runner in _runners)
            {
                runner.Partition.StopRequested = true;
            }
        });
        if (_plan.Window == 0)
        {
            RunByEvents(end, watch, progress, cancellation);
        }
        else
        {
            RunByWindows(end, watch, progress, cancellation);
        }
        TimeSpan wall = watch.Elapsed;
        long now = 0;
        foreach (Runner runner in _runners)
        {
            now = Math.Max(now, Math.Max(runner.Partition.LastArrival, runner.Partition.Counters.LastWithoutPacket));
        }
        if (end != long.MaxValue)
        {
            now = cancellation.IsCancellationRequested ? now : Math.Max(now, end - 1);
        }
        foreach (Runner runner in _runners)
        {
            runner.CatchUpAll(now);
        }
        return Summarise(now, wall, cancellation);
    }

    private void RunByEvents(long end, Stopwatch watch, Action<RunProgress>? progress, CancellationToken cancellation)
    {
        Runner runner = _runners[0];
        Partition partition = runner.Partition;
        long step = Math.Max(1_000_000, _world.Parameters.RoundTrip / 4);
        while (true)
        {
            long next = partition.Calendar.NextTime();
            if (next == long.MaxValue && (!AnythingLeftForControl || partition.Counters.FlowsFinished == _world.MessageCount))
            {
                return;
            }
            long until = Math.Min(end, Math.Min(NextControl, next == long.MaxValue ? long.MaxValue : next + step));
            runner.RunUntil(until);
            if (until >= end || cancellation.IsCancellationRequested || TimeStands)
            {
                return;
            }
            if (until == NextControl)
            {
                Control();
                if (IsGivenUp)
                {
                    return;
                }
            }
            progress?.Invoke(
                new(
                    SimTime.FromPicoseconds(Math.Min(until, partition.Now)),
                    partition.Counters.FlowsFinished,
                    _world.MessageCount,
                    partition.Counters.Hops,
                    watch.Elapsed
                )
            );
        }
    }

    private SimulationResult Summarise(long now, TimeSpan wall, CancellationToken cancellation)
    {
        var total = new Counters();
        foreach (Runner runner in _runners)
        {
            total.Add(runner.Partition.Counters);
        }
        var finish = new long[_world.MessageCount];
        FlowResult[] flows = FlowResults(finish);
        long inFlight = 0;
        foreach (Runner runner in _runners)
        {
            inFlight += runner.Fabric?.InFlightData() ?? 0;
            inFlight += runner.Partition.ClassQueues?.Waiting ?? 0;
        }
        var links = new Rows<LinkResult>(_world.PortCount);
        for (int i = 0; i < _world.PortCount; i++)
        {
            PortState* port = _world.Ports + i;
            inFlight += port->DataTail - port->DataHead;
            PortTally* tally = _world.Tallies + i;
            PortRecord* record = _world.Records + i;
            if (tally->SentBytes > 0)
            {
                double possible = now <= 0 ? 1 : now / (_world.Classes[port->Class].ByteTime / 65536.0);
                links.Add(
                    new LinkResult(
                        record->Link,
                        _world.UpPort[record->Link] == i,
                        DataSize.FromBytes(tally->SentBytes),
                        Math.Min(1, tally->SentBytes / possible),
                        DataSize.FromBytes(tally->PeakBytes),
                        record->MarkedPackets,
                        record->TrimmedPackets,
                        record->DroppedPackets,
                        SimTime.FromPicoseconds(record->PausedTotal + (record->PausedSince != 0 ? now - record->PausedSince : 0))
                    )
                );
            }
        }
        CellFabric? cells = _runners[0].Fabric;
        return new SimulationResult
        {
            Options = _world.Options,
            GoesBack = _world.Transport.GoesBack(_world.Options),
            SimulatedTime = SimTime.FromPicoseconds(now),
            WallTime = wall,
            Threads = _plan.Count,
            Events = total.Events,
            PacketHops = total.Hops + (cells?.CellHops ?? 0),
            Cells = cells?.Result(),
            Flows = flows,
            Jobs = JobResult.Of(_messages, flows),
            Ranks = _triggers.Operations?.Results() ?? [],
            Classes = _runners[0].Partition.ClassQueues?.Results() ?? [],
            PeakBuffer = DataSize.FromBytes(_runners[0].Partition.ClassQueues?.PeakBuffer.Max() ?? 0),
            Packets = new PacketTotals(
                total.DataSent,
                total.DataDelivered,
                total.Trimmed,
                total.DataDropped,
                inFlight,
                total.Retransmitted,
                total.Marked,
                total.DroppedQueueFull,
                total.DroppedLinkDown,
                total.DroppedNoRoute,
                total.DroppedCorrupted,
                total.LinkRetries,
                total.Pauses
            ),
            Latency = (
                SimTime.FromPicoseconds(total.Latency.Percentile(0.5)),
                SimTime.FromPicoseconds(total.Latency.Percentile(0.99)),
                SimTime.FromPicoseconds(total.Latency.Maximum)
            ),
            Queue = (DataSize.FromBytes(total.Queues.Percentile(0.99)), DataSize.FromBytes(total.Queues.Maximum)),
            Reordering = (
                total.ReorderDistance.Percentile(0.99),
                total.ReorderDistance.Maximum,
                total.DataDelivered == 0 ? 0 : (double)total.OutOfOrder / total.DataDelivered
            ),
            Links = links,
            ResultHash = Hash.OfTimes(finish),
            Unfinished = Unfinished(total, now, cancellation),
            Standstill = StandstillOf(total, cancellation),
            Notes = [.. _notes, .. RunNotes.After(_world, total)],
            Trace = _recorder?.Samples ?? [],
            LinkSeries = SeriesOfBusiest(links),
        };
    }

    // A message starts with its first connection and ends with its last.
    private FlowResult[] FlowResults(long[] finish)
    {
        int[] first = _world.Connections.First;
        var flows = new FlowResult[_world.MessageCount];
        for (int m = 0; m < flows.Length; m++)
        {
            int from = first.Length == 0 ? m : first[m],
                to = first.Length == 0 ? m + 1 : first[m + 1];
            long packets = 0,
                retransmitted = 0;
            ulong planes = 0;
            for (int c = from; c < to; c++)
            {
                bool ended = finish[m] >= 0 && _world.FlowFinish[c] >= 0;
                finish[m] = ended ? Math.Max(finish[m], _world.FlowFinish[c]) : -1;
                packets += _world.Options.PacketsOf(_world.Traffic.Flows[c].Size.Bytes);
                retransmitted += _world.FlowRetransmitted[c];
                planes |= PlanesOf(c);
            }
            flows[m] = new FlowResult(_world.FlowStart[from], finish[m], packets, retransmitted, planes);
        }
        return flows;
    }

    private ulong PlanesOf(int flow)
    {
        int first = _world.HostPorts[_world.FlowSource[flow]];
        if (_world.HostPorts[_world.HostCount] != _world.HostCount || _world.FlowStart[flow] < 0 || _world.ScaleUp?.Carries(flow) == true)
        {
            return _world.FlowPlanes[flow];
        }
        return 1UL << _world.Switches[_world.Tallies[first].Peer].Plane;
    }

    private string Unfinished(Counters total, long now, CancellationToken cancellation)
    {
        long left = _world.MessageCount - total.FlowsFinished;
        if (left == 0)
        {
            return "";
        }
        string count = $"{left} of {_world.MessageCount} flows unfinished after {now / 1e6:0.###} us: ";
        if (StandstillOf(total, cancellation) is not Standstill.None and var standstill)
        {
            return count + StandstillWords(standstill, total);
        }
        if (_cut > 0)
        {
            return count + $"no way leads to the destination of {_cut} of them" + (left > _cut ? ", and the others wait for those" : "");
        }
        if (cancellation.IsCancellationRequested)
        {
            return count + "the run was cancelled";
        }
        if (_world.Options.EndPicoseconds > 0)
        {
            return count + "the end that was asked for came first";
        }
        return StuckPorts > 0
            ? count + $"{StuckPorts} ports wait for permission that can no longer come, a deadlock of the lossless fabric"
            : count + NothingLeft();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Runner runner in _runners)
        {
            runner?.Dispose();
        }
        _nextReady?.Dispose();
        _stillReady?.Dispose();
        _flowNext.Dispose();
        _hosts.Dispose();
        _world.Dispose();
    }
}
