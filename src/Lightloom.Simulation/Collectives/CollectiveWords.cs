using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Collectives;

/// <summary>What command lines, files and JSON call collectives and the figures of other simulators.</summary>
public static class CollectiveWords
{
    /// <summary>The collectives.</summary>
    public static WordTable<CollectiveKind> Kinds { get; } =
        new(
            (CollectiveKind.AllReduce, "all-reduce"),
            (CollectiveKind.AllGather, "all-gather"),
            (CollectiveKind.ReduceScatter, "reduce-scatter"),
            (CollectiveKind.AllToAll, "all-to-all"),
            (CollectiveKind.Broadcast, "broadcast"),
            (CollectiveKind.SendReceive, "send-recv")
        );

    /// <summary>How collectives are run.</summary>
    public static WordTable<CollectiveAlgorithm> Algorithms { get; } =
        new(
            (CollectiveAlgorithm.Ring, "ring"),
            (CollectiveAlgorithm.Tree, "tree"),
            (CollectiveAlgorithm.HalvingDoubling, "halving-doubling"),
            (CollectiveAlgorithm.Direct, "direct"),
            (CollectiveAlgorithm.Pairwise, "pairwise"),
            (CollectiveAlgorithm.Hierarchical, "hierarchical"),
            (CollectiveAlgorithm.InNetwork, "in-network")
        );

    /// <summary>ASTRA-sim's algorithms, as its system files spell them.</summary>
    public static WordTable<AstraAlgorithm> AstraAlgorithms { get; } =
        new(
            (AstraAlgorithm.Ring, "ring"),
            (AstraAlgorithm.Direct, "direct"),
            (AstraAlgorithm.HalvingDoubling, "halvingDoubling"),
            (AstraAlgorithm.OneRing, "oneRing"),
            (AstraAlgorithm.OneDirect, "oneDirect")
        );

    /// <summary>ASTRA-sim's dimensions.</summary>
    public static WordTable<AstraTopology> AstraTopologies { get; } =
        new((AstraTopology.Switch, "switch"), (AstraTopology.Ring, "ring"), (AstraTopology.FullyConnected, "fullyConnected"));

    /// <summary>SimAI's choice of whether rings of one node may leave by another GPU's NIC.</summary>
    public static WordTable<SimaiCrossNic> CrossNic { get; } =
        new((SimaiCrossNic.Auto, "auto"), (SimaiCrossNic.No, "no"), (SimaiCrossNic.Yes, "yes"));

    /// <summary>Generations that NCCL's tuning tables tell apart.</summary>
    public static WordTable<NcclGeneration> Generations { get; } =
        new((NcclGeneration.Ampere, "ampere"), (NcclGeneration.Hopper, "hopper"), (NcclGeneration.Blackwell, "blackwell"));
}
