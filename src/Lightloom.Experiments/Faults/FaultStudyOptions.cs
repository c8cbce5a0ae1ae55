using Lightloom.Simulation.Model;

namespace Lightloom.Experiments.Faults;

/// <summary>What a fault study simulates. Immutable.</summary>
public sealed record FaultStudyOptions
{
    /// <summary>
    /// Transport, load balancing, queues: how the network is run. Its faults, trace, end and threads are the study's business.
    /// </summary>
    public SimulationOptions Simulation { get; init; } = new();

    /// <summary>
    /// The traffic: names of <see cref="Simulation.Traffic.Workload"/> and bytes; the first one is the one that goodput is reckoned with.
    /// </summary>
    public IReadOnlyList<(string Name, long Bytes)> Workloads { get; init; } = StudyTraffic.Of(new(), [], null, null).Workloads;

    /// <summary>XPUs that take part; null for all, at most <see cref="MostXpus"/>.</summary>
    public int? Xpus { get; init; }

    /// <summary>The classes to look at; all when empty.</summary>
    public IReadOnlyList<FaultClass> Classes { get; init; } = [];

    /// <summary>Classes that fail two at a time.</summary>
    public IReadOnlyList<(FaultClass First, FaultClass Second)> Pairs { get; init; } =
    [
        (FaultClass.Cable, FaultClass.Cable),
        (FaultClass.Leaf, FaultClass.Spine),
        (FaultClass.Plane, FaultClass.Cable),
        (FaultClass.Spine, FaultClass.Spine),
    ];

    /// <summary>The user's own faults.</summary>
    public IReadOnlyList<FaultScenario> Own { get; init; } = [];

    /// <summary>An XPU counts as slowed from this factor of its time in the sound network.</summary>
    public double SlowedFrom { get; init; } = 1.1;

    /// <summary>
    /// Runs of each workload with different seeds, whose times are averaged: a completion is the slowest flow's, and a tail is a matter of
    /// luck.
    /// </summary>
    public int Runs { get; init; } = 3;

    /// <summary>Hosts that take part in the run in which the fault strikes half-way.</summary>
    public int StrikeHosts { get; init; } = 128;

    /// <summary>Chooses instances, and seeds the runs.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Runs that go on at once. Does not change results.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>XPUs that take part when nothing is said, so that a study of a large cluster ends.</summary>
    public const int MostXpus = 1024;
}
