namespace Lightloom.Traces.Graph;

/// <summary>
/// Takes a trace as it is read, an operation at a time: first <see cref="Begin"/>, then for each rank in turn <see cref="BeginRank"/>, its
/// operations and dependencies in the order of the file, <see cref="EndRank"/>.
/// </summary>
public interface ITraceSink
{
    /// <summary>The trace begins.</summary>
    /// <param name="ranks">How many ranks it has.</param>
    /// <param name="gatherCountsShards">
    /// Whether the bytes of an all-gather are one rank's shard, as ASTRA-sim counts them, instead of the whole result.
    /// </param>
    void Begin(int ranks, bool gatherCountsShards);

    /// <summary>A rank's operations follow.</summary>
    /// <param name="rank">The rank; every rank comes once, in order.</param>
    /// <param name="file">The file that it stands in.</param>
    /// <param name="isBinary">Whether places are bytes instead of lines.</param>
    void BeginRank(int rank, string file, bool isBinary);

    /// <summary>An operation.</summary>
    void Operation(in TraceNode node);

    /// <summary>An operation waits for another of its rank; either may come later.</summary>
    /// <param name="id">Who waits.</param>
    /// <param name="on">For whom.</param>
    /// <param name="start">Whether for its start only, not for its end.</param>
    /// <param name="place">Where that is said.</param>
    void Requires(long id, long on, bool start, long place);

    /// <summary>The rank is complete.</summary>
    void EndRank();
}
