using System.Runtime.InteropServices;
using Lightloom.Catalog;
using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>One run of the planner: fabric by fabric, class by class, link by link.</summary>
internal sealed partial class PlanRun
{
    private readonly ClusterSpec _spec;
    private readonly Network _network;
    private readonly ICableWays _ways;
    private readonly InterconnectSelector _selector;
    private readonly DiagnosticBag _diagnostics = new();
    private readonly Dictionary<MemoKey, ProductMemo> _memos = [];
    private readonly Dictionary<ProductKey, int> _productNumbers = [];
    private readonly List<LinkProduct> _products = [];
    private readonly int[][] _cableOfLink;
    private readonly int[][] _lengthOfLink;
    private readonly Dictionary<(InterconnectModel, FormFactor, ThermalType), long> _modules = [];
    private readonly List<ChoiceCount> _choices = [];
    private Cable[] _cables;
    private byte[]? _panelsOfCable;
    private int _cableCount;
    private long _cagesInUse;

    public PlanRun(ClusterSpec spec, Network network, ICableWays ways)
    {
        _spec = spec;
        _network = network;
        _ways = ways;
        _selector = new InterconnectSelector(spec.Catalogue, spec.Interconnect);
        _cableOfLink = new int[network.LinkClasses.Count][];
        _lengthOfLink = new int[network.LinkClasses.Count][];
        _cables = new Cable[Math.Max(16, (int)Math.Min(network.LinkCount, Array.MaxLength))];
    }

    public CablePlan Run()
    {
        foreach (IGrouping<FabricRole, LinkClass> fabric in _network.LinkClasses.GroupBy(c => c.Fabric))
        {
            PlanFabric([.. fabric]);
        }

        if (_cableCount < _cables.Length)
        {
            Array.Resize(ref _cables, _cableCount);
        }

        if (_panelsOfCable is { } panels && panels.Length > _cableCount)
        {
            Array.Resize(ref panels, _cableCount);
            _panelsOfCable = panels;
        }

        OrderLengths();
        IReadOnlyList<ProductChoice> choices = Explain();
        return new()
        {
            Products = _products,
            Cables = _cables,
            CableOfLink = _cableOfLink,
            LengthOfLink = _lengthOfLink,
            Diagnostics = _diagnostics,
            PanelsOfCable = _panelsOfCable ?? [],
            Modules = [.. _modules.Select(m => new ModuleCount(m.Key.Item1, m.Key.Item2, m.Key.Item3, m.Value))
                .OrderBy(m => m.Model.Id, StringComparer.Ordinal).ThenBy(m => m.FormFactor).ThenBy(m => m.Thermal)],
            CagesInUse = _cagesInUse,
            Trunks = Trunks(),
            Choices = choices,
            Plant = _selector.Plant,
        };
    }

    private void PlanFabric(LinkClass[] classes)
    {
        int[][] lengths = new int[classes.Length][];
        byte[]?[] panels = new byte[classes.Length][];
        for (int k = 0; k < classes.Length; k++)
        {
            lengths[k] = _ways.Lengths(classes[k]);
            panels[k] = PanelsOf(classes[k]);
            _lengthOfLink[classes[k].Index] = lengths[k];
            _cableOfLink[classes[k].Index] = new int[classes[k].Links.Length];
        }

        CageIndex cages = new(_network, classes);
        bool divided = Array.Exists(classes, c => c.ACages.Ways > 1 || c.ZCages.Ways > 1);
        CageGroups? groups = divided ? new CageGroups(cages, classes, lengths, panels) : null;
        int slots = 1;
        foreach (LinkClass c in classes)
        {
            slots = Math.Max(slots, Math.Max(c.ACages.Ways, c.ZCages.Ways));
        }

        // One entry for every cage, or every leg of one, that several links may share a cable at.
        int[] shared = divided ? new int[(long)cages.Count * slots] : [];
        ModuleTally tally = new(cages.Count);
        for (int k = 0; k < classes.Length; k++)
        {
            LinkClass c = classes[k];
            if (groups is null || (c.ACages.Ways == 1 && c.ZCages.Ways == 1))
            {
                PlanSingles(c, lengths[k], panels[k]);
            }
            else
            {
                PlanDivided(classes, c, lengths[k], panels[k], cages, groups, shared, slots);
            }

            Tally(c, lengths[k], cages, tally);
        }
    }

    private byte[]? PanelsOf(LinkClass c)
    {
        if (!_ways.HasPanels)
        {
            return null;
        }

        (int[] a, int[] z) = _ways.Racks(c);
        byte[] panels = new byte[a.Length];
        int any = 0;
        int lastA = -1;
        int lastZ = -1;
        byte last = 0;
        for (int i = 0; i < panels.Length; i++)
        {
            if (a[i] != lastA || z[i] != lastZ)
            {
                (lastA, lastZ) = (a[i], z[i]);
                last = (byte)_ways.Panels(lastA, lastZ);
            }

            panels[i] = last;
            any |= last;
        }

        return any == 0 ? null : panels;
    }

    // Both cages belong to the link alone: every link is a cable and its choice its own.
    private void PlanSingles(LinkClass c, int[] lengths, byte[]? panels)
    {
        int[] cableOf = _cableOfLink[c.Index];
        ProductMemo plain = Memo(c, LinkShape.Single, 0);
        Cable[] cables = _cables;
        int next = _cableCount;
        for (int i = 0; i < lengths.Length; i++)
        {
            int passed = panels is null ? 0 : panels[i];
            int product = (passed == 0 ? plain : Memo(c, LinkShape.Single, passed)).Decide(lengths[i]);
            cables[next] = new Cable { Product = product, LengthMillimetres = lengths[i] };
            if (passed != 0)
            {
                SetPanels(next, passed);
            }

            cableOf[i] = next++;
        }

        _cableCount = next;
    }

    private void PlanDivided(LinkClass[] fabric, LinkClass c, int[] lengths, byte[]? panels, CageIndex cages, CageGroups groups, int[] shared, int slots)
    {
        int[] cableOf = _cableOfLink[c.Index];
        LinkShape shape = LinkQuestion.ShapeOf(c.ACages, c.ZCages);
        bool mayPair = shape == LinkShape.Mesh && c.ACages.Ways == c.ZCages.Ways && !c.SplitOverPlanes;
        ProductMemo plain = Memo(c, shape, 0);
        Link[] links = c.Links;
        for (int i = 0; i < links.Length; i++)
        {
            ref readonly Link link = ref links[i];
            int group = groups.Of(link);
            int passed = groups.Panels(group);
            int longest = groups.Longest(group);
            ProductMemo memo = passed == 0 ? plain : Memo(c, shape, passed);
            int product = groups.Mixed(group) is { } kinds ? Together(memo, kinds, fabric, passed, longest) : memo.Decide(longest);
            if (product < 0 && mayPair && groups.IsPair(group))
            {
                // Twin-port cages are wired a cable a link, as published designs count them; one straight assembly for all legs is the resort where modules cannot serve.
                product = Memo(c, LinkShape.Parallel, passed).Decide(longest);
            }

            int slot = product < 0 ? -1 : SlotOf(_products[product], c, link, cages, slots);
            int cable;
            if (slot < 0)
            {
                cable = NewCable(product);
            }
            else if (shared[slot] is > 0 and int known)
            {
                cable = known - 1;
            }
            else
            {
                cable = NewCable(product);
                shared[slot] = cable + 1;
            }

            cableOf[i] = cable;
            if (_cables[cable].LengthMillimetres < lengths[i])
            {
                _cables[cable].LengthMillimetres = lengths[i];
            }

            if (panels is not null && panels[i] != 0)
            {
                SetPanels(cable, panels[i]);
            }
        }
    }

    // Links of several pools meet in one cage: its module must serve all of them, whatever is at their other ends.
    private int Together(ProductMemo own, IReadOnlyCollection<int> kinds, LinkClass[] fabric, int panels, int longest)
    {
        List<ProductMemo> all = [.. kinds.Select(k => Memo(fabric[k], LinkQuestion.ShapeOf(fabric[k].ACages, fabric[k].ZCages), panels))];
        foreach (int leading in all[0].Prepared.Feasible(longest))
        {
            Offer lead = all[0].Prepared.Offers[leading];
            InterconnectModel shared = AtZ(all[0], lead);
            if (!lead.IsAssembly && all.TrueForAll(m => Serving(m, shared) >= 0))
            {
                return own.ProductOf(Serving(own, shared));
            }
        }

        return -1;

        int Serving(ProductMemo memo, InterconnectModel model)
        {
            foreach (int i in memo.Prepared.Feasible(longest))
            {
                Offer offer = memo.Prepared.Offers[i];
                if (!offer.IsAssembly && ReferenceEquals(AtZ(memo, offer), model))
                {
                    return i;
                }
            }

            return -1;
        }

        static InterconnectModel AtZ(ProductMemo memo, Offer offer) => memo.Prepared.HeadAtZ ? offer.Head : offer.Tail;
    }

    // Where a link finds the cable that it shares: a number for the cage or the group of legs that decides.
    private static int SlotOf(LinkProduct product, LinkClass c, in Link link, CageIndex cages, int slots) => product.Grouping switch
    {
        CableGrouping.ACage => cages.Id(link.A, link.ACage) * slots,
        CableGrouping.ZCage => cages.Id(link.Z, link.ZCage) * slots,
        CableGrouping.AConnector => (cages.Id(link.A, link.ACage) * slots) + (link.ALane / product.LegsPerCable),
        CableGrouping.ZConnector => (cages.Id(link.Z, link.ZCage) * slots) + (link.ZLane / product.LegsPerCable),
        CableGrouping.NicPort => (cages.Id(link.A, link.ACage) * slots) + (link.ALane / c.LegsPerNic),
        _ => -1,
    };

    private int NewCable(int product)
    {
        if (_cableCount == _cables.Length)
        {
            Array.Resize(ref _cables, (int)Math.Min(Array.MaxLength, _cables.Length * 2L));
        }

        _cables[_cableCount] = new Cable { Product = product };
        return _cableCount++;
    }

    private void SetPanels(int cable, int panels)
    {
        byte[] of = _panelsOfCable ??= new byte[_cables.Length];
        if (of.Length < _cables.Length)
        {
            Array.Resize(ref of, _cables.Length);
            _panelsOfCable = of;
        }

        of[cable] = (byte)Math.Max(of[cable], panels);
    }

    private void OrderLengths()
    {
        // Per product what ordering a length needs; assemblies by their sold lengths, fibre by the ladder.
        FibrePlant plant = _selector.Plant;
        Sold[] sold = [.. _products.Select(p => new Sold(p.IsAssembly, [.. p.A.CatalogueLengths.Select(l => (int)l.Millimetres).Order()], (int)Math.Min(int.MaxValue, p.Reach.Millimetres), (int)p.MinReach.Millimetres))];
        foreach (ref Cable cable in _cables.AsSpan(0, _cableCount))
        {
            if (cable.Product < 0)
            {
                cable.OrderLengthMillimetres = cable.LengthMillimetres;
                continue;
            }

            ref readonly Sold s = ref sold[cable.Product];
            cable.OrderLengthMillimetres = s.IsAssembly
                ? NextSold(s.Lengths, Math.Max(cable.LengthMillimetres, s.Minimum))
                : (int)plant.Order(cable.LengthMillimetres, s.Reach, s.Minimum);
        }
    }

    private static int NextSold(int[] lengths, int millimetres)
    {
        foreach (int length in lengths)
        {
            if (length >= millimetres)
            {
                return length;
            }
        }

        return millimetres;
    }

    // Counts cages and modules once each, and which product serves how many links of the class.
    private void Tally(LinkClass c, int[] lengths, CageIndex cages, ModuleTally tally)
    {
        int[] cableOf = _cableOfLink[c.Index];
        Link[] links = c.Links;
        int products = _products.Count;
        var counts = new ChoiceCount[products + 1];
        long[] plugsA = new long[products + 1];
        long[] plugsZ = new long[products + 1];
        for (int i = 0; i < links.Length; i++)
        {
            int product = _cables[cableOf[i]].Product;
            ref ChoiceCount count = ref counts[product + 1];
            int length = lengths[i];
            count.Shortest = count.Links == 0 ? length : Math.Min(count.Shortest, length);
            if (count.Links == 0 || length > count.Longest)
            {
                count.Longest = length;
                count.LongestLink = i;
            }

            count.Links++;
            ref readonly Link link = ref links[i];
            if (tally.First(cages.Id(link.A, link.ACage)))
            {
                plugsA[product + 1]++;
            }

            if (tally.First(cages.Id(link.Z, link.ZCage)))
            {
                plugsZ[product + 1]++;
            }
        }

        for (int p = 0; p <= products; p++)
        {
            _cagesInUse += plugsA[p] + plugsZ[p];
            if (counts[p].Links > 0)
            {
                counts[p].LinkClass = c.Index;
                counts[p].Product = p - 1;
                _choices.Add(counts[p]);
            }

            if (p == 0 || _products[p - 1] is { IsAssembly: true })
            {
                continue;
            }

            LinkProduct product = _products[p - 1];
            Plug(product.CoPackagedA ? null : product.A, c.ACages, plugsA[p]);
            Plug(product.CoPackagedZ ? null : product.Z, c.ZCages, plugsZ[p]);
        }

        void Plug(InterconnectModel? model, CageUse cage, long count)
        {
            if (model is not null && count > 0)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_modules, (model, cage.FormFactor, cage.Thermal), out _) += count;
            }
        }
    }

    private readonly record struct Sold(bool IsAssembly, int[] Lengths, int Reach, int Minimum);

    private struct ChoiceCount
    {
        public int LinkClass;
        public int Product;
        public long Links;
        public int Shortest;
        public int Longest;
        public int LongestLink;
    }

    /// <summary>One bit a cage.</summary>
    private sealed class ModuleTally(int cages)
    {
        private readonly ulong[] _seen = new ulong[(cages / 64) + 1];

        public bool First(int cage)
        {
            ref ulong word = ref _seen[cage >> 6];
            ulong bit = 1UL << cage;
            bool first = (word & bit) == 0;
            word |= bit;
            return first;
        }
    }
}
