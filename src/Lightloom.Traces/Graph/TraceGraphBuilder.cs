using System.Globalization;
using Lightloom.Diagnostics;

namespace Lightloom.Traces.Graph;

/// <summary>Makes a <see cref="TraceGraph"/> of a trace as it is read, and finds what cannot be run.</summary>
/// <param name="groups">Which ranks the names of groups mean.</param>
/// <param name="diagnostics">Receives what is wrong.</param>
public sealed partial class TraceGraphBuilder(RankGroups groups, DiagnosticBag diagnostics) : ITraceSink
{
    /// <summary>More operations than a graph can number.</summary>
    internal const int MostOperations = 1 << 30;

    private readonly Column<TraceKind> _kind = new();
    private readonly Column<byte> _stream = new();
    private readonly Column<long> _value = new();
    private readonly Column<int> _partner = new();
    private readonly Column<long> _place = new();
    private readonly Column<long> _id = new();
    private readonly Column<(int, int)> _edges = new();
    private readonly Column<(int, int)> _startEdges = new();
    private readonly List<(long Id, long On, bool Start, long Place)> _later = [];
    private readonly NodeTable _nodes = new();
    private readonly List<int> _firstOfRank = [];
    private readonly List<(string File, bool IsBinary)> _files = [];
    private readonly Dictionary<string, GroupCalls> _groups = new(StringComparer.Ordinal);
    private MessageMatcher? _matcher;
    private int _ranks;
    private bool _shards;
    private int _rank;

    // One group's collectives: what each of its ranks calls, in order.
    private sealed class GroupCalls
    {
        public readonly List<(TraceCollective Kind, long Bytes)> Calls = [];
        public readonly List<Dictionary<int, int>> Operations = [];
        public readonly Dictionary<int, int> CallsOfRank = [];
    }

    /// <inheritdoc/>
    public void Begin(int ranks, bool gatherCountsShards)
    {
        (_ranks, _shards) = (ranks, gatherCountsShards);
        _matcher = new(_partner);
    }

    /// <inheritdoc/>
    public void BeginRank(int rank, string file, bool isBinary)
    {
        _rank = rank;
        _firstOfRank.Add(_kind.Count);
        _files.Add((file, isBinary));
        _nodes.Clear();
        _later.Clear();
    }

    /// <inheritdoc/>
    public void Operation(in TraceNode node)
    {
        int index = _kind.Count;
        if (index == MostOperations)
        {
            throw new Experiments.TooLargeException(
                $"the trace has more operations than {MostOperations:#,0}, which is as many as are numbered"
            );
        }

        if (!_nodes.Add(node.Id, index))
        {
            Error(TraceProblems.DuplicateNode, node.Place, $"rank {_rank} has two nodes {node.Id}; give each its own id");
            return;
        }

        _kind.Add(node.Kind);
        _stream.Add(node.Stream);
        _value.Add(node.Kind is TraceKind.Compute ? node.Nanoseconds : node.Bytes);
        _partner.Add(-1);
        _place.Add(node.Place);
        _id.Add(node.Id);
        switch (node.Kind)
        {
            case TraceKind.Send:
                if (IsRank(node, "sends to"))
                {
                    _partner[index] = TraceGraph.Unreceived - node.Peer;
                    _matcher!.Send(index, _rank, node.Peer, node.Tag);
                }

                break;
            case TraceKind.Receive:
                if (node.Peer == TraceNode.Any || IsRank(node, "receives from"))
                {
                    _matcher!.Receive(index, node.Peer, _rank, node.Tag);
                }

                break;
            case TraceKind.Collective:
                Call(index, node);
                break;
        }
    }

    private bool IsRank(in TraceNode node, string does)
    {
        if ((uint)node.Peer < (uint)_ranks)
        {
            return true;
        }

        Error(
            TraceProblems.UnknownRank,
            node.Place,
            $"node {node.Id} of rank {_rank} {does} rank {node.Peer}; ranks are 0 to {_ranks - 1}"
        );
        return false;
    }

    // The k-th collective of a group on one rank is the k-th on every other, and waits for the one before: a communicator has an order.
    private void Call(int index, in TraceNode node)
    {
        if (!_groups.TryGetValue(node.Group, out GroupCalls? group))
        {
            _groups[node.Group] = group = new();
        }

        int call = group.CallsOfRank.GetValueOrDefault(_rank);
        group.CallsOfRank[_rank] = call + 1;
        if (call == group.Calls.Count)
        {
            group.Calls.Add((node.Collective, node.Bytes));
            group.Operations.Add([]);
        }
        else if (group.Calls[call] != (node.Collective, node.Bytes))
        {
            int first = group.Operations[call].Keys.First();
            (TraceCollective kind, long bytes) = group.Calls[call];
            Error(
                TraceProblems.Collectives,
                node.Place,
                $"node {node.Id} of rank {_rank} is collective {call + 1} of {NameOf(node.Group)} and asks for {node.Collective} of "
                    + $"{node.Bytes} bytes; rank {first} asks for {kind} of {bytes}"
            );
        }

        if (call > 0 && group.Operations[call - 1].TryGetValue(_rank, out int before))
        {
            _edges.Add((before, index));
        }

        group.Operations[call][_rank] = index;
    }

    private static string NameOf(string group) => group.Length == 0 ? "all ranks" : $"group '{Yaml.Excerpt.Of(group)}'";

    /// <inheritdoc/>
    public void Requires(long id, long on, bool start, long place)
    {
        int to = _nodes.Find(id),
            from = _nodes.Find(on);
        if (to < 0 || from < 0)
        {
            _later.Add((id, on, start, place));
            return;
        }

        (start ? _startEdges : _edges).Add((from, to));
    }

    /// <inheritdoc/>
    public void EndRank()
    {
        foreach ((long id, long on, bool start, long place) in _later)
        {
            int to = _nodes.Find(id),
                from = _nodes.Find(on);
            if (to < 0 || from < 0)
            {
                Error(
                    TraceProblems.UnknownNode,
                    place,
                    $"node {id} of rank {_rank} waits for node {on}, and rank {_rank} has no node {(to < 0 ? id : on)}; "
                        + "a node waits for nodes of its own rank"
                );
            }
            else
            {
                (start ? _startEdges : _edges).Add((from, to));
            }
        }

        _later.Clear();
    }

    /// <summary>The graph; null when something is wrong with it, and then the diagnostics say what.</summary>
    public TraceGraph? Build()
    {
        if (diagnostics.HasErrors)
        {
            return null;
        }

        _firstOfRank.Add(_kind.Count);
        _matcher?.Finish();
        CheckMessages();
        List<CollectiveCall> calls = Calls();
        if (diagnostics.HasErrors)
        {
            return null;
        }

        TraceGraph graph = new(_ranks)
        {
            FirstOfRank = [.. _firstOfRank],
            Kind = _kind.ToArray(),
            Stream = _stream.ToArray(),
            Value = _value.ToArray(),
            Partner = _partner.ToArray(),
            Edges = _edges.ToArray(),
            StartEdges = _startEdges.ToArray(),
            Collectives = calls,
        };
        CheckCycles(graph);
        return diagnostics.HasErrors ? null : graph;
    }

    private void CheckMessages()
    {
        int unreceived = 0,
            example = -1;
        for (int o = 0; o < _kind.Count && Room; o++)
        {
            if (_partner[o] >= 0)
            {
                continue;
            }

            if (_kind[o] == TraceKind.Receive)
            {
                ErrorAt(TraceProblems.UnmatchedReceive, o, $"{Name(o)} waits for a message that no rank sends; add its send or remove it");
            }
            else if (_kind[o] == TraceKind.Send)
            {
                example = unreceived++ == 0 ? o : example;
            }
        }

        if (unreceived > 0)
        {
            diagnostics.Warning(
                TraceProblems.UnmatchedSend,
                string.Create(CultureInfo.InvariantCulture, $"{Name(example)} sends a message that no rank receives")
                    + (unreceived > 1 ? $", and {unreceived - 1} others do" : "")
                    + "; it travels all the same",
                mark: MarkOf(example)
            );
        }
    }

    private List<CollectiveCall> Calls()
    {
        List<CollectiveCall> calls = [];
        foreach ((string name, GroupCalls group) in _groups.OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            // A trace that names groups without saying who is in them: those that call.
            IReadOnlyList<int> ranks =
                groups.Of(name) ?? (name.Length == 0 ? [.. Enumerable.Range(0, _ranks)] : [.. group.CallsOfRank.Keys.Order()]);
            if (ranks.FirstOrDefault(r => r >= _ranks, -1) is >= 0 and var beyond)
            {
                int caller = group.Operations[0].Values.First();
                ErrorAt(
                    TraceProblems.UnknownRank,
                    caller,
                    $"{NameOf(name)} has rank {beyond}, and the trace has ranks 0 to {_ranks - 1}; correct the group or add the rank's file"
                );
                continue;
            }

            for (int call = 0; call < group.Calls.Count && Room; call++)
            {
                Dictionary<int, int> operations = group.Operations[call];
                int missing = ranks.FirstOrDefault(r => !operations.ContainsKey(r), -1);
                int stranger = operations.Keys.FirstOrDefault(r => !ranks.Contains(r), -1);
                if (missing >= 0 || stranger >= 0)
                {
                    int at = stranger >= 0 ? operations[stranger] : operations.Values.First();
                    ErrorAt(
                        stranger >= 0 ? TraceProblems.UnknownRank : TraceProblems.MissingRank,
                        at,
                        stranger >= 0
                            ? $"{Name(at)} calls a collective of {NameOf(name)}, which rank {stranger} does not belong to"
                            : $"{Name(at)} is collective {call + 1} of {NameOf(name)}, and rank {missing} calls only "
                                + $"{group.CallsOfRank.GetValueOrDefault(missing)}; every rank of a group calls every collective"
                    );
                    break;
                }

                (TraceCollective kind, long bytes) = group.Calls[call];
                int[] members = [.. ranks.Select(r => operations[r])];
                foreach (int o in members)
                {
                    _partner[o] = calls.Count;
                }

                calls.Add(new(kind, kind == TraceCollective.AllGather && _shards ? checked(bytes * ranks.Count) : bytes, ranks, members));
            }
        }

        return calls;
    }

    private bool Room => diagnostics.Count < TraceProblems.Most;

    private int RankAt(int operation)
    {
        int at = _firstOfRank.BinarySearch(operation);
        if (at < 0)
        {
            return ~at - 1;
        }

        while (at + 1 < _files.Count && _firstOfRank[at + 1] == operation)
        {
            at++;
        }

        return at;
    }

    private SourceMark MarkOf(int operation)
    {
        (string file, bool isBinary) = _files[RankAt(operation)];
        return TraceProblems.Mark(file, _place[operation], isBinary);
    }

    private string Name(int operation)
    {
        int rank = RankAt(operation);
        return string.Create(CultureInfo.InvariantCulture, $"node {_id[operation]} of rank {rank}")
            + TraceProblems.At(_place[operation], _files[rank].IsBinary);
    }

    private void ErrorAt(string id, int operation, string message) => diagnostics.Error(id, message, mark: MarkOf(operation));

    private void Error(string id, long place, string message)
    {
        if (Room)
        {
            diagnostics.Error(id, message, mark: TraceProblems.Mark(_files[^1].File, place, _files[^1].IsBinary));
        }
    }
}
