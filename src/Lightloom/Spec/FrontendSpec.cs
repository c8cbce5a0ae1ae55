namespace Lightloom.Spec;

/// <summary>The network of CPUs, storage, management and users.</summary>
public sealed record FrontendSpec : FabricSpec
{
    /// <summary>True unless the file says <c>frontend: {enabled: false}</c>.</summary>
    [Key("enabled", "false: no frontend network is designed.")]
    public bool Enabled { get; init; } = true;

    /// <summary>Homing of a node's ports, or null: dual where a node has two ports.</summary>
    [Key("homing", "single: a node's ports on one leaf; dual: on two.", Example = "dual")]
    public Homing? Homing { get; init; }

    /// <summary>The leaf's ratio: what the file says, else 3.</summary>
    public override double LeafOversubscription => Oversubscription.Leaf ?? 3;
}
