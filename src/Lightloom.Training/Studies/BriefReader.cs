using System.Globalization;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Training.Machines;
using Lightloom.Training.Models;
using Lightloom.Training.Plans;
using Lightloom.Yaml;

namespace Lightloom.Training.Studies;

/// <summary>Reads what is trained from the command line, then the cluster file, then the stack; complains of what is missing.</summary>
public static class BriefReader
{
    /// <summary>The job; null when <paramref name="diagnostics"/> says what is wrong.</summary>
    /// <param name="spec">The cluster file.</param>
    /// <param name="request">The command line.</param>
    /// <param name="cluster">The designed cluster.</param>
    /// <param name="diagnostics">Receives what is to be said.</param>
    public static TrainingBrief? Read(ClusterSpec spec, TrainingRequest request, Cluster cluster, DiagnosticBag diagnostics)
    {
        WorkloadSpec workload = spec.Workload;
        Catalogue catalogue = spec.Catalogue;
        ModelShape? model = ModelOf(spec, request.Model, request.Sequence, diagnostics);
        string stackId = request.Stack ?? workload.Stack ?? TrainingBrief.UsualStack;
        if (!catalogue.Stacks.TryGetValue(stackId, out TrainingStack? stack))
        {
            diagnostics.Error(
                TrainingProblem.UnknownStack,
                $"the catalogue has no stack '{Excerpt.Of(stackId)}'"
                    + Nearest.Suggestion(stackId, catalogue.Stacks.Keys, "; known are " + string.Join(", ", catalogue.Stacks.Keys)),
                mark: spec.MarkOf("workload.stack")
            );
        }

        if ((request.GlobalBatch ?? workload.GlobalBatch) is not { } batch)
        {
            diagnostics.Error(
                TrainingProblem.NoBatch,
                "the batch of a step is not given; write workload.global_batch or --global-batch, in sequences",
                mark: spec.MarkOf("workload")
            );
            batch = 1;
        }

        Precision precision = (request.Precision ?? workload.Precision) == "fp8" ? Precision.Fp8 : Precision.Bf16;
        XpuClass xpu = cluster.Pools.Select(p => p.Xpu).MinBy(x => x.Memory)!;
        foreach (XpuPool pool in cluster.Pools.Where(p => precision == Precision.Fp8 && p.Xpu.Fp8Flops is null))
        {
            diagnostics.Error(
                TrainingProblem.XpuUnknown,
                $"{pool.Xpu.Name} of pool '{pool.Name}' has no known FP8 rate; take precision bf16, or give fp8_tflops for {pool.Node}",
                mark: spec.MarkOf("workload.precision")
            );
        }

        int xpus = request.Xpus ?? cluster.Xpus;
        if (xpus > cluster.Xpus)
        {
            diagnostics.Error(
                TrainingProblem.TooManyXpus,
                Say($"--xpus {xpus} is more than the cluster's {cluster.Xpus}; take {cluster.Xpus} or less")
            );
        }

        if (diagnostics.HasErrors || model is null || stack is null)
        {
            return null;
        }

        NoteDefaults(request, workload, stack, diagnostics);
        ParallelismSpec given = workload.Parallelism;
        bool open = request.Search;
        return new()
        {
            Model = model,
            Stack = stack,
            GlobalBatch = batch,
            MicroBatch = request.MicroBatch ?? (open ? null : workload.MicroBatch),
            Precision = precision,
            Recompute = Recompute(request.Recompute ?? workload.Recompute) ?? (open ? null : stack.Recompute.Value),
            Zero = request.Zero ?? workload.Zero ?? stack.Zero.Value,
            Schedule = Schedule(request.Schedule ?? workload.Schedule) ?? stack.Schedule.Value,
            Placement = request.Placement,
            Xpus = xpus,
            Xpu = xpu,
            Tensor = request.Tensor ?? (open ? null : given.Tensor.Value),
            Pipeline = request.Pipeline ?? (open ? null : given.Pipeline.Value),
            Data = request.Data ?? (open ? null : given.Data.Value),
            Expert = request.Expert ?? (open ? null : given.Expert.Value),
            Context = request.Context ?? (open ? null : given.Context.Value),
            Chunks = request.Chunks ?? (open ? null : given.VirtualPipeline),
        };
    }

    private static void NoteDefaults(TrainingRequest request, WorkloadSpec workload, TrainingStack stack, DiagnosticBag diagnostics)
    {
        if ((request.Stack ?? workload.Stack) is null)
        {
            diagnostics.Note(TrainingProblem.Assumed, $"no stack is named, so {stack.Id} is assumed; --stack NAME takes another");
        }
    }

    /// <summary>The model of the command line, else of the file; null when <paramref name="diagnostics"/> says what is wrong.</summary>
    internal static ModelShape? ModelOf(ClusterSpec spec, string? asked, int? length, DiagnosticBag diagnostics)
    {
        ModelSpec? given = asked is { } name ? new() { Name = name } : spec.Workload.Model;
        Catalogue catalogue = spec.Catalogue;
        if (given is null)
        {
            diagnostics.Error(
                TrainingProblem.NoModel,
                "no model is named; write workload.model or --model, one of " + string.Join(", ", catalogue.Models.Keys),
                mark: spec.MarkOf("workload")
            );
            return null;
        }

        if (length is { } sequence)
        {
            given = given with { Sequence = sequence };
        }

        ModelShape? shape = ModelShape.Of(given, catalogue, out IReadOnlyList<string> missing);
        if (shape is not null)
        {
            return shape;
        }

        SourceMark mark = spec.MarkOf("workload.model");
        if (given.Name is { } unknown && !catalogue.Models.ContainsKey(unknown) && given.Layers is null && given.Hidden is null)
        {
            diagnostics.Error(
                TrainingProblem.UnknownModel,
                $"the catalogue has no model '{Excerpt.Of(unknown)}'"
                    + Nearest.Suggestion(unknown, catalogue.Models.Keys, "; known are " + string.Join(", ", catalogue.Models.Keys)),
                mark: mark
            );
        }
        else
        {
            diagnostics.Error(
                TrainingProblem.MissingDimensions,
                $"the model's {string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} not given; "
                    + $"write {(missing.Count == 1 ? "it" : "them")} under workload.model",
                mark: mark
            );
        }

        return null;
    }

    private static Recomputation? Recompute(string? word) =>
        word switch
        {
            null => null,
            "full" => Recomputation.Full,
            "selective" or "attention" => Recomputation.Selective,
            _ => Recomputation.None,
        };

    private static PipelineSchedule? Schedule(string? word) =>
        word switch
        {
            null => null,
            "zero-bubble" => PipelineSchedule.ZeroBubble,
            "dualpipe" => PipelineSchedule.DualPipe,
            _ => PipelineSchedule.OneForwardOneBackward,
        };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
