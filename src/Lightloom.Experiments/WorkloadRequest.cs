using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Spec;

namespace Lightloom.Experiments;

/// <summary>A named traffic pattern over the first XPUs. Immutable.</summary>
public sealed record WorkloadRequest : TrafficRequest
{
    /// <summary>One of <see cref="Workload.Names"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The size for one XPU in bytes, as collective benchmarks count it.</summary>
    public long Bytes { get; init; } = UsualBytes;

    /// <summary>XPUs that take part; null for all.</summary>
    public int? Xpus { get; init; }

    /// <summary>All-to-all and the like: transfers that each rank has under way; null for <see cref="AllToAllWindow"/>.</summary>
    public int? Window { get; init; }

    /// <summary>all-to-all-v, moe-dispatch, moe-combine: how unevenly ranks are asked for.</summary>
    public ExpertLoad Experts { get; init; } = ExpertLoad.Even;

    /// <summary>
    /// Whether what goes to another node first goes over the scale-up domain to the node's XPU on the receiver's rail, as NCCL's PXN does.
    /// </summary>
    public bool Relays { get; init; }

    /// <summary>How the data is divided over cards of different rates; null for the pattern's own parts.</summary>
    public ShardRule? Shards { get; init; }

    /// <summary>
    /// Whether a collective runs in levels where nodes have a scale-up domain; false for a flat one whatever the nodes have.
    /// </summary>
    public bool InLevels { get; init; } = true;

    /// <summary>A collective of a cluster file as it stands there.</summary>
    public static WorkloadRequest Of(CollectiveSpec collective) =>
        new()
        {
            Name = Workload.NameOf(collective.Name, collective.Algorithm),
            Bytes = collective.Size?.Bytes ?? UsualBytes,
            Xpus = collective.Xpus,
        };

    /// <inheritdoc/>
    public override TrafficDescription On(Testbed bed, ulong seed) => bed.Workload(this, bed.FirstXpus(Xpus), seed);

    /// <inheritdoc/>
    public override IReadOnlyList<string> NotesOn(Testbed bed)
    {
        Ranks ranks = bed.FirstXpus(Xpus);
        return ranks.XpusPerHost == 1
            ? []
            : [$"{Xpus ?? bed.XpuCount} XPUs share {ranks.Count} network cards; each card takes part once, with the data of its XPUs"];
    }
}
