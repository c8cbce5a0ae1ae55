using Lightloom.Exact;
using Lightloom.Routing;

namespace Lightloom.Placing;

/// <summary>The order of a hall's rows as an assignment problem in US cents: rows of switches go anywhere, the others keep their order.</summary>
internal sealed class RowProblem(RackGrid grid, RackPairCost cost, int hall, List<int> rows, bool[] isOfSwitches)
{
    private const double Cents = 100;

    /// <summary>The size of the model.</summary>
    public long Terms => (long)rows.Count * rows.Count * (1 + ((long)rows.Count * (rows.Count - 1) / 2));

    /// <summary>Solves it and says what moves.</summary>
    /// <param name="work">Most deterministic time.</param>
    public List<RackMove> Solve(double work)
    {
        int n = rows.Count;
        int[] pieceOf = new int[grid.RowsOf(hall)];
        Array.Fill(pieceOf, -1);
        for (int i = 0; i < n; i++)
        {
            pieceOf[rows[i]] = i;
        }

        double[][] own = [.. rows.Select(_ => new double[n])];
        Dictionary<(int, int), double[]> pairs = [];
        for (int i = 0; i < n; i++)
        {
            foreach (int rack in grid.RacksIn(hall, rows[i]))
            {
                AddCables(rack, i, pieceOf, own[i], pairs);
            }
        }

        int[] all = [.. Enumerable.Range(0, n)];
        AssignmentProblem problem = new()
        {
            Pieces = [.. all.Select(i => new Piece(all, [.. own[i].Select(InCents)], i))],
            Pairs = [.. pairs.OrderBy(p => p.Key).Select(p => new PiecePair(p.Key.Item1, p.Key.Item2, [.. p.Value.Select(InCents)]))],
            Orders =
            [
                [.. all.Where(i => !isOfSwitches[i])],
            ],
        };
        Assignment answer = AssignmentSolver.Solve(problem, work);
        return
        [
            .. all.Where(i => answer.Chosen[i] != i)
                .SelectMany(i => grid.RacksIn(hall, rows[i]).Select(rack => new RackMove(rack, InRow(rack, rows[answer.Chosen[i]])))),
        ];
    }

    private static long InCents(double dollars) => (long)Math.Round(dollars * Cents);

    private RackPlace InRow(int rack, int row)
    {
        RackPlace at = grid.Places[rack];
        return new(hall, row, at.Left, at.Right - at.Left);
    }

    private void AddCables(int rack, int row, int[] pieceOf, double[] own, Dictionary<(int, int), double[]> pairs)
    {
        int n = rows.Count;
        ReadOnlySpan<RackLink> links = cost.Links.Of(rack);
        for (int first = 0, next; first < links.Length; first = next)
        {
            next = first + 1;
            while (next < links.Length && links[next].Other == links[first].Other)
            {
                next++;
            }

            ReadOnlySpan<RackLink> between = links[first..next];
            int other = links[first].Other;
            RackPlace there = grid.Places[other];
            int piece = there.Hall == hall ? pieceOf[there.Row] : -1;
            if (piece >= 0 && piece <= row)
            {
                // Within one row nothing changes; a pair of rows is met from its lower row.
                continue;
            }

            if (piece < 0)
            {
                for (int r = 0; r < n; r++)
                {
                    own[r] += cost.Of(between, InRow(rack, rows[r]), there);
                }

                continue;
            }

            if (!pairs.TryGetValue((row, piece), out double[]? costs))
            {
                pairs.Add((row, piece), costs = new double[n * n]);
            }

            for (int r = 0; r < n; r++)
            {
                for (int q = 0; q < n; q++)
                {
                    if (r != q)
                    {
                        costs[(r * n) + q] += cost.Of(between, InRow(rack, rows[r]), InRow(other, rows[q]));
                    }
                }
            }
        }
    }
}
