using Lightloom.Exact;

namespace Lightloom.Tests.Exact;

/// <summary>The solver's answers against those of trying every assignment, and against a published optimum.</summary>
public class AssignmentSolverTest
{
    public static TheoryData<int> Seeds() => [.. Enumerable.Range(0, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_assignment_of_all_that_there_are_costs_less(int seed)
    {
        AssignmentProblem problem = Random(new Random(seed));

        Assignment answer = AssignmentSolver.Solve(problem, 20);

        answer.IsLeast.ShouldBeTrue();
        Allowed(problem, [.. answer.Chosen]).ShouldBeTrue();
        answer.Cost.ShouldBe(problem.CostOf(answer.Chosen));
        answer.Cost.ShouldBe(All(problem).Min(problem.CostOf));
    }

    [Fact]
    public void Nugents_problem_of_eight_departments_costs_214()
    {
        // C. E. Nugent, T. E. Vollmann, J. Ruml, "An experimental comparison of techniques for the assignment of facilities to locations",
        // Operations Research 16 (1968): eight locations in two rows of four, optimum 214 (QAPLIB nug8).
        int[,] flow =
        {
            { 0, 5, 2, 4, 1, 0, 0, 6 },
            { 5, 0, 3, 0, 2, 2, 2, 0 },
            { 2, 3, 0, 0, 0, 0, 0, 5 },
            { 4, 0, 0, 0, 5, 2, 2, 10 },
            { 1, 2, 0, 5, 0, 10, 0, 0 },
            { 0, 2, 0, 2, 10, 0, 5, 1 },
            { 0, 2, 0, 2, 0, 5, 0, 10 },
            { 6, 0, 5, 10, 0, 1, 10, 0 },
        };
        int[] all = [.. Enumerable.Range(0, 8)];
        AssignmentProblem problem = new()
        {
            Pieces = [.. all.Select(i => new Piece(all, new long[8], i))],
            Pairs =
            [
                .. from a in all
                from z in all
                where a < z && flow[a, z] > 0
                select new PiecePair(
                    a,
                    z,
                    [
                        .. from i in all
                        from j in all
                        // Nugent's tables count both directions.
                        select 2L * flow[a, z] * (Math.Abs((i / 4) - (j / 4)) + Math.Abs((i % 4) - (j % 4))),
                    ]
                ),
            ],
        };

        Assignment answer = AssignmentSolver.Solve(problem, 60);

        answer.Cost.ShouldBe(214);
        answer.IsLeast.ShouldBeTrue();
    }

    [Fact]
    public void Work_that_does_not_suffice_gives_what_was_found_with_a_bound_below_it()
    {
        AssignmentProblem problem = Random(new Random(3));
        Assignment answer = AssignmentSolver.Solve(problem, 1e-6);
        answer.Cost.ShouldBeLessThanOrEqualTo(problem.CostOf([.. problem.Pieces.Select(p => p.Start)]));
        answer.Bound.ShouldBeLessThanOrEqualTo(All(problem).Min(problem.CostOf));
    }

    // Four to six pieces on as many places and more, with pairs, an order and what the first places carry.
    private static AssignmentProblem Random(Random random)
    {
        int pieces = random.Next(3, 6);
        int places = pieces + random.Next(0, 3);
        int[] all = [.. Enumerable.Range(0, places)];
        List<PiecePair> pairs = [];
        for (int a = 0; a < pieces; a++)
        {
            for (int z = a + 1; z < pieces; z++)
            {
                if (random.Next(3) > 0)
                {
                    pairs.Add(new(a, z, [.. Enumerable.Range(0, places * places).Select(_ => (long)random.Next(1000))]));
                }
            }
        }

        Piece[] drawn =
        [
            .. Enumerable
                .Range(0, pieces)
                .Select(i => new Piece(all, [.. all.Select(_ => (long)random.Next(-200, 1000))], i, random.Next(1, 5))),
        ];
        return new()
        {
            Pieces = drawn,
            Pairs = pairs,
            Orders =
                random.Next(2) == 0
                    ? []
                    :
                    [
                        [0, 1, 2],
                    ],
            Limits = random.Next(2) == 0 ? [] : [new PlaceLimit(new HashSet<int> { 0, 1 }, drawn[0].Weight + drawn[1].Weight)],
        };
    }

    private static IEnumerable<int[]> All(AssignmentProblem problem)
    {
        int[] chosen = new int[problem.Pieces.Count];
        return Next(0);

        IEnumerable<int[]> Next(int piece)
        {
            if (piece == chosen.Length)
            {
                if (Allowed(problem, chosen))
                {
                    yield return chosen;
                }

                yield break;
            }

            for (int i = 0; i < problem.Pieces[piece].Places.Count; i++)
            {
                chosen[piece] = i;
                foreach (int[] one in Next(piece + 1))
                {
                    yield return one;
                }
            }
        }
    }

    private static bool Allowed(AssignmentProblem problem, int[] chosen)
    {
        int[] at = [.. chosen.Select((c, i) => problem.Pieces[i].Places[c])];
        return at.Distinct().Count() == at.Length
            && problem.Orders.All(run => run.Zip(run.Skip(1)).All(p => at[p.First] < at[p.Second]))
            && problem.Limits.All(l => at.Select((p, i) => l.Places.Contains(p) ? problem.Pieces[i].Weight : 0).Sum() <= l.Most);
    }
}
