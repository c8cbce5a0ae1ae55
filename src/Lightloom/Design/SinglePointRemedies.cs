using Lightloom.Keys;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>
/// What would mend a single point of failure of one network: changes of its section that were carried through and did, those with the switches
/// that are built first. What the network becomes is said, since two of a switch may need another tier or another model.
/// </summary>
/// <param name="section">The network's section.</param>
/// <param name="fabric">The network as it is built.</param>
/// <param name="nearest">Tries changes.</param>
internal sealed class SinglePointRemedies(NetworkSection section, Fabric fabric, NearestNetwork nearest)
{
    private const int MostTogether = 3;

    private const int MostCarriedTogether = 9;

    /// <summary>A remedy of so many times the switches comes after one of fewer.</summary>
    private const double MostGrowth = 2;

    /// <summary>Switches of two leaves under three spines, of an odd number of uplinks: what any remedy may take.</summary>
    private const int LeastSize = 5;

    private static readonly int[] PeerLinks = [2, 4, 8];

    /// <summary>Leaves beyond those that are built, until nodes of a pool may come to lie on two.</summary>
    private static readonly int[] MoreLeaves = [1, 2];

    /// <summary>Planes over which NICs are divided.</summary>
    private static readonly int[] Halves = [2, 4];

    private readonly List<Finding> _findings = [];

    /// <summary>For a network of one leaf: two leaves under two spines, or a pair joined by peer links.</summary>
    public Finding ForOneLeaf() =>
        Add(
            asked =>
            {
                FabricSpec spined = asked with
                {
                    Redundancy = asked.Redundancy with
                    {
                        Leaf = Math.Max(2, asked.Redundancy.Leaf),
                        Spine = Math.Max(2, asked.Redundancy.Spine),
                    },
                    Tiers = asked.Tiers.Value == 1 ? AutoInt.Auto : asked.Tiers,
                };
                IEnumerable<FabricSpec> pairs = PeerLinks.Select(n => asked with { PeerLinks = n });
                // Peer links carry what two leaves exchange: too little for a backend, where they come when nothing else does.
                return asked is BackendSpec
                    ?
                    [
                        [spined, .. Tighter(spined)],
                        [.. pairs],
                    ]
                    :
                    [
                        [spined, .. pairs, .. Tighter(spined)],
                    ];
            },
            b => b.LeafCount >= 2 && b.Spine.Count != 1,
            _ => true,
            $"no {section.Key}.redundancy that was tried makes it two"
        );

    /// <summary>For several leaves under one spine.</summary>
    public Finding ForOneSpine() =>
        Add(
            asked =>
            {
                FabricSpec two = asked with { Redundancy = asked.Redundancy with { Spine = Math.Max(2, asked.Redundancy.Spine) } };
                return
                [
                    [two, .. Tighter(two)],
                ];
            },
            b => b.Spine.Count >= 2,
            _ => true,
            $"no {section.Key}.redundancy that was tried makes it two"
        );

    /// <summary>For planes of one leaf each, although spines are asked for, or more leaves.</summary>
    /// <param name="planes">Planes of the network.</param>
    public Finding ForPlanesOfOneLeaf(int planes) =>
        Add(
            asked =>
            {
                FabricSpec spined = asked with
                {
                    Redundancy = asked.Redundancy with
                    {
                        Leaf = Math.Max(2, asked.Redundancy.Leaf),
                        Spine = Math.Max(2, asked.Redundancy.Spine),
                    },
                    Tiers = asked.Tiers.Value == 1 ? AutoInt.Auto : asked.Tiers,
                };
                return
                [
                    [spined, .. Tighter(spined)],
                ];
            },
            b => b.LeafCount >= 2 * planes && b.Spine.Count >= 2 * planes,
            _ => true,
            $"no {section.Key}.redundancy that was tried gives it one"
        );

    /// <summary>For rails of one leaf each: a second leaf for each, or NICs that are divided over planes.</summary>
    /// <param name="built">The network as it is built.</param>
    public Finding ForRails(Fabric built)
    {
        int leaves = (int)BuiltOf.Of(built).LeafCount;
        return Add(
            asked =>
                asked is not BackendSpec backend
                    ? []
                    :
                    [
                        [.. SecondLeaves(backend, built, leaves)],
                        [.. DividedNics(backend)],
                    ],
            _ => true,
            n => SinglePoints.RailsOnOneLeaf(n, Same(n)) is null,
            $"no {section.Key}.redundancy or planes that was tried gives each a second leaf"
        );
    }

    private static IEnumerable<FabricSpec> SecondLeaves(BackendSpec asked, Fabric built, int leaves)
    {
        int inPlane = built.PlaneLayout == PlaneLayout.Rail ? leaves / built.Planes : leaves;
        FabricSpec more = asked with
        {
            Redundancy = asked.Redundancy with { Leaf = 2 * inPlane, Spine = Math.Max(2, asked.Redundancy.Spine) },
            Tiers = asked.Tiers.Value == 1 ? AutoInt.Auto : asked.Tiers,
            PeerLinks = 0,
        };
        return [more, .. Tighter(more)];
    }

    private static IEnumerable<FabricSpec> DividedNics(BackendSpec asked) =>
        Halves.Select(planes => asked with { Planes = new(planes), PlaneLayout = PlaneLayout.NicSplit });

    /// <summary>For a pool whose nodes hang on one leaf.</summary>
    /// <param name="pool">The pool's name.</param>
    /// <param name="ports">Ports of each of its nodes.</param>
    /// <param name="leaves">Leaves of the network.</param>
    public Finding ForPool(string pool, int ports, long leaves) =>
        Add(
            asked =>
                [
                    [
                        .. OnTwoLeaves(asked),
                        .. MoreLeaves.Select(more =>
                            asked with
                            {
                                Redundancy = asked.Redundancy with { Leaf = (int)Math.Max(asked.Redundancy.Leaf, leaves + more) },
                            }
                        ),
                    ],
                    [.. asked is BackendSpec backend ? DividedNics(backend) : []],
                ],
            _ => true,
            n => SinglePoints.PoolsOnOneLeaf(n, Same(n)).All(p => p.Pool.NamePrefix != pool),
            (ports == 1 ? "each has one port to it" : $"each has its {ports} ports on it")
                + $", and no {section.Key}.{(section.Spec is BackendSpec ? "rail_optimized, redundancy or planes" : "homing or redundancy")} that was tried parts them"
        );

    /// <summary>For trays whose ports end on one leaf.</summary>
    public Finding ForTrays() =>
        Add(
            asked => [OnTwoLeaves(asked)],
            _ => true,
            n => !SinglePoints.TraysOnOneLeaf(n, Same(n)).Any(),
            $"no {section.Key}.homing that was tried spreads them"
        );

    /// <summary>
    /// What mends each finding, in their order: where there are several, one change that mends all of them where one does, since remedies that work one
    /// by one need not work together.
    /// </summary>
    public IReadOnlyList<string> InWords()
    {
        if (_findings.Count > 1 && Together() is { } all)
        {
            return [.. _findings.Select(_ => all)];
        }

        return [.. _findings.Select(f => Tried(f.Changes(section.Spec), f.Serves, f.Holds) ?? f.Otherwise)];
    }

    private string? Together()
    {
        IEnumerable<FabricSpec> changes = [section.Spec];
        foreach (Finding finding in _findings)
        {
            // Of each finding the first ways: they multiply.
            changes = changes.SelectMany(c => finding.Changes(c).SelectMany(g => g).Take(MostTogether));
        }

        List<FabricSpec> tried = [.. changes.DistinctBy(c => NetworkKeys.InWords(section.Key, section.Spec, c)).Take(MostCarriedTogether)];
        return Tried([tried], b => _findings.TrueForAll(f => f.Serves(b)), n => _findings.TrueForAll(f => f.Holds(n))) is { } words
            ? words + " and has none of these"
            : null;
    }

    private Finding Add(
        Func<FabricSpec, IReadOnlyList<IReadOnlyList<FabricSpec>>> changes,
        Func<BuiltOf, bool> serves,
        Func<Network, bool> holds,
        string otherwise
    )
    {
        Finding finding = new(changes, serves, holds, otherwise);
        _findings.Add(finding);
        return finding;
    }

    private static List<FabricSpec> OnTwoLeaves(FabricSpec asked) =>
        asked switch
        {
            FrontendSpec frontend =>
            [
                frontend with
                {
                    Homing = Homing.Dual,
                    Tiers = frontend.Tiers.Value == 1 ? AutoInt.Auto : frontend.Tiers,
                },
            ],
            BackendSpec backend => [backend with { RailOptimized = !backend.RailOptimized }],
            _ => [],
        };

    private Fabric Same(Network other) => other.Fabrics.First(f => f.Role == fabric.Role);

    // A number of uplinks that divides by two takes two spines, where a spine for each uplink is too many.
    private static IEnumerable<FabricSpec> Tighter(FabricSpec start) =>
        new[] { 0.95, 0.9, 0.8, 0.75, 2.0 / 3 }
            .Select(share => Math.Round(start.LeafOversubscription * share, 2))
            .Where(ratio => ratio >= 1)
            .Select(ratio => start with { Oversubscription = start.Oversubscription with { Leaf = ratio } });

    /// <summary>
    /// The change of fewest keys, then of fewest leaves asked for; of those the first with few spines that keeps every model, then the first. Those
    /// of later groups come after, those with the models named last. Null where none mends it.
    /// </summary>
    private string? Tried(IReadOnlyList<IReadOnlyList<FabricSpec>> groups, Func<BuiltOf, bool> serves, Func<Network, bool> holds)
    {
        foreach (IReadOnlyList<FabricSpec> changes in groups)
        {
            // What makes the network a multiple of what it was is no remedy while another change does not. A spine for each of an odd number of
            // uplinks is one: a further key that makes the number even is not needed.
            foreach (Func<BuiltOf, bool> fits in (Func<BuiltOf, bool>[])[b => serves(b) && IsOfItsSize(b), serves])
            {
                foreach (IGrouping<(int, int), FabricSpec> alike in changes.GroupBy(Extent).OrderBy(g => g.Key))
                {
                    if (
                        (
                            nearest.Tried(section, alike, b => fits(b) && HasFewSpines(b) && KeepsModels(b), holds)
                            ?? nearest.Tried(section, alike, b => fits(b) && HasFewSpines(b), holds)
                            ?? nearest.Tried(section, alike, fits, holds)
                        ) is
                        { } least
                    )
                    {
                        return Words(least);
                    }
                }
            }
        }

        return nearest.Tried(section, groups.SelectMany(g => g).Select(Pinned), serves, holds) is { } pinned ? Words(pinned) : null;

        // Leaves beyond the two that any remedy has are more to ask for, under the same key.
        (int Keys, int Leaves) Extent(FabricSpec changed) =>
            (NetworkKeys.Changed(section.Spec, changed).Count, Math.Max(2, changed.Redundancy.Leaf));

        bool HasFewSpines(BuiltOf b) => b.Spine.Count <= Spines;

        static string Words((string Keys, BuiltOf Built) mended) => $"with {mended.Keys} it is {mended.Built.InWords()}";
    }

    /// <summary>Few spines: two in each plane, or as many as there are.</summary>
    private long Spines => Math.Max(2L * fabric.Planes, BuiltOf.Of(fabric).Spine.Count);

    private bool IsOfItsSize(BuiltOf built) =>
        built.LeafCount + built.Spine.Count
        <= Math.Max(LeastSize, MostGrowth * (BuiltOf.Of(fabric).LeafCount + BuiltOf.Of(fabric).Spine.Count));

    private string[] ModelsOf(Tier tier) => [.. fabric.Tiers.Where(t => t.Tier == tier).Select(t => t.Switch.Id).Distinct()];

    private bool KeepsModels(BuiltOf built)
    {
        string[] leaves = ModelsOf(Tier.Leaf),
            spines = ModelsOf(Tier.Spine);
        return built.Leaves.All(l => leaves.Contains(l.Model.Id))
            && (built.Spine.Count == 0 || (spines.Length > 0 ? spines : leaves).Contains(built.Spine.Model.Id));
    }

    /// <summary>A change with the models that are built named where the file leaves them open.</summary>
    private FabricSpec Pinned(FabricSpec change) =>
        change with
        {
            Leaf = change.LeafId is null ? ModelsOf(Tier.Leaf) : change.Leaf,
            Spine = change.SpineId ?? ModelsOf(Tier.Spine).Append(ModelsOf(Tier.Leaf)[0]).First(),
        };

    /// <summary>A single point of failure, and what would mend it.</summary>
    /// <param name="Changes">Ways to change a section, the preferred group first.</param>
    /// <param name="Serves">What must hold of the switches.</param>
    /// <param name="Holds">What must hold of the network that is drawn.</param>
    /// <param name="Otherwise">What is said where none mends it.</param>
    internal sealed record Finding(
        Func<FabricSpec, IReadOnlyList<IReadOnlyList<FabricSpec>>> Changes,
        Func<BuiltOf, bool> Serves,
        Func<Network, bool> Holds,
        string Otherwise
    );
}
