namespace Lightloom.Spec;

/// <summary>One number for each tier, as in <c>{leaf: 1.0, spine: 1.0}</c>; null where the file is silent.</summary>
public sealed record TierValues
{
    /// <summary>The leaf's number.</summary>
    [Key("leaf", "The leaf tier's value.", Minimum = 0, ExclusiveMinimum = true, Maximum = 1000, Example = "1.0")]
    public double? Leaf { get; init; }

    /// <summary>The spine's number.</summary>
    [Key("spine", "The spine tier's value.", Minimum = 0, ExclusiveMinimum = true, Maximum = 1000, Example = "1.0")]
    public double? Spine { get; init; }
}
