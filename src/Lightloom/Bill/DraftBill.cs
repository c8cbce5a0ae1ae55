using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Bill;

/// <summary>
/// The bill of a network that is sized and not placed: its switches, and of each kind of link the modules, cables and fibre that the planner
/// would take at the lengths of its tier, each line made and priced as the bill does. Trunks and panels, which hang on places, are not in it.
/// </summary>
/// <remarks>
/// Lines are made once a kind of link and added up for every candidate. Every divided cage counts as full. Not safe to use from several
/// threads.
/// </remarks>
/// <param name="spec">Prices, stock, spares and the catalogue.</param>
/// <param name="lengths">How long the links of each tier are.</param>
/// <param name="estimates">What pieces without a price would cost.</param>
/// <param name="prepared">
/// Answers for every length which products join such ends, whether their legs part or not, over so many panels; the planner's choices of shape in
/// turn.
/// </param>
/// <param name="delay">What a link of a product adds to a path at so many millimetres.</param>
internal sealed class DraftBill(
    ClusterSpec spec,
    TierLengths lengths,
    UnitEstimates estimates,
    Func<LinkEnds, bool, int, IEnumerable<(LinkShape Shape, PreparedLink Link)>> prepared,
    Func<LinkProduct, int, SimTime> delay
)
{
    private readonly List<Part> _parts = [];
    private readonly List<double> _quantities = [];
    private readonly Dictionary<(string Kind, string Code), int> _numbers = [];
    private readonly Dictionary<SwitchModel, int> _switches = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<CountedLinks, KindParts> _links = [];
    private readonly List<int> _used = [];

    /// <summary>What switches and links come to.</summary>
    public NetworkEstimate Of(IEnumerable<(SwitchModel Model, long Count)> switches, IEnumerable<CountedLinks> links)
    {
        foreach ((SwitchModel model, long count) in switches)
        {
            if (count > 0)
            {
                Count(SwitchPart(model), count);
            }
        }

        bool mayPart = false,
            fallsShort = false;
        Dictionary<(Tier From, Tier To), double> slowest = [];
        foreach (CountedLinks kind in links)
        {
            CountedLinks one = kind with { Count = 1 };
            if (!_links.TryGetValue(one, out KindParts parts))
            {
                _links[one] = parts = PartsOf(one);
            }

            mayPart |= parts.MayPart && kind.Count > 0;
            fallsShort |= parts.FallsShort && kind.Count > 0;
            if (kind.Count > 0 && kind.Ends.To != Tier.External)
            {
                (Tier, Tier) tiers = (kind.Ends.From, kind.Ends.To);
                slowest[tiers] = Math.Max(slowest.GetValueOrDefault(tiers), parts.DelayNs);
            }

            foreach ((int part, double perLink) in parts.PerLink)
            {
                Count(part, perLink * kind.Count);
            }
        }

        NetworkEstimate sum = spec.Existing.Count > 0 ? WithStock() : Plain();
        foreach (int part in _used)
        {
            _quantities[part] = 0;
        }

        _used.Clear();
        // A path goes up and down again; between the two leaves of a pair it passes one link.
        return sum with
        {
            MayPartAtPanels = mayPart,
            FallsShort = fallsShort,
            PathNs = slowest.Sum(t => t.Value * (t.Key.From == t.Key.To ? 1 : 2)),
        };
    }

    private void Count(int part, double quantity)
    {
        if (_quantities[part] == 0 && quantity > 0)
        {
            _used.Add(part);
        }

        _quantities[part] += quantity;
    }

    private static long Whole(double quantity) => (long)Math.Ceiling(quantity - 1e-6);

    private NetworkEstimate Plain()
    {
        double usd = 0,
            assumed = 0,
            watts = 0;
        foreach (int number in _used)
        {
            Part part = _parts[number];
            long quantity = Whole(_quantities[number]);
            double cost = part.Usd * (quantity + BillOfMaterials.SparesOf(part.Line.Category, quantity, spec.Interconnect.Spares));
            usd += cost;
            assumed += part.IsAssumed ? cost : 0;
            watts += part.Watts * quantity;
        }

        return new(usd, assumed, watts);
    }

    // What is in stock, and its spares, by the rule of the bill.
    private NetworkEstimate WithStock()
    {
        Dictionary<string, Part> byId = [];
        List<BillLine> whole = [];
        double watts = 0;
        foreach (int number in _used)
        {
            Part part = _parts[number];
            long quantity = Whole(_quantities[number]);
            byId[part.Line.Id] = part;
            whole.Add(part.Line with { Quantity = quantity });
            watts += part.Watts * quantity;
        }

        double usd = 0,
            assumed = 0;
        foreach (BillLine line in BillOfMaterials.Bought(whole, spec.Interconnect.Spares, new StockRule(spec.Existing)))
        {
            Part part = byId[line.Id];
            double cost = line.IsStock ? 0 : part.Usd * line.Quantity;
            usd += cost;
            assumed += part.IsAssumed ? cost : 0;
        }

        return new(usd, assumed, watts);
    }

    private int SwitchPart(SwitchModel model)
    {
        if (!_switches.TryGetValue(model, out int part))
        {
            BillLine line = BillOfMaterials.SwitchLine(model, 1, spec.Prices);
            _switches[model] = part = Number(line, line.UnitPower?.Watts ?? estimates.Medians.WattsOf(model));
        }

        return part;
    }

    private int Number(BillLine line, double watts)
    {
        if (!_numbers.TryGetValue((line.Category, line.Id), out int number))
        {
            _numbers[(line.Category, line.Id)] = number = _parts.Count;
            _parts.Add(new(line, line.UnitPrice?.Dollars ?? estimates.Of(line) ?? 0, line.UnitPrice is null, watts));
            _quantities.Add(0);
        }

        return number;
    }

    // What one link takes of every part, over the lengths of its tier.
    private KindParts PartsOf(CountedLinks kind)
    {
        LinkEnds ends = kind.Ends;
        Dictionary<int, double> perLink = [];
        bool mayPart = false,
            fallsShort = false;
        SimTime longest = SimTime.Zero;
        foreach (LengthShare length in lengths.Of(ends.From, ends.To, kind.IsTop))
        {
            if (ProductAt(kind, length, out bool reaches) is var (product, order))
            {
                fallsShort |= !reaches;
                SimTime takes = delay(product, length.Millimetres);
                longest = takes > longest ? takes : longest;
                mayPart |= kind.IsTop && lengths.CrossesHalls && product.Grouping == CableGrouping.Shuffle;
                AddModules(perLink, ends, product, length.Share);
                AddPieces(perLink, product, order, length);
            }
        }

        return new([.. perLink.Select(p => (p.Key, p.Value))], mayPart, fallsShort, longest.Nanoseconds);
    }

    // The product that the planner would take; where nothing reaches so far, what reaches farthest stands for it.
    private (LinkProduct Product, int Order)? ProductAt(CountedLinks kind, LengthShare length, out bool reaches)
    {
        reaches = true;
        LinkEnds ends = kind.Ends;
        (LinkShape Shape, PreparedLink Link)[] shapes = [.. prepared(ends, kind.LegsPart, length.Panels)];
        foreach ((LinkShape shape, PreparedLink link) in shapes)
        {
            if (link.Best(length.Millimetres) is >= 0 and var offer)
            {
                return Product(shape, link, offer, length.Millimetres);
            }
        }

        reaches = false;
        foreach ((LinkShape shape, PreparedLink link) in shapes)
        {
            if (link.Longest is { } longest && link.Best(longest) is >= 0 and var offer)
            {
                return Product(shape, link, offer, (int)Math.Min(longest, length.Millimetres));
            }
        }

        return null;

        (LinkProduct, int) Product(LinkShape shape, PreparedLink link, int at, int millimetres)
        {
            Offer offer = link.Offers[at];
            int legs = ends.SplitOverPlanes ? ends.A.Ways : 1;
            LinkProduct product = new LinkUse(ends.A, ends.Z, ends.Rate, shape, legs).ProductOf(offer, link.HeadAtZ, 0);
            return (product, (int)Math.Max(link.Order(offer, millimetres), 0));
        }
    }

    private void AddModules(Dictionary<int, double> perLink, LinkEnds ends, LinkProduct product, double share)
    {
        if (product.IsAssembly)
        {
            return;
        }

        if (!product.CoPackagedA)
        {
            Plug(product.A, product.PlugA, ends.A);
        }

        // What is plugged in outside is the outsider's.
        if (!product.CoPackagedZ && ends.To != Tier.External)
        {
            Plug(product.Z, product.PlugZ, ends.Z);
        }

        void Plug(InterconnectModel model, Plug plug, CageUse cage)
        {
            Breakout use = ModulePower.UseOf(model, cage, ends.Rate);
            BillLine line = BillOfMaterials.ModuleLine([new(model, plug, use, 1)], spec.Prices);
            Add(perLink, Number(line, line.UnitPower?.Watts ?? 0), share / Math.Max(1, cage.Ways));
        }
    }

    private void AddPieces(Dictionary<int, double> perLink, LinkProduct product, int order, LengthShare length)
    {
        double pieces = (double)product.PiecesPerCable / Math.Max(1, product.LegsPerCable);
        if (length.Panels == 0 || product.IsAssembly)
        {
            Piece(ArticleCounts.Direct(spec, product, Length.FromMillimetres(order)), pieces);
            return;
        }

        // A cord or harness at either port; trunks and panels in between have no public price.
        double ways = product.Sockets!.Value.PathsPerLeg;
        Piece(
            PatchedArticles.Of(spec, product, PatchRole.SideA, length.Panels, Length.FromMillimetres(length.CordA)),
            PatchedArticles.DividesAtA(product) ? pieces : ways
        );
        Piece(
            PatchedArticles.Of(spec, product, PatchRole.SideZ, length.Panels, Length.FromMillimetres(length.CordZ)),
            product.Sockets.Value.DividesAtZ ? pieces : ways
        );

        void Piece(PieceArticle article, double each)
        {
            BillLine line = BillOfMaterials.PieceLine(article with { Quantity = 1 }, spec);
            Add(perLink, Number(line, line.UnitPower?.Watts ?? 0), each * length.Share);
        }
    }

    private static void Add(Dictionary<int, double> perLink, int part, double quantity) =>
        perLink[part] = perLink.GetValueOrDefault(part) + quantity;

    /// <summary>What one link of a kind takes of every part, whether its legs may part at panels, and what the longest adds to a path.</summary>
    private readonly record struct KindParts((int Part, double PerLink)[] PerLink, bool MayPart, bool FallsShort, double DelayNs);

    /// <summary>A line of one piece, with what it costs and draws.</summary>
    private readonly record struct Part(BillLine Line, double Usd, bool IsAssumed, double Watts);
}
