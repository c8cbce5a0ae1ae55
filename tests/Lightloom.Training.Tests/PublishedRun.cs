using System.Globalization;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Training.Machines;
using Lightloom.Training.Models;
using Lightloom.Training.Plans;
using Lightloom.Training.Timing;

namespace Lightloom.Training.Tests;

/// <summary>A run that somebody published, with its setup: a row of tests/reference/training/runs.csv.</summary>
internal sealed record PublishedRun(IReadOnlyDictionary<string, string> Row, Catalogue Catalogue)
{
    public string Id => Row["id"];

    public string Stack => Row["stack"];

    public string Metric => Row["metric"];

    public double Value => double.Parse(Row["value"], CultureInfo.InvariantCulture);

    public static IReadOnlyList<PublishedRun> All(Catalogue? catalogue = null)
    {
        string[] lines = Reference.Lines("runs.csv");
        string[] names = lines[0].Split(',');
        return
        [
            .. lines[1..]
                .Select(line => line.Split(','))
                .Select(cells => new PublishedRun(
                    names.Zip(cells).ToDictionary(p => p.First, p => p.Second),
                    catalogue ?? Catalogue.Default
                )),
        ];
    }

    /// <summary>The step that the model says.</summary>
    public StepTime Step() => StepModel.Of(Plan(), Machine());

    /// <summary>The model's figure for the published one.</summary>
    public double Computed()
    {
        StepTime step = Step();
        return Metric switch
        {
            "step_s" => step.Step,
            "mfu" => 100 * step.Mfu,
            "mfu_causal" => 100 * step.CausalMfu,
            "tflops" => step.FlopsPerXpu / 1e12,
            "tflops_causal" => step.CausalMfu * step.Peak / 1e12,
            "tflops_executed" => step.ExecutedFlopsPerXpu / 1e12,
            "tokens_per_day" => step.TokensPerSecond * 86400 / 1e9,
            _ => throw new InvalidOperationException("no metric " + Metric),
        };
    }

    /// <summary>How far the model is off, as a share.</summary>
    public double Error => (Computed() / Value) - 1;

    public TrainingPlan Plan()
    {
        ModelShape? model = ModelShape.Of(
            new ModelSpec
            {
                Name = Row["model"] is { Length: > 0 } name ? name : null,
                Layers = Maybe("layers"),
                Hidden = Maybe("hidden"),
                FeedForward = Maybe("feed_forward"),
                Heads = Maybe("heads"),
                KvHeads = Maybe("kv_heads"),
                Vocabulary = Maybe("vocabulary"),
                Sequence = Maybe("sequence"),
            },
            Catalogue,
            out IReadOnlyList<string> missing
        );
        missing.ShouldBeEmpty(Id);
        TrainingStack stack = Catalogue.Stacks[Stack];
        return new()
        {
            Model = model!,
            Parallelism = new(N("tp"), N("pp"), N("dp"), N("ep"), N("cp"), N("vpp")),
            GlobalBatch = N("global_batch"),
            MicroBatch = N("micro_batch"),
            Precision = Row["precision"] == "fp8" ? Precision.Fp8 : Precision.Bf16,
            Recompute = Row["recompute"] switch
            {
                "full" => Recomputation.Full,
                "selective" => Recomputation.Selective,
                _ => Recomputation.None,
            },
            Zero = Maybe("zero") ?? stack.Zero.Value,
            Schedule = stack.Schedule.Value,
            Stack = stack,
        };
    }

    private Machine Machine()
    {
        XpuClass? xpu = XpuClasses.Of(Catalogue.Nodes[Row["node"]], Catalogue, out _);
        return Machines.Machine.Uniform(xpu!, N("xpus"), SimTime.FromMicroseconds(3), SimTime.FromMicroseconds(5));
    }

    private int N(string column) => int.Parse(Row[column], CultureInfo.InvariantCulture);

    private int? Maybe(string column) => Row[column].Length == 0 ? null : N(column);
}
