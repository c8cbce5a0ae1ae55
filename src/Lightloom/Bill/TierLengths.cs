using Lightloom.Cabling;
using Lightloom.Topology;

namespace Lightloom.Bill;

/// <summary>How long the links between two tiers are: assumed from the size of a cluster, or measured on one that was placed.</summary>
/// <remarks>Immutable; safe to use from several threads.</remarks>
internal sealed class TierLengths
{
    /// <summary>Lengths that stand for all of a tier's.</summary>
    private const int Samples = 12;

    private static readonly double[] Spread = [0.5, 0.8, 1.1, 1.6];

    private readonly Dictionary<(Tier From, Tier To, bool IsTop), LengthShare[]> _byTier;
    private readonly double _racks;

    private TierLengths(Dictionary<(Tier From, Tier To, bool IsTop), LengthShare[]> byTier, double racks) =>
        (_byTier, _racks) = (byTier, racks);

    /// <summary>True where links of the topmost tiers are expected to pass panels between halls.</summary>
    public bool CrossesHalls { get; private init; }

    /// <summary>
    /// What is assumed before anything is placed: the middle of each tier by the number of racks, as the floors of the examples have it, and
    /// lengths from half of it to eight fifths.
    /// </summary>
    /// <param name="racks">Racks of all kinds, about.</param>
    /// <param name="crossesHalls">True where they fill several halls that panels part.</param>
    public static TierLengths Assumed(double racks, bool crossesHalls) => new([], racks) { CrossesHalls = crossesHalls };

    /// <summary>What a network has that is placed and cabled: of every tier as many lengths as stand for all.</summary>
    /// <param name="network">Links.</param>
    /// <param name="cables">Their lengths and panels.</param>
    /// <param name="fabric">The fabric whose links are measured.</param>
    /// <param name="racks">Racks, for tiers that this fabric has not.</param>
    public static TierLengths Measured(Network network, CablePlan cables, FabricRole fabric, int racks)
    {
        LinkClass[] classes = [.. network.LinkClasses.Where(c => c.Fabric == fabric)];
        bool threeTiers = Array.Exists(classes, c => c.To == Tier.SuperSpine);
        Dictionary<(Tier, Tier, bool), LengthShare[]> byTier = [];
        foreach (IGrouping<(Tier From, Tier To), LinkClass> tier in classes.GroupBy(c => (c.From, c.To)))
        {
            bool isTop = tier.Key.To == Tier.SuperSpine || (tier.Key.To == Tier.Spine && !threeTiers);
            byTier[KeyOf(tier.Key.From, tier.Key.To, isTop)] = Of([.. tier], cables);
        }

        return new(byTier, racks);
    }

    /// <summary>The lengths of the links between two tiers; shares add up to 1.</summary>
    /// <param name="from">The lower tier.</param>
    /// <param name="to">The upper one.</param>
    /// <param name="isTop">True for the topmost two of spines: of two tiers as far as of three.</param>
    public IReadOnlyList<LengthShare> Of(Tier from, Tier to, bool isTop)
    {
        if (_byTier.TryGetValue(KeyOf(from, to, isTop), out LengthShare[]? known) && known.Length > 0)
        {
            return known;
        }

        double middle = MiddleMetres(from, to, isTop);
        return [.. Spread.Select(s => new LengthShare((int)(s * middle * 1000), 0, 0, 0, 1.0 / Spread.Length))];
    }

    private static (Tier, Tier, bool) KeyOf(Tier from, Tier to, bool isTop) =>
        isTop ? (Tier.Leaf, Tier.SuperSpine, true) : (from, to, false);

    // Medians of the examples and of clusters of 4 to 4,558 racks: 3.8 m from hosts to leaves in 4 racks, 10 to 16 from 30 racks on, where
    // units of leaves stand with their nodes; 1.4 to 6 m to spines within a few rows, 50 m to the topmost ones of 554 racks and 141 of 4,558,
    // and 14 m to spines of a pod there.
    private double MiddleMetres(Tier from, Tier to, bool isTop) =>
        (from, to) switch
        {
            (Tier.Host, _) => Math.Clamp(3 + (0.25 * _racks), 3, 13),
            (_, Tier.External) => 20,
            (Tier.Leaf, Tier.Leaf) => 1.5,
            _ when _racks <= 250 => Math.Min(5.7, 1.2 + (_racks / 20)),
            _ => isTop ? 2.1 * Math.Sqrt(_racks) : 12,
        };

    private static LengthShare[] Of(IReadOnlyList<LinkClass> classes, CablePlan cables)
    {
        Dictionary<(int Metre, int Panels), (long Count, double Length, double CordA, double CordZ)> counted = [];
        foreach (LinkClass c in classes)
        {
            ReadOnlySpan<int> lengths = cables.LengthOfLink[c.Index].AsSpan();
            ReadOnlySpan<int> cableOf = cables.CableOfLink[c.Index].AsSpan();
            for (int i = 0; i < lengths.Length; i++)
            {
                int panels = cableOf[i] >= 0 ? cables.PanelsOf(cableOf[i]) : 0;
                PatchedOrder? order = panels > 0 ? cables.Patches?.Of(c, i) : null;
                int length = order?.Sum ?? lengths[i];
                (int, int) key = ((length + 499) / 1000, order is null ? 0 : panels);
                (long count, double sum, double a, double z) = counted.GetValueOrDefault(key);
                counted[key] = (count + 1, sum + length, a + (order?.CordA ?? 0), z + (order?.CordZ ?? 0));
            }
        }

        long all = counted.Values.Sum(c => c.Count);
        List<LengthShare> shares = [];
        foreach (var panels in counted.GroupBy(c => c.Key.Panels).OrderBy(g => g.Key))
        {
            shares.AddRange(Quantiles([.. panels.OrderBy(p => p.Key.Metre).Select(p => p.Value)], panels.Key, all));
        }

        return [.. shares];
    }

    // Neighbouring lengths are taken together until they are a twelfth of all.
    private static IEnumerable<LengthShare> Quantiles(
        IReadOnlyList<(long Count, double Length, double CordA, double CordZ)> byMetre,
        int panels,
        long all
    )
    {
        (long count, double length, double a, double z) = (0, 0, 0, 0);
        for (int i = 0; i < byMetre.Count; i++)
        {
            count += byMetre[i].Count;
            length += byMetre[i].Length;
            a += byMetre[i].CordA;
            z += byMetre[i].CordZ;
            if (count * Samples >= all || i == byMetre.Count - 1)
            {
                yield return new((int)(length / count), panels, (int)(a / count), (int)(z / count), (double)count / all);
                (count, length, a, z) = (0, 0, 0, 0);
            }
        }
    }
}
