using Lightloom.Diagnostics;

namespace Lightloom.Spec;

/// <summary>What backend, frontend and management networks have in common: their switches, tiers and oversubscription.</summary>
public abstract record FabricSpec
{
    /// <summary>The switch of every tier, or null for Lightloom's choice.</summary>
    [Key("switch", "Catalogue id of the switch of every tier; auto or absent: the cheapest feasible one.", Example = "auto")]
    public string? Switch { get; init; }

    /// <summary>The leaf's switch, overriding <see cref="Switch"/>; of several, each group of hosts takes the first that serves its rate.</summary>
    [Key(
        "leaf",
        "Catalogue id of the leaf switch, or several: each group of hosts takes the first that serves its rate.",
        Example = "nvidia-sn5600",
        OneOrMany = true
    )]
    public IReadOnlyList<string> Leaf { get; init; } = [];

    /// <summary>The spine's (or fabric element's) switch, overriding <see cref="Switch"/>.</summary>
    [Key("spine", "Catalogue id of the spine switch or fabric element.", Example = "nvidia-sn5600")]
    public string? Spine { get; init; }

    /// <summary>The super-spine's switch, overriding <see cref="Switch"/>.</summary>
    [Key("super_spine", "Catalogue id of the super-spine switch.", Example = "nvidia-sn5600")]
    public string? SuperSpine { get; init; }

    /// <summary>1, 2 or 3 tiers, or auto. 2 always builds a spine.</summary>
    [Key("tiers", "1, 2, 3 or auto; 2 always builds a spine, auto drops it when one leaf serves all.", Minimum = 1, Maximum = 3)]
    public AutoInt Tiers { get; init; }

    /// <summary>Downlink capacity over uplink capacity of a fully used switch.</summary>
    [Key("oversubscription", "Downlink capacity over uplink capacity of a fully used switch, by tier.")]
    public TierValues Oversubscription { get; init; } = new();

    /// <summary>The leaf's ratio: what the file says, else 1.</summary>
    public virtual double LeafOversubscription => Oversubscription.Leaf ?? 1;

    /// <summary>The spine's ratio: what the file says, else 1.</summary>
    public double SpineOversubscription => Oversubscription.Spine ?? 1;

    /// <summary>Smallest numbers of switches a tier. A bare number in the file holds for every tier that exists.</summary>
    [Key("redundancy", "Fewest switches in a tier: a number for every tier, or {leaf: 2, spine: 2, super_spine: 2}.")]
    public TierMinimums Redundancy { get; init; } = new();

    /// <summary>Ports kept free on each switch of a tier; sizing counts them as not available.</summary>
    [Key("reserve", "Ports kept free on each switch of a tier: a number for every tier, or {leaf: 2, spine: 2, super_spine: 2}.")]
    public TierReserve Reserve { get; init; } = new();

    /// <summary>Links to what is outside the design.</summary>
    [Key("external", "Links to what is outside the design: border, WAN, core.")]
    public IReadOnlyList<ExternalSpec> External { get; init; } = [];

    /// <summary>Links between the two leaves of a network without spine, or 0 for none.</summary>
    [Key("peer_links", "Links between the two leaves of a network that has no spine.", Minimum = 0, Maximum = 256, Example = "4")]
    public int PeerLinks { get; init; }

    /// <summary>True when no switch of another network stands in a rack of this network's switches.</summary>
    [Key(
        "own_racks",
        "true: the racks of this network's switches hold no switch of another network; management leaves stand in what they serve all the same."
    )]
    public bool OwnRacks { get; init; }

    /// <summary>Where the section starts, or its would-be place.</summary>
    public SourceMark Mark { get; init; }

    /// <summary>Id of the leaf switch asked for, or null.</summary>
    public string? LeafId => Leaf.Select(Named).FirstOrDefault(l => l is not null) ?? Named(Switch);

    /// <summary>Ids of further leaf switches asked for, after <see cref="LeafId"/>.</summary>
    public IReadOnlyList<string> MoreLeafIds => [.. Leaf.Select(Named).OfType<string>().Skip(1)];

    /// <summary>Id of the spine switch asked for, or null.</summary>
    public string? SpineId => Named(Spine) ?? Named(Switch);

    /// <summary>Id of the super-spine switch asked for, or null.</summary>
    public string? SuperSpineId => Named(SuperSpine) ?? Named(Switch);

    /// <summary>Ids of the switches that the section names.</summary>
    public IEnumerable<string> NamedSwitches => Leaf.Concat([Switch, Spine, SuperSpine]).Select(Named).OfType<string>();

    private static string? Named(string? id) => id is null or "auto" ? null : id;
}
