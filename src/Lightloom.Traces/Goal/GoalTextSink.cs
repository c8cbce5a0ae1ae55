using Lightloom.Simulation.Model;
using Lightloom.Traces.Graph;

namespace Lightloom.Traces.Goal;

/// <summary>Writes a trace as GOAL text while it is read: memory does not grow with the trace.</summary>
/// <param name="to">Where to.</param>
public sealed class GoalTextSink(TextWriter to) : ITraceSink
{
    // GOAL defines labels before it uses them; a dependency that comes before its second node waits for the end of the rank.
    private readonly List<(long Id, long On, bool Start)> _later = [];
    private readonly NodeTable _known = new();
    private int _count;

    /// <inheritdoc/>
    public void Begin(int ranks, bool gatherCountsShards) => to.Write(FormattableString.Invariant($"num_ranks {ranks}\n"));

    /// <inheritdoc/>
    public void BeginRank(int rank, string file, bool isBinary)
    {
        to.Write(FormattableString.Invariant($"\nrank {rank} {{\n"));
        _known.Clear();
        _later.Clear();
        _count = 0;
    }

    /// <inheritdoc/>
    /// <exception cref="RefusedException">The operation is a collective, which GOAL has no word for.</exception>
    public void Operation(in TraceNode node)
    {
        _known.Add(node.Id, _count++);
        to.Write(
            node.Kind switch
            {
                TraceKind.Send => FormattableString.Invariant($"n{node.Id}: send {node.Bytes}b to {node.Peer} tag {node.Tag}\n"),
                TraceKind.Receive => FormattableString.Invariant($"n{node.Id}: recv {node.Bytes}b from {node.Peer} tag {node.Tag}\n"),
                TraceKind.Compute => FormattableString.Invariant($"n{node.Id}: calc {node.Nanoseconds} cpu {node.Stream}\n"),
                TraceKind.Join => FormattableString.Invariant($"n{node.Id}: calc 0\n"),
                _ => throw new RefusedException(
                    $"node {node.Id} is a collective, and GOAL has messages only; simulate --replay runs the trace as it is"
                ),
            }
        );
    }

    /// <inheritdoc/>
    public void Requires(long id, long on, bool start, long place)
    {
        if (_known.Find(id) >= 0 && _known.Find(on) >= 0)
        {
            Write(id, on, start);
            return;
        }

        _later.Add((id, on, start));
    }

    private void Write(long id, long on, bool start) =>
        to.Write(FormattableString.Invariant($"n{id} {(start ? "irequires" : "requires")} n{on}\n"));

    /// <inheritdoc/>
    public void EndRank()
    {
        foreach ((long id, long on, bool start) in _later)
        {
            Write(id, on, start);
        }

        to.Write("}\n");
    }
}
