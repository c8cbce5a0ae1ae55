using System.Globalization;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <content>Why each product was chosen, where the article and what is sold part ways, and what nothing serves.</content>
internal sealed partial class PlanRun
{
    private List<ProductChoice> Explain()
    {
        List<ProductChoice> choices = [];
        List<Missing> unserved = [];
        foreach (ChoiceCount count in _choices.OrderBy(c => c.LinkClass).ThenBy(c => c.Longest).ThenBy(c => c.Product))
        {
            LinkClass c = _network.LinkClasses[count.LinkClass];
            LinkProduct? product = count.Product < 0 ? null : _products[count.Product];
            Missed? missed = product is null ? MissedOf(c) : null;
            int panels =
                missed?.Panels
                ?? (_panelsOfCable is { } p && _cableOfLink[c.Index][count.LongestLink] is >= 0 and var cable ? p[cable] : 0);
            LinkShape shape =
                product is { IsAssembly: true, Grouping: CableGrouping.ACage } && LinkQuestion.ShapeOf(c.ACages, c.ZCages) == LinkShape.Mesh
                    ? LinkShape.Parallel
                    : LinkQuestion.ShapeOf(c.ACages, c.ZCages);
            PreparedLink prepared = Memo(c, shape, panels).Prepared;
            int longest = count.Longest;
            IReadOnlyList<int> feasible = product is null ? [] : prepared.Feasible(longest);
            int taken = feasible.FirstOrDefault(o => product is not null && IsProduct(prepared.Offers[o], product), -1);
            Lazy<IReadOnlyList<InterconnectCandidate>> candidates = new(() => prepared.Rank(longest));
            choices.Add(
                new(candidates)
                {
                    LinkClass = count.LinkClass,
                    Product = count.Product,
                    Links = count.Links,
                    Shortest = Length.FromMillimetres(count.Shortest),
                    Longest = Length.FromMillimetres(count.Longest),
                    ReachUsed = product is null || product.Reach == Length.Zero ? 0 : (double)count.Longest / product.Reach.Millimetres,
                    Reasons = taken >= 0 ? prepared.ReasonsFor(taken, longest) : [Closest(c, candidates.Value)],
                    SecondSources =
                    [
                        .. feasible
                            .Select(o => prepared.Offers[o].Head)
                            .Where(h => !ReferenceEquals(h, product?.Head))
                            .Select(h => h.Id)
                            .Distinct(),
                    ],
                }
            );
            if (missed is { } those)
            {
                unserved.Add(new(c, count, those, candidates.Value));
            }
        }

        foreach (IGrouping<object, Missing> alike in unserved.GroupBy(m => m.Alike))
        {
            _unserved.Add(Said([.. alike]));
            _diagnostics.Add(_unserved[^1].Error);
        }

        Differences();
        return choices;
    }

    private static bool IsProduct(Offer offer, LinkProduct product) =>
        ReferenceEquals(offer.Head, product.Head) && ReferenceEquals(offer.Tail, product.Tail);

    // Links of several pools or planes that are alike in all that an interconnect must fit are said once, by the longest of them.
    private UnservedLinks Said(IReadOnlyList<Missing> alike)
    {
        Missing worst = alike.MaxBy(m => m.Count.Longest)!;
        LinkClass c = worst.Class;
        int longest = worst.Count.Longest;
        bool shuffleFailed = worst.ShuffleFailed;
        string ends =
            $"no product is near one that joins {CageWords.Of(c.ACages)} of the {c.From.ToWord()} to {CageWords.Of(c.ZCages)} of the "
            + c.To.ToWord();
        string said =
            $"no interconnect of the catalogue serves {Counted.Of(alike.Sum(m => m.Count.Links), "link")} of {c.Rate} "
            + $"({c.Fabric.ToWord()} {c.TierWord}, {PlanesOf(alike)}, {Span(alike.Min(m => m.Count.Shortest), longest)}); "
            + (ClosestOfUse(c, worst.Candidates) is { } near ? $"closest: {near}" : ends);
        string slower = SlowerLanes(c, worst.Count);
        (string noKey, string otherwise) = WithoutRemedy(c, longest, worst.Missed, shuffleFailed);
        return new(
            $"{c.Fabric.ToWord()} {c.TierWord}",
            slower.Length > 0 ? $"{said}; {slower}" : said,
            Remedies(c, longest, worst.Missed, shuffleFailed),
            noKey,
            otherwise
        );
    }

    private static string PlanesOf(IReadOnlyList<Missing> alike)
    {
        int[] planes = [.. alike.Select(m => m.Class.Plane).Distinct().Order()];
        return planes.Length == 1
            ? FormattableString.Invariant($"plane {planes[0]}")
            : "planes " + Listed.InWords(planes.Select(p => p.ToString(CultureInfo.InvariantCulture)));
    }

    // Links of a class that nothing serves.
    private sealed record Missing(LinkClass Class, ChoiceCount Count, Missed Missed, IReadOnlyList<InterconnectCandidate> Candidates)
    {
        // One shuffle would have to join what each link alone could have.
        public bool ShuffleFailed => Candidates.Any(k => k.Verdict == ProductVerdict.Chosen);

        public object Alike =>
            (Class.Fabric, Class.From, Class.To, Class.Rate, Class.ACages, Class.ZCages, Class.SplitOverPlanes, ShuffleFailed);
    }

    // What the entry of the upper switch would have to say of its lanes, where a cable would then serve; else nothing.
    private string SlowerLanes(LinkClass c, ChoiceCount count)
    {
        if (c.ACages.LaneRate >= c.ZCages.LaneRate)
        {
            return "";
        }

        Link link = c.Links[0];
        IReadOnlyCollection<DataRate> lanes = _network.GroupOf(link.A).Node?.PortsOf(c.Fabric.Name) is { } ports
            ? [.. ports.LaneRateOptions()]
            : [c.ACages.LaneRate];
        if (_network.GroupOf(link.Z).Switch is not { } above || HostLanes.Remedy(above, c.Rate, lanes) is not { } remedy)
        {
            return "";
        }

        LinkQuestion question = new()
        {
            Length = Length.FromMillimetres(count.Longest),
            Rate = c.Rate,
            A = c.ACages,
            Z = remedy.Use,
            Shape = LinkQuestion.ShapeOf(c.ACages, remedy.Use),
            Protocol = _protocols[c.Fabric.Index],
            LinearAllowed = LinkQuestion.MayBeLinear(c.From == Tier.Host, c.ACages),
        };
        return _selector.Choose(question) is null ? "" : remedy.Words;
    }

    // One line for each product that stands in for a class of the article, over all link classes: how many links, and why.
    private void Differences()
    {
        var fallbacks = new SortedDictionary<(int Order, string Taken), Fallback>();
        var taken = new SortedDictionary<string, ArticleClass>(StringComparer.Ordinal);
        foreach (ChoiceCount count in _choices)
        {
            if (count.Product < 0 || !_products[count.Product].Head.Traits.HasLanes)
            {
                continue;
            }

            LinkClass c = _network.LinkClasses[count.LinkClass];
            LinkProduct product = _products[count.Product];
            ArticleClass? own = _selector.Table.Of(product.Head);
            if (own is not null)
            {
                taken[own.Id] = own;
            }

            for (int at = 0; at < _selector.Table.Classes.Count; at++)
            {
                if (!ReferenceEquals(_selector.Table.Classes[at], own))
                {
                    Count(c, count, product, at, own, fallbacks);
                }
            }
        }

        foreach (((int order, string _), Fallback f) in fallbacks)
        {
            (string why, bool shortOfReach) = f.Why();
            string found = shortOfReach
                ? "; standards and vendors: "
                    + (_spec.Catalogue.Differences.Values.FirstOrDefault(d => d.Class == f.Named.Id)?.Found ?? f.Named.Standards).TrimEnd(
                        '.'
                    )
                : "";
            _diagnostics.Note(
                "LL60" + order.ToString("00", CultureInfo.InvariantCulture),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Counted.Of(f.Links, "link")} of {Span(f.Shortest, f.Longest)} take{(f.Links == 1 ? "s" : "")} {f.Taken}, "
                        + $"where {f.Named.Id} is usual up to {f.Named.MaxLength}: {why}{found}"
                ),
                f.Where
            );
        }

        foreach (ArticleClass own in taken.Values)
        {
            foreach (ArticleDifference difference in _spec.Catalogue.Differences.Values)
            {
                if (difference.Class == own.Id && difference.Id is not ("dac-3m"))
                {
                    _diagnostics.Note(
                        "LL6020",
                        $"{own.Id}: {difference.Consequence.TrimEnd('.')} (the article: {difference.Article.TrimEnd('.')}; standards and "
                            + $"vendors: {difference.Found.TrimEnd('.')})",
                        difference.Id
                    );
                }
            }
        }
    }

    private void Count(
        LinkClass c,
        ChoiceCount count,
        LinkProduct product,
        int at,
        ArticleClass? own,
        SortedDictionary<(int Order, string Taken), Fallback> fallbacks
    )
    {
        ArticleClass named = _selector.Table.Classes[at];

        // Links of this product whose length the article gives to another, shorter-ranged or longer-ranged, class than the product's.
        LengthCount part = count.ByClass[at];
        if (part.Links == 0 || (own is not null && own.Order < named.Order))
        {
            return;
        }

        (int, string) key = (named.Order, product.Id);
        if (!fallbacks.TryGetValue(key, out Fallback? f))
        {
            fallbacks[key] = f = new(named, product.Id, $"{c.Fabric.ToWord()} {c.TierWord}");
        }

        f.Links += part.Links;
        f.Shortest = Math.Min(f.Shortest, part.Shortest);
        if (part.Longest > f.Longest)
        {
            f.Longest = part.Longest;
            int panels = _panelsOfCable is { } p ? p[_cableOfLink[c.Index][count.LongestLink]] : 0;
            LinkShape shape = LinkQuestion.ShapeOf(c.ACages, c.ZCages);
            f.Link = Memo(
                c,
                product is { IsAssembly: true, Grouping: CableGrouping.ACage } && shape == LinkShape.Mesh ? LinkShape.Parallel : shape,
                panels
            ).Prepared;
            f.LongestOfProduct = count.Longest;
            f.Rate = c.Rate;
        }
    }

    private static string Span(int shortest, int longest) =>
        Metres(shortest) == Metres(longest) ? Metres(longest) + " m" : $"{Metres(shortest)} to {Metres(longest)} m";

    private static string Metres(int millimetres) => (millimetres / 1000.0).ToString("0.##", CultureInfo.InvariantCulture);

    private sealed class Fallback(ArticleClass named, string taken, string where)
    {
        public ArticleClass Named => named;

        public string Taken => taken;

        public string Where => where;

        public long Links { get; set; }

        public int Shortest { get; set; } = int.MaxValue;

        public int Longest { get; set; } = -1;

        public int LongestOfProduct { get; set; }

        public DataRate Rate { get; set; }

        public PreparedLink? Link { get; set; }

        /// <summary>
        /// Why the class did not serve the longest of these links, and whether it stops short of it, so that what standards say of its
        /// reach is worth quoting.
        /// </summary>
        public (string Why, bool ShortOfReach) Why()
        {
            if (Link!.Best(Longest) is >= 0 and int alone && ReferenceEquals(Link.Offers[alone].Class, named))
            {
                // On its own the link would have had the class: its module serves longer links too.
                return ($"a module serves all legs of its cage, and others of these are as long as {Metres(LongestOfProduct)} m", false);
            }

            InterconnectCandidate? miss = Link.Rank(Longest)
                .FirstOrDefault(k => ReferenceEquals(k.Class, named) && k.Verdict == ProductVerdict.Rejected);
            return miss is null || miss.Rejections.Any(r => r.Code == RejectionCode.Rate)
                ? ($"the catalogue has no product of that class for {Rate} in these cages", false)
                : (
                    $"{miss.Head.Id}: {string.Join("; ", miss.Reasons)}",
                    miss.Rejections.All(r => r.Code is RejectionCode.Reach or RejectionCode.Loss or RejectionCode.Fibre)
                );
        }
    }
}
