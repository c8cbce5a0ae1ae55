using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using Lightloom.Units;

namespace Lightloom.Simulation.Engine;

/// <summary>
/// Conservative time windows, on one thread or several. Nodes of one tier never talk to each other, so threads share a tier and meet before
/// the next; packets stay where they are, in the queues of their ports. What each node computes does not depend on the number of threads.
/// </summary>
internal sealed unsafe partial class PacketRun
{
    private NativeArray<int>? _nextReady;
    private NativeArray<int>? _stillReady;
    private long _windowStart;
    private long _windowEnd;
    private bool _over;

    private void PrepareWindows()
    {
        _world.Parts = [.. _runners.Select(r => r.Partition)];
        if (_plan.Window == 0)
        {
            return;
        }
        for (int i = 0; i < _world.Network.Links.Count; i++)
        {
            LinkDescription link = _world.Network.Links[i];
            bool rises = PartitionPlan.TierOf(_world.Network, link.A) < PartitionPlan.TierOf(_world.Network, link.Z);
            _world.Ports[rises ? _world.UpPort[i] : _world.DownPort[i]].Flags |= PortState.Upward;
        }
        _nextReady = new NativeArray<int>(_world.PortCount);
        _stillReady = new NativeArray<int>(_world.Network.Switches.Count);
        new Span<int>(_stillReady.Pointer, _stillReady.Length).Fill(Partition.Nothing);
        _world.NextReady = _nextReady.Pointer;
        _world.StillReady = _stillReady.Pointer;
        for (int part = 0; part < _runners.Length; part++)
        {
            var tiers = new int[_plan.Tiers][];
            for (int tier = 0; tier < tiers.Length; tier++)
            {
                var switches = new List<int>();
                for (int s = 0; s < _world.Network.Switches.Count; s++)
                {
                    if (_plan.OfSwitch[s] == part && _world.Network.Switches[s].Tier == tier)
                    {
                        switches.Add(s);
                    }
                }
                tiers[tier] = [.. switches];
            }
            _runners[part].Partition.PrepareWindows(tiers, _nextReady, _runners.Length);
        }
    }

    private void RunByWindows(long end, Stopwatch watch, Action<RunProgress>? progress, CancellationToken cancellation)
    {
        PlanWindow(end, cancellation);
        void AfterWindow()
        {
            if (_windowEnd == NextControl)
            {
                Control();
            }
            progress?.Invoke(
                new(
                    SimTime.FromPicoseconds(_windowEnd),
                    _runners.Sum(r => r.Partition.Counters.FlowsFinished),
                    _world.MessageCount,
                    _runners.Sum(r => r.Partition.Counters.Hops),
                    watch.Elapsed
                )
            );
            PlanWindow(end, cancellation);
        }
        if (_runners.Length == 1)
        {
            while (!_over)
            {
                for (int tier = _plan.Tiers; tier-- > 0; )
                {
                    _runners[0].RunTier(tier, _windowStart, _windowEnd);
                }
                _runners[0].RunHosts(_windowEnd);
                AfterWindow();
            }
            return;
        }
        RunOnThreads(AfterWindow);
    }

    // One thread a partition: they meet after each tier, and after each window for what concerns all.
    private void RunOnThreads(Action afterWindow)
    {
        int parts = _runners.Length;
        Exception? failure = null;
        using var tierDone = new Barrier(parts);
        using var windowDone = new Barrier(
            parts,
            _ =>
            {
                if (failure is not null)
                {
                    _over = true;
                    return;
                }
                try
                {
                    afterWindow();
                }
                catch (Exception e)
                {
                    // Left to itself the barrier would throw it on every thread, and nobody catches it on those that are not the caller's.
                    failure = e;
                    _over = true;
                }
            }
        );
        void Guarded(Action work)
        {
            try
            {
                if (failure is null)
                {
                    work();
                }
            }
            catch (Exception e)
            {
                failure = e;
            }
        }
        void Work(int part)
        {
            Runner runner = _runners[part];
            while (!_over)
            {
                for (int tier = _plan.Tiers; tier-- > 0; )
                {
                    Guarded(() => runner.RunTier(tier, _windowStart, _windowEnd));
                    tierDone.SignalAndWait(CancellationToken.None);
                }
                Guarded(() => runner.RunHosts(_windowEnd));
                windowDone.SignalAndWait(CancellationToken.None);
            }
        }
        var threads = new Thread[parts - 1];
        for (int i = 0; i < threads.Length; i++)
        {
            int part = i + 1;
            threads[i] = new Thread(() => Work(part)) { IsBackground = true, Name = $"simulation {part}" };
            threads[i].Start();
        }
        Work(0);
        foreach (Thread thread in threads)
        {
            thread.Join();
        }
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    // While anything is on its way to a switch the next window follows at once; otherwise it starts with the next event at a host.
    private void PlanWindow(long end, CancellationToken cancellation)
    {
        long next = long.MaxValue;
        long ready = 0;
        long finished = 0;
        foreach (Runner runner in _runners)
        {
            next = Math.Min(next, runner.Partition.Calendar.NextTime());
            ready += runner.Partition.ReadyPorts + runner.Partition.PipelinedPackets + runner.Partition.DownCount;
            finished += runner.Partition.Counters.FlowsFinished;
        }
        if (
            (ready == 0 && next == long.MaxValue && (!AnythingLeftForControl || finished == _world.MessageCount))
            || _windowEnd >= end
            || IsGivenUp
            || TimeStands
            || cancellation.IsCancellationRequested
        )
        {
            _over = true;
            return;
        }
        _windowStart = ready != 0 ? _windowEnd : Math.Max(_windowEnd, Math.Min(next, NextControl));
        _windowEnd = Math.Min(Math.Min(end, NextControl), _windowStart + _plan.Window);
    }
}
