using Google.OrTools.Sat;

namespace Lightloom.Exact;

/// <summary>An assignment problem in the words of CP-SAT.</summary>
internal sealed class AssignmentModel
{
    private readonly AssignmentProblem _problem;
    private readonly BoolVar[][] _at;
    private readonly LinearExprBuilder _cost = LinearExpr.NewBuilder();

    public AssignmentModel(AssignmentProblem problem)
    {
        _problem = problem;
        _at = [.. problem.Pieces.Select(p => p.Places.Select(_ => Model.NewBoolVar("")).ToArray())];
        AddPlaces();
        AddOrders();
        AddLimits();
        long[][] own = [.. problem.Pieces.Select(p => p.Costs.ToArray())];
        foreach (PiecePair pair in problem.Pairs)
        {
            AddPair(pair, own);
        }

        for (int i = 0; i < own.Length; i++)
        {
            for (int s = 0; s < own[i].Length; s++)
            {
                _cost.AddTerm(_at[i][s], own[i][s]);
                Model.AddHint(_at[i][s], s == problem.Pieces[i].Start);
            }
        }

        Model.Minimize(_cost);
    }

    public CpModel Model { get; } = new();

    public int[] Chosen(CpSolver solver) => [.. _at.Select(places => Array.FindIndex(places, solver.BooleanValue))];

    private void AddPlaces()
    {
        Dictionary<int, List<ILiteral>> at = [];
        for (int i = 0; i < _at.Length; i++)
        {
            Model.AddExactlyOne(_at[i]);
            for (int s = 0; s < _at[i].Length; s++)
            {
                int place = _problem.Pieces[i].Places[s];
                if (!at.TryGetValue(place, out List<ILiteral>? there))
                {
                    at.Add(place, there = []);
                }

                there.Add(_at[i][s]);
            }
        }

        foreach (List<ILiteral> there in at.Values.Where(t => t.Count > 1))
        {
            Model.AddAtMostOne(there);
        }
    }

    private void AddOrders()
    {
        foreach (IReadOnlyList<int> run in _problem.Orders)
        {
            for (int k = 1; k < run.Count; k++)
            {
                LinearExprBuilder between = LinearExpr.NewBuilder();
                AddPlaceOf(between, run[k], 1);
                AddPlaceOf(between, run[k - 1], -1);
                Model.AddLinearConstraint(between, 1, int.MaxValue);
            }
        }
    }

    private void AddPlaceOf(LinearExprBuilder to, int piece, long sign)
    {
        for (int s = 0; s < _at[piece].Length; s++)
        {
            to.AddTerm(_at[piece][s], sign * _problem.Pieces[piece].Places[s]);
        }
    }

    private void AddLimits()
    {
        foreach (PlaceLimit limit in _problem.Limits)
        {
            LinearExprBuilder weight = LinearExpr.NewBuilder();
            for (int i = 0; i < _at.Length; i++)
            {
                for (int s = 0; s < _at[i].Length; s++)
                {
                    if (limit.Places.Contains(_problem.Pieces[i].Places[s]))
                    {
                        weight.AddTerm(_at[i][s], _problem.Pieces[i].Weight);
                    }
                }
            }

            Model.AddLinearConstraint(weight, 0, limit.Most);
        }
    }

    private void AddPair(PiecePair pair, long[][] own)
    {
        (Piece a, Piece z) = (_problem.Pieces[pair.A], _problem.Pieces[pair.Z]);
        int width = z.Places.Count;
        long[] rest = [.. pair.Costs];
        Share(rest, a, z, own[pair.A], own[pair.Z]);
        if (Enumerable.Range(0, rest.Length).All(k => rest[k] == 0 || a.Places[k / width] == z.Places[k % width]))
        {
            return;
        }

        LinearExprBuilder[] rows = [.. _at[pair.A].Select(at => LinearExpr.NewBuilder().AddTerm(at, -1))];
        LinearExprBuilder[] columns = [.. _at[pair.Z].Select(at => LinearExpr.NewBuilder().AddTerm(at, -1))];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < columns.Length; j++)
            {
                if (a.Places[i] != z.Places[j])
                {
                    BoolVar both = Model.NewBoolVar("");
                    rows[i].AddTerm(both, 1);
                    columns[j].AddTerm(both, 1);
                    _cost.AddTerm(both, rest[(i * width) + j]);
                    Model.AddHint(both, i == a.Start && j == z.Start);
                }
            }
        }

        foreach (LinearExprBuilder sum in rows.Concat(columns))
        {
            Model.AddLinearConstraint(sum, 0, 0);
        }
    }

    /// <summary>
    /// Moves the least of every row, then of every column, to the pieces' own costs: what is left is what the pair alone decides.
    /// </summary>
    private static void Share(long[] rest, Piece a, Piece z, long[] ownA, long[] ownZ)
    {
        int width = z.Places.Count;
        for (int i = 0; i < a.Places.Count; i++)
        {
            long least = Least(Enumerable.Range(0, width).Where(j => a.Places[i] != z.Places[j]).Select(j => rest[(i * width) + j]));
            ownA[i] += least;
            for (int j = 0; j < width; j++)
            {
                rest[(i * width) + j] -= least;
            }
        }

        for (int j = 0; j < width; j++)
        {
            long least = Least(
                Enumerable.Range(0, a.Places.Count).Where(i => a.Places[i] != z.Places[j]).Select(i => rest[(i * width) + j])
            );
            ownZ[j] += least;
            for (int i = 0; i < a.Places.Count; i++)
            {
                rest[(i * width) + j] -= least;
            }
        }

        static long Least(IEnumerable<long> costs) => costs.DefaultIfEmpty(0).Min();
    }
}
