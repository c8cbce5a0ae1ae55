using System.Globalization;
using Google.OrTools.Sat;

namespace Lightloom.Exact;

/// <summary>Solves assignment problems with CP-SAT of Google OR-Tools.</summary>
/// <remarks>
/// <para>
/// A pair of pieces has one variable for every two places, tied to where each of them stands by the equations of Adams and Johnson (1994).
/// What of its cost is a sum of a share for either end needs none, and is added to the pieces' own costs.
/// </para>
/// <para>
/// One worker, a fixed seed and a limit of deterministic time: the same problem has the same answer with the same release of the solver,
/// however fast or busy the machine is.
/// </para>
/// </remarks>
public static class AssignmentSolver
{
    private static readonly Lazy<string?> Missing = new(WhyMissing);

    /// <summary>Why this machine cannot solve anything, in words; null when it can.</summary>
    public static string? Unavailable => Missing.Value;

    /// <summary>The least assignment, or the best that the work allows; never worse than where the pieces start.</summary>
    /// <param name="problem">What is to be assigned.</param>
    /// <param name="work">Most deterministic time, about seconds of a processor of 2020.</param>
    public static Assignment Solve(AssignmentProblem problem, double work)
    {
        ArgumentNullException.ThrowIfNull(problem);
        int[] start = [.. problem.Pieces.Select(p => p.Start)];
        AssignmentModel model = new(problem);
        CpSolver solver = new()
        {
            StringParameters = string.Create(
                CultureInfo.InvariantCulture,
                $"num_workers:1,random_seed:1,linearization_level:2,max_deterministic_time:{work:0.###}"
            ),
        };
        CpSolverStatus status = solver.Solve(model.Model);
        long startCost = problem.CostOf(start);
        if (status is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible))
        {
            return new(start, startCost, long.MinValue);
        }

        int[] chosen = model.Chosen(solver);
        long cost = problem.CostOf(chosen);
        long bound = (long)Math.Ceiling(solver.BestObjectiveBound - 1e-6);
        return cost < startCost ? new(chosen, cost, bound) : new(start, startCost, bound);
    }

    // The wrapper finds its native library when it is first used.
    private static string? WhyMissing()
    {
        try
        {
            CpModel model = new();
            model.Minimize(model.NewBoolVar(""));
            return new CpSolver { StringParameters = "num_workers:1" }.Solve(model) == CpSolverStatus.Optimal
                ? null
                : "the native library of Google OR-Tools does not solve its smallest problem";
        }
        catch (Exception e)
            when (e is DllNotFoundException or EntryPointNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            return "the native library of Google OR-Tools (google-ortools-native and what stands beside it) is not beside the program";
        }
    }
}
