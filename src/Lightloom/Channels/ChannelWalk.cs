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
    private readonly List<(Piece Row, double LossDb)> _way = [];

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
            Piece row = new(first + way.Strand, article, one.LengthMillimetres, way.A, way.Z);
            _steps.Add(new(way.Leg, way.Path, 0, row, loss));
            if (IsFirstBetweenItsPlugs(ways, i))
            {
                _pieces.Add(row);
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
        Piece row = new(piece, article, computed, s.A, s.Z);
        AddPieceA(strand, row);
        foreach (Way way in _ways.Ways)
        {
            if (way.Strand == strand)
            {
                _steps.Add(
                    new(
                        way.Leg,
                        way.Path,
                        0,
                        row with
                        {
                            A = way.A,
                        },
                        _plan.Cables.Plant!.FibreLossDb(_ways.Product.Medium, ordered, _ways.Product.Head)
                    )
                );
            }
        }
    }

    private void TakeStrand(int cable, int strand, in PatchedOrder order, long pieceA, long jumper, long pieceZ)
    {
        Strand s = _ways.Strands[strand];
        int product = _ways.Product.Index;
        FibrePlant plant = _plan.Cables.Plant!;
        StrandPlace place = _plan.Field!.Strand(cable, strand);
        StrandKey key = place.Group.Key;
        double mating = plant.PairLossDb(key.Medium, key.Connector);
        double atCassette = plant.PairLossDb(key.Medium, null);
        int last = key.Panels - 1;
        _way.Clear();

        (int computed, int ordered) = _ways.LengthA(strand);
        int article = _plan.ArticleOf(product, PatchRole.SideA, _ways.PanelsOf(strand, PatchRole.SideA), ordered);
        Piece first = new(pieceA, article, computed, s.A, PatchField.Port(place, 0, rear: false));
        AddPieceA(strand, first);
        Pass(first, ordered, mating);

        for (int j = 0; j < key.PanelsA - 1; j++)
        {
            Jump(j, order);
        }

        if (key.HasTrunk)
        {
            PassTrunk(place.Group, place.Index, order.Trunk, mating, atCassette);
        }

        for (int j = Math.Max(0, key.PanelsA - 1); j < order.Route.Jumpers; j++)
        {
            Jump(j, order);
        }

        (computed, ordered) = _ways.LengthZ(strand);
        article = _plan.ArticleOf(product, PatchRole.SideZ, _ways.PanelsOf(strand, PatchRole.SideZ), ordered);
        Piece end = new(pieceZ, article, computed, PatchField.Port(place, last, rear: last == 0), s.Z);
        _pieces.Add(end);
        Pass(end, ordered, 0);
        AddSteps(strand);

        // Jumpers lead from the rear of one panel to the front of the next on the A side, and back out on the Z side.
        void Jump(int j, in PatchedOrder by)
        {
            PatchRole role = JumperRole(key, j);
            bool atA = role == PatchRole.JumperA;
            int jumperOrder = by.JumperAt(j);
            int level = atA ? j : j + 1;
            Piece row = new(
                jumper + j,
                _plan.ArticleOf(product, role, key.Panels, jumperOrder),
                by.Route.JumperAt(j),
                PatchField.Port(place, level, rear: atA),
                PatchField.Port(place, level + 1, rear: !atA)
            );
            _pieces.Add(row);
            Pass(row, jumperOrder, mating);
        }

        void Pass(in Piece row, int millimetres, double atItsEnd) =>
            _way.Add((row, plant.FibreLossDb(key.Medium, millimetres, _ways.Product.Head) + atItsEnd));
    }

    private static PatchRole JumperRole(in StrandKey key, int jumper) => jumper < key.PanelsA - 1 ? PatchRole.JumperA : PatchRole.JumperZ;

    // The trunk, between two cassettes where the panels have LC sockets.
    private void PassTrunk(StrandGroup group, int index, int millimetres, double mating, double atCassette)
    {
        StrandKey key = group.Key;
        int levelA = key.PanelsA - 1;
        int levelZ = key.PanelsA;
        PieceEnd rearA = PatchField.Port(group, levelA, index, rear: true);
        PieceEnd rearZ = PatchField.Port(group, levelZ, index, rear: true);
        if (key.HasCassettes)
        {
            PieceEnd front = PatchField.Port(group, levelA, index, rear: false);
            _way.Add((new(PatchField.CassetteOf(group, index, atZ: false), group.Cassettes.A, 0, front, rearA), atCassette));
        }

        double loss =
            _plan.Cables.Plant!.FibreLossDb(key.Medium, millimetres, _ways.Product.Head) + (key.HasCassettes ? atCassette : mating);
        long trunk = PatchField.TrunkOf(group, index);
        _way.Add((new(trunk, group.Trunks[trunk - group.FirstTrunk], group.TrunkLength.Computed, rearA, rearZ), loss));
        if (key.HasCassettes)
        {
            PieceEnd front = PatchField.Port(group, levelZ, index, rear: false);
            _way.Add((new(PatchField.CassetteOf(group, index, atZ: true), group.Cassettes.Z, 0, rearZ, front), mating));
        }
    }

    // All legs' ways on one strand pass the same pieces.
    private void AddSteps(int strand)
    {
        foreach (Way way in _ways.Ways)
        {
            for (int seq = 0; way.Strand == strand && seq < _way.Count; seq++)
            {
                (Piece row, double loss) = _way[seq];
                _steps.Add(new(way.Leg, way.Path, seq, seq == 0 ? row with { A = way.A } : row, loss));
            }
        }
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
