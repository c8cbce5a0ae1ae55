using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Routing;
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
    private readonly MediaPolicy _media;
    private readonly IReadOnlyDictionary<TierKey, IReadOnlySet<InterconnectModel>>? _kept;
    private readonly DiagnosticBag _diagnostics = new();
    private readonly List<(string Tier, InterconnectKind Kind)> _mediaThatServe = [];
    private readonly List<UnservedLinks> _unserved = [];
    private readonly Dictionary<MemoKey, ProductMemo> _memos = [];
    private readonly Dictionary<ProductKey, int> _productNumbers = [];
    private readonly List<LinkProduct> _products = [];
    private readonly int[][] _cableOfLink;
    private readonly int[][] _lengthOfLink;
    private readonly byte[]?[] _panelsOfLink;
    private readonly int[] _bounds;
    private readonly int _mostConnectors;
    private readonly Protocol[] _protocols;
    private readonly Dictionary<(InterconnectModel Model, Plug Plug, Breakout Use), long> _modules = [];
    private readonly List<ChoiceCount> _choices = [];
    private Cable[] _cables;
    private readonly PatchOrders _patches;
    private readonly Dictionary<int, SharedEnd> _sharedEnds = [];
    private readonly Dictionary<int, double> _lossOfCable = [];
    private readonly HashSet<int> _shuffleParts = [];
    private byte[]? _panelsOfCable;
    private int _cableCount;
    private long _cagesInUse;

    /// <summary>Prepares a run.</summary>
    /// <param name="spec">Objective, fibre grades, derating, exclusions, catalogue.</param>
    /// <param name="network">Devices and links.</param>
    /// <param name="ways">Lengths and panels.</param>
    /// <param name="kept">The articles of tiers that do with fewer kinds; null in the first run, where every link takes what ranks first.</param>
    public PlanRun(ClusterSpec spec, Network network, ICableWays ways, FewerKinds? kept = null)
    {
        _kept = kept?.Kept;
        foreach ((TierKey tier, string words) in kept?.Left ?? [])
        {
            string name = $"{tier.Fabric.ToWord()} {tier.From.ToWord()}-{tier.To.ToWord()}";
            _diagnostics.Note("LL6030", $"{name}: {words}", name);
        }

        _spec = spec;
        _network = network;
        _ways = ways;
        _selector = new InterconnectSelector(spec.Catalogue, spec.Interconnect);
        _media = new MediaPolicy(spec.Interconnect.Media);
        _patches = new PatchOrders(ways, _selector.Plant);
        _cableOfLink = new int[network.LinkClasses.Count][];
        _lengthOfLink = new int[network.LinkClasses.Count][];
        _panelsOfLink = new byte[network.LinkClasses.Count][];
        _bounds = [.. _selector.Table.Classes.Select(c => (int)c.MaxLength.Millimetres)];
        _mostConnectors = spec.Catalogue.Interconnects.Values.Select(m => m.Connectors).DefaultIfEmpty(1).Max();
        _protocols = new Protocol[network.LinkClasses.Select(c => c.Fabric.Index).Append(FabricRole.Oob.Index).Max() + 1];
        foreach (Topology.Fabric fabric in network.Fabrics)
        {
            _protocols[fabric.Role.Index] = fabric.Protocol;
        }

        long expected = network.LinkClasses.Sum(c => c.Links.LongLength / c.LegsPerNic);
        _cables = new Cable[(int)Math.Min(Array.MaxLength, expected + 16)];
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

        if (_panelsOfCable is { } panels && panels.Length != _cableCount)
        {
            Array.Resize(ref panels, _cableCount);
            _panelsOfCable = panels;
        }

        CableBundles bundles = Bundling.Tie(_network, _ways, _cableOfLink, _cableCount, new FloorGeometry(_spec).BundleCables);
        Finish(bundles);
        IReadOnlyList<ProductChoice> choices = Explain();
        return new()
        {
            Products = _products,
            Cables = ImmutableCollectionsMarshal.AsImmutableArray(_cables),
            CableOfLink = [.. _cableOfLink.Select(ImmutableCollectionsMarshal.AsImmutableArray)],
            LengthOfLink = [.. _lengthOfLink.Select(ImmutableCollectionsMarshal.AsImmutableArray)],
            Diagnostics = _diagnostics,
            MediaThatServe = [.. _mediaThatServe.Distinct()],
            Unserved = _unserved,
            LossOfUnlikeLegs = _lossOfCable,
            PanelsOfCable = _panelsOfCable is null ? [] : ImmutableCollectionsMarshal.AsImmutableArray(_panelsOfCable),
            BundleCount = bundles.Count,
            Modules =
            [
                .. _modules
                    .Select(m => new ModuleCount(m.Key.Model, m.Key.Plug, m.Key.Use, m.Value))
                    .OrderBy(m => m.Model.Id, StringComparer.Ordinal)
                    .ThenBy(m => m.Plug.Form)
                    .ThenBy(m => m.Plug.Top)
                    .ThenBy(m => m.Use),
            ],
            CagesInUse = _cagesInUse,
            Patches = _panelsOfCable is null ? null : _patches,
            Choices = choices,
            Plant = _selector.Plant,
        };
    }

    private void PlanFabric(LinkClass[] classes)
    {
        List<LinkClass> divided = [];
        List<int[]> lengths = [];
        List<byte[]?> panels = [];
        foreach (LinkClass c in classes)
        {
            _lengthOfLink[c.Index] = _ways.Lengths(c);
            _cableOfLink[c.Index] = new int[c.Links.Length];
            _panelsOfLink[c.Index] = _ways.Panels(c);
            if (c.ACages.Ways > 1 || c.ZCages.Ways > 1)
            {
                divided.Add(c);
                panels.Add(_panelsOfLink[c.Index]);
            }
        }

        if (panels.Exists(p => p is not null))
        {
            _patches.Unite(divided, panels);
        }

        foreach (LinkClass c in divided)
        {
            lengths.Add(LengthsToServe(c));
        }

        if (divided.Count == 0)
        {
            foreach (LinkClass c in classes)
            {
                PlanSingles(c);
            }

            return;
        }

        CageIndex cages = new(_network.DeviceCount, divided);
        CageGroups groups = new(cages, divided, lengths, panels);
        int[][] products = [.. divided.Select(c => Decide(divided, c, groups))];
        int slots = Math.Max(_mostConnectors, divided.Max(c => c.SplitOverPlanes ? (c.ACages.Ways + c.LegsPerNic - 1) / c.LegsPerNic : 1));
        ShuffleGroups? shuffles = Shuffle(divided, products, groups, cages, slots);

        // One entry for every cage, or socket of one, that several links may share a cable at.
        SharedCables shared = new(cages, slots, shuffles) { MayPassPanels = panels.Exists(p => p is not null) };
        int at = 0;
        foreach (LinkClass c in classes)
        {
            if (c.ACages.Ways == 1 && c.ZCages.Ways == 1)
            {
                PlanSingles(c);
            }
            else
            {
                PlanDivided(c, products[at++], shared);
            }
        }
    }

    // The length that a product must serve: a link through panels has that of its pieces as they are ordered.
    private int[] LengthsToServe(LinkClass c)
    {
        int[] lengths = _lengthOfLink[c.Index];
        if (_panelsOfLink[c.Index] is not { } panels)
        {
            return lengths;
        }

        int[] served = [.. lengths];
        for (int i = 0; i < served.Length; i++)
        {
            if (panels[i] > 0)
            {
                served[i] = _patches.Of(c, i)!.Value.Sum;
            }
        }

        return served;
    }

    // Both cages belong to the link alone: every link is a cable and its choice its own.
    private void PlanSingles(LinkClass c)
    {
        int[] cableOf = _cableOfLink[c.Index];
        int[] lengths = _lengthOfLink[c.Index];
        byte[]? panels = _panelsOfLink[c.Index];
        ProductMemo memo = Memo(c, LinkShape.Single, 0);
        ProductMemo plain = memo;
        ClassTally tally = new(_bounds);
        Reserve(lengths.Length);
        Cable[] cables = _cables;
        int next = _cableCount;
        int last = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            if (panels is not null)
            {
                if (panels[i] != last)
                {
                    last = panels[i];
                    memo = last == 0 ? plain : Memo(c, LinkShape.Single, last);
                }

                if (last != 0)
                {
                    SetPanels(next, last);
                }
            }

            int length = lengths[i];
            int order = last == 0 ? 0 : _patches.Of(c, i)!.Value.Sum;
            int served = last == 0 ? length : order;
            int product = memo.Decide(served);
            cables[next] = new Cable(product, length, order, -1);
            cableOf[i] = next++;
            ref ChoiceCount count = ref tally.Of(product);
            count.Add(served, i, _bounds);
            count.AtA++;
            count.AtZ++;
        }

        _cableCount = next;
        Close(c, tally);
    }

    // The product of every link of a class with divided cages.
    private int[] Decide(List<LinkClass> divided, LinkClass c, CageGroups groups)
    {
        LinkShape shape = LinkQuestion.ShapeOf(c.ACages, c.ZCages);
        bool mayPair = shape == LinkShape.Mesh && c.ACages.Ways == c.ZCages.Ways && !c.SplitOverPlanes;
        ProductMemo plain = Memo(c, shape, 0);
        Link[] links = c.Links;
        int[] products = new int[links.Length];
        for (int i = 0; i < links.Length; i++)
        {
            int group = groups.Of(links[i]);
            (int longest, int passed) = groups.Ask(group);
            bool pair = mayPair && groups.IsPair(group);
            ProductMemo memo = passed == 0 && !pair ? plain : Memo(c, shape, passed, pair);
            int product = groups.Mixed(group) is { } kinds ? Together(memo, kinds, divided, passed, longest) : memo.Decide(longest);
            if (product < 0 && pair)
            {
                // Twin-port cages are wired a cable a link, as published designs count them; one straight assembly for all legs is the
                // resort where modules cannot serve.
                product = Memo(c, LinkShape.Parallel, passed).Decide(longest);
            }

            products[i] = product;
        }

        return products;
    }

    // Joins the sockets that shuffles connect. Where the wiring does not fit a shuffle, the whole group of cages takes a product that needs
    // none. Null when nothing is shuffled.
    private ShuffleGroups? Shuffle(List<LinkClass> divided, int[][] products, CageGroups groups, CageIndex cages, int slots)
    {
        List<(int Class, int Link)> shuffled = [];
        for (int k = 0; k < divided.Count; k++)
        {
            for (int i = 0; i < products[k].Length; i++)
            {
                if (products[k][i] is >= 0 and var product && _products[product].Grouping == CableGrouping.Shuffle)
                {
                    shuffled.Add((k, i));
                }
            }
        }

        if (shuffled.Count == 0)
        {
            return null;
        }

        ShuffleGroups shuffles = new(cages, slots);
        foreach ((int k, int i) in shuffled)
        {
            shuffles.Add(_products[products[k][i]].Sockets!.Value, divided[k].Links[i]);
        }

        HashSet<int> impossible = shuffles.Impossible(
            shuffled.Select(s => (_products[products[s.Class][s.Link]].Sockets!.Value, divided[s.Class].Links[s.Link]))
        );
        AddPartedAtPanels(divided, shuffled, products, shuffles, impossible);
        if (impossible.Count > 0)
        {
            HashSet<int> without = [];
            foreach ((int k, int i) in shuffled)
            {
                if (impossible.Contains(shuffles.Of(_products[products[k][i]].Sockets!.Value, divided[k].Links[i])))
                {
                    without.Add(groups.Of(divided[k].Links[i]));
                }
            }

            foreach ((int k, int i) in shuffled)
            {
                int group = groups.Of(divided[k].Links[i]);
                if (without.Contains(group))
                {
                    (int longest, int passed) = groups.Ask(group);
                    LinkClass c = divided[k];
                    products[k][i] = Memo(c, LinkQuestion.ShapeOf(c.ACages, c.ZCages), passed).DecideWithoutShuffle(longest);
                }
            }
        }

        return shuffles;
    }

    // A shuffle is one piece whose tails go to one frame or rack of panels: its A plugs may not lie where others are the next, nor some of
    // the legs of one Z plug pass panels where others pass none.
    private void AddPartedAtPanels(
        List<LinkClass> divided,
        List<(int Class, int Link)> shuffled,
        int[][] products,
        ShuffleGroups shuffles,
        HashSet<int> impossible
    )
    {
        Dictionary<int, FramePlace> places = [];
        Dictionary<(int Set, int Device, int Cage, int Socket), bool> patched = [];
        foreach ((int k, int i) in shuffled)
        {
            if (_panelsOfLink[divided[k].Index] is not { } panels)
            {
                continue;
            }

            Link link = divided[k].Links[i];
            LinkSockets sockets = _products[products[k][i]].Sockets!.Value;
            int set = shuffles.Of(sockets, link);
            bool passes = panels[i] > 0;
            (int, int, int, int) atZ = (set, link.Z, link.ZCage, sockets.Z.SocketOf(link.ZLane));
            if (!patched.TryAdd(atZ, passes) && patched[atZ] != passes)
            {
                Part(set, divided[k]);
            }

            if (passes)
            {
                FramePlace place = _patches.Of(divided[k], i)!.Value.Route.PlaceOf(0);
                if (!places.TryAdd(set, place) && places[set] != place)
                {
                    Part(set, divided[k]);
                }
            }
        }

        void Part(int set, LinkClass c)
        {
            impossible.Add(set);
            _shuffleParts.Add(c.Index);
        }
    }

    private void PlanDivided(LinkClass c, int[] products, SharedCables shared)
    {
        int[] cableOf = _cableOfLink[c.Index];
        int[] lengths = _lengthOfLink[c.Index];
        byte[]? panels = _panelsOfLink[c.Index];
        ClassTally tally = new(_bounds);
        Link[] links = c.Links;
        for (int i = 0; i < links.Length; i++)
        {
            ref readonly Link link = ref links[i];
            int product = products[i];
            int length = lengths[i];
            int cable = product < 0 ? NewCable(product) : shared.Find(_products[product], c, link, _cableCount);
            if (cable == _cableCount)
            {
                NewCable(product);
            }

            cableOf[i] = cable;
            ref Cable entry = ref _cables[cable];
            if (entry.LengthMillimetres < length)
            {
                entry = entry with { LengthMillimetres = length };
            }

            int served = length;
            if (panels is not null && panels[i] != 0)
            {
                SetPanels(cable, panels[i]);
                PatchedOrder order = _patches.Of(c, i)!.Value;
                served = order.Sum;
                OrderPatched(cable, product, order, panels[i], c, i);
            }
            else if (shared.MayPassPanels && product >= 0)
            {
                ShareEnd(cable, product, length);
            }

            ref ChoiceCount count = ref tally.Of(product);
            count.Add(served, i, _bounds);
            count.AtA += shared.FirstAtA(link) ? 1 : 0;
            count.AtZ += shared.FirstAtZ(link) ? 1 : 0;
        }

        Close(c, tally);
    }

    // The order length of a cable through panels is that of its longest way, with panels or without. A harness or shuffle at one end is one
    // piece for all of them.
    private void OrderPatched(int cable, int product, in PatchedOrder order, int panels, LinkClass c, int link)
    {
        if (product < 0 || !_products[product].IsShared)
        {
            ref Cable entry = ref _cables[cable];
            entry = entry with { OrderLengthMillimetres = Math.Max(entry.OrderLengthMillimetres, order.Sum) };
            return;
        }

        LinkProduct of = _products[product];
        int own = of.Sockets!.Value.DividesAtZ ? order.CordZ : order.CordA;
        ref SharedEnd end = ref CollectionsMarshal.GetValueRefOrAddDefault(_sharedEnds, cable, out _);
        end.Patched = Math.Max(end.Patched, own);
        end.WorstDb = Math.Max(end.WorstDb, _selector.Plant.LossDb(of.Medium, of.PanelConnector, order.Sum - own, panels, of.Head) ?? 0);
        if (order.Sum - own > end.Beyond)
        {
            (end.Beyond, end.Class, end.Link) = (order.Sum - own, c.Index, link);
        }
    }

    private void ShareEnd(int cable, int product, int length)
    {
        if (_products[product].IsShared)
        {
            ref SharedEnd end = ref CollectionsMarshal.GetValueRefOrAddDefault(_sharedEnds, cable, out _);
            end.Direct = Math.Max(end.Direct, length);
        }
    }

    // Where legs of one harness part, some over panels and some not, its length is known only once all are met.
    private void OrderShared(FibrePlant plant)
    {
        foreach ((int cable, SharedEnd end) in _sharedEnds)
        {
            if (end.Beyond == 0)
            {
                continue;
            }

            Cable entry = _cables[cable];
            LinkProduct product = _products[entry.Product];
            int direct = end.Direct == 0 ? 0 : (int)plant.Order(end.Direct, product.Reach.Millimetres, product.MinReach.Millimetres);
            int order = Math.Max(end.Patched, direct) + end.Beyond;
            _cables[cable] = entry with { OrderLengthMillimetres = order };
            double alike = plant.LossDb(product.Medium, product.PanelConnector, order, PanelsOf(cable), product.Head) ?? 0;
            double worst = Math.Max(
                end.WorstDb + plant.FibreLossDb(product.Medium, Math.Max(end.Patched, direct), product.Head),
                plant.FibreLossDb(product.Medium, direct, product.Head)
            );
            if (alike - worst > 1e-9)
            {
                _lossOfCable[cable] = worst;
            }

            CheckShared(product, end, order, worst, PanelsOf(cable));
        }
    }

    // Where legs of a cable have cords of their own, and some pass other panels than others or none, the longest way and the most lossy one
    // are found leg by leg.
    private void OrderUnlike(FibrePlant plant)
    {
        if (_panelsOfCable is null || !_products.Exists(p => IsOfCords(p)))
        {
            return;
        }

        HashSet<int> unlike = [];
        ForLegsOfCords((c, i, cable, panels) => panels != PanelsOf(cable) && unlike.Add(cable));
        Dictionary<int, (int Order, double Loss)> worst = [];
        if (unlike.Count > 0)
        {
            ForLegsOfCords((c, i, cable, panels) => unlike.Contains(cable) && Take(c, i, cable, panels));
        }

        foreach ((int cable, (int order, double loss)) in worst)
        {
            _cables[cable] = _cables[cable] with { OrderLengthMillimetres = order };
            _lossOfCable[cable] = loss;
        }

        bool Take(LinkClass c, int i, int cable, int panels)
        {
            LinkProduct product = _products[_cables[cable].Product];
            int order =
                panels > 0
                    ? _patches.Of(c, i)!.Value.Sum
                    : (int)plant.Order(_lengthOfLink[c.Index][i], product.Reach.Millimetres, product.MinReach.Millimetres);
            double loss = plant.LossDb(product.Medium, product.PanelConnector, order, panels, product.Head) ?? 0;
            (int Order, double Loss) before = worst.GetValueOrDefault(cable);
            worst[cable] = (Math.Max(before.Order, order), Math.Max(before.Loss, loss));
            return true;
        }

        static bool IsOfCords(LinkProduct product) => product is { IsAssembly: false, IsShared: false, LegsPerCable: > 1 };

        void ForLegsOfCords(Func<LinkClass, int, int, int, bool> look)
        {
            bool[] ofCords = [.. _products.Select(IsOfCords)];
            foreach (LinkClass c in _network.LinkClasses)
            {
                // The planes of a NIC port are classes of their own, so that one may pass panels and the next none.
                int[] cableOf = _cableOfLink[c.Index];
                byte[]? panels = _panelsOfLink[c.Index];
                for (int i = 0; i < cableOf.Length; i++)
                {
                    if (_cables[cableOf[i]].Product is >= 0 and var product && ofCords[product] && PanelsOf(cableOf[i]) > 0)
                    {
                        look(c, i, cableOf[i], panels?[i] ?? 0);
                    }
                }
            }
        }
    }

    // Links were judged one by one: the piece that several share may make a way longer, and more lossy, than its own would be.
    private void CheckShared(LinkProduct product, in SharedEnd end, int order, double loss, int panels)
    {
        bool tooLong = order > product.Reach.Millimetres;
        if (!tooLong && !(product.LossBudgetDb is { } budget && loss > budget + 1e-9))
        {
            return;
        }

        int fewer = Enumerable
            .Range(0, panels)
            .LastOrDefault(p =>
                _selector.Plant.LossDb(product.Medium, product.PanelConnector, order, p, product.Head) <= product.LossBudgetDb
            );
        LinkClass c = _network.LinkClasses[end.Class];
        (Scope scope, int left) = (_ways.ScopeOf(c, end.Link), tooLong ? 0 : fewer);
        string keys = PanelKeys.For(_spec.Floor, scope, left);
        string what = tooLong
            ? FormattableString.Invariant($"{order / 1000.0:0.#} m long, {product.Reach.Metres:0.#} m are allowed")
            : FormattableString.Invariant($"lose {loss:0.##} dB, {product.LossBudgetDb:0.##} dB are allowed");
        _unserved.Add(
            new(
                $"{c.Fabric.ToWord()} {c.TierWord}",
                $"a fibre piece that several legs of a {product.Head.Id} share makes a way over {Counted.Of(panels, "panel")} {what}: legs of one "
                    + "socket part, some over panels, some not",
                keys.Length == 0
                    ? []
                    :
                    [
                        new(
                            "panels",
                            keys,
                            $"past fewer panels it would serve ({keys})",
                            file => file with { Floor = PanelKeys.In(file.Floor, scope, left) }
                        ),
                    ],
                "no number of panels would do; ",
                "divide cages less (breakouts)"
            )
            {
                Id = "LL6902",
            }
        );
        _diagnostics.Add(_unserved[^1].Error);
    }

    private int PanelsOf(int cable) => _panelsOfCable is { } panels ? panels[cable] : 0;

    // Links of several pools meet in one cage: its module must serve all of them, whatever is at their other ends.
    private int Together(ProductMemo own, IReadOnlyCollection<int> kinds, List<LinkClass> fabric, int panels, int longest)
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

    private int NewCable(int product)
    {
        Reserve(1);
        _cables[_cableCount] = new Cable(product, 0, 0, -1);
        return _cableCount++;
    }

    private void Reserve(int more)
    {
        long need = (long)_cableCount + more;
        if (need > _cables.Length)
        {
            Array.Resize(ref _cables, (int)Math.Min(Array.MaxLength, Math.Max(need, _cables.Length + (_cables.Length / 2L))));
        }
    }

    private void SetPanels(int cable, int panels)
    {
        byte[] of = _panelsOfCable ??= new byte[_cables.Length];
        if (of.Length <= cable)
        {
            Array.Resize(ref of, _cables.Length);
            _panelsOfCable = of;
        }

        if (of[cable] < panels)
        {
            of[cable] = (byte)panels;
        }
    }

    // Gives every cable the length to order and its bundle.
    private void Finish(CableBundles bundles)
    {
        // Per product what ordering a length needs; assemblies by their sold lengths, fibre by the ladder.
        FibrePlant plant = _selector.Plant;
        OrderShared(plant);
        OrderUnlike(plant);
        Sold[] sold =
        [
            .. _products.Select(p => new Sold(
                p.IsAssembly,
                [.. p.A.CatalogueLengths.OrEmpty().Select(l => (int)l.Millimetres).Order()],
                (int)Math.Min(int.MaxValue, p.Reach.Millimetres),
                (int)p.MinReach.Millimetres
            )),
        ];
        ReadOnlySpan<int> bundleOf = bundles.OfCable.AsSpan();
        for (int i = 0; i < _cableCount; i++)
        {
            ref Cable cable = ref _cables[i];
            int order =
                cable.Product < 0 ? cable.LengthMillimetres
                : cable.OrderLengthMillimetres > 0 ? cable.OrderLengthMillimetres
                : LengthToOrder(sold[cable.Product], cable.LengthMillimetres, plant);
            cable = cable with { OrderLengthMillimetres = order, Bundle = bundleOf[i] };
        }
    }

    private static int LengthToOrder(in Sold sold, int millimetres, FibrePlant plant) =>
        sold.IsAssembly
            ? NextSold(sold.Lengths, Math.Max(millimetres, sold.Minimum))
            : (int)plant.Order(millimetres, sold.Reach, sold.Minimum);

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

    // Adds a class's counts to the plan's.
    private void Close(LinkClass c, ClassTally tally)
    {
        foreach (ChoiceCount counted in tally.Counts)
        {
            if (counted.Links == 0)
            {
                continue;
            }

            ChoiceCount count = counted;
            count.LinkClass = c.Index;
            // What is plugged in outside is the outsider's.
            count.AtZ = c.To == Tier.External ? 0 : count.AtZ;
            _choices.Add(count);
            _cagesInUse += count.AtA + count.AtZ;
            if (count.Product < 0 || _products[count.Product] is not { IsAssembly: false } product)
            {
                continue;
            }

            Plug(product.CoPackagedA ? null : product.A, c.ACages, c.Rate, count.AtA);
            Plug(product.CoPackagedZ ? null : product.Z, c.ZCages, c.Rate, count.AtZ);
        }

        void Plug(InterconnectModel? model, CageUse cage, DataRate rate, long count)
        {
            if (model is not null && count > 0)
            {
                var plug = Cabling.Plug.Into(cage, model.FormFactors.OrEmpty());
                Breakout use = ModulePower.UseOf(model, cage, rate);
                CollectionsMarshal.GetValueRefOrAddDefault(_modules, (model, plug, use), out _) += count;
            }
        }
    }

    /// <summary>
    /// Legs of a cable, some of which pass panels, in millimetres: the piece that they share, at panels and as the longest way without one,
    /// and the longest way beyond it with its link, and what the most lossy one loses there.
    /// </summary>
    private struct SharedEnd
    {
        public int Patched;
        public int Direct;
        public int Beyond;
        public int Class;
        public int Link;
        public double WorstDb;
    }

    private readonly record struct Sold(bool IsAssembly, int[] Lengths, int Reach, int Minimum);
}
