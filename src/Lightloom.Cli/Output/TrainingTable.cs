using System.Globalization;
using Lightloom.Report;
using Lightloom.Report.Training;
using Lightloom.Training.Plans;
using Lightloom.Training.Studies;
using Lightloom.Training.Timing;

namespace Lightloom.Cli.Output;

/// <summary>Prints a training job on a designed cluster for people.</summary>
internal static class TrainingTable
{
    private const double Gib = 1L << 30;
    private const int MostCandidates = 12;

    /// <summary>Prints the answer.</summary>
    public static void Print(TrainingResult result, string cluster, TextWriter to)
    {
        StepTime step = result.Step;
        to.WriteLine(
            PlainText.Of(
                Say($"{cluster}: {result.Plan.Model.Name} ({result.Plan.Model.Parameters / 1e9:0.#}B parameters) on ")
                    + Say($"{result.Plan.Parallelism.Xpus:#,0} XPUs, ")
                    + TrainingStudy.Describe(result.Plan)
                    + Say($", batch {result.Plan.GlobalBatch:#,0} x {result.Plan.Model.Sequence:#,0} tokens, {result.Plan.Stack.Id}")
            )
        );
        to.WriteLine();
        Row(
            to,
            "step",
            Say($"{step.Step:0.000} s"),
            Say($"{step.TokensPerSecond:#,0} tokens/s, {step.FlopsPerXpu / 1e12:0} TFLOP/s an XPU")
        );
        Row(to, "MFU", Say($"{100 * step.Mfu:0.0} %"), Say($"{100 * step.CausalMfu:0.0} % with attention below the diagonal alone"));
        Row(
            to,
            "ideal network",
            Say($"{result.Ideal.Step:0.000} s"),
            Say($"the network costs {100 * ((step.Step / result.Ideal.Step) - 1):0.0} % of step time")
        );
        if (result is { Real: { } real, Terms: { } terms })
        {
            Row(
                to,
                "as measured",
                Say($"{real.Step:0.000} s"),
                Say($"{terms.Transport} with {terms.LoadBalancing} instead of ideal rates, MFU {100 * real.Mfu:0.0} %")
            );
        }

        if (result.Faults.Count > 0)
        {
            Row(
                to,
                "without faults",
                Say($"{result.Sound.Step:0.000} s"),
                Say($"{string.Join(", ", result.Faults)} cost {100 * ((step.Step / result.Sound.Step) - 1):0.0} %")
            );
        }

        to.WriteLine();
        Share(to, "compute", step.Compute, step, "");
        foreach (CommunicationShare c in step.Communication.Where(c => c.Group.Size > 1))
        {
            Share(
                to,
                TrainingReport.Word(c.Kind) + " exposed",
                c.Exposed,
                step,
                Say(
                    $"{c.Overlapped:0.000} s more overlapped; {c.Group.Size} ranks over the {(c.Backend ? "backend" : "scale-up domain")}, "
                )
                    + "waits for "
                    + TrainingReport.Word(c.Binds)
            );
        }

        Share(to, "bubble", step.Bubble, step, "");
        Share(to, "optimizer", step.Optimizer, step, "");
        Share(to, "overhead", step.Overhead, step, "stragglers, data loading, logging: the stack's");
        to.WriteLine();
        Memory(to, result.Memory);
        Network(to, result);
        Cost(to, result);
        Candidates(to, result);
        to.WriteLine();
        to.WriteLine(
            Say(
                $"Communication is timed by the {result.Engine} engine on the designed network; {result.Assumptions.Count} assumptions with "
            ) + "their sources are in --json."
        );
    }

    private static void Memory(TextWriter to, MemoryNeed m) =>
        Row(
            to,
            "memory an XPU",
            Say($"{m.Total / Gib:0.0} GiB"),
            Say($"of {m.Has / Gib:0}: weights {m.Weights / Gib:0.0}, gradients {m.Gradients / Gib:0.0}, ")
                + Say($"optimizer {m.Optimizer / Gib:0.0}, activations {m.Activations / Gib:0.0}, reserve {m.Reserve / Gib:0.0}")
        );

    private static void Network(TextWriter to, TrainingResult result)
    {
        Row(
            to,
            "binds",
            result.Binds is { } kind ? TrainingReport.Word(kind) : "compute",
            result.Binds is null
                ? "no faster link saves anything"
                : Say($"twice as fast would save {result.Links[0].Saves:0.000} s of a step")
        );
        Row(to, "placements", "", string.Join(", ", result.Placements.Select(p => Say($"{p.Rule.ToWord()} {p.Seconds:0.000} s"))));
        if (result.Pools.Select(p => p.Pool.Xpu).Distinct().Count() > 1)
        {
            foreach (PoolStep p in result.Pools)
            {
                Row(to, "pool " + p.Pool.Name, Say($"{p.Step.Step:0.000} s"), Say($"{p.Xpus:#,0} {p.Pool.Xpu.Name}"));
            }

            Row(
                to,
                "by rate",
                Say($"{result.ByRate:0.000} s"),
                "if each pool took as many sequences as its rate allows; the slowest gates above"
            );
        }
    }

    private static void Cost(TextWriter to, TrainingResult result)
    {
        string unknown = result.Cost.PowerUnknown.Count == 0 ? "" : "; without " + string.Join(", ", result.Cost.PowerUnknown);
        Row(
            to,
            "energy a step",
            Say($"{result.Cost.EnergyKwh:0.##} kWh"),
            Say($"{result.Cost.Energy.Dollars:0.00} USD; the network's price for that time {result.Cost.Network.Dollars:0.00} USD")
                + unknown
        );
        if (result.Goodput is { } g)
        {
            Row(
                to,
                "goodput a month",
                Say($"{100 * g.Share:0.0} %"),
                Say($"{g.TokensPerMonth / 1e9:#,0} B tokens; an interruption every {g.MeanTimeBetweenInterruptions / 3600:0.#} h, ")
                    + Say($"a checkpoint of {g.CheckpointSize / 1e12:0.##} TB in {g.CheckpointTime:0.#} s over the {g.CheckpointNetwork}, ")
                    + Say($"every {g.CheckpointInterval / 60:0.#} min")
            );
        }
    }

    private static void Candidates(TextWriter to, TrainingResult result)
    {
        if (result.Candidates.Count == 0)
        {
            return;
        }

        int fit = result.Candidates.Count(c => c.WhyNot is null);
        to.WriteLine();
        to.WriteLine(Say($"{fit:#,0} parallelisms fit, {result.Candidates.Count - fit:#,0} do not; the fastest:"));
        foreach (Candidate c in result.Candidates.Take(Math.Min(fit, MostCandidates)))
        {
            Row(
                to,
                Say($"{c.Step!.Step:0.000} s"),
                Say($"{100 * c.Step.Mfu:0.0} %"),
                TrainingStudy.Describe(c.Plan) + Say($", {c.Memory.Total / Gib:0} GiB")
            );
        }

        if (fit < result.Candidates.Count)
        {
            to.WriteLine("and of those that do not, the nearest:");
            foreach (Candidate c in result.Candidates.Skip(fit).Take(MostCandidates / 2))
            {
                Row(to, "", "", TrainingStudy.Describe(c.Plan) + ": " + c.WhyNot);
            }
        }
    }

    private static void Share(TextWriter to, string name, double seconds, StepTime step, string note) =>
        Row(to, name, Say($"{seconds:0.000} s"), Say($"{100 * seconds / step.Step:0.0} %") + (note.Length == 0 ? "" : "  " + note));

    private static void Row(TextWriter to, string name, string value, string note) =>
        to.WriteLine(PlainText.Of($"{name, -16} {value, 12}  {note}").TrimEnd());

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
