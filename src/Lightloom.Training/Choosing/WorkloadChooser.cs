using System.Globalization;
using Lightloom.Bill;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Experiments.Faults;
using Lightloom.Simulation.Model;
using Lightloom.Topology;
using Lightloom.Training.Machines;
using Lightloom.Training.Plans;
using Lightloom.Training.Studies;

namespace Lightloom.Training.Choosing;

/// <summary>
/// Judges every feasible backend by the workload: cost, power, step and goodput under failures. One backend of each shape is carried through
/// and timed, and stands for the others of its shape; then the winner and those on the front are, themselves, until all of them are.
/// </summary>
public sealed class WorkloadChooser
{
    private readonly Exploration _exploration;
    private readonly Func<Cluster, DiagnosticBag, TrainingBrief?> _brief;
    private readonly GoodputOptions _goodput;
    private readonly string _engine;
    private readonly DiagnosticBag _diagnostics;
    private readonly CancellationToken _cancel;
    private readonly Dictionary<int, (DesignScore Score, TrainingPlan Plan)> _timed = [];
    private readonly Dictionary<string, int> _standsFor = [];
    private readonly Dictionary<int, string> _failed = [];
    private TrainingPlan? _plan;

    private WorkloadChooser(
        Exploration exploration,
        Func<Cluster, DiagnosticBag, TrainingBrief?> brief,
        GoodputOptions goodput,
        string engine,
        DiagnosticBag diagnostics,
        CancellationToken cancel
    ) => (_exploration, _brief, _goodput, _engine, _diagnostics, _cancel) = (exploration, brief, goodput, engine, diagnostics, cancel);

    /// <summary>The designs; null when <paramref name="diagnostics"/> says why the workload cannot be timed on any of them.</summary>
    /// <param name="exploration">The backends.</param>
    /// <param name="brief">Reads the job for a cluster.</param>
    /// <param name="goodput">Restart and repair times.</param>
    /// <param name="engine"><c>closed-form</c> or <c>fluid</c>: how communication of those that are carried through is timed.</param>
    /// <param name="most">How many are carried through at most.</param>
    /// <param name="diagnostics">Receives what is to be said.</param>
    /// <param name="cancel">Stops between designs.</param>
    public static WorkloadChoice? Run(
        Exploration exploration,
        Func<Cluster, DiagnosticBag, TrainingBrief?> brief,
        GoodputOptions goodput,
        string engine,
        int most,
        DiagnosticBag diagnostics,
        CancellationToken cancel
    )
    {
        WorkloadChooser chooser = new(exploration, brief, goodput, engine, diagnostics, cancel);
        return chooser.Carry(most) ? chooser.Judge() : null;
    }

    // False when the workload itself is refused.
    private bool Carry(int most)
    {
        int[] feasible = [.. Enumerable.Range(0, _exploration.All.Count).Where(i => _exploration.All[i].Feasible)];
        foreach (IGrouping<string, int> shape in feasible.GroupBy(i => _exploration.ShapeOf(i)!))
        {
            // A third is kept for the front.
            if (_timed.Count + _failed.Count >= Math.Max(1, most * 2 / 3))
            {
                break;
            }

            if (shape.Take(2).All(i => !Time(i)) && _timed.Count == 0 && _diagnostics.HasErrors)
            {
                return false;
            }
        }

        while (_timed.Count + _failed.Count < most && Next() is { } next)
        {
            Time(next);
        }

        if (_timed.Count > 0)
        {
            return true;
        }

        if (!_diagnostics.HasErrors)
        {
            _diagnostics.Error(
                TrainingProblem.NoDesign,
                $"none of {feasible.Length} feasible backends becomes a design: {_failed.Values.FirstOrDefault() ?? "there is none"}"
            );
        }

        return false;
    }

    // The winner or the first on the front that has not been timed itself.
    private int? Next()
    {
        List<ScoredDesign> designs = Scored();
        return
            designs.Where(d => d.Score is not null && !d.IsTimed).OrderByDescending(d => d.Wins).FirstOrDefault(d => d.Wins || d.OnFront)
                is { } next
            ? next.Number - 1
            : null;
    }

    private bool Time(int index)
    {
        _cancel.ThrowIfCancellationRequested();
        if (_exploration.Carry(index, out string failure) is not { } design)
        {
            _failed[index] = failure;
            return false;
        }

        DiagnosticBag said = new();
        Cluster cluster;
        TrainingResult? result = null;
        try
        {
            cluster = Cluster.Of(design);
            TrainingBrief? brief = _brief(cluster, said);
            result = brief is null
                ? null
                : TrainingStudy.Run(cluster, Settled(brief), [], _goodput, said, new() { Name = _engine }, _cancel);
        }
        catch (RefusedException e)
        {
            _failed[index] = e.Message;
            said.Error(TrainingProblem.NotTimed, e.Message);
        }

        if (result is null)
        {
            _failed[index] = said.FirstOrDefault(d => d.Severity == Severity.Error)?.Message ?? "the workload does not run on it";
            if (_timed.Count == 0 && !_diagnostics.HasErrors)
            {
                _diagnostics.AddRange(said);
            }

            return false;
        }

        _plan ??= result.Plan;
        Alternative alternative = _exploration.All[index];
        OperatingCost operation = design.Bill.Operation;
        double backend = design.Bill.NetworkPowerTypical.Watts;
        _timed[index] = (
            new()
            {
                Usd = alternative.EstimatedUsd,
                AssumedShare = alternative.AssumedShare,
                Watts = alternative.EstimatedWatts,
                OtherWatts = Math.Max(0, operation.ItPower.Watts - Math.Min(backend, alternative.EstimatedWatts)),
                Pue = operation.Pue,
                TariffUsdPerKwh = operation.TariffUsdPerKwh,
                Years = operation.Years,
                Step = result.Step,
                Goodput = result.Goodput!,
            },
            result.Plan
        );
        _standsFor.TryAdd(_exploration.ShapeOf(index)!, index);
        return true;
    }

    // The job is divided on every design as on the first, so that designs are compared and not divisions.
    private TrainingBrief Settled(TrainingBrief brief) =>
        _plan is not { } plan
            ? brief
            : brief with
            {
                Tensor = plan.Parallelism.Tensor,
                Pipeline = plan.Parallelism.Pipeline,
                Data = plan.Parallelism.Data,
                Expert = plan.Parallelism.Expert,
                Context = plan.Parallelism.Context,
                Chunks = plan.Parallelism.Chunks,
                MicroBatch = plan.MicroBatch,
                Recompute = plan.Recompute,
            };

    private (DesignScore? Score, int Like) ScoreOf(int index)
    {
        Alternative alternative = _exploration.All[index];
        if (_timed.TryGetValue(index, out (DesignScore Score, TrainingPlan Plan) own))
        {
            return (own.Score, index + 1);
        }

        return !alternative.Feasible || _failed.ContainsKey(index) || !_standsFor.TryGetValue(_exploration.ShapeOf(index)!, out int like)
            ? (null, 0)
            : (
                _timed[like].Score with
                {
                    Usd = alternative.EstimatedUsd,
                    AssumedShare = alternative.AssumedShare,
                    Watts = alternative.EstimatedWatts,
                },
                like + 1
            );
    }

    private List<ScoredDesign> Scored()
    {
        List<ScoredDesign> designs = [];
        for (int i = 0; i < _exploration.All.Count; i++)
        {
            (DesignScore? score, int like) = ScoreOf(i);
            designs.Add(new(i + 1, _exploration.All[i], score, like, false, false, ""));
        }

        HashSet<int> front = ParetoFront.Of([.. designs.Where(d => d.Score is not null)]);
        int winner = Winner(designs, new());
        return [.. designs.Select(d => d with { OnFront = front.Contains(d.Number), Wins = d.Number == winner })];
    }

    // Tokens that cost the same to four digits are equals, of which the first by the file's objective wins.
    private static int Winner(IEnumerable<ScoredDesign> designs, Weights weights) =>
        designs.Where(d => d.Score is not null).MinBy(d => (ParetoFront.Rounded(d.Score!.Weighed(weights), 4), d.Number))!.Number;

    private WorkloadChoice Judge()
    {
        List<ScoredDesign> designs = Scored();
        ScoredDesign winner = designs.First(d => d.Wins);
        ScoredDesign[] front = [.. designs.Where(d => d.OnFront)];
        // Only one that was timed itself may win: the others' steps are borrowed.
        ScoredDesign[] timed = [.. designs.Where(d => d.IsTimed)];
        List<Sensitivity> sensitivities = [];
        foreach ((string name, Func<double, Weights> times) in Weights.All)
        {
            foreach (double factor in new[] { 0.8, 1.2 })
            {
                Weights weights = times(factor);
                ScoredDesign then = designs[Winner(timed, weights) - 1];
                double gain = 1 - (then.Score!.Weighed(weights) / winner.Score!.Weighed(weights));
                // Equals differ in the last digits only.
                sensitivities.Add(gain < 1e-6 ? new(name, factor, winner.Number, 0) : new(name, factor, then.Number, gain));
            }
        }

        return new(
            _plan!,
            [.. designs.Select(d => d with { Reason = Reason(d, winner, front) })],
            sensitivities,
            _timed.Count,
            _exploration.All.Where(a => a.Feasible).Select((_, i) => _exploration.ShapeOf(i)).Distinct().Count()
        );
    }

    private string Reason(ScoredDesign design, ScoredDesign winner, ScoredDesign[] front)
    {
        if (design.Score is not { } score)
        {
            return _failed.TryGetValue(design.Number - 1, out string? failure) ? failure
                : !design.Alternative.Feasible ? design.Alternative.Reason
                : NotTimed(design.Alternative, front);
        }

        if (design.Wins)
        {
            return "its tokens cost least";
        }

        if (design.OnFront)
        {
            return Say(
                $"on the front; its tokens cost {100 * ((score.UsdPerMillionTokens / winner.Score!.UsdPerMillionTokens) - 1):0.###} % more"
            );
        }

        ScoredDesign better = front.First(f => ParetoFront.Dominates(f.Score!, score));
        List<string> how = [];
        Add("cost", better.Score!.Usd, score.Usd);
        Add("power", better.Score.Watts, score.Watts);
        Add("step", better.Score.Step.Step, score.Step.Step);
        double goodput = better.Score.Goodput.Share - score.Goodput.Share;
        if (goodput >= 1e-4)
        {
            how.Add(Say($"goodput {100 * goodput:0.##} points more"));
        }

        return how.Count == 0
            ? Say($"design {better.Number} equals it in everything and comes first")
            : Say($"design {better.Number} is no worse in anything: {string.Join(", ", how)}");

        void Add(string what, double its, double mine)
        {
            if (ParetoFront.Rounded(its) < ParetoFront.Rounded(mine))
            {
                how.Add(Say($"{what} {100 * (1 - (its / mine)):0.##} % less"));
            }
        }
    }

    // What is known without timing it: what it takes.
    private static string NotTimed(Alternative one, ScoredDesign[] front)
    {
        ScoredDesign? better = front.FirstOrDefault(f => f.Score!.Usd <= one.EstimatedUsd && f.Score.Watts <= one.EstimatedWatts);
        return better is null
            ? Say($"not timed: its shape comes after those that --most allows; {one.Reason}")
            : Say($"not timed: its shape comes after those that --most allows; design {better.Number} costs ")
                + Say($"{100 * (1 - (better.Score!.Usd / one.EstimatedUsd)):0.##} % less and draws ")
                + Say($"{100 * (1 - (better.Score.Watts / one.EstimatedWatts)):0.##} % less");
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
