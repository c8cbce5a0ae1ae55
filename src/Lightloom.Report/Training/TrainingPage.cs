using System.Globalization;
using Lightloom.Report.Page;
using Lightloom.Training.Plans;
using Lightloom.Training.Studies;
using Lightloom.Training.Timing;

namespace Lightloom.Report.Training;

/// <summary>Writes report.html of a training job: the answer, then pictures of the step, then what it rests on. It needs nothing but itself.</summary>
public static class TrainingPage
{
    private const int MostCandidates = 20;
    private const int MostTasks = 6000;
    private const double Gib = 1L << 30;

    /// <summary>The page.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="cluster">The cluster's name.</param>
    public static string Render(TrainingResult result, string cluster)
    {
        Html page = new();
        TrainingPlan plan = result.Plan;
        ReportPage.Begin(page, $"{cluster} - training of {plan.Model.Name}");
        page.Raw("<header>").Element("h1", $"{cluster}: {plan.Model.Name}").Raw("\n");
        page.Paragraph(
                Say($"{plan.Model.Parameters / 1e9:0.#}B parameters on {plan.Parallelism.Xpus:#,0} XPUs, {TrainingStudy.Describe(plan)}, ")
                    + Say($"{plan.GlobalBatch:#,0} sequences of {plan.Model.Sequence:#,0} tokens a step, {plan.Stack.Name}."),
                "lead"
            )
            .Close("header");
        Answer(page, result);
        Pictures(page, result);
        Candidates(page, result);
        Month(page, result);
        page.Section("assumptions", "What it rests on");
        page.Paragraph(
            "Communication is timed in " + result.Engine.Replace('-', ' ') + " on the designed network (docs/models/training.md)."
        );
        page.Table(null, "figure", "value", "source, or why it is assumed");
        foreach (Assumption a in result.Assumptions)
        {
            page.Row().Cell(a.Name).Cell(a.Text).Cell(a.Source).EndRow();
        }

        page.EndTable().Close("section");
        page.Raw("</main></body></html>\n");
        return page.ToString();
    }

    private static void Answer(Html page, TrainingResult result)
    {
        StepTime step = result.Step;
        page.Section("answer", "How long a step takes, and why");
        page.Table(null, "figure", "value", "");
        Row("step", Say($"{step.Step:0.000} s"), Say($"{step.TokensPerSecond:#,0} tokens/s"));
        Row(
            "MFU",
            Say($"{100 * step.Mfu:0.0} %"),
            Say($"{step.FlopsPerXpu / 1e12:0} TFLOP/s an XPU; {100 * step.CausalMfu:0.0} % below the diagonal")
        );
        Row(
            "on an ideal network",
            Say($"{result.Ideal.Step:0.000} s"),
            Say($"the network costs {100 * ((step.Step / result.Ideal.Step) - 1):0.0} % of step time")
        );
        if (result.Faults.Count > 0)
        {
            Row("without " + string.Join(", ", result.Faults), Say($"{result.Sound.Step:0.000} s"), "");
        }

        Row(
            "binds",
            result.Binds is { } kind ? TrainingReport.Word(kind) : "compute",
            string.Join(", ", result.Links.Select(l => Say($"{TrainingReport.Word(l.Kind)} twice as fast saves {l.Saves:0.000} s")))
        );
        Row(
            "memory an XPU",
            Say($"{result.Memory.Total / Gib:0.0} of {result.Memory.Has / Gib:0} GiB"),
            Say($"weights {result.Memory.Weights / Gib:0.0}, gradients {result.Memory.Gradients / Gib:0.0}, optimizer ")
                + Say(
                    $"{result.Memory.Optimizer / Gib:0.0}, activations {result.Memory.Activations / Gib:0.0}, reserve {result.Memory.Reserve / Gib:0.0}"
                )
        );
        Row("placements", "", string.Join(", ", result.Placements.Select(p => Say($"{p.Rule.ToWord()} {p.Seconds:0.000} s"))));
        foreach (PoolStep p in result.Pools.Where(_ => result.Pools.Count > 1))
        {
            Row("pool " + p.Pool.Name, Say($"{p.Step.Step:0.000} s"), Say($"{p.Xpus:#,0} {p.Pool.Xpu.Name}"));
        }

        Row(
            "energy a step",
            Say($"{result.Cost.EnergyKwh:0.##} kWh"),
            Say($"{result.Cost.Energy.Dollars:0.00} USD; the network's price for that time {result.Cost.Network.Dollars:0.00} USD")
        );
        page.EndTable().Close("section");

        void Row(string name, string value, string note) => page.Row().Cell(name).Cell(value).Cell(note).EndRow();
    }

    private static void Pictures(Html page, TrainingResult result)
    {
        page.Section("step", "The step");
        ReportPage.Figure(
            page,
            StepDrawing.Breakdown(result.Step),
            "The bar is the step on the slowest stage; below it what is hidden behind computation."
        );
        Timeline(page, result);
        if (result.Scaling.Count + result.Beyond.Count > 2)
        {
            page.Element("h3", "More of the same");
            ReportPage.Figure(
                page,
                StepDrawing.Scaling(result.Scaling, result.Beyond),
                "MFU as replicas are added, each with its share of the batch (weak scaling), in closed form."
            );
        }

        page.Close("section");
    }

    private static void Timeline(Html page, TrainingResult result)
    {
        TrainingPlan plan = result.Plan;
        Parallelism p = plan.Parallelism;
        if (p.Pipeline == 1 || plan.Schedule != Hardware.PipelineSchedule.OneForwardOneBackward)
        {
            return;
        }

        // Enough micro-batches to fill the pipeline and empty it; the rest repeats what stands between.
        int shown = Math.Min(plan.MicroBatches, 2 * p.Pipeline);
        shown = p.Chunks > 1 ? Math.Max(p.Pipeline, shown / p.Pipeline * p.Pipeline) : shown;
        if ((p.Chunks > 1 && plan.MicroBatches % p.Pipeline != 0) || 2L * shown * p.Chunks * p.Pipeline > 4 * MostTasks)
        {
            return;
        }

        double each =
            (result.Step.Compute + result.Step.Exposed - result.Step.Of(CommunicationKind.Data).Exposed) / plan.MicroBatches / p.Chunks;
        double forward = each / 3;
        page.Element("h3", "The pipeline over time");
        ReportPage.Figure(
            page,
            StepDrawing.Timeline(PipelineTimeline.Play(p.Pipeline, p.Chunks, shown, forward, each - forward)),
            (shown < plan.MicroBatches ? Say($"The first {shown} of {plan.MicroBatches} micro-batches. ") : "")
                + "Blue is forward, green backward (taken as twice as long), communication that is exposed included; what stays empty is the bubble."
        );
    }

    private static void Candidates(Html page, TrainingResult result)
    {
        if (result.Candidates.Count == 0)
        {
            return;
        }

        int fit = result.Candidates.Count(c => c.WhyNot is null);
        page.Section("candidates", "Parallelisms");
        page.Paragraph(Say($"{fit:#,0} fit the memory, {result.Candidates.Count - fit:#,0} do not; all are in candidates.csv."));
        page.Table(null, "division", "step", "MFU", "memory, GiB", "why not");
        foreach (
            Candidate c in result
                .Candidates.Take(Math.Min(fit, MostCandidates))
                .Concat(result.Candidates.Skip(fit).Take(MostCandidates / 2))
        )
        {
            page.Row()
                .Cell(TrainingStudy.Describe(c.Plan))
                .Number(c.Step is { } s ? Say($"{s.Step:0.000} s") : "")
                .Number(c.Step is { } m ? Say($"{100 * m.Mfu:0.0} %") : "")
                .Number(Say($"{c.Memory.Total / Gib:0}"))
                .Cell(c.WhyNot ?? "")
                .EndRow();
        }

        page.EndTable().Close("section");
    }

    private static void Month(Html page, TrainingResult result)
    {
        if (result.Goodput is not { } g)
        {
            return;
        }

        page.Section("month", "A month with failures");
        page.Paragraph(
            Say($"{100 * g.Share:0.0} % of the month makes progress: {g.TokensPerMonth / 1e9:#,0} B tokens. An interruption every ")
                + Say($"{g.MeanTimeBetweenInterruptions / 3600:0.#} h; a checkpoint of {g.CheckpointSize / 1e12:0.##} TB takes ")
                + Say($"{g.CheckpointTime:0.#} s over the {g.CheckpointNetwork} and is written every {g.CheckpointInterval / 60:0.#} min.")
        );
        page.Table(null, "what fails", "parts", "a month", "what it does", "lost", "rate from");
        foreach (FaultClassCost f in g.Faults)
        {
            page.Row()
                .Cell(f.Name)
                .Number(Say($"{f.Parts:#,0}"))
                .Number(f.PerMonth is { } rate ? Say($"{rate:0.###}") : "unknown")
                .Cell(f.Interrupts ? "stops the job" : Say($"step x {f.StepFactor:0.###} until repaired"))
                .Number(Say($"{100 * f.Lost:0.####} %"))
                .Cell(f.Basis)
                .EndRow();
        }

        page.EndTable().Close("section");
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
