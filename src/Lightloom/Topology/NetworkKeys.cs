using System.Globalization;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>Which keys of a network's section differ between two of its values, and how a file writes the second.</summary>
internal static class NetworkKeys
{
    /// <summary>The keys with the values that make <paramref name="asked"/> into <paramref name="changed"/>, in the section's order.</summary>
    public static IReadOnlyList<(string Key, string Value)> Changed(FabricSpec asked, FabricSpec changed)
    {
        List<(string Key, string Value)> keys = [];
        Add("switch", asked.Switch, changed.Switch, s => s ?? "auto");
        Add("leaf", ListOf(asked.Leaf), ListOf(changed.Leaf), l => l.Length == 0 ? "auto" : l);
        Add("spine", asked.Spine, changed.Spine, s => s ?? "auto");
        Add("super_spine", asked.SuperSpine, changed.SuperSpine, s => s ?? "auto");
        if (asked is BackendSpec was && changed is BackendSpec now)
        {
            Add("paradigm", was.Paradigm, now.Paradigm, p => p.ToWord());
            Add("planes", was.Planes, now.Planes, p => p.ToString());
            Add("plane_layout", was.PlaneLayout, now.PlaneLayout, l => l.ToWord());
            Add("rail_optimized", was.RailOptimized, now.RailOptimized, r => r ? "true" : "false");
            Add("scalable_unit_nodes", was.ScalableUnitNodes, now.ScalableUnitNodes, n => n is { } nodes ? Number(nodes) : "null");
        }

        if (asked is FrontendSpec before && changed is FrontendSpec after)
        {
            Add("homing", before.Homing, after.Homing, h => h?.ToWord() ?? "null");
        }

        Add("tiers", asked.Tiers, changed.Tiers, t => t.ToString());
        Add("oversubscription", asked.Oversubscription, changed.Oversubscription, o => Map(("leaf", o.Leaf), ("spine", o.Spine)));
        Add(
            "redundancy",
            asked.Redundancy,
            changed.Redundancy,
            r =>
                r.Leaf == r.Spine && r.Leaf == r.SuperSpine
                    ? Number(r.Leaf)
                    : Map(("leaf", Above(r.Leaf, 1)), ("spine", Above(r.Spine, 1)), ("super_spine", Above(r.SuperSpine, 1)))
        );
        Add(
            "reserve",
            asked.Reserve,
            changed.Reserve,
            r =>
                r.Leaf is { } every && r.Spine == every && r.SuperSpine == every
                    ? Number(every)
                    : Map(("leaf", (double?)r.Leaf), ("spine", r.Spine), ("super_spine", r.SuperSpine))
        );
        Add("external", Externals(asked), Externals(changed), e => e);
        Add("peer_links", asked.PeerLinks, changed.PeerLinks, n => Number(n));
        return keys;

        void Add<T>(string key, T from, T to, Func<T, string> write)
        {
            if (!EqualityComparer<T>.Default.Equals(from, to))
            {
                keys.Add((key, write(to)));
            }
        }
    }

    /// <summary>The same as a message says it: <c>backend.leaf: nvidia-sn5600, backend.tiers: 2</c>.</summary>
    /// <param name="section">The section's key.</param>
    /// <param name="asked">What the file says.</param>
    /// <param name="changed">What it would say.</param>
    public static string InWords(string section, FabricSpec asked, FabricSpec changed) =>
        string.Join(", ", Changed(asked, changed).Select(k => $"{section}.{k.Key}: {k.Value}"));

    private static string ListOf(IReadOnlyList<string> ids) => ids.Count > 1 ? $"[{string.Join(", ", ids)}]" : string.Concat(ids);

    private static string Externals(FabricSpec network) =>
        "["
        + string.Join(
            ", ",
            network.External.Select(e =>
                $"{{name: {e.Name}, tier: {e.Tier}, links: {Number(e.Links)}, rate_gbps: {Number(e.RateGbps)}{(e.Breakout ? ", breakout: true" : "")}}}"
            )
        )
        + "]";

    private static double? Above(int value, int least) => value > least ? value : null;

    private static string Map(params (string Key, double? Value)[] values) =>
        $"{{{string.Join(", ", values.Where(v => v.Value is not null).Select(v => $"{v.Key}: {Number(v.Value!.Value)}"))}}}";

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
