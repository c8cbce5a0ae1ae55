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
    private static readonly int[] PeerLinks = [2, 4, 8];

    /// <summary>For a network of one leaf: two leaves under two spines, or a pair joined by peer links.</summary>
    public string ForOneLeaf()
    {
        FabricSpec asked = section.Spec;
        FabricSpec spined = asked with
        {
            Redundancy = asked.Redundancy with { Leaf = Math.Max(2, asked.Redundancy.Leaf), Spine = Math.Max(2, asked.Redundancy.Spine) },
            Tiers = asked.Tiers.Value == 1 ? AutoInt.Auto : asked.Tiers,
        };
        List<FabricSpec> changes = [spined, .. Tighter(spined)];
        // Peer links carry what two leaves exchange: too little for a backend.
        changes.InsertRange(asked is BackendSpec ? changes.Count : 1, PeerLinks.Select(n => asked with { PeerLinks = n }));
        return Tried(
            changes,
            b => b.LeafCount >= 2 && b.Spine.Count != 1,
            _ => true,
            $"no {section.Key}.redundancy that was tried makes it two"
        );
    }

    /// <summary>For several leaves under one spine.</summary>
    public string ForOneSpine()
    {
        FabricSpec two = section.Spec with
        {
            Redundancy = section.Spec.Redundancy with { Spine = Math.Max(2, section.Spec.Redundancy.Spine) },
        };
        return Tried(
            [two, .. Tighter(two)],
            b => b.Spine.Count >= 2,
            _ => true,
            $"no {section.Key}.redundancy that was tried makes it two"
        );
    }

    /// <summary>For a pool whose nodes hang on one leaf.</summary>
    /// <param name="pool">The pool's name.</param>
    public string ForPool(string pool) =>
        Tried(
            [.. OnTwoLeaves(), section.Spec with { Redundancy = section.Spec.Redundancy with { Leaf = 2 } }],
            _ => true,
            n => SinglePoints.PoolsOnOneLeaf(n, Same(n)).All(p => p.Pool.NamePrefix != pool),
            "give its nodes a second port"
        );

    /// <summary>For trays whose ports end on one leaf.</summary>
    public string ForTrays() =>
        Tried(
            OnTwoLeaves(),
            _ => true,
            n => !SinglePoints.TraysOnOneLeaf(n, Same(n)).Any(),
            $"no {section.Key}.homing that was tried spreads them"
        );

    private List<FabricSpec> OnTwoLeaves() =>
        section.Spec switch
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

    // Two spines need a number of uplinks that divides by two.
    private static IEnumerable<FabricSpec> Tighter(FabricSpec start) =>
        new[] { 0.95, 0.9, 0.8, 0.75, 2.0 / 3 }
            .Select(share => Math.Round(start.LeafOversubscription * share, 2))
            .Where(ratio => ratio >= 1)
            .Select(ratio => start with { Oversubscription = start.Oversubscription with { Leaf = ratio } });

    /// <summary>
    /// The change of fewest keys with at most two spines, of those the first that keeps every model, then the first; after them those with more
    /// spines; those with the models named come last, else
    /// <paramref name="otherwise"/>.
    /// </summary>
    private string Tried(IReadOnlyList<FabricSpec> changes, Func<BuiltOf, bool> serves, Func<Network, bool> holds, string otherwise)
    {
        // A number of uplinks that two does not divide takes a spine for each: that is no remedy while another ratio has two.
        foreach (Func<BuiltOf, bool> fits in (Func<BuiltOf, bool>[])[b => serves(b) && b.Spine.Count <= 2, serves])
        {
            foreach (
                IGrouping<int, FabricSpec> alike in changes.GroupBy(c => NetworkKeys.Changed(section.Spec, c).Count).OrderBy(g => g.Key)
            )
            {
                if (
                    (nearest.Tried(section, alike, b => fits(b) && KeepsModels(b), holds) ?? nearest.Tried(section, alike, fits, holds)) is
                    { } least
                )
                {
                    return Words(least);
                }
            }
        }

        return nearest.Tried(section, changes.Select(Pinned), serves, holds) is { } pinned ? Words(pinned) : otherwise;

        static string Words((string Keys, BuiltOf Built) mended) => $"with {mended.Keys} it is {mended.Built.InWords()}";
    }

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
}
