using System.Collections.Immutable;
using Lightloom.Cabling;
using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Design;

/// <summary>
/// What a fabric's paths take without load: NIC, forward error correction and modules, cable at its real length, switches.
/// </summary>
/// <remarks>The shortest path turns at one leaf over the quickest host cables, the typical one goes to the top tier over cables of median
/// length, the longest over the slowest cable of every tier: the longest cable is not always the slowest, as copper is quicker than optics.
/// Serialisation is left out: it depends on the message. docs/models/latency.md has the equation.</remarks>
public sealed class LatencyBudget
{
    /// <summary>The fabric.</summary>
    public required FabricRole Fabric { get; init; }

    /// <summary>The shortest path.</summary>
    public required LatencyPath Shortest { get; init; }

    /// <summary>The typical path.</summary>
    public required LatencyPath Typical { get; init; }

    /// <summary>The longest path.</summary>
    public required LatencyPath Longest { get; init; }

    /// <summary>Computes the budget of one fabric; null when it has no cabled host links.</summary>
    public static LatencyBudget? Of(Fabric fabric, CablePlan cables, Catalogue catalogue)
    {
        List<TierCables> tiers = [];
        foreach (
            (Tier from, Tier to) in new[]
            {
                (Tier.Host, Tier.Leaf),
                (Tier.Leaf, Tier.Leaf),
                (Tier.Leaf, Tier.Spine),
                (Tier.Spine, Tier.SuperSpine),
            }
        )
        {
            LinkClass[] classes = [.. fabric.LinkClasses.Where(c => c.From == from && c.To == to)];
            if (classes.Sum(c => (long)c.Links.Length) > 0)
            {
                tiers.Add(TierCables.Of(classes, cables, catalogue));
            }
        }

        if (tiers.Count == 0 || tiers.Any(t => t.Products.Any(p => p is null)))
        {
            return null;
        }

        (int shortest, int typical, int longest) =
            fabric.Paths == PathRule.Shortest ? fabric.Hops : (1, (2 * tiers.Count) - 1, (2 * tiers.Count) - 1);
        return new()
        {
            Fabric = fabric.Role,
            Shortest = Path(fabric, tiers, catalogue, "shortest", 0, shortest),
            Typical = Path(fabric, tiers, catalogue, "typical", 1, typical),
            Longest = Path(fabric, tiers, catalogue, "longest", 2, longest),
        };
    }

    /// <summary>A path over so many switches, with the quickest (0), median (1) or slowest (2) cables.</summary>
    private static LatencyPath Path(Fabric fabric, List<TierCables> tiers, Catalogue catalogue, string name, int which, int switches)
    {
        bool upDown = fabric.Paths == PathRule.UpDown;
        int height = upDown ? (switches + 1) / 2 : Math.Min(switches, tiers.Count);
        List<LatencyTerm> terms = [];
        Figure<SimTime> nic = catalogue.Nanoseconds("nic-ns");
        terms.Add(new("NIC, sending and receiving", nic.Value, 2, nic.Citation, nic.IsAssumed));
        double metres = 0;
        for (int t = 0; t < height; t++)
        {
            // Up and down, a path has two links of every tier; elsewhere two at the hosts and the rest between switches.
            int times = upDown || t == 0 ? 2 : switches - 1;
            metres += times * AddLink(terms, tiers[t], which, LinkName(fabric, t), times, catalogue).Metres;
        }

        for (int t = 0; t < (upDown ? height : 1); t++)
        {
            // Of a tier of several models the slowest.
            Tier tier = (Tier)((int)Tier.Leaf + t);
            SwitchModel model = fabric
                .Tiers.Where(s => s.Tier == tier)
                .Select(s => s.Switch)
                .MaxBy(s => LinkLatency.OfSwitch(s, catalogue).Each)!;
            (SimTime each, string source, bool assumed) = LinkLatency.OfSwitch(model, catalogue);
            int times = upDown ? (t == height - 1 ? 1 : 2) : switches;
            terms.Add(new($"switch {model.Id} ({tier.ToWord()})", each, times, source, assumed));
        }

        return new(name, Description(upDown, switches), switches, metres, terms);
    }

    private static Length AddLink(List<LatencyTerm> terms, TierCables tier, int which, string link, int times, Catalogue catalogue)
    {
        LinkProduct product = tier.Products[which]!;
        Length length = Length.FromMillimetres(tier.Lengths[which]);
        if (LinkLatency.Fec(product, catalogue) is { } fec)
        {
            terms.Add(new($"{link}: FEC", fec.Value, times, fec.Citation, fec.IsAssumed));
        }

        terms.Add(LinkLatency.Electronics(link, product, catalogue) with { Times = times });
        Figure<SimTime> perMetre = LinkLatency.PropagationPerMetre(product, catalogue);
        string cable = FormattableString.Invariant($"{link}: {length.Metres:0.0} m of cable at {perMetre.Value.Nanoseconds:0.##} ns/m");
        terms.Add(
            new(cable, SimTime.FromNanoseconds(length.Metres * perMetre.Value.Nanoseconds), times, perMetre.Citation, perMetre.IsAssumed)
        );
        return length;
    }

    private static string LinkName(Fabric fabric, int tier) =>
        tier switch
        {
            0 => "host link",
            1 => fabric.Paths == PathRule.UpDown ? "leaf-spine link" : "leaf-leaf link",
            _ => "spine-super-spine link",
        };

    private static string Description(bool upDown, int switches) =>
        !upDown ? $"host, {string.Join(", ", Enumerable.Repeat("leaf", switches))}, host"
        : switches == 1 ? "host, leaf, host"
        : switches == 3 ? "host, leaf, spine, leaf, host"
        : "host, leaf, spine, super-spine, spine, leaf, host";

    /// <summary>The quickest cable of a tier, the one of median length, and the slowest, with their products.</summary>
    private sealed record TierCables(int[] Lengths, LinkProduct?[] Products)
    {
        public static TierCables Of(LinkClass[] classes, CablePlan cables, Catalogue catalogue)
        {
            // Of one product the shortest cable is the quickest; products are compared by time.
            int[] least = new int[cables.Products.Count];
            int[] most = new int[cables.Products.Count];
            Array.Fill(least, int.MaxValue);
            Array.Fill(most, -1);
            int max = 0;
            foreach (LinkClass c in classes)
            {
                ImmutableArray<int> lengths = cables.LengthOfLink[c.Index];
                ImmutableArray<int> cableOf = cables.CableOfLink[c.Index];
                for (int i = 0; i < lengths.Length; i++)
                {
                    max = Math.Max(max, lengths[i]);
                    int product = cables.Cables[cableOf[i]].Product;
                    if (product < 0)
                    {
                        return new([0, 0, 0], [null, null, null]);
                    }

                    least[product] = Math.Min(least[product], lengths[i]);
                    most[product] = Math.Max(most[product], lengths[i]);
                }
            }

            int[] used = [.. Enumerable.Range(0, most.Length).Where(p => most[p] >= 0)];
            int quickest = used.MinBy(p => (LinkLatency.Of(cables.Products[p], least[p], catalogue), least[p]));
            int slowest = used.MaxBy(p => (LinkLatency.Of(cables.Products[p], most[p], catalogue), most[p]));
            (int median, LinkProduct? typical) = Median(classes, cables, max);
            return new([least[quickest], median, most[slowest]], [cables.Products[quickest], typical, cables.Products[slowest]]);
        }

        /// <summary>The median by counting centimetres: lengths are many, values few.</summary>
        private static (int Length, LinkProduct? Product) Median(LinkClass[] classes, CablePlan cables, int max)
        {
            int[] histogram = new int[(max / 10) + 1];
            foreach (LinkClass c in classes)
            {
                foreach (int length in cables.LengthOfLink[c.Index])
                {
                    histogram[length / 10]++;
                }
            }

            long count = classes.Sum(c => (long)c.Links.Length);
            long seen = 0;
            int bin = 0;
            while ((seen += histogram[bin]) * 2 < count)
            {
                bin++;
            }

            return First(classes, cables, bin * 10, 10);
        }

        private static (int Length, LinkProduct? Product) First(LinkClass[] classes, CablePlan cables, int from, int width)
        {
            foreach (LinkClass c in classes)
            {
                ImmutableArray<int> lengths = cables.LengthOfLink[c.Index];
                ImmutableArray<int> cableOf = cables.CableOfLink[c.Index];
                for (int i = 0; i < lengths.Length; i++)
                {
                    if (lengths[i] >= from && lengths[i] < from + width)
                    {
                        int product = cables.Cables[cableOf[i]].Product;
                        return (lengths[i], product >= 0 && product < cables.Products.Count ? cables.Products[product] : null);
                    }
                }
            }

            return (from, null);
        }
    }
}
