using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>
/// What to change in a network's section for it to become buildable. One search for every network: keys are varied by
/// <see cref="NetworkChanges"/>, each change is sized, and what is named has been carried through the whole line with the rest of the file.
/// </summary>
/// <param name="spec">What was asked.</param>
/// <param name="pools">Pools, then services.</param>
/// <param name="judge">Asked whether links can be cabled at all, or null to size only.</param>
/// <param name="carry">Carries a changed file through: why it is no design, or null when it is one.</param>
/// <param name="build">Builds a changed file as <c>design</c> would, bills compared: what is said of it is said of that. Null for <paramref name="carry"/>.</param>
internal sealed class NearestNetwork(
    ClusterSpec spec,
    IReadOnlyList<PoolNodes> pools,
    ILinkJudge? judge,
    Func<ClusterSpec, Carried> carry,
    Func<ClusterSpec, Carried>? build = null
)
{
    /// <summary>Changes that are carried through at most.</summary>
    private const int MostCarried = 10;

    /// <summary>So many times the leaves that a network without reserved ports has is no longer what was meant.</summary>
    private const int LeavesOfReserve = 2;

    private readonly Dictionary<string, Carried> _tried = new(StringComparer.Ordinal);

    /// <summary>
    /// The change in words: <c>it works with backend.switch: nvidia-sn5610</c>; what stands in the way beyond this network where that is the
    /// rest of the file; or that no value of the keys that were varied works.
    /// </summary>
    public string Words(NetworkSection section)
    {
        NetworkChanges changes = new(section.Spec, Likes(section));
        return Search(section, changes.All(), out IReadOnlyList<string> tried)?.Words
            ?? (
                tried.Count > 0
                    ? $"no other value of {string.Join(", ", tried.Select(k => section.Key + "." + k))} that was tried works; "
                        + $"change the nodes' {section.Role} ports under catalog.nodes, or what the pools hold"
                    : $"no other {section.Key}.switch of the catalogue works; change the nodes' {section.Role} ports under catalog.nodes"
            );
    }

    /// <summary>The same for a network that was sized and for which some link found no cable; null where no change mends it.</summary>
    /// <param name="section">The network's section.</param>
    /// <param name="ofExternal">True where it is links to the outside that found none.</param>
    public NearestChange? OfCables(NetworkSection section, bool ofExternal) =>
        Search(section, new NetworkChanges(section.Spec, Likes(section)).ForCables(ofExternal), out _);

    /// <summary>The same for one whose leaves have no port left for services: how many to keep free.</summary>
    public string WordsOfReserve(NetworkSection section) =>
        Search(section, new NetworkChanges(section.Spec).MoreReserve(), out _)?.Words
        ?? $"no value of {section.Key}.reserve: {{leaf: ...}} that was tried works";

    /// <summary>The first of some changes that becomes a design: its keys, and what the network is built of in it; null where none does.</summary>
    /// <param name="section">The network's section.</param>
    /// <param name="changes">What it might say instead, in the order of preference.</param>
    /// <param name="serves">What must hold of its switches.</param>
    /// <param name="holds">What must hold of the network that is drawn.</param>
    public (string Keys, BuiltOf Built)? Tried(
        NetworkSection section,
        IEnumerable<FabricSpec> changes,
        Func<BuiltOf, bool> serves,
        Func<Network, bool> holds
    )
    {
        foreach (FabricSpec changed in changes)
        {
            if (
                section.Size(spec, changed, pools, judge) is { } built
                && serves(built)
                && NetworkKeys.InWords(section.Key, section.Spec, changed) is { Length: > 0 } keys
                && CarriedOf(keys, section.In(spec, changed)) is { Lacks: null, Network: { } network }
                && holds(network)
                && serves(Drawn(network, built))
                && (build is null ? network : build(section.In(spec, changed)).Network) is { } final
                && holds(final)
                && serves(Drawn(final, built))
            )
            {
                return (keys, Drawn(final, built));
            }
        }

        return null;

        // Cables, or the bill, may have asked for other switches than come first by size.
        BuiltOf Drawn(Network network, BuiltOf sized) =>
            network.Fabrics.FirstOrDefault(f => f.Role == section.Role) is { } fabric ? BuiltOf.Of(fabric) : sized;
    }

    // Remedies of several worries try the same changes; a change is known by its keys as a file writes them.
    private Carried CarriedOf(string keys, ClusterSpec changed)
    {
        if (!_tried.TryGetValue(keys, out Carried? known))
        {
            _tried[keys] = known = carry(changed);
        }

        return known;
    }

    private NearestChange? Search(NetworkSection section, IEnumerable<FabricSpec> changes, out IReadOnlyList<string> tried)
    {
        FabricSpec asked = section.Spec;
        HashSet<string> seen = [];
        List<string> keysTried = [];
        tried = keysTried;
        NearestChange? beyond = null;
        (FabricSpec Changed, BuiltOf Built)? largest = null;
        long lean = LeavesWithoutReserve(section);
        int left = MostCarried;
        foreach (FabricSpec changed in changes)
        {
            if (!seen.Add(NetworkKeys.InWords(section.Key, asked, changed)))
            {
                continue;
            }

            keysTried.AddRange(NetworkKeys.Changed(asked, changed).Select(k => k.Key).Where(k => !keysTried.Contains(k)));
            if (section.Size(spec, changed, pools, judge) is not { } built || Named(asked, changed, built) is not { } named)
            {
                continue;
            }

            if (named != changed && section.Size(spec, named, pools, judge) is null)
            {
                continue;
            }

            if (named.Reserve != asked.Reserve && named.Reserve.Leaf > 0 && lean > 0 && built.LeafCount > LeavesOfReserve * lean)
            {
                // Nearest, and leaves of which next to nothing is used: said beside a value with which the network stays as large as it was.
                largest ??= (named, built);
                continue;
            }

            left--;
            Carried carried = carry(section.In(spec, named));
            if (carried.Lacks is not null && named != changed && OtherThan(section, changed, named, ref left) is { } other)
            {
                (named, carried) = other;
            }

            string keys = NetworkKeys.InWords(section.Key, asked, named);
            if (carried.Lacks is not { } lacks)
            {
                return new($"it works with {keys}{Possible(section, largest)}", keys, named, IsDesign: true);
            }

            if (!carried.Errors.Any(section.IsBlamedBy))
            {
                string then = $"with {keys} this network works, and then {lacks.Id} stands in the way: {lacks.Message.Split("; ")[0]}";
                beyond ??= new(then, keys, named, IsDesign: false);
            }

            if (left <= 0)
            {
                break;
            }
        }

        return beyond;
    }

    /// <summary>
    /// Where the switches that come first for an opened tier become no design: those that the search arrives at, if they are others, by name.
    /// </summary>
    private (FabricSpec Named, Carried Carried)? OtherThan(NetworkSection section, FabricSpec opened, FabricSpec first, ref int left)
    {
        left--;
        if (
            carry(section.In(spec, opened)) is not { Lacks: null, Network: { } network }
            || network.Fabrics.FirstOrDefault(f => f.Role == section.Role) is not { } fabric
            || Named(section.Spec, opened, BuiltOf.Of(fabric)) is not { } named
            || named == first
        )
        {
            return null;
        }

        left--;
        return (named, carry(section.In(spec, named)));
    }

    private string Possible(NetworkSection section, (FabricSpec Changed, BuiltOf Built)? largest) =>
        largest is { } most && carry(section.In(spec, most.Changed)).Lacks is null
            ? $" ({NetworkKeys.InWords(section.Key, section.Spec, most.Changed)} works too, and takes {most.Built.InWords()})"
            : "";

    // Leaves that the network would have if no port stayed free; 0 where none stays free, or it cannot be sized so either.
    private long LeavesWithoutReserve(NetworkSection section) =>
        section.Spec.Reserve.Leaf > 0 ? section.Size(spec, section.Spec with { Reserve = new() }, pools, judge)?.LeafCount ?? 0 : 0;

    /// <summary>
    /// Where the file names a switch that does not speak Ethernet: the others of its protocol, its maker's first, those with ports most like its
    /// own before others.
    /// </summary>
    private string[] Likes(NetworkSection section)
    {
        if (
            section.Spec.LeafId is not { } id
            || !spec.Catalogue.Switches.TryGetValue(id, out SwitchModel? named)
            || named.Protocols is not { } spoken
            || spoken.Value.Contains(Protocol.Ethernet)
        )
        {
            return [];
        }

        double rate = named.Cages.Max(c => c.CageRate.Value.Gbps);
        return
        [
            .. spec
                .OpenSwitches.Where(s => s.Id != id && s.Cages.Count > 0 && s.Protocols is { } p && p.Value.Any(spoken.Value.Contains))
                .OrderBy(s => s.Vendor != named.Vendor)
                .ThenBy(s => Math.Abs(Math.Log(s.Cages.Max(c => c.CageRate.Value.Gbps) / rate)))
                .ThenBy(s => s.Id, StringComparer.Ordinal)
                .Select(s => s.Id),
        ];
    }

    /// <summary>A change whose opened tiers name the switches that were found; null where they cannot be named.</summary>
    private static FabricSpec? Named(FabricSpec asked, FabricSpec changed, BuiltOf built)
    {
        if (changed.LeafId == asked.LeafId && changed.SpineId == asked.SpineId && changed.SuperSpineId == asked.SuperSpineId)
        {
            return changed;
        }

        if (built.Leaves.Count == 0)
        {
            return null;
        }

        string leaf = built.Leaves[0].Model.Id;
        string? spine = built.Spine.Count > 0 ? built.Spine.Model.Id : null;
        string? super = built.SuperSpine.Count > 0 ? built.SuperSpine.Model.Id : null;
        bool oneModel = built.Leaves.Count == 1 && (spine ?? leaf) == leaf && (super ?? leaf) == leaf;
        bool bySwitch = asked is { Switch: not null, Leaf.Count: 0, Spine: null, SuperSpine: null };
        return oneModel && bySwitch
            ? changed with
            {
                Switch = leaf,
            }
            : changed with
            {
                Switch = asked.Switch,
                Leaf =
                    changed.LeafId is not null && changed.LeafId == asked.LeafId ? asked.Leaf : [.. built.Leaves.Select(l => l.Model.Id)],
                Spine = spine ?? asked.Spine,
                SuperSpine = super ?? asked.SuperSpine,
            };
    }
}
