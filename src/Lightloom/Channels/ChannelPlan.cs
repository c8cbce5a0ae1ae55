using Lightloom.Cabling;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Channels;

/// <summary>
/// What is really pulled for the cables of a plan: every piece from module socket to module socket, counted by order code, and the order in
/// which the pieces are numbered.
/// </summary>
/// <remarks>
/// Counts come from sums over cables that are alike; the rows of single pieces are made when they are written (<see cref="Walk"/>).
/// Immutable; safe to read from several threads. docs/models/channels.md has the rules.
/// </remarks>
public sealed class ChannelPlan
{
    private readonly Network _network;
    private readonly ArticleCounts _articles;
    private readonly byte[]? _legsOfNicCables;
    private readonly Lazy<CableLegs> _legs;
    private readonly Lazy<PieceNumbers> _numbers;

    // Fibres that carry light in cords, harnesses, shuffles and jumpers.
    private long _lit;

    private ChannelPlan(Network network, Placement placement, CablePlan cables, byte[]? legsOfNicCables, ArticleCounts articles)
    {
        (_network, Cables, _legsOfNicCables, _articles) = (network, cables, legsOfNicCables, articles);
        _legs = new(() => CableLegs.Of(network, cables));
        _numbers = new(() => PieceNumbers.Of(this, network, placement, cables));
    }

    /// <summary>The cables whose pieces these are.</summary>
    public CablePlan Cables { get; }

    /// <summary>What is bought, by order code.</summary>
    public IReadOnlyList<PieceArticle> Articles { get; private set; } = [];

    /// <summary>Patch panels, each a device with a place; their pieces' ends name them by number.</summary>
    public IReadOnlyList<PatchPanel> Panels => Field?.Panels ?? [];

    /// <summary>Number of pieces.</summary>
    public long Pieces => Articles.Sum(a => a.Quantity);

    /// <summary>
    /// Fibres in use, over all pieces: those that the legs light. Dark ones of a trunk, of a cord behind a splitter, and of a harness or
    /// shuffle whose tails are not all plugged do not count.
    /// </summary>
    public long Fibres =>
        Articles.Where(a => a.Kind == PieceKind.Assembly).Sum(a => a.Quantity * a.Fibres)
        + _lit
        + (Field?.Groups.Sum(g => g.UsedFibres) ?? 0);

    internal PatchField? Field { get; private set; }

    internal CableLegs Legs => _legs.Value;

    internal PieceNumbers Numbers => _numbers.Value;

    /// <summary>Finds the pieces of every cable and counts them.</summary>
    /// <param name="spec">The catalogue, and how high a frame is.</param>
    /// <param name="network">Devices and links.</param>
    /// <param name="placement">Racks, for the order of the pieces' numbers, and halls, for the names of frames.</param>
    /// <param name="cables">Cables with products and lengths.</param>
    public static ChannelPlan Of(ClusterSpec spec, Network network, Placement placement, CablePlan cables)
    {
        ArticleCounts articles = new(spec, cables);
        ChannelPlan plan = new(network, placement, cables, LegsOfNicCables(network, cables), articles);
        ReadOnlySpan<Cable> all = cables.Cables.AsSpan();
        bool patched = cables.PanelsOfCable.Length > 0;
        for (int cable = 0; cable < all.Length; cable++)
        {
            if (all[cable].Product >= 0 && !(patched && cables.PanelsOfCable[cable] > 0))
            {
                articles.AddDirect(all[cable], plan.DirectPiecesOf(cable));
            }
        }

        articles.CloseDirect();
        plan._lit = LitWithoutPanels(network, cables);
        if (patched)
        {
            plan.Field = plan.Patch(spec, placement);
        }

        plan.Articles = articles.Take();
        return plan;
    }

    /// <summary>Goes through the pieces and channels of single cables; each walk is for one thread.</summary>
    public ChannelWalk Walk() => new(this, _network);

    /// <summary>Trunks with a row for each plug in use, and cassettes: they have the first numbers.</summary>
    public IEnumerable<Piece> PlantPieces() => Field?.PlantPieces() ?? [];

    /// <summary>Pieces that a cable consists of; trunks and cassettes are no part of it.</summary>
    public int PiecesOf(int cable)
    {
        int patched = Field?.PiecesOf(cable) ?? 0;
        return patched > 0 ? patched : DirectPiecesOf(cable);
    }

    internal int DirectPiecesOf(int cable)
    {
        Cable c = Cables.Cables[cable];
        if (c.Product < 0)
        {
            return 0;
        }

        return DirectPiecesOf(Cables.Products[c.Product], _legsOfNicCables is { } legs ? legs[cable] : 0);
    }

    /// <summary>Pieces of a cable that passes no panel.</summary>
    /// <param name="product">Its product.</param>
    /// <param name="legs">Its legs, which decide where it is what leaves one NIC port for its planes.</param>
    internal static int DirectPiecesOf(LinkProduct product, int legs) =>
        product.Grouping == CableGrouping.NicPort && legs > 0
            ? Math.Max(1, legs * product.Sockets!.Value.PathsPerLeg / product.TailsPerPiece)
            : product.PiecesPerCable;

    internal int ArticleOf(in Cable cable) => _articles.Direct(cable);

    internal int ArticleOf(int product, PatchRole role, int panels, int millimetres) =>
        _articles.Patched(product, role, panels, millimetres);

    // Goes through the ways of every cable that passes panels: they share trunks and panels with those of others.
    private PatchField Patch(ClusterSpec spec, Placement placement)
    {
        PatchField.Builder builder = new(Cables.Cables.Length);
        CableWays ways = new(this, _network);
        for (int cable = 0; cable < Cables.Cables.Length; cable++)
        {
            if (Cables.PanelsOf(cable) > 0 && Cables.Cables[cable].Product >= 0)
            {
                ways.Take(cable);
                foreach (Strand strand in ways.Strands)
                {
                    if (strand.Order is { } order)
                    {
                        builder.Add(ways.KeyOf(order), order, strand.Fibres);
                        _lit += (long)strand.Fibres * (2 + order.Route.Jumpers);
                    }
                    else
                    {
                        builder.AddDirect();
                        _lit += strand.Fibres;
                    }
                }

                int pieces = 0;
                foreach ((PatchRole role, int panels, int millimetres) in ways.PatchedPieces())
                {
                    _articles.AddPatched(Cables.Cables[cable].Product, role, panels, millimetres);
                    pieces++;
                }

                builder.Close(cable, pieces);
                continue;
            }

            builder.Close(cable, 0);
        }

        return builder.Build(spec, _network, placement, new FloorGeometry(spec).UsableUnits, _articles.Add);
    }

    // A leg without panels lights its fibres in one piece.
    private static long LitWithoutPanels(Network network, CablePlan cables)
    {
        long lit = 0;
        foreach (LinkClass c in network.LinkClasses)
        {
            foreach (int cable in cables.CableOfLink[c.Index])
            {
                if (
                    cable >= 0
                    && cables.Cables[cable].Product is >= 0 and var product
                    && cables.Products[product] is { IsAssembly: false, Sockets: { } sockets }
                    && cables.PanelsOf(cable) == 0
                )
                {
                    lit += sockets.PathsPerLeg * sockets.FibresPerPath;
                }
            }
        }

        return lit;
    }

    // A NIC port's cable has a cord a leg; planes that a port does not reach have none.
    private static byte[]? LegsOfNicCables(Network network, CablePlan cables)
    {
        if (!cables.Products.Any(p => p.Grouping == CableGrouping.NicPort))
        {
            return null;
        }

        byte[] legs = new byte[cables.Cables.Length];
        foreach (LinkClass c in network.LinkClasses.Where(c => c.LegsPerNic > 1))
        {
            foreach (int cable in cables.CableOfLink[c.Index])
            {
                if (cable >= 0)
                {
                    legs[cable]++;
                }
            }
        }

        return legs;
    }
}
