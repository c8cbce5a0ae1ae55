namespace Lightloom.Spec;

/// <summary>Ports that stay free on each switch of a tier, as in <c>{leaf: 2}</c>. Zero where the file is silent.</summary>
/// <remarks>They are ports towards the hosts (of a leaf) or towards the tier below (of spines), at the rate of the others.</remarks>
[Shorthand]
public sealed record TierReserve
{
    /// <summary>Downlinks kept free on each leaf, or null where the file is silent.</summary>
    [Key("leaf", "Ports for hosts kept free on each leaf.", Minimum = 0, Maximum = 1024, Example = "2")]
    public int? Leaf { get; init; }

    /// <summary>Downlinks kept free on each spine, or null where the file is silent.</summary>
    [Key("spine", "Ports for leaves kept free on each spine.", Minimum = 0, Maximum = 1024, Example = "2")]
    public int? Spine { get; init; }

    /// <summary>Downlinks kept free on each super-spine, or null where the file is silent.</summary>
    [Key("super_spine", "Ports for spines kept free on each super-spine.", Minimum = 0, Maximum = 1024, Example = "2")]
    public int? SuperSpine { get; init; }
}
