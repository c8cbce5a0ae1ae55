namespace Lightloom.Traces.Graph;

/// <summary>
/// A trace in memory, in columns: what every rank does, what each operation waits for, which send meets which receive, who takes part in
/// which collective. It has no cycle, and everything in it is matched.
/// </summary>
/// <remarks>Operations are numbered through, rank after rank, in the order of the file. Immutable; safe to share between threads.</remarks>
public sealed class TraceGraph
{
    /// <summary>The partner of a send to rank 0 that nobody receives; that to rank r is r less.</summary>
    internal const int Unreceived = -2;

    internal TraceGraph(int ranks)
    {
        RankCount = ranks;
    }

    /// <summary>How many ranks there are.</summary>
    public int RankCount { get; }

    /// <summary>How many operations there are.</summary>
    public int Count => Kind.Length;

    /// <summary>By rank: its first operation; one more at the end.</summary>
    internal int[] FirstOfRank { get; init; } = [];

    internal TraceKind[] Kind { get; init; } = [];

    /// <summary>By operation: the stream of a computation.</summary>
    internal byte[] Stream { get; init; } = [];

    /// <summary>By operation: nanoseconds of a computation, bytes of a message.</summary>
    internal long[] Value { get; init; } = [];

    /// <summary>
    /// By operation: the receive of a send or <see cref="Unreceived"/> less the rank that it goes to, the send of a receive, the place of a
    /// collective in <see cref="Collectives"/>.
    /// </summary>
    internal int[] Partner { get; init; } = [];

    /// <summary>Who waits for whose end, as pairs of the one that is waited for and the one that waits.</summary>
    internal (int From, int To)[] Edges { get; init; } = [];

    /// <summary>The same for starts.</summary>
    internal (int From, int To)[] StartEdges { get; init; } = [];

    /// <summary>Collectives, each with all its ranks.</summary>
    internal IReadOnlyList<CollectiveCall> Collectives { get; init; } = [];
}
