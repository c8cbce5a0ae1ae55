using Lightloom.Exact;
using Lightloom.Routing;

namespace Lightloom.Placing;

/// <summary>Racks and the places that each may take, as an assignment problem in US cents; all other racks stay.</summary>
internal sealed class RackProblem(RackGrid grid, RackPairCost cost)
{
    private const double Cents = 100;

    private readonly List<(int Rack, List<RackPlace> Places)> _pieces = [];
    private readonly Dictionary<int, int> _pieceOf = [];
    private readonly List<IReadOnlyList<int>> _orders = [];

    /// <summary>Where the racks stand.</summary>
    public RackGrid Grid => grid;

    /// <summary>The size of the model.</summary>
    public long Terms
    {
        get
        {
            long terms = _pieces.Sum(p => (long)p.Places.Count);
            ForPairs((a, z, _) => terms += (long)_pieces[a].Places.Count * _pieces[z].Places.Count);
            return terms;
        }
    }

    /// <summary>Adds a rack, with where it may stand; it stands at one of these.</summary>
    public void Add(int rack, List<RackPlace> places)
    {
        _pieceOf.Add(rack, _pieces.Count);
        _pieces.Add((rack, places));
    }

    /// <summary>Racks that were added follow each other as they do now.</summary>
    public void KeepOrder(IEnumerable<int> racks) => _orders.Add([.. racks.Select(r => _pieceOf[r])]);

    /// <summary>Solves it.</summary>
    /// <param name="work">Most deterministic time.</param>
    /// <param name="moves">What moves.</param>
    public Assignment Solve(double work, out List<RackMove> moves)
    {
        AssignmentProblem problem = Problem();
        Assignment answer = AssignmentSolver.Solve(problem, work);
        moves =
        [
            .. _pieces
                .Select((piece, i) => new RackMove(piece.Rack, piece.Places[answer.Chosen[i]]))
                .Where(move => !Same(move.To, grid.Places[move.Rack])),
        ];
        return answer;
    }

    private static bool Same(in RackPlace a, in RackPlace z) => a.Hall == z.Hall && a.Row == z.Row && a.Left == z.Left;

    private AssignmentProblem Problem()
    {
        long[][] own = [.. _pieces.Select(Own)];
        List<PiecePair> pairs = [];
        ForPairs((a, z, first) => pairs.Add(new(a, z, Together(a, z, first))));
        return new()
        {
            Pieces =
            [
                .. _pieces.Select(
                    (p, i) =>
                        new Piece(
                            [.. p.Places.Select(Number)],
                            own[i],
                            p.Places.FindIndex(place => Same(place, grid.Places[p.Rack])),
                            grid.PowerOf(p.Rack)
                        )
                ),
            ],
            Pairs = pairs,
            Orders = _orders,
            Limits = Limits(),
        };
    }

    private int Number(RackPlace place)
    {
        int before = 0;
        for (int hall = 0; hall < place.Hall; hall++)
        {
            before += grid.RowsOf(hall) * grid.PositionsOf(hall);
        }

        return before + (place.Row * grid.PositionsOf(place.Hall)) + place.Left;
    }

    // What its cables to racks that stay cost at each of its places.
    private long[] Own((int Rack, List<RackPlace> Places) piece)
    {
        double[] sums = new double[piece.Places.Count];
        ForNeighbours(
            piece.Rack,
            (other, first, count) =>
            {
                if (!_pieceOf.ContainsKey(other))
                {
                    for (int s = 0; s < sums.Length; s++)
                    {
                        // Nobody stands where a rack stays, so that the two are never in one place.
                        sums[s] += cost.Of(cost.Links.Of(piece.Rack).Slice(first, count), piece.Places[s], grid.Places[other]);
                    }
                }
            }
        );
        return [.. sums.Select(d => (long)Math.Round(d * Cents))];
    }

    private long[] Together(int a, int z, (int First, int Count) links)
    {
        List<RackPlace> ofA = _pieces[a].Places;
        List<RackPlace> ofZ = _pieces[z].Places;
        long[] costs = new long[ofA.Count * ofZ.Count];
        for (int i = 0; i < ofA.Count; i++)
        {
            for (int j = 0; j < ofZ.Count; j++)
            {
                if (!Same(ofA[i], ofZ[j]))
                {
                    ReadOnlySpan<RackLink> between = cost.Links.Of(_pieces[a].Rack).Slice(links.First, links.Count);
                    costs[(i * ofZ.Count) + j] = (long)Math.Round(cost.Of(between, ofA[i], ofZ[j]) * Cents);
                }
            }
        }

        return costs;
    }

    private void ForPairs(Action<int, int, (int First, int Count)> look)
    {
        for (int i = 0; i < _pieces.Count; i++)
        {
            int rack = _pieces[i].Rack;
            ForNeighbours(
                rack,
                (other, first, count) =>
                {
                    if (other > rack && _pieceOf.TryGetValue(other, out int z))
                    {
                        look(_pieceOf[rack], z, (first, count));
                    }
                }
            );
        }
    }

    private void ForNeighbours(int rack, Action<int, int, int> look)
    {
        ReadOnlySpan<RackLink> links = cost.Links.Of(rack);
        for (int first = 0, next; first < links.Length; first = next)
        {
            next = first + 1;
            while (next < links.Length && links[next].Other == links[first].Other)
            {
                next++;
            }

            look(links[first].Other, first, next - first);
        }
    }

    // What halls have left for the racks of the problem, those that stand there now included.
    private List<PlaceLimit> Limits()
    {
        List<PlaceLimit> limits = [];
        for (int hall = 0; hall < grid.Halls; hall++)
        {
            if (grid.PowerLeft(hall) is { } left)
            {
                HashSet<int> places = [.. _pieces.SelectMany(p => p.Places).Where(p => p.Hall == hall).Select(Number)];
                long here = _pieces.Where(p => grid.Places[p.Rack].Hall == hall).Sum(p => grid.PowerOf(p.Rack));
                limits.Add(new(places, Math.Max(here, here + left)));
            }
        }

        return limits;
    }
}
