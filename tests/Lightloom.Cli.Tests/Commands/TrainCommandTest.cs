using System.Text.Json;
using static Lightloom.Cli.Tests.Cli;

namespace Lightloom.Cli.Tests.Commands;

/// <summary><c>train</c>: its document is the contract's, and what is wrong ends with the contract's exit code.</summary>
public class TrainCommandTest
{
    private static readonly string Example = Path.Combine(Root, "examples", "gpt-175b-1k.yaml");

    [Fact]
    public void The_document_has_every_key_of_the_contract()
    {
        Run run = Execute("train", Example, "--json");
        run.Code.ShouldBe(0, run.Error);
        using JsonDocument json = JsonDocument.Parse(run.Out);
        JsonElement root = json.RootElement;
        root.GetProperty("model").GetString().ShouldBe("gpt3-175b");
        root.GetProperty("xpus").GetInt32().ShouldBe(1024);
        foreach (string part in (string[])["tp", "pp", "dp", "ep", "cp", "vpp"])
        {
            root.GetProperty("parallelism").GetProperty(part).GetInt32().ShouldBeGreaterThan(0);
        }

        foreach (string kind in (string[])["tp", "pp", "dp", "ep", "cp"])
        {
            root.GetProperty("exposed_s").GetProperty(kind).GetDouble().ShouldBeGreaterThanOrEqualTo(0);
            root.GetProperty("overlapped_s").GetProperty(kind).GetDouble().ShouldBeGreaterThanOrEqualTo(0);
        }

        foreach (string key in (string[])["step_s", "ideal_network_step_s", "compute_s", "bubble_s", "mfu", "tokens_per_s"])
        {
            root.GetProperty(key).GetDouble().ShouldBeGreaterThan(0, key);
        }

        foreach (string key in (string[])["weights", "optimizer", "activations", "total", "has"])
        {
            root.GetProperty("memory_gib").GetProperty(key).GetDouble().ShouldBeGreaterThan(0, key);
        }

        root.GetProperty("stack").GetString().ShouldBe("megatron-core-2024");
        foreach (JsonElement a in root.GetProperty("assumptions").EnumerateArray())
        {
            a.GetProperty("source").GetString()!.Length.ShouldBeGreaterThan(3);
        }

        Execute("train", Example, "--json").Out.ShouldBe(run.Out, "same input, same bytes");
    }

    [Theory]
    [InlineData(1, "LL9002", "did you mean", "--model", "gpt3-175")]
    [InlineData(1, "LL9004", "did you mean", "--stack", "megatron-core-2042")]
    [InlineData(1, "LL9010", "take", "--tp", "8", "--pp", "64", "--dp", "64")]
    [InlineData(1, "LL9012", "take a batch of", "--global-batch", "1000")]
    [InlineData(3, "LL9901", "fits", "--tp", "1", "--pp", "8")]
    [InlineData(2, "--fail", "link:N", "--fail", "switch:nowhere")]
    [InlineData(2, "--engine", "closed-form", "--engine", "guess")]
    [InlineData(2, "--threads", "--engine packet or hybrid", "--threads", "2")]
    [InlineData(2, "--collective-model", "leave", "--collective-model", "astra", "--engine", "fluid")]
    [InlineData(2, "--collective-model", "leave --fail", "--collective-model", "simai", "--fail", "link:0=0.5")]
    [InlineData(3, "--engine-min", "--engine hybrid", "--engine", "packet")]
    public void What_is_wrong_says_what_works(int exit, string id, string remedy, params string[] options)
    {
        Run run = Execute(["train", Example, .. options]);
        run.Code.ShouldBe(exit, run.Error);
        run.Error.ShouldContain(id == "--fail" ? "no fault of this network" : id);
        run.Error.ShouldContain(remedy);
        run.Out.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_without_a_workload_says_what_to_write()
    {
        Run run = Execute("train", Path.Combine(Root, "examples", "lab-8.yaml"));
        run.Code.ShouldBe(1);
        run.Error.ShouldContain("LL9001");
        run.Error.ShouldContain("LL9005");
    }

    [Fact]
    public void A_folder_holds_the_page_the_document_and_the_candidates()
    {
        string folder = Path.Combine(Path.GetTempPath(), "lightloom-train-" + Guid.NewGuid().ToString("N"));
        try
        {
            Run run = Execute("train", Example, "--search", "-o", folder);
            run.Code.ShouldBe(0, run.Error);
            Directory
                .GetFiles(folder)
                .Select(f => Path.GetFileName(f)!)
                .Order(StringComparer.Ordinal)
                .ShouldBe(["candidates.csv", "manifest.json", "report.html", "training.json"]);
            string[] rows = File.ReadAllLines(Path.Combine(folder, "candidates.csv"));
            rows.Length.ShouldBeGreaterThan(100);
            File.ReadAllText(Path.Combine(folder, "report.html")).ShouldContain("<svg");
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>The schedule is read again by the importer and run by the fluid engine, which knows nothing of the step model.</summary>
    [Fact]
    public void A_step_written_as_GOAL_replays_in_the_steps_time()
    {
        string folder = Directory.CreateTempSubdirectory("lightloom-goal-").FullName;
        try
        {
            string cluster = Path.Combine(folder, "small.yaml"),
                goal = Path.Combine(folder, "step.goal");
            File.WriteAllText(
                cluster,
                """
                lightloom: 1
                name: small
                pools: [{name: train, node: dgx-h100, nodes: 8}]
                backend: {switch: nvidia-qm9700, scalable_unit_nodes: 8}
                workload:
                  model: {layers: 16, hidden: 4096, feed_forward: 16384, heads: 32, vocabulary: 32000, sequence: 2048}
                  global_batch: 64
                  parallelism: {tp: 8, pp: 2, vpp: 2}
                """
            );
            Run train = Execute("train", cluster, "--goal-out", goal, "--no-goodput", "--json");
            train.Code.ShouldBe(0, train.Error);
            Run import = Execute("import", goal, "--check", "--json");
            import.Code.ShouldBe(0, import.Error);
            Run replay = Execute("simulate", cluster, "--replay", goal, "--engine", "fluid", "--json");
            replay.Code.ShouldBe(0, replay.Error);
            using JsonDocument step = JsonDocument.Parse(train.Out),
                run = JsonDocument.Parse(replay.Out);
            double ranks = run.RootElement.GetProperty("replay").GetProperty("ranks").GetDouble();
            ranks.ShouldBe(64);
            double seconds = run.RootElement.GetProperty("simulated_us").GetDouble() / 1e6;
            // Messages have the cards' whole rate there, and those between stages overlap as far as the order of micro-batches lets them.
            (seconds / step.RootElement.GetProperty("step_s").GetDouble()).ShouldBeInRange(0.95, 1.02);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_step_in_another_order_than_1f1b_is_not_written()
    {
        string path = Path.Combine(Path.GetTempPath(), "never-" + Guid.NewGuid().ToString("N"));
        Run run = Execute("train", Example, "--schedule", "zero-bubble", "--vpp", "1", "--goal-out", path);
        run.Code.ShouldBe(2, run.Error);
        run.Error.ShouldContain("--schedule 1f1b");
        File.Exists(path).ShouldBeFalse();
    }

    [Fact]
    public void Inference_says_its_times_and_refuses_what_does_not_fit()
    {
        Run run = Execute("infer", Example, "--model", "llama3-70b", "--json");
        run.Code.ShouldBe(0, run.Error);
        using JsonDocument json = JsonDocument.Parse(run.Out);
        double first = json.RootElement.GetProperty("time_to_first_token_s").GetDouble(),
            each = json.RootElement.GetProperty("time_per_token_s").GetDouble();
        first.ShouldBeGreaterThan(each);
        Run large = Execute("infer", Example, "--model", "llama3-405b", "--tp", "8");
        large.Code.ShouldBe(3);
        large.Error.ShouldContain("LL9901");
        large.Error.ShouldContain("--tp");
    }
}
