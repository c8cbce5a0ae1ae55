using Lightloom.Cabling;
using Lightloom.Hardware;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Channels;

/// <summary>
/// What one leg of a cable lays into trays: its share of the pieces that it passes, in the rows at its ends and between them.
/// </summary>
/// <remarks>
/// A leg without panels lays its cords, or its share of an assembly, all the way. Past panels cords end at the frames and the share of a
/// trunk goes on: by the fibres in use. Immutable once built; safe to read from several threads.
/// </remarks>
internal sealed class TrayShares
{
    private readonly CableRouter _router;
    private readonly CablePlan _plan;
    private readonly byte[] _legs;
    private const int MostLegs = 16;
    private readonly (long Area, long Weight)[] _cords;
    private readonly TrayShare[] _whole;
    private readonly Dictionary<StrandKey, TrunkSum> _trunks;

    public TrayShares(Catalogue catalogue, CableRouter router, CablePlan plan, ChannelPlan channels)
    {
        (_router, _plan) = (router, plan);
        _legs = LegsOf(plan);
        _cords = [.. plan.Products.Select(product => BulkOf(catalogue, product))];
        _whole = new TrayShare[plan.Products.Count * (MostLegs + 1)];
        foreach (LinkProduct product in plan.Products)
        {
            for (int legs = 1; legs <= MostLegs; legs++)
            {
                _whole[(product.Index * (MostLegs + 1)) + legs] = WholeOf(product, legs);
            }
        }

        _trunks = channels.Field is { } field
            ? field.Groups.Where(g => g.Key.HasTrunk).ToDictionary(g => g.Key, g => TrunkSum.Of(catalogue, g, channels.Articles))
            : [];
    }

    /// <summary>A number that legs have in common which lay the same between the same two racks; -1 where each is looked at alone.</summary>
    public int KindOf(int cable)
    {
        int legs = _legs[cable];
        int kind = (_plan.Cables[cable].Product * (MostLegs + 1)) + legs;
        return legs > MostLegs ? -1
            : _plan.PanelsOf(cable) == 0 ? kind
            : kind + _whole.Length;
    }

    /// <summary>What several legs of a kind lay together; nothing for none of them.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="legs">How many.</param>
    /// <param name="c">The class of one of them.</param>
    /// <param name="link">That one's link.</param>
    /// <param name="cable">That one's cable.</param>
    public TrayShare Of(int kind, int legs, LinkClass c, int link, int cable) =>
        legs == 0 ? default
        : kind < _whole.Length ? _whole[kind] * legs
        : Of(c, link, cable) * legs;

    /// <summary>What a leg lays.</summary>
    /// <param name="c">Its class.</param>
    /// <param name="link">Its link in the class.</param>
    /// <param name="cable">Its cable, which has a product.</param>
    public TrayShare Of(LinkClass c, int link, int cable)
    {
        int number = _plan.Cables[cable].Product;
        int legs = _legs[cable];
        if (_plan.PanelsOf(cable) == 0 || _router.Patch(c, link) is not { } route)
        {
            return legs <= MostLegs ? _whole[(number * (MostLegs + 1)) + legs] : WholeOf(_plan.Products[number], legs);
        }

        LinkProduct product = _plan.Products[number];
        LinkSockets sockets = product.Sockets!.Value;
        (int strands, int sharing) = StrandsOf(product, sockets);
        bool dividesAtA = PatchedArticles.DividesAtA(product);
        TrayLoads.Load plain = Cords(product, strands, sharing);
        TrayLoads.Load shared = Cords(product, product.PiecesPerCable, legs);
        TrayLoads.Load cordA = dividesAtA ? shared : plain;
        TrayLoads.Load cordZ = sockets.DividesAtZ ? shared : plain;
        StrandKey key = CableWays.KeyOf(product, route);
        if (!key.HasTrunk)
        {
            // One panel: it hangs on the A side.
            return new(cordA, cordZ, cordZ);
        }

        TrayLoads.Load trunk = _trunks[key].Share((long)sockets.PathsPerLeg * sockets.FibresPerPath);
        bool framesA = !StandsInRack(route.FrameA);
        bool framesZ = !StandsInRack(route.FrameZ);

        // A cord to a panel in the rack lies in no tray; where a frame follows, a plain cord leads there.
        return new(
            !framesA ? trunk
                : route.RackA is null ? cordA
                : plain,
            trunk,
            !framesZ ? trunk
                : route.RackZ is null ? cordZ
                : plain
        );

        static bool StandsInRack(in FramePlace place) => place.Rack >= 0;
    }

    // What a leg of a cable with so many legs lays where it passes no panel: the same all the way.
    private TrayShare WholeOf(LinkProduct product, int legs)
    {
        TrayLoads.Load all = Cords(product, ChannelPlan.DirectPiecesOf(product, legs), legs);
        return new(all, all, all);
    }

    // Strands that a leg takes, as a fraction: several legs go over one where a straight cord or a shuffle's plug holds them.
    private static (int Strands, int Sharing) StrandsOf(LinkProduct product, in LinkSockets sockets) =>
        product.Shuffle is not null ? (1, sockets.Z.LegsPerSocket)
        : sockets.LegsMeshBetweenSockets ? (1, sockets.A.LegsPerSocket)
        : (sockets.PathsPerLeg, 1);

    private TrayLoads.Load Cords(LinkProduct product, int pieces, int legs)
    {
        (long area, long weight) = _cords[product.Index];
        return new((long)TrayLoads.CableParts * pieces / legs, area * pieces / legs, weight * pieces / legs);
    }

    private static byte[] LegsOf(CablePlan plan)
    {
        byte[] legs = new byte[plan.Cables.Length];
        foreach (System.Collections.Immutable.ImmutableArray<int> cables in plan.CableOfLink)
        {
            foreach (int cable in cables)
            {
                if (cable >= 0 && legs[cable] < byte.MaxValue)
                {
                    legs[cable]++;
                }
            }
        }

        return legs;
    }

    /// <summary>Cross-section (thousandths of a square millimetre) and weight (milligrams a metre) of a cord or an assembly.</summary>
    private static (long Area, long Weight) BulkOf(Catalogue catalogue, LinkProduct product)
    {
        InterconnectModel head = product.Head;
        bool copper = !product.Medium.IsFibre();
        CableEntry? part =
            product.IsAssembly ? head
            : product.Sockets is null ? null
            : FibreParts.Of(catalogue, product);
        double diameter =
            part?.OuterDiameter?.Value.Millimetres ?? catalogue.Fact(copper ? "copper-diameter-mm" : "fibre-cable-diameter-mm").Value;
        double weight =
            part?.WeightPerMetre?.Value.Kilograms
            ?? catalogue.Fact(copper ? "copper-weight-kg-per-m" : "fibre-cable-weight-kg-per-m").Value;
        if (product.Medium == Medium.Copper && head.Rate.Value.Gbps >= 800)
        {
            // The published average weighs less than 800G twinax can; a tray must carry what is really there.
            weight = Math.Max(weight, catalogue.Fact("copper-800g-weight-kg-per-m").Value);
        }

        return (AreaOf(diameter), WeightOf(weight));
    }

    private static long AreaOf(double millimetres) => (long)Math.Round(Math.PI / 4 * millimetres * millimetres * 1000);

    private static long WeightOf(double kilograms) => (long)Math.Round(kilograms * 1e6);

    // All trunks of a group, and the fibres in use that they are shared by.
    private readonly record struct TrunkSum(long Trunks, long Area, long Weight, long Fibres)
    {
        public static TrunkSum Of(Catalogue catalogue, StrandGroup group, IReadOnlyList<PieceArticle> articles)
        {
            long area = 0;
            long weight = 0;
            foreach (int trunk in group.Trunks)
            {
                PassiveModel? part = articles[trunk].Passive;
                area += AreaOf(part?.OuterDiameter?.Value.Millimetres ?? catalogue.Fact("fibre-cable-diameter-mm").Value);
                weight += WeightOf(part?.WeightPerMetre?.Value.Kilograms ?? catalogue.Fact("fibre-cable-weight-kg-per-m").Value);
            }

            return new(group.Trunks.Length, area, weight, Math.Max(1, group.UsedFibres));
        }

        public TrayLoads.Load Share(long fibres) =>
            new(TrayLoads.CableParts * Trunks * fibres / Fibres, Area * fibres / Fibres, Weight * fibres / Fibres);
    }
}
