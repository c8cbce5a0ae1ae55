namespace Lightloom.Spec;

/// <summary>
/// The smallest number of switches a tier may have, as in <c>{leaf: 2, spine: 2}</c>. No tier has a minimum of two unless the file asks.
/// </summary>
[Shorthand]
public sealed record TierMinimums
{
    /// <summary>Leaves, a plane.</summary>
    [Key("leaf", "Fewest leaves in a plane.", Minimum = 1, Maximum = 16)]
    public int Leaf { get; init; } = 1;

    /// <summary>Spines, a plane or pod.</summary>
    [Key("spine", "Fewest spines in a plane or pod.", Minimum = 1, Maximum = 16)]
    public int Spine { get; init; } = 1;

    /// <summary>Super-spines, a plane.</summary>
    [Key("super_spine", "Fewest super-spines in a plane.", Minimum = 1, Maximum = 16)]
    public int SuperSpine { get; init; } = 1;
}
