namespace Lightloom.Spec;

/// <summary>
/// The kinds of interconnect that each tier may use, in order of preference, as in <c>{host-leaf: [dac, aec]}</c>; empty for any, in the order of
/// the distance classes. The management network takes what serves.
/// </summary>
public sealed record MediaSpec
{
    /// <summary>Kinds for links between hosts and leaves.</summary>
    [Key(
        "host-leaf",
        "Kinds that links between hosts and leaves may use, in order of preference.",
        OneOrMany = true,
        Example = "[dac, aec]"
    )]
    public IReadOnlyList<string> HostLeaf { get; init; } = [];

    /// <summary>Kinds for links between the two leaves of a pair.</summary>
    [Key(
        "leaf-leaf",
        "Kinds that links between the two leaves of a pair may use, in order of preference.",
        OneOrMany = true,
        Example = "[dac, sr]"
    )]
    public IReadOnlyList<string> LeafLeaf { get; init; } = [];

    /// <summary>Kinds for links between leaves and spines.</summary>
    [Key("leaf-spine", "Kinds that links between leaves and spines may use, in order of preference.", OneOrMany = true, Example = "[sr]")]
    public IReadOnlyList<string> LeafSpine { get; init; } = [];

    /// <summary>Kinds for links between spines and super-spines.</summary>
    [Key(
        "spine-super-spine",
        "Kinds that links between spines and super-spines may use, in order of preference.",
        OneOrMany = true,
        Example = "[dr]"
    )]
    public IReadOnlyList<string> SpineSuperSpine { get; init; } = [];

    /// <summary>Kinds for links from leaves to what is outside.</summary>
    [Key(
        "leaf-external",
        "Kinds that links from leaves to what is outside may use, in order of preference.",
        OneOrMany = true,
        Example = "[fr, lr]"
    )]
    public IReadOnlyList<string> LeafExternal { get; init; } = [];

    /// <summary>Kinds for links from spines to what is outside.</summary>
    [Key(
        "spine-external",
        "Kinds that links from spines to what is outside may use, in order of preference.",
        OneOrMany = true,
        Example = "[fr, lr]"
    )]
    public IReadOnlyList<string> SpineExternal { get; init; } = [];

    /// <summary>Kinds for links from super-spines to what is outside.</summary>
    [Key(
        "super-spine-external",
        "Kinds that links from super-spines to what is outside may use, in order of preference.",
        OneOrMany = true,
        Example = "[fr, lr]"
    )]
    public IReadOnlyList<string> SuperSpineExternal { get; init; } = [];

    /// <summary>The kinds of every tier that the file says, by its word.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ByTier =>
        new (string Tier, IReadOnlyList<string> Kinds)[]
        {
            ("host-leaf", HostLeaf),
            ("leaf-leaf", LeafLeaf),
            ("leaf-spine", LeafSpine),
            ("spine-super-spine", SpineSuperSpine),
            ("leaf-external", LeafExternal),
            ("spine-external", SpineExternal),
            ("super-spine-external", SuperSpineExternal),
        }
            .Where(t => t.Kinds.Count > 0)
            .ToDictionary(t => t.Tier, t => t.Kinds);

    /// <summary>The same with the kinds of one tier set.</summary>
    /// <param name="tier">The tier's word, as in <see cref="ByTier"/>.</param>
    /// <param name="kinds">Its kinds.</param>
    internal MediaSpec With(string tier, IReadOnlyList<string> kinds) =>
        tier switch
        {
            "host-leaf" => this with { HostLeaf = kinds },
            "leaf-leaf" => this with { LeafLeaf = kinds },
            "leaf-spine" => this with { LeafSpine = kinds },
            "spine-super-spine" => this with { SpineSuperSpine = kinds },
            "leaf-external" => this with { LeafExternal = kinds },
            "spine-external" => this with { SpineExternal = kinds },
            "super-spine-external" => this with { SuperSpineExternal = kinds },
            _ => this,
        };
}
