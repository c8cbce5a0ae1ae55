namespace Lightloom.Simulation.Collectives;

/// <summary>What a collective operation does with the ranks' data.</summary>
public enum CollectiveKind
{
    /// <summary>Every rank ends with the sum of all ranks' buffers. The size is one rank's buffer.</summary>
    AllReduce,

    /// <summary>Every rank ends with all ranks' parts. The size is the whole result.</summary>
    AllGather,

    /// <summary>Every rank ends with its part of the sum. The size is the whole input of one rank.</summary>
    ReduceScatter,

    /// <summary>Every rank sends a part of its buffer to every other rank. The size is one rank's whole buffer.</summary>
    AllToAll,

    /// <summary>The first rank's buffer reaches all. The size is that buffer.</summary>
    Broadcast,

    /// <summary>Every rank sends its buffer to the next of its group, the last to the first. The size is one rank's buffer.</summary>
    SendReceive,
}
