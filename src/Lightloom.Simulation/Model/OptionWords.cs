namespace Lightloom.Simulation.Model;

/// <summary>
/// What command lines, tables and JSON call the values of the engine's options. Transports and load balancings describe themselves.
/// </summary>
public static class OptionWords
{
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
