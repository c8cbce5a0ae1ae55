using System.CommandLine;
using System.Globalization;
using Lightloom.Cli.Options;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Report;
using Lightloom.Report.Training;
using Lightloom.Simulation.Model;
using Lightloom.Spec;
using Lightloom.Training.Inference;
using Lightloom.Training.Machines;
using Lightloom.Training.Plans;
using Lightloom.Training.Studies;

namespace Lightloom.Cli.Commands;

/// <summary><c>lightloom infer CLUSTER.yaml</c>: how long an answer takes to begin and to go on, on the designed network.</summary>
public static class InferCommand
{
    private sealed class Settings
    {
        public readonly Argument<string> File = new("CLUSTER.yaml") { Description = "The cluster file; the model answers on its design." };
        public readonly CheckedOption<string?> Catalog = CommonOptions.Catalog();
        public readonly Option<bool> Json = CommonOptions.Json();
        public readonly CheckedOption<string?> Model = Value.Name(
            "--model",
            "The model (the file's workload.model).",
            "the name of a model: letters, digits, - and _",
            "the file's"
        );
        public readonly CheckedOption<string?> Prefill = Value.Name(
            "--prefill",
            "The pool that reads prompts.",
            "the name of a pool: letters, digits, - and _",
            "the first pool"
        );
        public readonly CheckedOption<string?> Decode = Value.Name(
            "--decode",
            "The pool that makes tokens.",
            "the name of a pool: letters, digits, - and _",
            "the last pool"
        );
        public readonly CheckedOption<int?> Tensor = Value.Whole("--tp", "XPUs that share a layer.", 1, 100_000, 8);
        public readonly CheckedOption<int?> Expert = Value.Whole(
            "--ep",
            "XPUs that share the experts of a layer, a multiple of tp; 1 leaves them in each instance.",
            1,
            1_000_000,
            1
        );
        public readonly CheckedOption<int?> Prompt = Value.Whole("--prompt", "Tokens of a prompt.", 1, 100_000_000, 2048);
        public readonly CheckedOption<int?> Output = Value.Whole("--output-tokens", "Tokens of an answer.", 1, 100_000_000, 512);
        public readonly CheckedOption<int?> PrefillBatch = Value.Whole(
            "--prefill-batch",
            "Prompts that are read at once.",
            1,
            1_000_000,
            1
        );
        public readonly CheckedOption<int?> DecodeBatch = Value.Whole("--batch", "Answers that are made at once.", 1, 1_000_000, 32);
        public readonly CheckedOption<string?> Precision = Value.Word(
            "--precision",
            "Arithmetic and bytes of a weight.",
            ["bf16", "fp8"],
            "bf16"
        );

        public IEnumerable<Option> All =>
            [Model, Prefill, Decode, Tensor, Expert, Prompt, Output, PrefillBatch, DecodeBatch, Precision, Json, Catalog];
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Settings s = new();
        Command command = new("infer", "How long an answer takes to begin and to go on: prefill, transfer of the cache, decoding.")
        {
            s.File,
        };
        foreach (Option option in s.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, s, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, Settings s, CancellationToken cancellation)
    {
        DiagnosticBag bag = new();
        ClusterSpec? spec = ClusterFile.Read(parsed.GetValue(s.File)!, s.Catalog.In(parsed), bag);
        using ProgressLine line = new();
        ClusterDesign? design = spec is null ? null : Designer.Design(spec, bag, line, cancellation, worries: false);
        line.Clear();
        if (design is null)
        {
            return CommandLine.Report(bag, Severity.Error);
        }

        DiagnosticBag said = new();
        try
        {
            Cluster cluster = Cluster.Of(design);
            XpuPool prefill = PoolOf(cluster, s.Prefill.IsGivenIn(parsed) ? s.Prefill.In(parsed) : null, cluster.Pools[0]),
                decode = PoolOf(cluster, s.Decode.IsGivenIn(parsed) ? s.Decode.In(parsed) : null, cluster.Pools[^1]);
            if (InferenceReader.Read(spec!, RequestOf(parsed, s), (prefill, decode), said) is not { } plan)
            {
                return CommandLine.Report(said, Severity.Error);
            }

            InferenceTime time = InferenceModel.Of(plan, cluster.MachineOf(prefill), cluster.MachineOf(decode));
            Print(plan, time, (prefill.Name, decode.Name), parsed.GetValue(s.Json));
            return ExitCode.Done;
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
    }

    private static InferenceRequest RequestOf(ParseResult parsed, Settings s) =>
        new(
            s.Model.IsGivenIn(parsed) ? s.Model.In(parsed) : null,
            s.Prompt.In(parsed)!.Value,
            s.Output.In(parsed)!.Value,
            s.PrefillBatch.In(parsed)!.Value,
            s.DecodeBatch.In(parsed)!.Value,
            s.Tensor.In(parsed)!.Value,
            s.Expert.In(parsed)!.Value,
            s.Precision.In(parsed) == "fp8" ? Precision.Fp8 : Precision.Bf16
        );

    private static XpuPool PoolOf(Cluster cluster, string? name, XpuPool usual) =>
        name is null
            ? usual
            : cluster.Pools.FirstOrDefault(p => p.Name == name)
                ?? throw new RefusedException(
                    $"there is no pool '{name}' with XPUs; the file has {string.Join(", ", cluster.Pools.Select(p => p.Name).Distinct())}"
                );

    private static void Print(InferencePlan plan, InferenceTime t, (string Prefill, string Decode) pools, bool json)
    {
        if (json)
        {
            using Stream stdout = Console.OpenStandardOutput();
            InferenceJson.Write(plan, t, pools, stdout);
            stdout.WriteByte((byte)'\n');
            return;
        }

        string ep = plan.Expert > 1 ? Say($" ep{plan.Expert}") : "";
        Console.Out.WriteLine(
            PlainText.Of(
                Say(
                    $"{plan.Model.Name}, tp{plan.Tensor}{ep}: prompts of {plan.Prompt:#,0} read by {pools.Prefill} {plan.PrefillBatch} at once, "
                ) + Say($"answers of {plan.Output:#,0} made by {pools.Decode} {plan.DecodeBatch} at once")
            )
        );
        Row(
            "first token",
            t.FirstToken,
            Say($"prefill {1000 * t.Prefill:0.0} ms ({1000 * t.PrefillCommunication:0.0} communication), ")
                + Say($"cache over the backend {1000 * t.CacheTransfer:0.0} ms, one token")
        );
        Row(
            "each token",
            t.Decode,
            Say($"weights {1000 * t.DecodeWeights:0.0} ms, cache {1000 * t.DecodeCache:0.0} ms, ")
                + Say($"communication {1000 * t.DecodeCommunication:0.0} ms; {t.TokensPerSecond:#,0} tokens/s an instance")
        );
        Console.Out.WriteLine(
            Say($"memory an XPU      {t.DecodeMemory / (1L << 30):0.0} GiB of {t.HasMemory / (1L << 30):0}, full answers included")
        );
    }

    private static void Row(string name, double seconds, string note) =>
        Console.Out.WriteLine(Say($"{name, -14} {1000 * seconds, 10:0.00} ms  ") + note);

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
