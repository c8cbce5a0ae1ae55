using Lightloom.Experiments;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Traces.Graph;
using Lightloom.Units;

namespace Lightloom.Traces.Replay;

/// <summary>
/// Makes operations and flows of a trace: messages become flows, collectives the flows that Lightloom's own workloads make of them.
/// </summary>
internal sealed class ReplayMaker
{
    /// <summary>Transfers that each rank of an all-to-all has under way at once.</summary>
    private const int AllToAllWindow = 8;

    private readonly TraceGraph _graph;
    private readonly int[] _hosts;
    private readonly Column<OperationKind> _kind = new();
    private readonly Column<int> _rank = new();
    private readonly Column<int> _subject = new();
    private readonly Column<SimTime> _time = new();
    private readonly Column<(int From, int To)> _edges = new();
    private readonly Column<(int From, int To)> _startEdges = new();
    private readonly List<FlowDescription> _flows = [];
    private readonly Column<int> _sendOf = new();
    private readonly Column<int> _receiveOf = new();
    private readonly List<int> _rankOfStream = [];
    private readonly Dictionary<int, int> _streams = [];

    // By operation of the trace that is a collective: the join that it ends with.
    private readonly Dictionary<int, int> _endOf = [];

    /// <param name="graph">The trace.</param>
    /// <param name="hosts">By rank: its host.</param>
    public ReplayMaker(TraceGraph graph, int[] hosts) => (_graph, _hosts) = (graph, hosts);

    /// <summary>Makes the traffic.</summary>
    /// <exception cref="RefusedException">A collective cannot be made of so few bytes or ranks.</exception>
    /// <exception cref="TooLargeException">It is more than one run can number.</exception>
    public TrafficDescription Make(string name)
    {
        Refuse();
        for (int rank = 0; rank < _graph.RankCount; rank++)
        {
            for (int o = _graph.FirstOfRank[rank]; o < _graph.FirstOfRank[rank + 1]; o++)
            {
                Operation(o, rank);
            }
        }

        Messages();
        foreach (CollectiveCall call in _graph.Collectives)
        {
            Collective(call);
        }

        foreach ((int from, int to) in _graph.Edges)
        {
            _edges.Add((_endOf.GetValueOrDefault(from, from), to));
        }

        foreach ((int from, int to) in _graph.StartEdges)
        {
            _startEdges.Add((from, to));
        }

        (int[] first, int[] dependents) = Sorted(_edges);
        (int[] firstStart, int[] startDependents) = _startEdges.Count == 0 ? ([], []) : Sorted(_startEdges);
        return TrafficDescription.OfOperations(
            _flows,
            new()
            {
                HostOfRank = _hosts,
                RankOfStream = [.. _rankOfStream],
                Kind = _kind.ToArray(),
                Rank = _rank.ToArray(),
                Subject = _subject.ToArray(),
                Duration = _time.ToArray(),
                FirstDependent = first,
                Dependents = dependents,
                FirstStartDependent = firstStart,
                StartDependents = startDependents,
                SendOf = _sendOf.ToArray(),
                ReceiveOf = _receiveOf.ToArray(),
            },
            name
        );
    }

    private void Refuse()
    {
        long flows = 0;
        foreach (TraceKind kind in _graph.Kind)
        {
            flows += kind == TraceKind.Send ? 1 : 0;
        }

        foreach (CollectiveCall call in _graph.Collectives)
        {
            if (call.Ranks.Count > 1)
            {
                flows += Workload.SizeOf(WorkloadOf(call), call.Ranks.Count, SizeOf(call), AllToAllWindow).Flows;
            }
        }

        if (flows > TrafficSize.MostFlows)
        {
            throw new TooLargeException(
                FormattableString.Invariant(
                    $"the trace makes {flows:#,0} flows, and one run can number {TrafficSize.MostFlows:#,0}; replay fewer ranks or steps"
                )
            );
        }
    }

    private int Add(OperationKind kind, int rank, int subject = -1, long picoseconds = 0)
    {
        _kind.Add(kind);
        _rank.Add(rank);
        _subject.Add(subject);
        _time.Add(SimTime.FromPicoseconds(picoseconds));
        return _kind.Count - 1;
    }

    // Every operation of the trace keeps its number; what collectives are made of comes behind.
    private void Operation(int o, int rank)
    {
        switch (_graph.Kind[o])
        {
            case TraceKind.Compute:
                Add(OperationKind.Compute, rank, StreamOf(rank, _graph.Stream[o]), checked(_graph.Value[o] * 1000));
                break;
            case TraceKind.Send:
                Add(OperationKind.Send, rank);
                break;
            case TraceKind.Receive:
                Add(OperationKind.Receive, rank);
                break;
            default:
                Add(OperationKind.Join, rank);
                break;
        }
    }

    private int StreamOf(int rank, byte stream)
    {
        int key = (rank << 8) | stream;
        if (!_streams.TryGetValue(key, out int known))
        {
            _streams[key] = known = _rankOfStream.Count;
            _rankOfStream.Add(rank);
        }

        return known;
    }

    private void Messages()
    {
        for (int o = 0; o < _graph.Count; o++)
        {
            if (_graph.Kind[o] != TraceKind.Send)
            {
                continue;
            }

            int receive = _graph.Partner[o];
            if (receive < 0)
            {
                // Nobody waits for it, and it takes its share of the network all the same.
                receive = Add(OperationKind.Receive, TraceGraph.Unreceived - receive);
            }

            Message(o, receive, _graph.Value[o]);
        }
    }

    // Ranks that share a card exchange data without the network, and without time.
    private void Message(int send, int receive, long bytes)
    {
        int from = _hosts[_rank[send]],
            to = _hosts[_rank[receive]];
        if (from == to)
        {
            _kind[send] = _kind[receive] = OperationKind.Join;
            _edges.Add((send, receive));
            return;
        }

        _subject[send] = _subject[receive] = _flows.Count;
        _sendOf.Add(send);
        _receiveOf.Add(receive);
        // A message without bytes is a packet all the same.
        _flows.Add(new(from, to, DataSize.FromBytes(Math.Max(1, bytes)), Id: _flows.Count + 1));
    }

    private static string WorkloadOf(CollectiveCall call) =>
        call.Kind switch
        {
            TraceCollective.AllReduce => "all-reduce",
            TraceCollective.AllGather => "all-gather",
            TraceCollective.ReduceScatter => "reduce-scatter",
            TraceCollective.AllToAll => "all-to-all",
            TraceCollective.Broadcast => "broadcast",
            _ => "all-reduce-ring",
        };

    private static DataSize SizeOf(CollectiveCall call) =>
        DataSize.FromBytes(call.Kind == TraceCollective.Barrier ? call.Ranks.Count : Math.Max(call.Ranks.Count, call.Bytes));

    private void Collective(CollectiveCall call)
    {
        int n = call.Ranks.Count;
        var end = new int[n];
        for (int m = 0; m < n; m++)
        {
            end[m] = Add(OperationKind.Join, call.Ranks[m]);
            _endOf[call.Operations[m]] = end[m];
            _edges.Add((call.Operations[m], end[m]));
        }

        if (n == 1)
        {
            return;
        }

        TrafficDescription traffic = Workload.Create(WorkloadOf(call), [.. Enumerable.Range(0, n)], SizeOf(call), window: AllToAllWindow);
        int first = _kind.Count;
        for (int f = 0; f < traffic.Flows.Count; f++)
        {
            FlowDescription flow = traffic.Flows[f];
            int send = Add(OperationKind.Send, call.Ranks[flow.Source]);
            int receive = Add(OperationKind.Receive, call.Ranks[flow.Destination]);
            Message(send, receive, flow.Size.Bytes);
            _edges.Add((call.Operations[flow.Destination], receive));
            _edges.Add((send, end[flow.Source]));
            _edges.Add((receive, end[flow.Destination]));
            // A rank sends nothing of a collective that it has not come to.
            _edges.Add((call.Operations[flow.Source], send));
        }

        Triggers(traffic, first);
    }

    // What a trigger of a workload means between operations: a barrier waits for all that activate it, a multishot lets the k-th that waits
    // go after the k-th that activates it.
    private void Triggers(TrafficDescription traffic, int first)
    {
        int count = traffic.Triggers.Count;
        if (count == 0)
        {
            return;
        }

        var activators = new List<int>[count];
        var waiting = new List<int>[count];
        void Put(List<int>[] lists, int trigger, int operation)
        {
            if (trigger >= 0)
            {
                (lists[trigger] ??= []).Add(operation);
            }
        }

        for (int f = 0; f < traffic.Flows.Count; f++)
        {
            FlowDescription flow = traffic.Flows[f];
            int send = first + 2 * f;
            Put(waiting, flow.StartTrigger, send);
            Put(activators, flow.DoneTrigger, send);
            Put(activators, flow.ReceivedTrigger, send + 1);
        }

        for (int t = 0; t < count; t++)
        {
            if (waiting[t] is not { } those || activators[t] is not { } by)
            {
                continue;
            }

            if (traffic.Triggers[t].Kind == TriggerKind.Multishot)
            {
                for (int i = 0; i < Math.Min(those.Count, by.Count); i++)
                {
                    _edges.Add((by[i], those[i]));
                }

                continue;
            }

            foreach (int waits in those)
            {
                foreach (int on in by)
                {
                    _edges.Add((on, waits));
                }
            }
        }
    }

    private (int[] First, int[] Dependents) Sorted(Column<(int From, int To)> edges)
    {
        int[] first = new int[_kind.Count + 1];
        foreach ((int from, _) in edges.Span)
        {
            first[from + 1]++;
        }

        for (int o = 0; o < _kind.Count; o++)
        {
            first[o + 1] += first[o];
        }

        var dependents = new int[edges.Count];
        int[] fill = [.. first];
        foreach ((int from, int to) in edges.Span)
        {
            dependents[fill[from]++] = to;
        }

        return (first, dependents);
    }
}
