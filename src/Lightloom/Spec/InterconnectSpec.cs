namespace Lightloom.Spec;

/// <summary>How interconnects are chosen.</summary>
public sealed record InterconnectSpec
{
    /// <summary>What decides within a class.</summary>
    [Key("objective", "What decides between products of one class.")]
    public InterconnectObjective Objective { get; init; } = InterconnectObjective.Cost;

    /// <summary>Fibre grades.</summary>
    [Key("fibre", "Grades of the installed fibre.")]
    public FibreSpec Fibre { get; init; } = new();

    /// <summary>The share of an optic's rated reach that may be used; assemblies are sold by length and not derated.</summary>
    [Key(
        "reach_derating",
        "Use at most this share of an optic's rated reach; assemblies are sold by length and not derated.",
        Minimum = 0,
        ExclusiveMinimum = true,
        Maximum = 1
    )]
    public double ReachDerating { get; init; } = 0.9;

    /// <summary>Kinds or ids never to use.</summary>
    [Key("exclude", "Kinds (dac, aoc ...) or ids never to use.", Example = "[aoc]")]
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Kinds that each tier may use, in order of preference.</summary>
    [Key("media", "Kinds that each tier may use, in order of preference, as in {host-leaf: [dac, aec], leaf-spine: [sr]}.")]
    public MediaSpec Media { get; init; } = new();

    /// <summary>Whether a kind of few links gives way to another of its tier, where one more kind would save less than it costs.</summary>
    [Key("fewer_kinds", "A kind of few links gives way to another of its tier where one more would save less than it costs.")]
    public bool FewerKinds { get; init; } = true;

    /// <summary>Spares kept, as a share of each product's count, rounded up.</summary>
    [Key("spares", "Spares as a share of each interconnect's count, rounded up to a whole one.", Minimum = 0, Maximum = 1)]
    public double Spares { get; init; } = 0.02;
}
