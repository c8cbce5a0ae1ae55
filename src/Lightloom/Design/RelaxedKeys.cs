using Lightloom.Cabling;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>
/// Where no single key mends links that nothing serves: the keys of the file that together leave no cable, as few of them as can be given up.
/// </summary>
internal static class RelaxedKeys
{
    /// <summary>
    /// The keys with their widest values, as a file writes them; null where even all of them together become no design. None of them can be left
    /// as the file has it: each was tried with the others given up.
    /// </summary>
    /// <param name="spec">What was asked.</param>
    /// <param name="blamed">The networks that find no cables.</param>
    /// <param name="works">True when a changed file is a design.</param>
    public static string? Of(ClusterSpec spec, IReadOnlyList<NetworkSection> blamed, Func<ClusterSpec, bool> works)
    {
        List<(string Keys, Func<ClusterSpec, ClusterSpec> In)> given = [.. All(spec, blamed)];
        if (given.Count < 2 || !works(In(given)))
        {
            return null;
        }

        // What shapes the site and the network is kept before what only forbids products.
        for (int i = given.Count - 1; i >= 0 && given.Count > 1; i--)
        {
            (string Keys, Func<ClusterSpec, ClusterSpec> In)[] others = [.. given.Where((_, at) => at != i)];
            if (works(In(others)))
            {
                given.RemoveAt(i);
            }
        }

        return string.Join(", ", given.Select(g => g.Keys));

        ClusterSpec In(IEnumerable<(string Keys, Func<ClusterSpec, ClusterSpec> In)> changes) =>
            changes.Aggregate(spec, (file, change) => change.In(file));
    }

    private static IEnumerable<(string Keys, Func<ClusterSpec, ClusterSpec> In)> All(ClusterSpec spec, IReadOnlyList<NetworkSection> blamed)
    {
        InterconnectSpec interconnect = spec.Interconnect;
        if (interconnect.Exclude.Count > 0)
        {
            yield return ("interconnect.exclude: []", file => file with { Interconnect = file.Interconnect with { Exclude = [] } });
        }

        if (interconnect.Media.ByTier.Count > 0)
        {
            yield return ("interconnect.media: {}", file => file with { Interconnect = file.Interconnect with { Media = new() } });
        }

        if (interconnect.ReachDerating < 1)
        {
            yield return (
                "interconnect.reach_derating: 1",
                file => file with { Interconnect = file.Interconnect with { ReachDerating = 1 } }
            );
        }

        if (PanelKeys.Without(spec.Floor) is { Keys.Length: > 0 } bare)
        {
            yield return (bare.Keys, file => file with { Floor = PanelKeys.Without(file.Floor).Floor });
        }

        foreach (NetworkSection section in blamed.Where(s => s.Spec.NamedSwitches.Any()))
        {
            FabricSpec open = section.Spec with { Switch = null, Leaf = [], Spine = null, SuperSpine = null };
            yield return (NetworkKeys.InWords(section.Key, section.Spec, open), file => section.In(file, open));
        }
    }
}
