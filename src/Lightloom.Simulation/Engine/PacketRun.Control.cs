using Lightloom.Simulation.Measurement;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using Lightloom.Units;

namespace Lightloom.Simulation.Engine;

/// <summary>
/// What happens to the whole network at a set time, while no packet moves: faults, the routes that follow from them, samples.
/// </summary>
internal sealed unsafe partial class PacketRun
{
    private PriorityQueue<Action<long>, (long Time, int Order)>? _control;
    private readonly HashSet<int> _dead = [];
    private long[] _sampledBytes = [];
    private long[] _sampledRest = [];
    private TraceRecorder? _recorder;
    private int _ordered;
    private int _pendingFaults;

    /// <summary>When the next action is due.</summary>
    private long NextControl => _control is null ? long.MaxValue : Due(_control);

    private static long Due(PriorityQueue<Action<long>, (long Time, int Order)> control) =>
        control.TryPeek(out _, out var when) ? when.Time : long.MaxValue;

    /// <summary>Whether a fault or a change of routes is still to come; samples alone do not keep a run alive.</summary>
    private bool AnythingLeftForControl => _pendingFaults > 0;

    private void PlanControl()
    {
        foreach (Fault fault in _world.Options.Faults)
        {
            foreach (int link in fault.Links)
            {
                if ((uint)link >= (uint)_world.Network.Links.Count)
                {
                    throw new RefusedException($"a fault names link {link} and the network has {_world.Network.Links.Count}");
                }
            }
            _pendingFaults++;
            At(fault.Time.Picoseconds, now => Apply(fault, now));
        }
        PlanWatch();
        if (_world.Options.TracePicoseconds > 0)
        {
            _sampledBytes = new long[_world.PortCount];
            _sampledRest = new long[_world.PortCount];
            _recorder = new TraceRecorder(_world.Options.TracePicoseconds, _world.Options.TraceSamples, _world.PortCount);
            At(_world.Options.TracePicoseconds, Sample);
        }
    }

    private void At(long time, Action<long> action) => (_control ??= new()).Enqueue(action, (time, _ordered++));

    /// <summary>Carries out everything that is due at the next control time.</summary>
    private void Control()
    {
        long now = NextControl;
        while (NextControl == now && _control!.TryDequeue(out Action<long>? action, out _))
        {
            action(now);
        }
    }

    private void Apply(Fault fault, long now)
    {
        _pendingFaults--;
        foreach (Runner runner in _runners)
        {
            runner.Partition.Now = Math.Max(runner.Partition.Now, now);
            runner.CatchUpAll(now);
        }
        bool reroute = false;
        foreach (int link in fault.Links)
        {
            foreach (int index in (ReadOnlySpan<int>)[_world.UpPort[link], _world.DownPort[link]])
            {
                PortState* port = _world.Ports + index;
                if (fault.RateFraction == 0)
                {
                    PartitionOf(index).Kill(port);
                }
                else
                {
                    Partition.Revive(port);
                    _world.SetRate(port, fault.RateFraction);
                }
                foreach (Runner runner in _runners)
                {
                    runner.Fabric?.LinkChanged(index, fault.RateFraction == 0, now);
                }
            }
            reroute |= fault.RateFraction == 0 ? _dead.Add(link) : _dead.Remove(link);
            NodeId host = _world.Network.Links[link].A;
            if (fault.RateFraction > 0 && host.IsHost)
            {
                _runners[_plan.OfHost[host.Index]].KickHost(host.Index, now);
            }
        }
        if (reroute)
        {
            _pendingFaults++;
            At(now + _world.Options.DetectionPicoseconds, Reroute);
        }
    }

    private Partition PartitionOf(int port)
    {
        int owner = _world.Records[port].Owner;
        return _runners[owner < 0 ? _plan.OfHost[~owner] : _plan.OfSwitch[owner]].Partition;
    }

    private void Reroute(long now)
    {
        _pendingFaults--;
        var dead = new bool[_world.Network.Links.Count];
        foreach (int link in _dead)
        {
            dead[link] = true;
        }
        _world.WriteAttachments(_world.Network.HostLinks(), dead);
        RouteTables old = _world.Routes;
        _world.Routes = new RouteTables(
            _world.Network,
            _world.Switches,
            _world.UpPort,
            _world.DownPort,
            _dead.Count == 0 ? null : dead,
            !_world.Options.UnsaltedHash,
            _world.Options.Seed
        );
        old.Dispose();
        foreach (Runner runner in _runners)
        {
            runner.Fabric?.Reroute(_dead.Count == 0 ? null : dead, now);
        }
        TellPeers(now);
    }

    // A host whose living ports have changed is known to its peers one after the other. Everybody else may have the new view at once: it
    // says nothing new to them.
    private void TellPeers(long now)
    {
        int view = _world.PlaneViews.Count - 1;
        ulong[] planes = _world.PlaneViews[view];
        var late = new HashSet<int>();
        if (_world.Options.PeerUpdatePicoseconds > 0)
        {
            for (int f = 0; f < _world.FlowCount; f++)
            {
                int source = _world.FlowSource[f],
                    destination = _world.FlowDestination[f];
                if (_world.FlowFinish[f] >= 0)
                {
                    continue;
                }
                if (_world.PlaneViews[_world.ViewOfHost[source]][destination] != planes[destination])
                {
                    late.Add(source);
                }
                if (_world.PlaneViews[_world.ViewOfHost[destination]][source] != planes[source])
                {
                    late.Add(destination);
                }
            }
        }
        for (int h = 0; h < _world.HostCount; h++)
        {
            if (!late.Contains(h))
            {
                Adopt(h, view, now);
            }
        }
        long when = now;
        foreach (int host in late.OrderBy(h => Hash.Mix32((uint)h ^ (uint)_world.Options.Seed * 0x9E3779B9u)))
        {
            when += _world.Options.PeerUpdatePicoseconds;
            _pendingFaults++;
            At(
                when,
                time =>
                {
                    _pendingFaults--;
                    Adopt(host, view, time);
                }
            );
        }
    }

    // The card may now use other planes for flows that had nowhere to go.
    private void Adopt(int host, int view, long now)
    {
        Runner runner = _runners[_plan.OfHost[host]];
        runner.Partition.Now = Math.Max(runner.Partition.Now, now);
        // What the card has sent until now it chose by what it knew then.
        runner.CatchUpCard(host, now);
        _world.ViewOfHost[host] = Math.Max(_world.ViewOfHost[host], view);
        runner.KickHost(host, now);
    }

    private void Sample(long now)
    {
        foreach (Runner runner in _runners)
        {
            runner.CatchUpAll(now);
        }
        TraceRecorder recorder = _recorder!;
        if (recorder.WantsChoice)
        {
            recorder.Watch(Interleaved(PortsBy(LoadOf), PortsBy(i => _world.Tallies[i].PeakBytes)));
        }
        IReadOnlyList<int> watched = recorder.Watched;
        var utilisations = new float[watched.Count];
        var queues = new int[watched.Count];
        long queued = 0,
            largest = 0,
            finished = 0,
            delivered = 0;
        double sum = 0,
            most = 0;
        int fabricPorts = 0,
            carrying = 0,
            next = 0;
        for (int i = 0; i < _world.PortCount; i++)
        {
            PortState* port = _world.Ports + i;
            // Bytes count from the moment their service begins; what is still to be served of them belongs to the next sample.
            long sent = _world.Tallies[i].SentBytes - _sampledBytes[i];
            long rest = (port->Flags & PortState.Busy) != 0 ? Math.Max(0, port->ServiceEnd - now) : 0;
            double busy = sent * (_world.Classes[port->Class].ByteTime / 65536.0) + _sampledRest[i] - rest;
            _sampledBytes[i] = _world.Tallies[i].SentBytes;
            _sampledRest[i] = rest;
            double utilisation = Math.Clamp(busy / recorder.Interval, 0, 1);
            if (next < watched.Count && watched[next] == i)
            {
                utilisations[next] = (float)utilisation;
                queues[next++] = port->DataBytes;
            }
            if ((port->Flags & PortState.FromHost) != 0)
            {
                continue;
            }
            queued += port->DataBytes;
            largest = Math.Max(largest, port->DataBytes);
            most = Math.Max(most, utilisation);
            if ((port->Flags & PortState.ToHost) == 0)
            {
                sum += utilisation;
                fabricPorts++;
                carrying += _world.Tallies[i].SentBytes > 0 ? 1 : 0;
            }
        }
        foreach (Runner runner in _runners)
        {
            finished += runner.Partition.Counters.FlowsFinished;
            delivered += runner.Partition.Counters.DataDelivered;
        }
        recorder.Add(
            new TraceSample(
                SimTime.FromPicoseconds(now),
                finished,
                delivered,
                DataSize.FromBytes(queued),
                DataSize.FromBytes(largest),
                fabricPorts == 0 ? 0 : sum / fabricPorts,
                most,
                carrying == 0 ? 0 : sum / carrying
            ),
            utilisations,
            queues
        );
        if (finished < _world.MessageCount)
        {
            At(now + recorder.Interval, Sample);
        }
    }

    private double LoadOf(int port) => _world.Tallies[port].SentBytes * (double)_world.Classes[_world.Ports[port].Class].ByteTime;

    // Ports that carried anything, most first; equal ones in their order.
    private List<int> PortsBy(Func<int, double> value)
    {
        List<(double Value, int Port)> ports = [];
        for (int i = 0; i < _world.PortCount; i++)
        {
            if (_world.Tallies[i].SentBytes > 0)
            {
                ports.Add((-value(i), i));
            }
        }
        ports.Sort();
        return [.. ports.Select(p => p.Port)];
    }

    private static IEnumerable<int> Interleaved(List<int> a, List<int> b)
    {
        for (int i = 0; i < Math.Max(a.Count, b.Count); i++)
        {
            if (i < a.Count)
            {
                yield return a[i];
            }
            if (i < b.Count)
            {
                yield return b[i];
            }
        }
    }

    /// <summary>
    /// The series of the busiest links and of those with the fullest queues, half as many of either as there is room for.
    /// </summary>
    private List<LinkSeries> SeriesOfBusiest(IReadOnlyList<LinkResult> links)
    {
        if (_recorder is not { } recorder || recorder.Samples.Count == 0)
        {
            return [];
        }
        List<LinkSeries> series = [];
        int half = _world.Options.TraceLinks / 2;
        foreach (
            LinkResult link in links
                .OrderByDescending(l => l.Utilisation)
                .ThenBy(l => l.Link)
                .ThenBy(l => l.Upwards)
                .Take(half)
                .Concat(
                    links
                        .Where(l => l.PeakQueue > DataSize.Zero)
                        .OrderByDescending(l => l.PeakQueue)
                        .ThenBy(l => l.Link)
                        .ThenBy(l => l.Upwards)
                        .Take(half)
                )
                .Distinct()
        )
        {
            if (recorder.SeriesOf(link.Upwards ? _world.UpPort[link.Link] : _world.DownPort[link.Link], link.Link, link.Upwards) is { } one)
            {
                series.Add(one);
            }
        }
        return series;
    }
}
