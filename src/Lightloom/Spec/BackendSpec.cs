namespace Lightloom.Spec;

/// <summary>The XPU-to-XPU network.</summary>
public sealed record BackendSpec : FabricSpec
{
    /// <summary>Who schedules.</summary>
    [Key("paradigm", "Who schedules the traffic: the NICs, or the fabric's switches.")]
    public Paradigm Paradigm { get; init; } = Paradigm.EndpointScheduled;

    /// <summary>The kind of network: the name of a topology family.</summary>
    [Key("topology", "Kind of network; clos is leaves, spines and super-spines.", Example = "clos")]
    public string Topology { get; init; } = "clos";

    /// <summary>Number of planes, 1 to 16, or auto.</summary>
    [Key("planes", "Number of planes, 1 to 16, or auto.", Minimum = 1, Maximum = 16)]
    public AutoInt Planes { get; init; } = new(1);

    /// <summary>How planes are cut.</summary>
    [Key("plane_layout", "How several planes are cut: by NIC lanes, by rail, or by pods of XPUs.")]
    public PlaneLayout PlaneLayout { get; init; } = PlaneLayout.NicSplit;

    /// <summary>XPUs a pod plane, or null for 4,096 to 10,240 as fits.</summary>
    [Key("plane_xpus", "XPUs in each plane of the layout pods.", Minimum = 1, Maximum = 16_777_216, Example = "10240")]
    public int? PlaneXpus { get; init; }

    /// <summary>True when NIC i of every node of a unit ends on the same leaf.</summary>
    [Key("rail_optimized", "NIC i of every node of a unit on the same leaf.")]
    public bool RailOptimized { get; init; } = true;

    /// <summary>Nodes of a scalable unit, or null for as many as a leaf can serve.</summary>
    [Key(
        "scalable_unit_nodes",
        "Nodes of a scalable unit; the fabric is built for whole units, the last may be part empty.",
        Minimum = 1,
        Maximum = 4_194_304,
        Example = "32"
    )]
    public int? ScalableUnitNodes { get; init; }

    /// <summary>Load balancing, as <c>simulate --load-balancing</c> names it, or null: what fits the transport.</summary>
    [Key(
        "load_balancing",
        "Load balancing of every command that simulates; when absent ecmp for transports whose packets must arrive in order, else oblivious.",
        OneOf = "ecmp|flowlet|oblivious|bitmap|reps|mixed|switch-rr|switch-ar|switch-ar-flow",
        Example = "oblivious"
    )]
    public string? LoadBalancing { get; init; }

    /// <summary>Transport, as <c>simulate --transport</c> names it, or null: what fits the fabric.</summary>
    [Key(
        "transport",
        "Transport of every command that simulates; when absent nscc, or roce over a switch-scheduled fabric.",
        OneOf = "nscc|rccc|nscc+rccc|ndp|eqds|dcqcn|roce|hpcc|swift|timely|fixed-window|ideal",
        Example = "nscc"
    )]
    public string? Transport { get; init; }

    /// <summary>True unless the file says <c>backend: {enabled: false}</c>.</summary>
    [Key("enabled", "false: no backend network is designed.")]
    public bool Enabled { get; init; } = true;
}
