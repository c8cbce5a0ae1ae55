using Lightloom.Hardware;
using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>
/// Whether a channel leaves a module by the socket that has its lanes, and a harness by the tail: a module deals its lanes to its sockets
/// in order, half of them to each of two, and its legs are dealt evenly over its lanes, as platform files of SONiC list them.
/// </summary>
/// <param name="pieces">The pieces.</param>
internal sealed class LaneChecks(PieceScene pieces)
{
    // The tail of a harness that was passed last, and the lane at its head.
    private readonly Dictionary<int, (int Socket, int Tail, int Lane)> _tails = [];

    private Dictionary<int, int>? _mostLanes;

    // The last lane in use of every cage.
    private Dictionary<int, int> MostLanes
    {
        get
        {
            if (_mostLanes is { } known)
            {
                return known;
            }

            _mostLanes = [];
            foreach (ref readonly CableRow row in pieces.Scene.Rows)
            {
                _mostLanes[row.A.Cage] = Math.Max(_mostLanes.GetValueOrDefault(row.A.Cage), row.A.Lane);
                _mostLanes[row.Z.Cage] = Math.Max(_mostLanes.GetValueOrDefault(row.Z.Cage), row.Z.Lane);
            }

            return _mostLanes;
        }
    }

    /// <summary>One end of a leg.</summary>
    /// <param name="cable">The row of the leg.</param>
    /// <param name="end">The end of the row.</param>
    /// <param name="plug">The plug in its cage.</param>
    /// <param name="piece">The piece with that plug.</param>
    public void AtModule(in CableRow cable, in CableEnd end, in PieceEnd plug, int piece)
    {
        Scene scene = pieces.Scene;
        if (pieces.Modules[end.Cage] is not { IsAssembly: false } module || scene.Facts.CageOf(end.Cage) is { IsCoPackaged: true })
        {
            return;
        }

        int sockets = module.Connectors;
        int ways = (int)(module.Rate.Value.Gbps * 1000 / cable.Rate);
        if (Breakout.TryParse(scene.Word(cable.Breakout), out Breakout division))
        {
            // A cage that is divided into fewer legs than its lanes make up deals them out evenly all the same: lanes stay idle in each.
            ways = Math.Min(ways, division.Ways);
        }

        if (sockets < 2 || ways < 1 || plug.Socket < 0 || plug.Socket >= sockets)
        {
            return;
        }

        scene.Found.Checked(Rules.LaneSocket, 1);
        int first = end.Lane * sockets / ways;
        int past = Math.Max(first + 1, (end.Lane + 1) * sockets / ways);

        if (
            (plug.Socket < first || plug.Socket >= past)
            && !IsShuffled(end.Cage, piece, first, past)
            && !IsInFewer(end, plug, sockets, ways)
        )
        {
            scene.Found.Add(
                Rules.LaneSocket,
                CableTable.File,
                cable.Line,
                $"{scene.CableId(cable.Cable)} is lane {end.Lane} of {scene.Cage(end.Cage)}, which is in socket {first} of {module.Id}; "
                    + $"{pieces.Id(piece)} goes into socket {plug.Socket}"
            );
        }
    }

    // The division in the file is that of one end: 8 legs of a NIC's cage may meet cages of a leaf that has ports for 4 of each.
    private bool IsInFewer(in CableEnd end, in PieceEnd plug, int sockets, int ways)
    {
        int fewer = Math.Max(1, ways / 2);
        return end.Lane < fewer && MostLanes.GetValueOrDefault(end.Cage) == fewer - 1 && plug.Socket == end.Lane * sockets / fewer;
    }

    // Legs part in a shuffle, so that it has a row from each socket to each; any of them may be the leg's.
    private bool IsShuffled(int cage, int piece, int first, int past)
    {
        foreach (int i in pieces.OfPiece[piece])
        {
            PieceRow row = pieces.Rows[i];
            if (pieces.Kind(row) == "shuffle" && (Fits(row.A) || Fits(row.Z)))
            {
                return true;
            }
        }

        return false;

        bool Fits(in PieceEnd plug) => plug.Socket >= first && plug.Socket < past && pieces.CageOf(plug) == cage;
    }

    /// <summary>One leg through a harness, whose tails are numbered as the lanes at its head.</summary>
    /// <param name="cable">The row of the leg.</param>
    /// <param name="head">The end of the row at the harness's head.</param>
    /// <param name="plug">The head's plug.</param>
    /// <param name="piece">The harness.</param>
    /// <param name="tail">Which of its rows.</param>
    public void AtHarness(in CableRow cable, in CableEnd head, in PieceEnd plug, int piece, int tail)
    {
        if (pieces.CageOf(plug) != head.Cage)
        {
            return;
        }

        pieces.Scene.Found.Checked(Rules.LaneSocket, 1);
        if (
            _tails.TryGetValue(piece, out (int Socket, int Tail, int Lane) last)
            && last.Socket == plug.Socket
            && (last.Tail - tail) * (last.Lane - head.Lane) < 0
        )
        {
            pieces.Scene.Found.Add(
                Rules.LaneSocket,
                CableTable.File,
                cable.Line,
                $"{pieces.Scene.CableId(cable.Cable)} is lane {head.Lane} of {pieces.Scene.Cage(head.Cage)}; the tails of {pieces.Id(piece)} "
                    + $"are in another order"
            );
        }

        _tails[piece] = (plug.Socket, tail, head.Lane);
    }
}
