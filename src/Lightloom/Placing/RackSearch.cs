using Lightloom.Floor;
using Lightloom.Routing;
using Lightloom.Topology;

namespace Lightloom.Placing;

/// <summary>
/// Moves single racks of switches to where their cables cost less: into empty positions, in exchange with other racks of switches, along
/// their row, or a row of them at once.
/// </summary>
/// <remarks>
/// The cost of a rack is that of the links (a sample of them in large designs) to every other rack. A rack is tried at the positions around
/// the weighted median of the racks that it is linked to, and the best trial is kept if it is cheaper. The work is bounded by a count of
/// evaluated links, not by time, so that the result repeats.
/// </remarks>
internal sealed class RackSearch
{
    private const long Budget = 2_500_000;
    private const int Passes = 3;

    /// <summary>Dollars below which a gain is rounding.</summary>
    private const double LeastGain = 1e-6;

    private readonly CableRouter _router;
    private readonly CableCost _cost;
    private readonly RackLinks _links;
    private readonly RackGrid _grid;
    private readonly bool[] _isMoved;
    private readonly double[] _hallWeight;
    private readonly double[] _rowWeight;
    private readonly double[] _positionWeight;
    private long _work;

    private RackSearch(FloorGeometry geometry, Network network, FloorCandidate candidate, CableCost cost, bool exchangesOnly)
    {
        _router = new CableRouter(geometry, network, candidate.Placement);
        _cost = cost;
        _links = new RackLinks(geometry, network, _router, candidate.Order.Length);
        _grid = new RackGrid(candidate, _links, exchangesOnly);
        _isMoved = new bool[_grid.Racks];
        _hallWeight = new double[_grid.Halls];
        _rowWeight = new double[candidate.Placement.Halls.Max(hall => hall.Rows)];
        _positionWeight = new double[candidate.Placement.Halls.Max(hall => hall.RacksPerRow)];
    }

    /// <summary>Improves a candidate in place and returns how many moves were made.</summary>
    /// <param name="geometry">Measures of the floor.</param>
    /// <param name="network">The network.</param>
    /// <param name="candidate">The layout.</param>
    /// <param name="cost">What a cable costs by its length.</param>
    /// <param name="exchangesOnly">True where the file says where racks of switches stand, so that they only change places.</param>
    public static int Improve(FloorGeometry geometry, Network network, FloorCandidate candidate, CableCost cost, bool exchangesOnly) =>
        new RackSearch(geometry, network, candidate, cost, exchangesOnly).Run();

    private int Run()
    {
        int moves = 0;
        for (int pass = 0; pass < Passes && _work < Budget; pass++)
        {
            int before = moves;
            moves += _grid.ExchangesOnly ? 0 : MoveRows();
            for (int rack = 0; rack < _grid.Racks && _work < Budget; rack++)
            {
                if (_grid.IsMovable(rack) && TryMove(rack))
                {
                    moves++;
                }
            }

            if (moves == before)
            {
                break;
            }
        }

        _grid.Save();
        return moves;
    }

    /// <summary>
    /// Moves rows that hold no nodes towards the middle of what they are linked to; the rows between make room and keep their order.
    /// </summary>
    private int MoveRows()
    {
        int moves = 0;
        for (int hall = 0; hall < _grid.Halls && _work < Budget; hall++)
        {
            int rows = _grid.RowsOf(hall);
            for (int row = 0; row < rows && _work < Budget; row++)
            {
                if (_grid.IsRowOfSwitches(hall, row, out List<int> racks) && TryMoveRow(hall, row, racks))
                {
                    moves++;
                }
            }
        }

        return moves;
    }

    private bool TryMoveRow(int hall, int row, List<int> racks)
    {
        List<int> wanted =
        [
            .. racks.Where(_grid.IsMovable).Select(Target).Where(target => target.Hall == hall).Select(target => target.Row).Order(),
        ];
        if (wanted.Count == 0)
        {
            return false;
        }

        int target = wanted[wanted.Count / 2];
        double bestGain = LeastGain;
        List<RackMove>? best = null;
        for (int to = Math.Max(0, target - 1); to <= Math.Min(_grid.RowsOf(hall) - 1, target + 1); to++)
        {
            if (to != row && _grid.StageRow(hall, row, to) is { } trial && Gain(trial) is var gain && gain > bestGain)
            {
                (bestGain, best) = (gain, trial);
            }
        }

        if (best is null)
        {
            return false;
        }

        _grid.Commit(best);
        return true;
    }

    private bool TryMove(int rack)
    {
        (int hall, int row, int position) = Target(rack);
        double bestGain = LeastGain;
        List<RackMove>? best = null;
        int positions = _grid.PositionsOf(hall);
        for (int r = Math.Max(0, row - 1); r <= Math.Min(_grid.RowsOf(hall) - 1, row + 1); r++)
        {
            for (int p = Math.Max(0, position - 2); p <= Math.Min(positions - 1, position + 2); p++)
            {
                Consider(rack, hall, (r * positions) + p, ref bestGain, ref best);
            }
        }

        // Near where it stands, too: the median may be a place that nothing may take.
        RackPlace at = _grid.Places[rack];
        positions = _grid.PositionsOf(at.Hall);
        for (int p = Math.Max(0, at.Left - 3); p <= Math.Min(positions - 1, at.Left + 3); p++)
        {
            Consider(rack, at.Hall, (at.Row * positions) + p, ref bestGain, ref best);
        }

        if (best is null)
        {
            return false;
        }

        _grid.Commit(best);
        return true;
    }

    private void Consider(int rack, int hall, int slot, ref double bestGain, ref List<RackMove>? best)
    {
        if (_work >= Budget || _grid.Stage(rack, hall, slot) is not { } moves)
        {
            return;
        }

        double gain = Gain(moves);
        if (gain > bestGain)
        {
            (bestGain, best) = (gain, moves);
        }
    }

    /// <summary>How much cheaper the cables were after some moves.</summary>
    private double Gain(List<RackMove> moves)
    {
        foreach (RackMove move in moves)
        {
            _isMoved[move.Rack] = true;
        }

        double before = CostOf(moves);
        RackPlace[] old = _grid.Try(moves);
        double gain = before - CostOf(moves);
        _grid.Restore(moves, old);
        foreach (RackMove move in moves)
        {
            _isMoved[move.Rack] = false;
        }

        return gain;
    }

    /// <summary>What the cables of the racks that move cost where these now stand.</summary>
    private double CostOf(List<RackMove> moves)
    {
        ReadOnlySpan<RackPlace> places = _grid.Places;
        double sum = 0;
        foreach (RackMove move in moves)
        {
            int other = -1;
            long laid = 0;
            ReadOnlySpan<RackLink> links = _links.Of(move.Rack);
            foreach (ref readonly RackLink link in links)
            {
                if (link.Other != other)
                {
                    other = link.Other;
                    laid = _links.WithSlack(_router.PathBetween(places[move.Rack], places[other]));
                }

                double cost = link.Weight * _cost.Of((int)Math.Min(int.MaxValue, link.Base + laid));

                // A link between two racks that both move is met twice.
                sum += _isMoved[link.Other] ? cost / 2 : cost;
            }

            _work += links.Length;
        }

        return sum;
    }

    /// <summary>
    /// The weighted median place of the racks that a rack is linked to: the hall with the most weight, then row and position in it.
    /// </summary>
    private (int Hall, int Row, int Position) Target(int rack)
    {
        ReadOnlySpan<RackPlace> places = _grid.Places;
        ReadOnlySpan<RackLink> links = _links.Of(rack);
        Array.Clear(_hallWeight);
        foreach (ref readonly RackLink link in links)
        {
            _hallWeight[places[link.Other].Hall] += link.Weight;
        }

        int best = 0;
        for (int hall = 1; hall < _hallWeight.Length; hall++)
        {
            best = _hallWeight[hall] > _hallWeight[best] ? hall : best;
        }

        Span<double> rows = _rowWeight.AsSpan(0, _grid.RowsOf(best));
        Span<double> positions = _positionWeight.AsSpan(0, _grid.PositionsOf(best));
        rows.Clear();
        positions.Clear();
        foreach (ref readonly RackLink link in links)
        {
            ref readonly RackPlace place = ref places[link.Other];
            if (place.Hall == best)
            {
                rows[place.Row] += link.Weight;
                positions[place.Left] += link.Weight;
            }
        }

        return (best, Median(rows, _hallWeight[best]), Median(positions, _hallWeight[best]));
    }

    private static int Median(ReadOnlySpan<double> weights, double total)
    {
        double below = 0;
        for (int at = 0; at < weights.Length; at++)
        {
            below += weights[at];
            if (2 * below >= total)
            {
                return at;
            }
        }

        return weights.Length - 1;
    }
}
