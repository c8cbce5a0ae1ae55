using Lightloom.Cabling;
using Lightloom.Topology;

namespace Lightloom.Channels;

/// <summary>Takes cables apart into pieces and the ways of their legs, one cable at a time.</summary>
/// <remarks>Not safe for use from several threads at once; take a walk each.</remarks>
public sealed class ChannelWalk
{
    private readonly ChannelPlan _plan;
    private readonly Network _network;
    private readonly List<Strand> _strands = [];
    private readonly List<Piece> _pieces = [];
    private readonly List<ChannelStep> _steps = [];

    internal ChannelWalk(ChannelPlan plan, Network network) => (_plan, _network) = (plan, network);

    /// <summary>Rows of the pieces of the cable last taken apart.</summary>
    public IReadOnlyList<Piece> Pieces => _pieces;

    /// <summary>Steps of the channels of the cable last taken apart, leg by leg, way by way.</summary>
    public IReadOnlyList<ChannelStep> Steps => _steps;

    /// <summary>Link class of the first leg of the cable last taken apart.</summary>
    public LinkClass Class { get; private set; } = null!;

    /// <summary>All cables in the order in which their pieces are numbered.</summary>
    public ReadOnlySpan<int> Order => _plan.Numbers.Order;

    /// <summary>Takes a cable apart.</summary>
    public void Take(int cable)
    {
        _strands.Clear();
        _pieces.Clear();
        _steps.Clear();
        Cable one = _plan.Cables.Cables[cable];
        LinkProduct product = _plan.Cables.Products[one.Product];
        CableLegs legs = _plan.Legs;
        Class = _network.LinkClasses[legs[cable, 0].Class];
        Gather(product, cable);
        int pieces = PiecesOfStrands(product, _plan.PiecesOf(cable));
        if (pieces != _plan.PiecesOf(cable))
        {
            throw new InvalidOperationException(
                $"cable {cable} of {product.Id} has {pieces} pieces, {_plan.PiecesOf(cable)} are on the bill"
            );
        }

        long first = _plan.Numbers.First(cable);
        int article = _plan.ArticleOf(one);
        double? loss = _plan.Cables.LossDb(cable);
        for (int i = 0; i < _strands.Count; i++)
        {
            Strand s = _strands[i];
            _steps.Add(new(s.Leg, s.Path, 0, first + s.Piece, loss));
            if (IsFirstBetweenItsPlugs(i))
            {
                _pieces.Add(new(first + s.Piece, article, one.LengthMillimetres, s.A, s.Z));
            }
        }

        GatherRows();
    }

    private void Gather(LinkProduct product, int cable)
    {
        CableLegs legs = _plan.Legs;
        for (int leg = 0; leg < legs.Count(cable); leg++)
        {
            (int c, int i) = legs[cable, leg];
            LinkClass links = _network.LinkClasses[c];
            Link link = links.Links[i];
            int paths = product.Sockets?.PathsPerLeg ?? 1;
            for (int path = 0; path < paths; path++)
            {
                int a = product.Sockets?.ASocket(link.ALane, path) ?? -1;
                int z = product.Sockets?.ZSocket(link.ZLane, path) ?? -1;
                _strands.Add(
                    new()
                    {
                        Leg = leg,
                        Path = path,
                        A = new(link.A, links.Fabric, link.ACage, a),
                        Z = new(link.Z, links.Fabric, link.ZCage, z),
                    }
                );
            }
        }
    }

    // Strands that share a plug are one piece. Where the product makes one piece of all, they need share none (a shuffle, an assembly).
    private int PiecesOfStrands(LinkProduct product, int expected)
    {
        Span<Strand> strands = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_strands);
        if (product.IsAssembly || product.Shuffle is not null || strands.Length == 1)
        {
            return expected;
        }

        int pieces = 0;
        for (int i = 0; i < strands.Length; i++)
        {
            int piece = -1;
            for (int j = 0; j < i && piece < 0; j++)
            {
                piece = strands[j].A == strands[i].A || strands[j].Z == strands[i].Z ? strands[j].Piece : -1;
            }

            strands[i].Piece = piece < 0 ? pieces++ : piece;
        }

        return pieces;
    }

    // Rows of a piece stand together, whatever the order of the legs; most cables have one row.
    private void GatherRows()
    {
        for (int i = 1; i < _pieces.Count; i++)
        {
            Piece row = _pieces[i];
            int at = i;
            for (; at > 0 && _pieces[at - 1].Number > row.Number; at--)
            {
                _pieces[at] = _pieces[at - 1];
            }

            _pieces[at] = row;
        }
    }

    private bool IsFirstBetweenItsPlugs(int strand)
    {
        Strand one = _strands[strand];
        for (int j = 0; j < strand; j++)
        {
            if (_strands[j].A == one.A && _strands[j].Z == one.Z)
            {
                return false;
            }
        }

        return true;
    }

    private struct Strand
    {
        public int Leg;
        public int Path;
        public PieceEnd A;
        public PieceEnd Z;
        public int Piece;
    }
}
