using Lightloom.Cabling;
using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Channels;

/// <summary>Takes cables apart into pieces and the ways of their legs, one cable at a time.</summary>
/// <remarks>Not safe for use from several threads at once; take a walk each.</remarks>
public sealed class ChannelWalk
{
    private readonly ChannelPlan _plan;
    private readonly CableWays _ways;
    private readonly List<Piece> _pieces = [];
    private readonly List<ChannelStep> _steps = [];

    internal ChannelWalk(ChannelPlan plan, Network network) => (_plan, _ways) = (plan, new(plan, network));

    /// <summary>Rows of the pieces of the cable last taken apart, trunks and cassettes not among them.</summary>
    public IReadOnlyList<Piece> Pieces => _pieces;

    /// <summary>Steps of the channels of the cable last taken apart, leg by leg, way by way.</summary>
    public IReadOnlyList<ChannelStep> Steps => _steps;

    /// <summary>Link class of the first leg of the cable last taken apart.</summary>
    public LinkClass Class => _ways.Class;

    /// <summary>All cables in the order in which their pieces are numbered.</summary>
    public ReadOnlySpan<int> Order => _plan.Numbers.Order;

    /// <summary>Takes a cable apart.</summary>
    public void Take(int cable)
    {
        _pieces.Clear();
        _steps.Clear();
        _ways.Take(cable);
        if (_ways.Strands.Length > 0)
        {
            TakePatched(cable);
        }
        else
        {
            TakeDirect(cable);
        }

        GatherRows();
    }

    private void TakeDirect(int cable)
    {
        Cable one = _plan.Cables.Cables[cable];
        long first = _plan.Numbers.First(cable);
        int article = _plan.ArticleOf(one);
        double? loss = _plan.Cables.LossDb(cable);
        ReadOnlySpan<Way> ways = _ways.Ways;
        for (int i = 0; i < ways.Length; i++)
        {
            Way way = ways[i];
            _steps.Add(new(way.Leg, way.Path, 0, first + way.Strand, loss));
            if (IsFirstBetweenItsPlugs(ways, i))
            {
                _pieces.Add(new(first + way.Strand, article, one.LengthMillimetres, way.A, way.Z));
            }
        }
    }

    private void TakePatched(int cable)
    {
        ReadOnlySpan<Strand> strands = _ways.Strands;
        long firstA = _plan.Numbers.First(cable);
        int piecesA = 0;
        int jumpers = 0;
        foreach (Strand s in strands)
        {
            piecesA = Math.Max(piecesA, s.PieceA + 1);
            jumpers += s.Order?.Route.Jumpers ?? 0;
        }

        long jumper = firstA + piecesA;
        long firstZ = jumper + jumpers;
        for (int i = 0; i < strands.Length; i++)
        {
            if (strands[i].Order is { } order)
            {
                TakeStrand(cable, i, order, firstA + strands[i].PieceA, jumper, firstZ + strands[i].PieceZ);
                jumper += order.Route.Jumpers;
            }
            else
            {
                TakeDirectStrand(i, strands[i].PieceA >= 0 ? firstA + strands[i].PieceA : firstZ + strands[i].PieceZ);
            }
        }
    }

    // A way that passes no panel although others of its cable do.
    private void TakeDirectStrand(int strand, long piece)
    {
        Strand s = _ways.Strands[strand];
        bool atA = s.PieceA >= 0;
        (int computed, int ordered) = atA ? _ways.LengthA(strand) : _ways.LengthZ(strand);
        PatchRole role = atA ? _ways.RoleA(strand) : PatchRole.SideZ;
        int article = _plan.ArticleOf(_ways.Product.Index, role, _ways.PanelsOf(strand, role), ordered);
        AddPieceA(strand, new(piece, article, computed, s.A, s.Z));
        foreach (Way way in _ways.Ways)
        {
            if (way.Strand == strand)
            {
                _steps.Add(new(way.Leg, way.Path, 0, piece, _plan.Cables.Plant!.FibreLossDb(_ways.Product.Medium, ordered)));
            }
        }
    }

    private void TakeStrand(int cable, int strand, in PatchedOrder order, long pieceA, long jumper, long pieceZ)
    {
        Strand s = _ways.Strands[strand];
        int product = _ways.Product.Index;
        (StrandGroup group, int index) = _plan.Field!.Strand(cable, strand);
        int last = group.Key.Panels - 1;
        (int computed, int ordered) = _ways.LengthA(strand);
        int article = _plan.ArticleOf(product, PatchRole.SideA, _ways.PanelsOf(strand, PatchRole.SideA), ordered);
        AddPieceA(strand, new(pieceA, article, computed, s.A, PatchField.Port(group, 0, index, rear: false)));
        for (int j = 0; j < order.Route.Jumpers; j++)
        {
            // Jumpers lead from the rear of one panel to the front of the next on the A side, and back out on the Z side.
            bool atA = j < group.Key.PanelsA - 1;
            int level = atA ? j : j + 1;
            _pieces.Add(
                new(
                    jumper + j,
                    _plan.ArticleOf(product, atA ? PatchRole.JumperA : PatchRole.JumperZ, group.Key.Panels, order.Jumper),
                    order.Route.Jumper,
                    PatchField.Port(group, level, index, rear: atA),
                    PatchField.Port(group, level + 1, index, rear: !atA)
                )
            );
        }

        (computed, ordered) = _ways.LengthZ(strand);
        article = _plan.ArticleOf(product, PatchRole.SideZ, _ways.PanelsOf(strand, PatchRole.SideZ), ordered);
        _pieces.Add(new(pieceZ, article, computed, PatchField.Port(group, last, index, rear: last == 0), s.Z));
        AddSteps(strand, group, index, order, pieceA, jumper, pieceZ);
    }

    // A shuffle's strand has a row for every A plug that it carries a leg of.
    private void AddPieceA(int strand, in Piece row)
    {
        if (_ways.Product.Shuffle is null)
        {
            _pieces.Add(row);
            return;
        }

        int from = _pieces.Count;
        foreach (Way way in _ways.Ways)
        {
            if (way.Strand == strand && !_pieces.Skip(from).Any(p => p.A == way.A))
            {
                _pieces.Add(row with { A = way.A });
            }
        }
    }

    private void AddSteps(int strand, StrandGroup group, int index, PatchedOrder order, long pieceA, long jumper, long pieceZ)
    {
        FibrePlant plant = _plan.Cables.Plant!;
        StrandKey key = group.Key;
        double mating = plant.PairLossDb(key.Medium, key.Connector);
        double atCassette = plant.PairLossDb(key.Medium, null);
        foreach (Way way in _ways.Ways)
        {
            if (way.Strand != strand)
            {
                continue;
            }

            int seq = 0;
            Step(pieceA, _ways.LengthA(strand).Ordered, mating);
            for (int j = 0; j < key.PanelsA - 1; j++)
            {
                Step(jumper + j, order.Jumper, mating);
            }

            if (key.HasTrunk)
            {
                if (key.HasCassettes)
                {
                    Step(PatchField.CassetteOf(group, index, atZ: false), 0, atCassette);
                }

                Step(PatchField.TrunkOf(group, index), order.Trunk, key.HasCassettes ? atCassette : mating);
                if (key.HasCassettes)
                {
                    Step(PatchField.CassetteOf(group, index, atZ: true), 0, mating);
                }
            }

            for (int j = Math.Max(0, key.PanelsA - 1); j < order.Route.Jumpers; j++)
            {
                Step(jumper + j, order.Jumper, mating);
            }

            Step(pieceZ, _ways.LengthZ(strand).Ordered, 0);

            void Step(long piece, int millimetres, double atItsEnd) =>
                _steps.Add(new(way.Leg, way.Path, seq++, piece, plant.FibreLossDb(key.Medium, millimetres) + atItsEnd));
        }
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

    private static bool IsFirstBetweenItsPlugs(ReadOnlySpan<Way> ways, int at)
    {
        for (int j = 0; j < at; j++)
        {
            if (ways[j].A == ways[at].A && ways[j].Z == ways[at].Z)
            {
                return false;
            }
        }

        return true;
    }
}
