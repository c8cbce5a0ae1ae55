using System.Runtime.InteropServices;
using Lightloom.Cabling;
using Lightloom.Routing;
using Lightloom.Topology;

namespace Lightloom.Channels;

/// <summary>The ways of the legs of one cable at a time: from which socket to which, over which piece or panel port.</summary>
/// <remarks>Not safe for use from several threads at once.</remarks>
internal sealed class CableWays(ChannelPlan plan, Network network)
{
    private readonly List<Way> _ways = [];
    private readonly List<Strand> _strands = [];
    private int _cable;

    /// <summary>Link class of the first leg.</summary>
    public LinkClass Class { get; private set; } = null!;

    /// <summary>The product of the cable.</summary>
    public LinkProduct Product { get; private set; } = null!;

    /// <summary>The ways, leg by leg.</summary>
    public ReadOnlySpan<Way> Ways => CollectionsMarshal.AsSpan(_ways);

    /// <summary>What takes panel ports; empty where the cable passes no panel.</summary>
    public ReadOnlySpan<Strand> Strands => CollectionsMarshal.AsSpan(_strands);

    /// <summary>Number of pieces from module to module without panels.</summary>
    public int DirectPieces { get; private set; }

    /// <summary>Takes up a cable.</summary>
    public void Take(int cable)
    {
        _ways.Clear();
        _strands.Clear();
        _cable = cable;
        Product = plan.Cables.Products[plan.Cables.Cables[cable].Product];
        CableLegs legs = plan.Legs;
        Class = network.LinkClasses[legs[cable, 0].Class];
        bool patched = plan.Cables.PanelsOf(cable) > 0;
        for (int leg = 0; leg < legs.Count(cable); leg++)
        {
            (int number, int i) = legs[cable, leg];
            LinkClass c = network.LinkClasses[number];
            Link link = c.Links[i];
            int paths = Product.Sockets?.PathsPerLeg ?? 1;
            for (int path = 0; path < paths; path++)
            {
                PieceEnd a = new(link.A, c.Fabric, link.ACage, Product.Sockets?.ASocket(link.ALane, path) ?? -1);
                PieceEnd z = new(link.Z, c.Fabric, link.ZCage, Product.Sockets?.ZSocket(link.ZLane, path) ?? -1);
                _ways.Add(new(leg, path, a, z, patched ? StrandOf(a, z, c, i) : 0));
            }
        }

        if (!patched)
        {
            JoinPlugs();
        }
    }

    /// <summary>The group that a strand over panels belongs to.</summary>
    public StrandKey KeyOf(in PatchedOrder order) => KeyOf(Product, order.Route);

    /// <summary>The group that strands of a product belong to on a route over panels.</summary>
    public static StrandKey KeyOf(LinkProduct product, in PatchedRoute route) =>
        new(
            route.FrameA,
            route.FrameZ,
            product.Medium,
            product.PanelConnector ?? "",
            route.Panels,
            route.RackA is not null,
            route.RackZ is not null
        );

    /// <summary>The pieces at both ends and the jumpers, by role and ordered length, in the order of their numbers.</summary>
    public IEnumerable<(PatchRole Role, int Panels, int Millimetres)> PatchedPieces()
    {
        int pieces = 0;
        for (int i = 0; i < _strands.Count; i++)
        {
            if (_strands[i].PieceA == pieces)
            {
                pieces++;
                yield return (RoleA(i), PanelsOf(i, RoleA(i)), LengthA(i).Ordered);
            }
        }

        foreach (Strand strand in _strands)
        {
            if (strand.Order is { } order)
            {
                for (int i = 0; i < order.Route.Jumpers; i++)
                {
                    yield return (
                        i < order.Route.PanelsA - 1 ? PatchRole.JumperA : PatchRole.JumperZ,
                        order.Route.Panels,
                        order.JumperAt(i)
                    );
                }
            }
        }

        pieces = 0;
        for (int i = 0; i < _strands.Count; i++)
        {
            if (_strands[i].PieceZ == pieces)
            {
                pieces++;
                yield return (PatchRole.SideZ, PanelsOf(i, PatchRole.SideZ), LengthZ(i).Ordered);
            }
        }
    }

    /// <summary>
    /// The panels that decide how a piece of a strand is made. A piece that legs share is made alike whatever panels they pass.
    /// </summary>
    public int PanelsOf(int strand, PatchRole role) =>
        role == (Product.Sockets!.Value.DividesAtZ ? PatchRole.SideZ : PatchRole.SideA) && Product.IsShared
            ? 2
            : _strands[strand].Order?.Route.Panels ?? 0;

    /// <summary>The piece at the A end of a strand: a cord from module to module where it passes no panel and no piece is shared.</summary>
    public PatchRole RoleA(int strand) => _strands[strand].IsDirect && !Product.IsShared ? PatchRole.Direct : PatchRole.SideA;

    /// <summary>Computed and ordered length of the piece at the A end of a strand: that of its longest strand.</summary>
    public (int Computed, int Ordered) LengthA(int strand) => LengthAt(strand, atZ: false);

    /// <summary>Computed and ordered length of the piece at the Z end of a strand.</summary>
    public (int Computed, int Ordered) LengthZ(int strand) => LengthAt(strand, atZ: true);

    private (int Computed, int Ordered) LengthAt(int strand, bool atZ)
    {
        int piece = atZ ? _strands[strand].PieceZ : _strands[strand].PieceA;
        (int computed, int ordered) = (0, 0);
        foreach (Strand s in _strands)
        {
            if ((atZ ? s.PieceZ : s.PieceA) == piece)
            {
                computed = Math.Max(computed, (atZ ? s.Order?.Route.CordZ : s.Order?.Route.CordA) ?? s.Computed);
                ordered = Math.Max(ordered, (atZ ? s.Order?.CordZ : s.Order?.CordA) ?? s.Ordered);
            }
        }

        return (computed, ordered);
    }

    // Behind a shuffle a plug carries a leg of every A socket; else a pair of plugs has a strand of its own.
    private int StrandOf(in PieceEnd a, in PieceEnd z, LinkClass c, int link)
    {
        bool shuffles = Product.Shuffle is not null;
        int fibres = Product.Sockets!.Value.FibresPerPath;
        for (int i = 0; i < _strands.Count; i++)
        {
            if (_strands[i].Z == z && (shuffles || _strands[i].A == a))
            {
                Strand joined = _strands[i] with { Fibres = _strands[i].Fibres + fibres };
                _strands[i] = shuffles ? Longer(joined, c, link) : joined;
                return i;
            }
        }

        PatchedOrder? order = plan.Cables.Patches!.Of(c, link);
        int computed = order is null ? plan.Cables.LengthOfLink[c.Index][link] : 0;
        int ordered = order is null ? (int)plan.Cables.Plant!.Order(computed, Product.Reach.Millimetres, Product.MinReach.Millimetres) : 0;
        _strands.Add(new(a, z, PieceA(a, order is null), PieceZ(z, order is null), fibres, order, computed, ordered));
        return _strands.Count - 1;
    }

    // The A plugs of a shuffle lie in several cages; the piece is as long as the farthest asks.
    private Strand Longer(Strand strand, LinkClass c, int link)
    {
        if (strand.Order is { } order)
        {
            PatchedOrder other = plan.Cables.Patches!.Of(c, link)!.Value;
            PatchedRoute route = order.Route with { CordA = Math.Max(order.Route.CordA, other.Route.CordA) };
            return strand with { Order = order with { Route = route, CordA = Math.Max(order.CordA, other.CordA) } };
        }

        int computed = plan.Cables.LengthOfLink[c.Index][link];
        int ordered = (int)plan.Cables.Plant!.Order(computed, Product.Reach.Millimetres, Product.MinReach.Millimetres);
        return strand with { Computed = Math.Max(strand.Computed, computed), Ordered = Math.Max(strand.Ordered, ordered) };
    }

    // Numbers of the pieces at one end, in the order in which they are met. A way without panels has no piece of its own at the end that does
    // not divide; -1 stands for none.
    private int PieceA(in PieceEnd a, bool direct)
    {
        if (direct && Product.Sockets!.Value.DividesAtZ)
        {
            return -1;
        }

        bool divides = PatchedArticles.DividesAtA(Product);
        int next = 0;
        foreach (Strand s in _strands)
        {
            if (divides && (s.A == a || Product.Shuffle is not null))
            {
                return s.PieceA;
            }

            next = Math.Max(next, s.PieceA + 1);
        }

        return next;
    }

    private int PieceZ(in PieceEnd z, bool direct)
    {
        bool divides = Product.Sockets!.Value.DividesAtZ;
        if (direct && !divides)
        {
            return -1;
        }

        int next = 0;
        foreach (Strand s in _strands)
        {
            if (divides && s.Z == z)
            {
                return s.PieceZ;
            }

            next = Math.Max(next, s.PieceZ + 1);
        }

        return next;
    }

    // Ways that share a plug are one piece. Where the product makes one piece of all, they need share none (a shuffle, an assembly).
    private void JoinPlugs()
    {
        Span<Way> ways = CollectionsMarshal.AsSpan(_ways);
        DirectPieces = 1;
        if (Product.IsAssembly || Product.Shuffle is not null || ways.Length == 1)
        {
            return;
        }

        int pieces = 0;
        for (int i = 0; i < ways.Length; i++)
        {
            int piece = -1;
            for (int j = 0; j < i && piece < 0; j++)
            {
                piece = ways[j].A == ways[i].A || ways[j].Z == ways[i].Z ? ways[j].Strand : -1;
            }

            ways[i] = ways[i] with { Strand = piece < 0 ? pieces++ : piece };
        }

        DirectPieces = pieces;
        if (pieces != plan.DirectPiecesOf(_cable))
        {
            throw new InvalidOperationException(
                $"cable {_cable} of {Product.Id} has {pieces} pieces, {plan.DirectPiecesOf(_cable)} are on the bill"
            );
        }
    }
}
