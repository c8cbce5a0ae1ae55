namespace Lightloom.Simulation.Model;

/// <summary>
/// What command lines, tables and JSON call the values of the engine's options. Transports and load balancings describe themselves.
/// </summary>
public static class OptionWords
{
    /// <summary>Which engine runs.</summary>
    public static WordTable<EngineKind> Engine { get; } =
        new((EngineKind.Packet, "packet"), (EngineKind.Fluid, "fluid"), (EngineKind.Hybrid, "hybrid"));

    /// <summary>How a link keeps its receiver from overflowing.</summary>
    public static WordTable<FlowControl> FlowControl { get; } =
        new((Model.FlowControl.None, "none"), (Model.FlowControl.Pfc, "pfc"), (Model.FlowControl.Cbfc, "cbfc"));

    /// <summary>How finely a cell fabric is simulated.</summary>
    public static WordTable<CellMode> CellMode { get; } = new((Model.CellMode.Cells, "true"), (Model.CellMode.Bursts, "bursts"));

    /// <summary>How a collective's data is divided over cards of different rates.</summary>
    public static WordTable<ShardRule> Shards { get; } = new((ShardRule.Equal, "equal"), (ShardRule.ByRate, "by-rate"));

    /// <summary>How jobs get their XPUs.</summary>
    public static WordTable<JobPlacement> Placement { get; } =
        new((JobPlacement.Blocks, "blocks"), (JobPlacement.Interleaved, "interleaved"));

    /// <summary>How a card with ports on several planes divides packets.</summary>
    public static WordTable<PlanePolicy> PlanePolicy { get; } =
        new(
            (Model.PlanePolicy.ShortestQueue, "shortest-queue"),
            (Model.PlanePolicy.Hash, "hash"),
            (Model.PlanePolicy.RoundRobin, "round-robin"),
            (Model.PlanePolicy.Credit, "credit"),
            (Model.PlanePolicy.WeightedEntropy, "weighted-entropy"),
            (Model.PlanePolicy.Rail, "rail"),
            (Model.PlanePolicy.Stripe, "stripe")
        );

    /// <summary>What a congestion state stands for.</summary>
    public static WordTable<CongestionState> CongestionState { get; } =
        new((Model.CongestionState.Global, "global"), (Model.CongestionState.PerPlane, "per-plane"));

    /// <summary>How cells are dealt to links.</summary>
    public static WordTable<SprayOrder> Spray { get; } = new((SprayOrder.ShuffledRoundRobin, "shuffled"), (SprayOrder.Random, "random"));

    /// <summary>What a virtual output queue may send before it is granted credit.</summary>
    public static WordTable<HungryPolicy> Hungry { get; } =
        new((HungryPolicy.None, "none"), (HungryPolicy.KeepRest, "keep-rest"), (HungryPolicy.TopUp, "top-up"));

    /// <summary>What a full virtual output queue does to its host.</summary>
    public static WordTable<VoqFullAction> VoqFull { get; } = new((VoqFullAction.Pause, "pause"), (VoqFullAction.Drop, "drop"));

    /// <summary>Among whom an egress port's credits go round.</summary>
    public static WordTable<CreditShare> CreditShare { get; } =
        new((Model.CreditShare.IngressPort, "port"), (Model.CreditShare.IngressSlice, "slice"));
}
