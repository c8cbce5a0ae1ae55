using System.Globalization;
using Lightloom.Catalog;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <content>Why each product was chosen, where the article and what is sold part ways, and what nothing serves.</content>
internal sealed partial class PlanRun
{
    private List<ProductChoice> Explain()
    {
        List<ProductChoice> choices = [];
        foreach (ChoiceCount count in _choices.OrderBy(c => c.LinkClass).ThenBy(c => c.Longest).ThenBy(c => c.Product))
        {
            LinkClass c = _network.LinkClasses[count.LinkClass];
            LinkProduct? product = count.Product < 0 ? null : _products[count.Product];
            int panels = _panelsOfCable is { } p ? p[_cableOfLink[c.Index][count.LongestLink]] : 0;
            LinkShape shape = product is { IsAssembly: true, Grouping: CableGrouping.ACage } && LinkQuestion.ShapeOf(c.ACages, c.ZCages) == LinkShape.Mesh
                ? LinkShape.Parallel
                : LinkQuestion.ShapeOf(c.ACages, c.ZCages);
            IReadOnlyList<InterconnectCandidate> candidates = Memo(c, shape, panels).Prepared.Rank(count.Longest);
            InterconnectCandidate? taken = product is null ? null : candidates.FirstOrDefault(k => ReferenceEquals(k.Head, product.Head));
            choices.Add(new()
            {
                LinkClass = count.LinkClass,
                Product = count.Product,
                Links = count.Links,
                Shortest = Length.FromMillimetres(count.Shortest),
                Longest = Length.FromMillimetres(count.Longest),
                ReachUsed = product is null || product.Reach == Length.Zero ? 0 : (double)count.Longest / product.Reach.Millimetres,
                Reasons = taken?.Reasons ?? [NearestMiss(candidates)],
                SecondSources = [.. candidates.Where(k => k.Verdict != Verdict.Rejected && !ReferenceEquals(k.Head, product?.Head)).Select(k => k.Head.Id)],
                Candidates = candidates,
            });
            if (product is null)
            {
                Unserved(c, count, candidates);
            }
        }

        Differences();
        return choices;
    }

    private void Unserved(LinkClass c, ChoiceCount count, IReadOnlyList<InterconnectCandidate> candidates) => _diagnostics.Error(
        "LL6901",
        string.Create(CultureInfo.InvariantCulture, $"no interconnect of the catalogue serves {count.Links:#,0} link{(count.Links == 1 ? "" : "s")} of {c.Rate} ({c.Fabric.Word()} {c.TierWord}, plane {c.Plane}, {Metres(count.Shortest)} to {Metres(count.Longest)} m); closest: {NearestMiss(candidates)}. Shorten the route, allow more under 'interconnect:', choose other cages, or add a product under 'catalog:'"),
        $"{c.Fabric.Word()} {c.TierWord}");

    private static string NearestMiss(IReadOnlyList<InterconnectCandidate> candidates)
    {
        InterconnectCandidate? nearest = candidates.FirstOrDefault(k => k.Verdict == Verdict.Rejected);
        return nearest is null ? "the catalogue has no interconnects" : $"{nearest.Head.Id}: {string.Join("; ", nearest.Reasons)}";
    }

    // One line for each way in which a class of the article fell short, over all link classes: which, how many links, and what stands in.
    private void Differences()
    {
        var fallbacks = new SortedDictionary<(int Order, string Taken, string Short), Fallback>();
        var taken = new SortedDictionary<string, ArticleClass>(StringComparer.Ordinal);
        foreach (ChoiceCount count in _choices)
        {
            if (count.Product < 0)
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

            foreach (ArticleClass named in _selector.Table.Classes)
            {
                if (product.Head.Kind == InterconnectKind.Utp || ReferenceEquals(named, own))
                {
                    continue;
                }

                Count(c, count, product, named, own, fallbacks);
            }
        }

        foreach (((int order, string _, string _), Fallback f) in fallbacks)
        {
            string found = f.ShortOfReach
                ? ". Standards and vendors: " + (_spec.Catalogue.Differences.Values.FirstOrDefault(d => d.Class == f.Named.Id)?.Found ?? f.Named.Standards).TrimEnd('.')
                : "";
            _diagnostics.Note(
                "LL60" + order.ToString("00", CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"the article names {f.Named.Id} up to {f.Named.MaxLength} ({f.Named.Article.TrimEnd('.')}), but {f.Links:#,0} link{(f.Links == 1 ? "" : "s")} of {Metres(f.Shortest)} to {Metres(f.Longest)} m take{(f.Links == 1 ? "s" : "")} {f.Taken}: {f.Why ?? "no product of the class is in the catalogue"}{found}"),
                f.Where);
        }

        foreach (ArticleClass own in taken.Values)
        {
            foreach (ArticleDifference difference in _spec.Catalogue.Differences.Values)
            {
                if (difference.Class == own.Id && difference.Id is not ("dac-3m"))
                {
                    _diagnostics.Note(
                        "LL6020",
                        $"{own.Id}: the article says: {difference.Article.TrimEnd('.')}. Standards and vendors: {difference.Found.TrimEnd('.')}. {difference.Consequence}",
                        difference.Id);
                }
            }
        }
    }

    private void Count(LinkClass c, ChoiceCount count, LinkProduct product, ArticleClass named, ArticleClass? own, SortedDictionary<(int, string, string), Fallback> fallbacks)
    {
        // Links of this product whose length the article gives to another class.
        long lower = named.Order == 1 ? -1 : _selector.Table.Classes[named.Order - 2].MaxLength.Millimetres;
        long upper = named.MaxLength.Millimetres;
        if (count.Longest <= lower || count.Shortest > upper || (own is not null && own.Order < named.Order))
        {
            return;
        }

        long links = 0;
        int shortest = int.MaxValue;
        int longest = -1;
        int[] cableOf = _cableOfLink[c.Index];
        int[] lengths = _lengthOfLink[c.Index];
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] > lower && lengths[i] <= upper && _cables[cableOf[i]].Product == count.Product)
            {
                links++;
                shortest = Math.Min(shortest, lengths[i]);
                longest = Math.Max(longest, lengths[i]);
            }
        }

        if (links == 0)
        {
            return;
        }

        int panels = _panelsOfCable is { } p ? p[cableOf[count.LongestLink]] : 0;
        LinkShape shape = LinkQuestion.ShapeOf(c.ACages, c.ZCages);
        shape = product is { IsAssembly: true, Grouping: CableGrouping.ACage } && shape == LinkShape.Mesh ? LinkShape.Parallel : shape;
        PreparedLink prepared = Memo(c, shape, panels).Prepared;
        InterconnectCandidate? miss = prepared.Rank(longest).FirstOrDefault(k => ReferenceEquals(k.Class, named) && k.Verdict == Verdict.Rejected);
        string? why = miss is null ? null : $"{miss.Head.Id}: {string.Join("; ", miss.Reasons)}";
        if (prepared.Best(longest) is >= 0 and int alone && ReferenceEquals(prepared.Offers[alone].Class, named))
        {
            // On its own the link would have had the class: its module serves longer links too.
            why = $"a module serves all legs of its cage, and others of these are as long as {Metres(count.Longest)} m";
            miss = null;
        }

        (int, string, string) key = (named.Order, product.Id, miss?.Head.Id ?? "");
        if (!fallbacks.TryGetValue(key, out Fallback? f))
        {
            fallbacks[key] = f = new(named, product.Id, $"{c.Fabric.Word()} {c.TierWord}");
        }

        f.Links += links;
        f.Shortest = Math.Min(f.Shortest, shortest);
        if (longest > f.Longest)
        {
            f.Longest = longest;
            f.Why = why;
            f.ShortOfReach = miss is not null && miss.Rejections.All(r => r.Rule is RejectionRule.Reach or RejectionRule.Loss or RejectionRule.Fibre);
        }
    }

    private static string Metres(int millimetres) => (millimetres / 1000.0).ToString("0.##", CultureInfo.InvariantCulture);

    private List<Trunk> Trunks()
    {
        var bySpan = new SortedDictionary<(int A, int Z, Medium Medium), (long Cables, long Fibres, int Longest)>();
        if (_panelsOfCable is null)
        {
            return [];
        }

        bool[] seen = new bool[_cables.Length];
        foreach (LinkClass c in _network.LinkClasses)
        {
            int[] cableOf = _cableOfLink[c.Index];
            (int[] a, int[] z) = _ways.Racks(c);
            for (int i = 0; i < cableOf.Length; i++)
            {
                int cable = cableOf[i];
                if (seen[cable] || _panelsOfCable[cable] == 0 || _cables[cable].Product < 0)
                {
                    continue;
                }

                int from = _ways.HallOf(a[i]);
                int to = _ways.HallOf(z[i]);
                LinkProduct product = _products[_cables[cable].Product];
                if (from == to || product.FibresPerCable == 0)
                {
                    continue;
                }

                seen[cable] = true;
                (int, int, Medium) span = (Math.Min(from, to), Math.Max(from, to), product.Medium);
                (long cables, long fibres, int longest) = bySpan.GetValueOrDefault(span);
                bySpan[span] = (cables + 1, fibres + product.FibresPerCable, Math.Max(longest, _cables[cable].OrderLengthMillimetres));
            }
        }

        int size = _selector.Plant.TrunkFibres;
        return [.. bySpan.Select(s => new Trunk(s.Key.A, s.Key.Z, s.Key.Medium, s.Value.Cables, s.Value.Fibres, size, (int)((s.Value.Fibres + size - 1) / size), Length.FromMillimetres(s.Value.Longest)))];
    }

    private sealed class Fallback(ArticleClass named, string taken, string where)
    {
        public ArticleClass Named => named;

        public string Taken => taken;

        public string Where => where;

        public long Links { get; set; }

        public int Shortest { get; set; } = int.MaxValue;

        public int Longest { get; set; } = -1;

        public string? Why { get; set; }

        public bool ShortOfReach { get; set; }
    }
}
