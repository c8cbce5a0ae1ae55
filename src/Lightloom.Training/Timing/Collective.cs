namespace Lightloom.Training.Timing;

/// <summary>What a group of ranks does together.</summary>
public enum Collective
{
    /// <summary>Every rank ends with the sum.</summary>
    AllReduce,

    /// <summary>Every rank ends with all parts.</summary>
    AllGather,

    /// <summary>Every rank ends with its part of the sum.</summary>
    ReduceScatter,

    /// <summary>Every rank sends a part of its own to every other.</summary>
    AllToAll,

    /// <summary>Every rank sends to the next.</summary>
    Send,
}
