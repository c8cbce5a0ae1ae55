using System.CommandLine;
using Lightloom.Cli.Options;
using Lightloom.Cli.Output;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Experiments.Faults;
using Lightloom.Report.Training;
using Lightloom.Simulation.Model;
using Lightloom.Spec;
using Lightloom.Training;
using Lightloom.Training.Machines;
using Lightloom.Training.Plans;
using Lightloom.Training.Studies;
using Lightloom.Training.Timing;

namespace Lightloom.Cli.Commands;

/// <summary><c>lightloom train CLUSTER.yaml</c>: one training step of a model on the designed network.</summary>
public static class TrainCommand
{
    private const int MostParts = 16_777_216;

    private sealed class Settings
    {
        public readonly Argument<string> File = new("CLUSTER.yaml")
        {
            Description = "The cluster file; the model is trained on its design.",
        };
        public readonly CheckedOption<string?> Catalog = CommonOptions.Catalog();
        public readonly CheckedOption<string?> Output = CommonOptions.Output("report.html, training.json and candidates.csv");
        public readonly Option<bool> Json = CommonOptions.Json();
        public readonly CheckedOption<string?> Model = Value.Name(
            "--model",
            "The model (the file's workload.model): a name of the catalogue, or its dimensions in the file.",
            "the name of a model: letters, digits, - and _",
            "the file's"
        );
        public readonly CheckedOption<int?> Tensor = Parts("--tp", "Tensor parallelism: XPUs that share one layer");
        public readonly CheckedOption<int?> Pipeline = Parts("--pp", "Pipeline parallelism: stages of layers");
        public readonly CheckedOption<int?> Data = Parts("--dp", "Data parallelism: replicas (what the others leave)");
        public readonly CheckedOption<int?> Expert = Parts("--ep", "Expert parallelism: XPUs that share the experts of a layer");
        public readonly CheckedOption<int?> Context = Parts("--cp", "Context parallelism: XPUs that share one sequence");
        public readonly CheckedOption<int?> Chunks = Value.Whole("--vpp", "Chunks of layers a stage (the file's, else 1).", 1, 10_000);
        public readonly CheckedOption<int?> Batch = Value.Whole("--global-batch", "Sequences of a step (the file's).", 1, 1_000_000_000);
        public readonly CheckedOption<int?> Micro = Value.Whole(
            "--micro-batch",
            "Sequences of a forward pass of one replica (the file's, else 1).",
            1,
            1_000_000
        );
        public readonly CheckedOption<int?> Sequence = Value.Whole("--sequence", "Tokens of a sequence (the model's).", 1, 1_000_000_000);
        public readonly CheckedOption<string?> Precision = Value.Word(
            "--precision",
            "Arithmetic of the matrix products (the file's, else bf16).",
            ["bf16", "fp8"]
        );
        public readonly CheckedOption<string?> Recompute = Value.Word(
            "--recompute",
            "What the backward pass computes again (the file's, else the stack's).",
            ["none", "selective", "full"]
        );
        public readonly CheckedOption<int?> Zero = Value.Whole(
            "--zero",
            "What is sharded over data parallelism: 0 nothing, 1 optimizer, 2 gradients, 3 weights (the file's, else the stack's).",
            0,
            3
        );
        public readonly CheckedOption<string?> Schedule = Value.Word(
            "--schedule",
            "Order of the micro-batches in a pipeline (the file's, else the stack's).",
            ["1f1b", "zero-bubble", "dualpipe"]
        );
        public readonly CheckedOption<string?> Stack = Value.Name(
            "--stack",
            "The training software, a stack of the catalogue (the file's, else the default).",
            "the id of a stack: letters, digits, - and _",
            TrainingBrief.UsualStack
        );
        public readonly CheckedOption<string?> Engine = Value.Word(
            "--engine",
            "How communication is timed: fluid (max-min fair rates on the designed network), closed-form, packet (every packet of every "
                + "different collective), or hybrid (packets until rates are steady, and on from there).",
            [EngineRequest.Fluid, EngineRequest.ClosedForm, EngineRequest.Packet, EngineRequest.Hybrid],
            EngineRequest.Fluid
        );
        public readonly CheckedOption<string?> CollectiveModel = Value.Word(
            "--collective-model",
            "Times collectives as another simulator does, instead of an engine: astra (ASTRA-sim's analytical backend) or simai (SimAI's "
                + "analytical mode).",
            [EngineRequest.Astra, EngineRequest.Simai]
        );
        public readonly CheckedOption<int?> Threads = Value.Whole("--threads", "packet, hybrid: threads to run on.", 1, 1024, 1);
        public readonly CheckedOption<ulong> Seed = Value.Seed("packet, hybrid: seeds everything random.");
        public readonly CheckedOption<double?> Minutes = Value.Number(
            "--engine-min",
            "packet, hybrid: minutes that packets may take by estimate; what takes longer is refused before it is run.",
            0.1,
            1e6,
            30,
            "minutes"
        );
        public readonly Option<bool> Search = new("--search")
        {
            Description = "Try every parallelism that fits the memory and take the best.",
        };
        public readonly CheckedOption<string[]> Fail = Value.List(
            "--fail",
            "What is out during the step: link:N, switch:NAME, plane:N or port:HOST.N, =FRACTION when a rate only drops.",
            "faults without times divided by commas, for example plane:1,switch:leaf-3",
            item => !item.Contains('@', StringComparison.Ordinal)
        );
        public readonly CheckedOption<string?> Placement = Value.Word(
            "--placement",
            "Which XPU each rank is.",
            PlacementWords.All,
            PlacementWords.All[0]
        );
        public readonly CheckedOption<int?> Xpus = Value.Whole("--xpus", "How many XPUs the job may take (all).", 1, MostParts);
        public readonly CheckedOption<double?> Restart = Value.Number(
            "--restart-min",
            "Minutes until an interrupted job runs again.",
            0,
            1e6,
            15,
            "minutes"
        );
        public readonly Option<bool> NoGoodput = new("--no-goodput") { Description = "Leave out the month with failures." };

        public readonly CheckedOption<string?> Goal = Value.Path(
            "--goal-out",
            "Writes the step as a GOAL schedule, rank r for XPU r, which simulate --replay runs: computation, messages between stages, "
                + "gradients and weights around rings.",
            "FILE"
        );

        public IEnumerable<Option> All =>
            [
                Model,
                Tensor,
                Pipeline,
                Data,
                Expert,
                Context,
                Chunks,
                Batch,
                Micro,
                Sequence,
                Precision,
                Recompute,
                Zero,
                Schedule,
                Stack,
                Engine,
                CollectiveModel,
                Threads,
                Seed,
                Minutes,
                Search,
                Fail,
                Placement,
                Xpus,
                Restart,
                NoGoodput,
                Goal,
                Output,
                Json,
                Catalog,
            ];

        private static CheckedOption<int?> Parts(string name, string what) =>
            Value.Whole(name, what + " (the file's, else 1).", 1, MostParts);
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Settings s = new();
        Command command = new("train", "One training step of a model on the designed network: its time, and what it waits for.") { s.File };
        foreach (Option option in s.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, s, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, Settings s, CancellationToken cancellation)
    {
        if (Contradiction(parsed, s) is { } contradiction)
        {
            return CommandLine.Misused(contradiction);
        }

        DiagnosticBag design = new(),
            said = new();
        ClusterSpec? spec = ClusterFile.Read(parsed.GetValue(s.File)!, s.Catalog.In(parsed), design);
        using ProgressLine line = new();
        ClusterDesign? designed = spec is null ? null : Designer.Design(spec, design, line, cancellation, worries: false);
        line.Clear();
        if (designed is null)
        {
            return CommandLine.Report(design, Severity.Error);
        }

        TrainingResult? result;
        using SimulationProgress bar = new();
        try
        {
            Cluster cluster = Cluster.Of(designed);
            TrainingBrief? brief = BriefReader.Read(spec!, RequestOf(parsed, s), cluster, said);
            result = brief is null
                ? null
                : TrainingStudy.Run(
                    cluster,
                    brief,
                    s.Fail.In(parsed),
                    parsed.GetValue(s.NoGoodput) ? null : new GoodputOptions { RestartMinutes = s.Restart.In(parsed)!.Value },
                    said,
                    EngineOf(parsed, s) with
                    {
                        Progress = bar.Show,
                    },
                    cancellation
                );
            // A million XPUs are worth their memory only where somebody looks at them.
            if (result is not null && (s.Output.In(parsed) is not null || parsed.GetValue(s.Json)))
            {
                result = result with { Beyond = ScalingStudy.Beyond(result.Plan, cluster.MachineOf(SlowestOf(result))) };
            }

            if (result is not null && s.Goal.In(parsed) is { } goal)
            {
                WriteGoal(result, cluster, goal, said, cancellation);
            }
        }
        catch (UnusableClusterException e)
        {
            said.Add(e.Problem);
            return CommandLine.Report(said, Severity.Error);
        }
        catch (RefusedException e)
        {
            return CommandLine.Misused(e);
        }

        if (result is null)
        {
            return CommandLine.Report(said, Severity.Error);
        }

        TrainingReport report = new(result, said);
        if (s.Output.In(parsed) is { } directory)
        {
            TrainingFiles.Write(report, TrainingPage.Render(result, designed.Spec.Name), directory, cancellation);
        }

        if (parsed.GetValue(s.Json))
        {
            using Stream stdout = Console.OpenStandardOutput();
            report.WriteJson(stdout);
            stdout.WriteByte((byte)'\n');
        }
        else
        {
            TrainingTable.Print(result, designed.Spec.Name, Console.Out);
            CommandLine.Report(said, Severity.Note);
        }

        return ExitCode.Done;
    }

    private static void WriteGoal(TrainingResult result, Cluster cluster, string path, DiagnosticBag said, CancellationToken cancellation)
    {
        StepSchedule schedule = new(result.Plan, cluster.MachineOf(SlowestOf(result)), result.Step);
        OutputFile.Write(path, to => StepGoal.Write(schedule, to, cancellation));
        said.Note(
            TrainingProblem.HowTimed,
            $"{path}: what the step waits for inside layers is part of its computation there, and messages have all of a card's rate"
        );
    }

    private static XpuPool SlowestOf(TrainingResult result) => result.Pools.MaxBy(p => p.Step.Step)!.Pool;

    private static EngineRequest EngineOf(ParseResult parsed, Settings s) =>
        new()
        {
            Name = s.CollectiveModel.In(parsed) ?? s.Engine.In(parsed)!,
            Threads = s.Threads.In(parsed)!.Value,
            Seed = s.Seed.In(parsed),
            Minutes = s.Minutes.In(parsed)!.Value,
        };

    private static string? Contradiction(ParseResult parsed, Settings s)
    {
        EngineRequest asked = EngineOf(parsed, s);
        if (asked.IsForeign && IsGiven(s.Engine))
        {
            return $"--collective-model {asked.Name} answers instead of an engine; leave --engine or --collective-model out";
        }

        if (OutputFile.Problem(s.Goal.In(parsed)) is { } problem)
        {
            return problem;
        }

        Option[] ofPackets = [s.Threads, s.Seed, s.Minutes];
        return !asked.RunsPackets && ofPackets.FirstOrDefault(IsGiven) is { } stray
            ? $"{stray.Name} changes nothing where no packet is run; leave it out, or take --engine packet or hybrid"
            : null;

        bool IsGiven(Option option) => parsed.GetResult(option) is { Implicit: false };
    }

    private static TrainingRequest RequestOf(ParseResult parsed, Settings s) =>
        new()
        {
            Model = s.Model.IsGivenIn(parsed) ? s.Model.In(parsed) : null,
            Tensor = s.Tensor.In(parsed),
            Pipeline = s.Pipeline.In(parsed),
            Data = s.Data.In(parsed),
            Expert = s.Expert.In(parsed),
            Context = s.Context.In(parsed),
            Chunks = s.Chunks.In(parsed),
            GlobalBatch = s.Batch.In(parsed),
            MicroBatch = s.Micro.In(parsed),
            Sequence = s.Sequence.In(parsed),
            Precision = s.Precision.In(parsed),
            Recompute = s.Recompute.In(parsed),
            Zero = s.Zero.In(parsed),
            Schedule = s.Schedule.In(parsed),
            Stack = s.Stack.IsGivenIn(parsed) ? s.Stack.In(parsed) : null,
            Placement = PlacementWords.Parse(s.Placement.In(parsed)!),
            Xpus = s.Xpus.In(parsed),
            Search = parsed.GetValue(s.Search),
        };
}
