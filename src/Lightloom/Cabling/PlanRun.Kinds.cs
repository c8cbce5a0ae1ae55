using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <content>Tiers on which a kind of cable saves less than one more kind costs, so that another serves its links.</content>
internal sealed partial class PlanRun
{
    private static TierKey TierOf(LinkClass c) => new(c.Fabric, c.From, c.To);

    /// <summary>
    /// After <see cref="Run"/>: the kinds that tiers can do without, by the prices of the catalogue; null when every kind saves what it
    /// costs. A tier whose media the file names keeps what the file allows, and the management network takes what serves.
    /// </summary>
    public FewerKinds? KindsToSpare()
    {
        if (!_spec.Interconnect.FewerKinds || _spec.Interconnect.Objective != InterconnectObjective.Cost)
        {
            return null;
        }

        double threshold = _spec.Catalogue.Fact("media-kind-usd").Value;
        double share = _spec.Catalogue.Fact("media-kind-share-max").Value;
        Dictionary<TierKey, IReadOnlySet<InterconnectModel>> kept = [];
        List<(TierKey, string)> left = [];
        foreach (IGrouping<TierKey, LinkClass> tier in _network.LinkClasses.GroupBy(TierOf))
        {
            if (tier.Key.Fabric == FabricRole.Oob || _media.Of(tier.Key.From, tier.Key.To) is not null)
            {
                continue;
            }

            HashSet<int> classes = [.. tier.Select(c => c.Index)];
            if (_choices.Where(c => classes.Contains(c.LinkClass)).Select(c => HeadOf(c.Product)).Distinct().Skip(1).Any())
            {
                List<KindUse> uses = Uses(tier);
                int before = uses.Count;
                long most = (long)(share * uses.Sum(u => u.Count));
                while (Spare(uses, threshold, most) is { } spared)
                {
                    left.Add((tier.Key, spared));
                }

                if (uses.Count < before)
                {
                    kept.Add(
                        tier.Key,
                        new HashSet<InterconnectModel>(uses.SelectMany(u => u.Tails.Append(u.Head)), ReferenceEqualityComparer.Instance)
                    );
                }
            }
        }

        return left.Count == 0 ? null : new(kept, left);
    }

    private InterconnectModel? HeadOf(int product) => product < 0 ? null : _products[product].Head;

    private List<KindUse> Uses(IEnumerable<LinkClass> tier)
    {
        Dictionary<InterconnectModel, KindUse> uses = new(ReferenceEqualityComparer.Instance);
        foreach (LinkClass c in tier)
        {
            int[] cableOf = _cableOfLink[c.Index];
            byte[]? panels = _panelsOfLink[c.Index];
            for (int i = 0; i < cableOf.Length; i++)
            {
                ref readonly Cable cable = ref _cables[cableOf[i]];
                if (cable.Product < 0)
                {
                    continue;
                }

                LinkProduct product = _products[cable.Product];
                if (!uses.TryGetValue(product.Head, out KindUse? use))
                {
                    uses.Add(product.Head, use = new(product.Head));
                }

                use.Tails.Add(product.A);
                use.Tails.Add(product.Z);
                int passed = panels?[i] ?? 0;
                int served = passed > 0 ? cable.OrderLengthMillimetres : cable.LengthMillimetres;
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                    use.Links,
                    (c, cable.Product, passed, (served + 999) / 1000 * 1000),
                    out _
                )++;
            }
        }

        return [.. uses.Values.OrderBy(u => u.Count).ThenBy(u => u.Head.Id, StringComparer.Ordinal)];
    }

    // Takes the kind with the fewest links that another, with no fewer, can stand in for; says so, or null when there is none.
    private string? Spare(List<KindUse> uses, double threshold, long most)
    {
        foreach (KindUse use in uses.Where(u => u.Count <= most))
        {
            (KindUse Other, double Saving)? best = null;
            foreach (KindUse other in uses)
            {
                if (
                    !ReferenceEquals(other, use)
                    && other.Count >= use.Count
                    && Saving(use, other) is { } saving
                    && !(best?.Saving <= saving)
                )
                {
                    best = (other, saving);
                }
            }

            if (best is { } stand && stand.Saving < threshold)
            {
                foreach (((LinkClass, int, int, int) key, long links) in use.Links)
                {
                    stand.Other.Links[key] = stand.Other.Links.GetValueOrDefault(key) + links;
                }

                uses.Remove(use);
                uses.Sort((a, b) => a.Count.CompareTo(b.Count) is var c and not 0 ? c : string.CompareOrdinal(a.Head.Id, b.Head.Id));
                string saves = stand.Saving > 0 ? Say($"save ${stand.Saving:#,0} with its spares, ") : "save nothing, ";
                return $"{stand.Other.Head.Id} serves what {use.Head.Id} would ({Links(use)}): one more kind would {saves}"
                    + Say($"and is taken to cost ${threshold:#,0} to qualify and keep; interconnect.fewer_kinds: false keeps all");
            }
        }

        return null;

        static string Links(KindUse use) => Say($"{Counted.Of(use.Count, "link")} of up to {use.LongestMetres} m");
    }

    private static string Say(FormattableString text) => FormattableString.Invariant(text);

    // How many dollars the links of one kind cost less than the other would, spares included; null where it cannot serve them all or a price
    // is missing.
    private double? Saving(KindUse use, KindUse other)
    {
        double own = 0;
        double otherwise = 0;
        double pieces = 0;
        foreach (((LinkClass c, int product, int panels, int millimetres), long links) in use.Links)
        {
            LinkShape shape =
                _products[product] is { IsAssembly: true, Grouping: CableGrouping.ACage } && Shape(c) == LinkShape.Mesh
                    ? LinkShape.Parallel
                    : Shape(c);
            PreparedLink prepared = Memo(c, shape, panels).Prepared;
            if (PriceOf(prepared, use.Head, millimetres) is not { } mine || PriceOf(prepared, other.Head, millimetres) is not { } theirs)
            {
                return null;
            }

            // The price is that of a divided cage with all that it serves.
            double each = (double)links / Math.Max(c.ACages.Ways, c.ZCages.Ways);
            own += mine * each;
            otherwise += theirs * each;
            pieces += each;
        }

        double there = other.Links.Sum(l => (double)l.Value / Math.Max(l.Key.Class.ACages.Ways, l.Key.Class.ZCages.Ways));
        double share = _spec.Interconnect.Spares;
        double spared = Math.Ceiling(pieces * share) * own / pieces;
        double more = (Math.Ceiling((there + pieces) * share) - Math.Ceiling(there * share)) * otherwise / pieces;
        return otherwise + more - own - spared;

        static LinkShape Shape(LinkClass c) => LinkQuestion.ShapeOf(c.ACages, c.ZCages);
    }

    // A length is rounded up to a metre here, and a product that ends within that metre still serves it.
    private static double? PriceOf(PreparedLink prepared, InterconnectModel head, int millimetres)
    {
        foreach (int length in (ReadOnlySpan<int>)[millimetres, millimetres - 999])
        {
            foreach (int at in prepared.Feasible(length))
            {
                Offer offer = prepared.Offers[at];
                if (ReferenceEquals(offer.Head, head) && offer.RankPriceAt(prepared.Order(offer, length)) is { } price)
                {
                    return price.Dollars;
                }
            }
        }

        return null;
    }
}
