namespace Lightloom.Experiments.Compare;

/// <summary>What a comparison runs. Immutable.</summary>
public sealed record CompareOptions
{
    /// <summary>Bytes that each XPU sends in the permutation; the other patterns are sized after it.</summary>
    public long Bytes { get; init; } = 4 << 20;

    /// <summary>XPUs that take part; null for as many as the smallest design has.</summary>
    public int? Xpus { get; init; }

    /// <summary>How many seeds, 1 to this; figures are the medians over them.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>Runs that go on at once. The result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Adds a column for each endpoint-scheduled design with ECMP in place of its own load balancing.</summary>
    public bool Ecmp { get; init; }

    /// <summary>
    /// What a virtual output queue of a cell fabric may send unasked, in bytes; null for the engine's default. No chip's figure is
    /// published, and short messages live by it.
    /// </summary>
    public int? HungryBytes { get; init; }

    /// <summary>Constants of transports: each holds for the designs whose transport has it.</summary>
    public TransportConstants Constants { get; init; } = TransportConstants.None;

    /// <summary>The static table only.</summary>
    public bool StaticOnly { get; init; }

    /// <summary>Keys of the scenarios to run, or empty for all.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];

    /// <summary>Largest group of an all-to-all.</summary>
    public int AllToAllRanks { get; init; } = 128;

    /// <summary>Largest ring.</summary>
    public int RingRanks { get; init; } = 16;

    /// <summary>Largest group of halving and doubling, a power of two.</summary>
    public int HalvingRanks { get; init; } = 64;

    /// <summary>Senders of the incast.</summary>
    public int IncastSenders { get; init; } = 100;

    /// <summary>The small version of everything: an eighth of the bytes, smaller groups.</summary>
    public CompareOptions Quick() => this with { Bytes = Math.Max(1, Bytes / 8), AllToAllRanks = 32, RingRanks = 8, HalvingRanks = 32 };
}
