using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Lightloom.Simulation.Parallel;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Engine;

/// <summary>
/// Several threads. Time goes in windows no longer than the shortest link between two parts, so nothing that happens elsewhere in a window can matter
/// here before the next; between windows the parts exchange packets. What each part computes is what one thread would have.
/// </summary>
internal sealed unsafe partial class PacketRun
{
    private Mailbox[] _mailboxes = [];
    private long _lookahead = long.MaxValue;
    private long _windowEnd;
    private bool _over;

    private void Divide()
    {
        int parts = _runners.Length;
        if (parts == 1)
        {
            return;
        }
        var near = new int[_world.PortCount];
        var far = new int[_world.PortCount];
        for (int i = 0; i < _world.PortCount; i++)
        {
            int owner = _world.Records[i].Owner;
            int peer = _world.Tallies[i].Peer;
            near[i] = owner < 0 ? _plan.OfHost[~owner] : _plan.OfSwitch[owner];
            far[i] = peer < 0 ? _plan.OfHost[~peer] : _plan.OfSwitch[peer];
            if (near[i] != far[i])
            {
                _world.Ports[i].Flags |= PortState.Crossing;
                _lookahead = Math.Min(_lookahead, _world.Classes[_world.Ports[i].Class].Delay);
            }
        }
        _mailboxes = new Mailbox[parts * parts];
        for (int i = 0; i < _mailboxes.Length; i++)
        {
            _mailboxes[i] = new Mailbox();
        }
        for (int i = 0; i < parts; i++)
        {
            _runners[i].Partition.Divide(_mailboxes[(i * parts)..((i + 1) * parts)], far, near);
        }
    }

    private void RunTogether(long end, Action<PacketSimulator.Progress>? progress, CancellationToken cancellation, Stopwatch watch)
    {
        int parts = _runners.Length;
        int workers = _plan.Threads;
        Exception? failure = null;
        var catchUps = new Action<int, long>[parts];
        for (int i = 0; i < parts; i++)
        {
            catchUps[i] = _runners[i].CatchUpOne;
        }
        PlanWindow(end, cancellation);
        using var sent = new Barrier(workers);
        using var planned = new Barrier(workers, _ =>
        {
            if (_windowEnd == NextControl && !_over)
            {
                Control();
            }
            if (progress is not null)
            {
                progress(new(_windowEnd == long.MaxValue ? 0 : _windowEnd, _runners.Sum(r => r.Partition.Counters.FlowsFinished), _world.FlowCount,
                    _runners.Sum(r => r.Partition.Counters.Hops), watch.Elapsed.TotalSeconds));
            }
            if (_windowEnd >= end)
            {
                _over = true;
                return;
            }
            PlanWindow(end, cancellation);
        });
        void Work(int worker)
        {
            while (!_over)
            {
                try
                {
                    for (int part = worker; part < parts && failure is null; part += workers)
                    {
                        _runners[part].RunUntil(_windowEnd);
                        _runners[part].Partition.SendAcross(_windowEnd, catchUps[part]);
                    }
                }
                catch (Exception e)
                {
                    failure = e;
                }
                sent.SignalAndWait(CancellationToken.None);
                for (int part = worker; part < parts; part += workers)
                {
                    for (int from = 0; from < parts && failure is null; from++)
                    {
                        if (_mailboxes[from * parts + part].Count != 0)
                        {
                            _runners[part].Partition.TakeIn(_mailboxes[from * parts + part]);
                        }
                    }
                }
                if (failure is not null)
                {
                    _over = true;
                }
                planned.SignalAndWait(CancellationToken.None);
            }
        }
        var threads = new Thread[workers - 1];
        for (int i = 0; i < threads.Length; i++)
        {
            int worker = i + 1;
            threads[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"simulation {worker}" };
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

    // The next window starts with the earliest event anywhere and may not reach an arrival that its sender still has in service.
    private void PlanWindow(long end, CancellationToken cancellation)
    {
        long next = long.MaxValue;
        long unsent = long.MaxValue;
        long finished = 0;
        foreach (Runner runner in _runners)
        {
            next = Math.Min(next, runner.Partition.Calendar.NextTime());
            unsent = Math.Min(unsent, runner.Partition.EarliestUnsent);
            finished += runner.Partition.Counters.FlowsFinished;
        }
        if ((next == long.MaxValue && unsent == long.MaxValue && (!AnythingLeftForControl || finished == _world.FlowCount)) ||
            cancellation.IsCancellationRequested)
        {
            _over = true;
            return;
        }
        long reach = next == long.MaxValue ? long.MaxValue : next + _lookahead;
        _windowEnd = Math.Min(Math.Min(end, NextControl), Math.Min(reach, unsent));
    }
}
