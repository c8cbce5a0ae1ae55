using Lightloom.Diagnostics;

namespace Lightloom.Traces.Graph;

/// <summary>
/// Counts what a trace has and checks what can be checked while it passes: ids, dependencies, ranks, that as much is sent as received.
/// Memory grows with the largest rank by four bytes an operation, and not with the trace.
/// </summary>
/// <param name="diagnostics">Receives what is wrong.</param>
/// <param name="next">Takes the trace afterwards, or null.</param>
public sealed class TraceSummary(DiagnosticBag diagnostics, ITraceSink? next = null) : ITraceSink
{
    private readonly long[] _operations = new long[Enum.GetValues<TraceKind>().Length];
    private readonly NodeTable _nodes = new();
    private readonly List<(long Id, long On, long Place)> _later = [];
    private ulong _balance;
    private int[] _open = [];
    private int _rank;
    private int _index;
    private string _file = "";
    private bool _isBinary;

    /// <summary>How many ranks there are.</summary>
    public int Ranks { get; private set; }

    /// <summary>Dependencies.</summary>
    public long Dependencies { get; private set; }

    /// <summary>
    /// Dependencies on operations that come later in their file: without any, operations of a rank cannot wait in a circle.
    /// </summary>
    public long ForwardDependencies { get; private set; }

    /// <summary>Nanoseconds of computation over all ranks.</summary>
    public long ComputeNanoseconds { get; private set; }

    /// <summary>Bytes that are sent over all ranks.</summary>
    public long SentBytes { get; private set; }

    /// <summary>Bytes of collectives as the file counts them, over all ranks.</summary>
    public long CollectiveBytes { get; private set; }

    /// <summary>Receives of any sender or tag.</summary>
    public long Wildcards { get; private set; }

    /// <summary>How many operations there are.</summary>
    public long Operations => _operations.Sum();

    /// <summary>How many operations of a kind there are.</summary>
    public long Count(TraceKind kind) => _operations[(int)kind];

    /// <summary>
    /// Whether every receive has its send and the other way round: by sums of hashes, or where receives take anything by their number at
    /// each
    /// rank.
    /// </summary>
    public bool MessagesMatch => Wildcards > 0 ? Array.TrueForAll(_open, n => n == 0) : _balance == 0;

    /// <inheritdoc/>
    public void Begin(int ranks, bool gatherCountsShards)
    {
        Ranks = ranks;
        _open = new int[ranks];
        next?.Begin(ranks, gatherCountsShards);
    }

    /// <inheritdoc/>
    public void BeginRank(int rank, string file, bool isBinary)
    {
        (_rank, _file, _isBinary) = (rank, file, isBinary);
        _nodes.Clear();
        _later.Clear();
        next?.BeginRank(rank, file, isBinary);
    }

    /// <inheritdoc/>
    public void Operation(in TraceNode node)
    {
        if (!_nodes.Add(node.Id, _index & int.MaxValue))
        {
            Error(TraceProblems.DuplicateNode, node.Place, $"rank {_rank} has two nodes {node.Id}; give each its own id");
        }

        _index++;
        _operations[(int)node.Kind]++;
        switch (node.Kind)
        {
            case TraceKind.Compute:
                ComputeNanoseconds += node.Nanoseconds;
                break;
            case TraceKind.Collective:
                CollectiveBytes += node.Bytes;
                break;
            case TraceKind.Send when IsRank(node):
                SentBytes += node.Bytes;
                _open[node.Peer]++;
                _balance += Hash(_rank, node.Peer, node.Tag);
                break;
            case TraceKind.Receive:
                _open[_rank]--;
                if (node.Peer == TraceNode.Any || node.Tag == TraceNode.Any)
                {
                    Wildcards++;
                }
                else if (IsRank(node))
                {
                    _balance -= Hash(node.Peer, _rank, node.Tag);
                }

                break;
        }

        next?.Operation(node);
    }

    private bool IsRank(in TraceNode node)
    {
        if ((uint)node.Peer < (uint)Ranks)
        {
            return true;
        }

        Error(TraceProblems.UnknownRank, node.Place, $"node {node.Id} of rank {_rank} names rank {node.Peer}; ranks are 0 to {Ranks - 1}");
        return false;
    }

    private static ulong Hash(int from, int to, int tag)
    {
        ulong x = ((ulong)(uint)from << 32) | (uint)to;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = ((x ^ (x >> 27)) + (uint)tag) * 0x94D049BB133111EB;
        x = (x ^ (x >> 31)) * 0xD6E8FEB86659FD93;
        return x ^ (x >> 32);
    }

    /// <inheritdoc/>
    public void Requires(long id, long on, bool start, long place)
    {
        Dependencies++;
        if (_nodes.Find(on) < 0 || _nodes.Find(id) < 0)
        {
            ForwardDependencies++;
            _later.Add((id, on, place));
        }

        next?.Requires(id, on, start, place);
    }

    /// <inheritdoc/>
    public void EndRank()
    {
        foreach ((long id, long on, long place) in _later)
        {
            if (_nodes.Find(id) < 0 || _nodes.Find(on) < 0)
            {
                Error(
                    TraceProblems.UnknownNode,
                    place,
                    $"node {id} of rank {_rank} waits for node {on}, which rank {_rank} does not have; a node waits for nodes "
                        + $"of its own rank"
                );
            }
        }

        next?.EndRank();
    }

    private void Error(string id, long place, string message)
    {
        if (diagnostics.Count < TraceProblems.Most)
        {
            diagnostics.Error(id, message, mark: TraceProblems.Mark(_file, place, _isBinary));
        }
    }
}
