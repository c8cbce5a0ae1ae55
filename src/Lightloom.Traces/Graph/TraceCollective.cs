namespace Lightloom.Traces.Graph;

/// <summary>Collectives that a trace can be replayed with.</summary>
public enum TraceCollective : byte
{
    /// <summary>Every rank ends with the sum of all buffers.</summary>
    AllReduce,

    /// <summary>Every rank ends with the shards of all.</summary>
    AllGather,

    /// <summary>Every rank ends with its shard of the sum.</summary>
    ReduceScatter,

    /// <summary>Every rank sends a share of its buffer to every other.</summary>
    AllToAll,

    /// <summary>Every rank ends with the first rank's buffer.</summary>
    Broadcast,

    /// <summary>Nobody goes on before all have come.</summary>
    Barrier,
}
