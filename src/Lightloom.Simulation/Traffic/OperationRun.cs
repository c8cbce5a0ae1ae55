using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Traffic;

/// <summary>
/// An <see cref="OperationGraph"/> under way: what each operation still waits for, what each stream does, how each rank spends its time.
/// </summary>
/// <remarks>
/// A rank belongs to one part of a run, which alone writes what concerns the rank, its streams and its operations, so parts need no locks.
/// Nothing is allocated once the run has begun: waiting lines are links from operation to operation.
/// </remarks>
internal sealed class OperationRun
{
    private const int None = -1;
    private readonly OperationGraph _graph;
    private readonly int[] _left;

    // A receive whose message came before the rank was ready for it.
    private readonly bool[] _arrived;

    // By operation: the next in whatever line it stands in. It stands in one at a time.
    private readonly int[] _behind;
    private readonly int[] _running;
    private readonly long[] _until;
    private readonly int[] _lineHead;
    private readonly int[] _lineTail;

    private readonly RankClock[] _clocks;

    /// <summary>How a rank has spent its time up to a moment.</summary>
    private struct RankClock
    {
        public int Computing;
        public int Communicating;
        public int Ended;
        public long Since;
        public long End;
        public long Compute;
        public long Overlapped;
        public long Exposed;

        public void Advance(long now)
        {
            long passed = now - Since;
            Since = now;
            if (Computing > 0)
            {
                if (Communicating > 0)
                {
                    Overlapped += passed;
                }
                else
                {
                    Compute += passed;
                }
            }
            else if (Communicating > 0)
            {
                Exposed += passed;
            }
        }
    }

    public OperationRun(OperationGraph graph)
    {
        _graph = graph;
        _left = graph.Needs();
        _arrived = new bool[graph.Count];
        _behind = new int[graph.Count];
        int streams = graph.RankOfStream.Length;
        _running = new int[streams];
        _until = new long[streams];
        _lineHead = new int[streams];
        _lineTail = new int[streams];
        Array.Fill(_running, None);
        Array.Fill(_lineHead, None);
        Array.Fill(_lineTail, None);
        _clocks = new RankClock[graph.HostOfRank.Count];
    }

    /// <summary>When the next computation ends, so that the run goes on by itself; the largest time when nothing computes.</summary>
    public long NextTick
    {
        get
        {
            long next = long.MaxValue;
            for (int stream = 0; stream < _running.Length; stream++)
            {
                next = _running[stream] == None ? next : Math.Min(next, _until[stream]);
            }
            return next;
        }
    }

    /// <summary>Starts what waits for nothing, at time 0.</summary>
    /// <param name="messages">Starts messages.</param>
    /// <param name="startsOf">By host: whoever starts its flows.</param>
    public void Begin(Triggers messages, Func<int, IFlowStarts> startsOf)
    {
        // What becomes ready on the way has a count of zero as well, so those that wait for nothing are listed first.
        List<int> first = [];
        for (int o = 0; o < _left.Length; o++)
        {
            if (_left[o] == 0)
            {
                first.Add(o);
            }
        }
        foreach (int o in first)
        {
            Work(o, messages, startsOf(_graph.HostOfRank[_graph.Rank[o]]), 0);
        }
    }

    /// <summary>A flow's sender has its last acknowledgement.</summary>
    public void Sent(int flow, Triggers messages, IFlowStarts starts) => Finish(_graph.SendOf[flow], messages, starts);

    /// <summary>A flow's receiver has its last byte.</summary>
    public void Received(int flow, Triggers messages, IFlowStarts starts)
    {
        int o = _graph.ReceiveOf[flow];
        _arrived[o] = true;
        if (_left[o] == 0)
        {
            Finish(o, messages, starts);
        }
    }

    /// <summary>The computation of a stream has taken its time.</summary>
    public void Tick(int stream, Triggers messages, IFlowStarts starts)
    {
        int o = _running[stream];
        _running[stream] = None;
        Finish(o, messages, starts);
        if (_running[stream] == None && _lineHead[stream] != None)
        {
            int next = _lineHead[stream];
            _lineHead[stream] = _behind[next];
            Compute(next, stream, messages, starts, starts.Now);
        }
    }

    private void Finish(int o, Triggers messages, IFlowStarts starts)
    {
        int head = None,
            tail = None;
        End(o, starts.Now, ref head, ref tail);
        Drain(head, tail, messages, starts, starts.Now);
    }

    private void Work(int o, Triggers messages, IFlowStarts starts, long now)
    {
        _behind[o] = None;
        Drain(o, o, messages, starts, now);
    }

    // Operations that have become ready, in the order in which they did. Those that take no time end here, and add to the line.
    private void Drain(int head, int tail, Triggers messages, IFlowStarts starts, long now)
    {
        while (head != None)
        {
            int o = head;
            head = _behind[o];
            tail = head == None ? None : tail;
            switch (_graph.Kind[o])
            {
                case OperationKind.Join:
                    Release(_graph.FirstStartDependent, _graph.StartDependents, o, ref head, ref tail);
                    End(o, now, ref head, ref tail);
                    break;
                case OperationKind.Send:
                    Communicate(o, now);
                    Release(_graph.FirstStartDependent, _graph.StartDependents, o, ref head, ref tail);
                    messages.Start(_graph.Subject[o], 0, starts);
                    break;
                case OperationKind.Receive:
                    Communicate(o, now);
                    Release(_graph.FirstStartDependent, _graph.StartDependents, o, ref head, ref tail);
                    if (_arrived[o])
                    {
                        End(o, now, ref head, ref tail);
                    }
                    break;
                default:
                    int stream = _graph.Subject[o];
                    if (_running[stream] == None)
                    {
                        Start(o, stream, messages, starts, now, ref head, ref tail);
                    }
                    else
                    {
                        _behind[o] = None;
                        if (_lineHead[stream] == None)
                        {
                            _lineHead[stream] = o;
                        }
                        else
                        {
                            _behind[_lineTail[stream]] = o;
                        }
                        _lineTail[stream] = o;
                    }
                    break;
            }
        }
    }

    private void Compute(int o, int stream, Triggers messages, IFlowStarts starts, long now)
    {
        int head = None,
            tail = None;
        Start(o, stream, messages, starts, now, ref head, ref tail);
        Drain(head, tail, messages, starts, now);
    }

    private void Start(int o, int stream, Triggers messages, IFlowStarts starts, long now, ref int head, ref int tail)
    {
        _running[stream] = o;
        ref RankClock clock = ref _clocks[_graph.Rank[o]];
        clock.Advance(now);
        clock.Computing++;
        Release(_graph.FirstStartDependent, _graph.StartDependents, o, ref head, ref tail);
        _until[stream] = now + _graph.Duration[o].Picoseconds;
        starts.SetClock(stream, _graph.Duration[o].Picoseconds);
    }

    private void Communicate(int o, long now)
    {
        ref RankClock clock = ref _clocks[_graph.Rank[o]];
        clock.Advance(now);
        clock.Communicating++;
    }

    private void End(int o, long now, ref int head, ref int tail)
    {
        ref RankClock clock = ref _clocks[_graph.Rank[o]];
        clock.Advance(now);
        clock.Ended++;
        clock.End = now;
        switch (_graph.Kind[o])
        {
            case OperationKind.Compute:
                clock.Computing--;
                break;
            case OperationKind.Send or OperationKind.Receive:
                clock.Communicating--;
                break;
        }
        Release(_graph.FirstDependent, _graph.Dependents, o, ref head, ref tail);
    }

    private void Release(int[] first, int[] dependents, int o, ref int head, ref int tail)
    {
        if (first.Length == 0)
        {
            return;
        }
        for (int i = first[o]; i < first[o + 1]; i++)
        {
            int next = dependents[i];
            if (--_left[next] != 0)
            {
                continue;
            }
            _behind[next] = None;
            if (head == None)
            {
                head = next;
            }
            else
            {
                _behind[tail] = next;
            }
            tail = next;
        }
    }

    /// <summary>How each rank spent its time; what was under way counts up to its last change.</summary>
    public IReadOnlyList<RankResult> Results()
    {
        var operations = new int[_clocks.Length];
        foreach (int rank in _graph.Rank)
        {
            operations[rank]++;
        }
        var results = new RankResult[_clocks.Length];
        for (int r = 0; r < results.Length; r++)
        {
            RankClock clock = _clocks[r];
            results[r] = new RankResult(
                r,
                _graph.HostOfRank[r],
                operations[r],
                clock.Ended,
                SimTime.FromPicoseconds(clock.End),
                SimTime.FromPicoseconds(clock.Compute),
                SimTime.FromPicoseconds(clock.Overlapped),
                SimTime.FromPicoseconds(clock.Exposed),
                SimTime.FromPicoseconds(Math.Max(0, clock.End - clock.Compute - clock.Overlapped - clock.Exposed))
            );
        }
        return results;
    }
}
