using System.Text.Json;
using static Lightloom.Cli.Tests.Cli;

namespace Lightloom.Cli.Tests.Commands;

/// <summary>Options and files that do not fit each other are refused; what replaces what is said.</summary>
public class FittingOptionsTest
{
    private static readonly string Inputs = Path.Combine(Root, "tests", "reference", "simulation", "inputs");

    private static Run Simulate(string topology, params string[] more) =>
        Execute([
            "simulate",
            "--topo",
            Path.Combine(Inputs, topology),
            "--workload",
            "incast",
            .. more.Contains("--size") ? [] : (string[])["--size", "200KB"],
            .. more,
        ]);

    private static JsonElement Json(string topology, params string[] more)
    {
        Run run = Simulate(topology, [.. more, "--json"]);
        run.Code.ShouldBe(0, run.Error);
        return JsonDocument.Parse(run.Out).RootElement;
    }

    private static long LongestQueue(JsonElement root) => root.GetProperty("queues").GetProperty("max_bytes").GetInt64();

    // Leaves 100,001 down and 100,002 up, spines 200,001: an incast fills the leaf's queue and a packet that finds it full counts itself.
    [Fact]
    public void The_queues_of_a_topology_hold_unless_the_command_line_gives_others()
    {
        JsonElement own = Json("queues.topo", "--no-trim"),
            given = Json("queues.topo", "--queue-bytes", "50000", "--no-trim"),
            none = Json("queuesnone.topo", "--no-trim");
        LongestQueue(own).ShouldBeInRange(100_001 - 4150, 200_001 + 4150);
        own.GetProperty("notes")[0].GetString()!.ShouldContain("100,001 to 200,001 bytes");
        LongestQueue(given).ShouldBeInRange(50_000 - 4150, 50_000 + 4150);
        given.GetProperty("notes")[0].GetString()!.ShouldContain("50,000 bytes that were given");
        none.GetProperty("notes").GetArrayLength().ShouldBe(0);
        LongestQueue(Json("queues20k.topo", "--no-trim", "--ecn-bytes", "5000,20000")).ShouldBeInRange(20_000 - 4150, 20_000 + 4150);
    }

    [Fact]
    public void Queues_of_a_topology_that_never_mark_are_remarked_on() =>
        Json("queues20k.topo")
            .GetProperty("notes")
            .EnumerateArray()
            .Select(n => n.GetString()!)
            .ShouldContain(n => n.Contains("never mark", StringComparison.Ordinal));

    // queues20k.topo: the first queue of its file stands in line and column; bytes, as htsim has it.
    [Fact]
    public void A_topology_whose_queues_hold_no_packet_is_refused_where_it_says_so()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Inputs, "queues20k.topo"));
        int line = Array.FindIndex(lines, l => l.Contains("Queue_", StringComparison.Ordinal));
        int column = lines[line].IndexOf("20000", StringComparison.Ordinal);
        Run run = Simulate("queues20k.topo", "--mtu", "30000");
        run.Code.ShouldBe(1);
        run.Error.ShouldContain($"queues20k.topo:{line + 1}:{column + 1}: error LL3011");
        run.Error.ShouldContain("20000 bytes and holds no packet of 30000; write 30000 or more");
        Simulate("queues20k.topo", "--mtu", "30000", "--queue-bytes", "300000").Code.ShouldBe(0);
        Simulate("queues20k.topo", "--mtu", "30000", "--transport", "roce").Code.ShouldBe(0);
        Run given = Simulate("queuesnone.topo", "--queue-bytes", "4000");
        given.Code.ShouldBe(2);
        given.Error.ShouldContain("--queue-bytes 4000 holds no packet of 4150 bytes (--mtu); give 4150 or more");
        Run shared = Simulate("queuesnone.topo", "--buffer-bytes", "16599");
        shared.Code.ShouldBe(2);
        shared.Error.ShouldContain("--buffer-bytes 16599 holds no four packets of 4150 bytes (--mtu); give 16600 or more");
        Simulate("queuesnone.topo", "--buffer-bytes", "16600").Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("queuesnone.topo", "50000", "20000,60000")]
    [InlineData("queues20k.topo", null, "5000,20001")]
    public void Marking_beyond_the_queue_is_refused_with_the_most_that_works(string topology, string? queue, string marks)
    {
        Run run = Simulate(topology, [.. queue is null ? [] : (string[])["--queue-bytes", queue], "--ecn-bytes", marks]);
        run.Code.ShouldBe(2);
        run.Error.ShouldContain("--ecn-bytes");
        run.Error.ShouldContain($"mark at {queue ?? "20000"} bytes at the most");
        Simulate(topology, [.. queue is null ? [] : (string[])["--queue-bytes", queue], "--ecn-bytes", $"5000,{queue ?? "20000"}"])
            .Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("--queue-bytes", "100000", "roce", "--flow-control none")]
    [InlineData("--queue-bytes", "100000", "nscc --cells bursts", "--voq-bytes")]
    [InlineData("--queue-bytes", "100000", "nscc --buffer-bytes 1MB", "--buffer-bytes")]
    [InlineData("--ack-bytes", "8000", "ndp", "nscc")]
    [InlineData("--ack-bytes", "8000", "swift", "nscc")]
    [InlineData("--ecn-bytes", "8000,9000", "swift", "nscc")]
    [InlineData("--ecn-bytes", "8000,9000", "nscc --cells bursts", "--congestion-cells")]
    [InlineData("--initial-window-bytes", "8000", "rccc", "nscc")]
    [InlineData("--initial-window-bytes", "8000", "dcqcn", "swift")]
    public void An_option_that_the_run_cannot_use_is_refused_with_what_to_give_instead(
        string option,
        string value,
        string transport,
        string instead
    )
    {
        Run run = Simulate("queuesnone.topo", [option, value, "--transport", .. transport.Split(' ')]);
        run.Code.ShouldBe(2);
        run.Error.ShouldContain(option + " changes nothing");
        run.Error.ShouldContain(instead);
    }

    [Theory]
    [InlineData("--selective-repeat", "nscc", "roce")]
    [InlineData("--selective-repeat", "swift", "hpcc")]
    [InlineData("--window 4", "nscc", "only all-to-all")]
    [InlineData("--detect-us 5", "nscc", "add --fail")]
    [InlineData("--update-us 5", "nscc", "add --fail")]
    [InlineData("--plane-policy hash", "nscc", "one plane")]
    [InlineData("--congestion-state global", "nscc", "one plane")]
    [InlineData("--paths 16", "nscc --cells bursts", "cells")]
    [InlineData("--no-trim", "nscc --engine fluid", "no packets")]
    [InlineData("--voq-bytes 1MB", "nscc --engine fluid --cells bursts", "no packets")]
    [InlineData("--transport-option g=0.1", "dcqcn --engine fluid", "no packets")]
    [InlineData("--placement interleaved", "nscc", "--job")]
    [InlineData("--link-retry", "nscc", "--packet-error-rate")]
    [InlineData("--pause-alpha 1", "nscc --buffer-bytes 1MB", "--class")]
    [InlineData("--pause-alpha 1", "nscc --class a,lossless", "--buffer-bytes")]
    [InlineData("--headroom-bytes 1MB", "nscc --class a", "lossless")]
    [InlineData("--no-trim", "roce", "pause")]
    [InlineData("--no-trim", "swift", "nscc")]
    [InlineData("--no-trim", "nscc --cells bursts", "trims no packets")]
    [InlineData("--cut-through", "nscc --cells bursts", "cells")]
    [InlineData("--flow-control pfc", "nscc --cells bursts", "--voq-full")]
    [InlineData("--load-balancing reps", "nscc --cells bursts", "--spray")]
    [InlineData("--hungry-bytes 1000", "nscc --cells bursts --hungry none", "top-up")]
    [InlineData("--slice-ports 2", "nscc --cells bursts", "--credit-share slice")]
    [InlineData("--transport-option decrease-timer-us=4", "dcqcn", "clocked=1")]
    public void An_option_without_any_effect_is_refused(string option, string transport, string instead)
    {
        Run run = Simulate("queuesnone.topo", [.. option.Split(' '), "--transport", .. transport.Split(' ')]);
        run.Code.ShouldBe(2, run.Error);
        run.Error.ShouldContain(" changes nothing here: ");
        run.Error.ShouldContain(instead);
    }

    /// <summary>Comparisons of load balancings give all of them the same command line, so this one gets a note.</summary>
    [Theory]
    [InlineData("nscc --load-balancing switch-ar")]
    [InlineData("roce")]
    public void A_number_of_paths_where_a_flow_has_one_is_noted_and_not_refused(string transport)
    {
        Run run = Simulate("queuesnone.topo", ["--paths", "16", "--transport", .. transport.Split(' ')]);
        run.Code.ShouldBe(0, run.Error);
        run.Error.ShouldContain("note: --paths changes nothing here: ");
        run.Error.ShouldContain("oblivious");
    }

    /// <summary>Whoever checks the engine against another takes these command lines as they stand.</summary>
    [Fact]
    public void Every_command_line_of_the_reference_runs_is_taken()
    {
        string[] files = ["htsim/runs.json", "htsim-pairs/runs.json"];
        string[][] lines =
        [
            .. files
                .Select(f => JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "tests", "reference", f))))
                .SelectMany(d => d.RootElement.GetProperty("runs").EnumerateArray())
                .Select(r => r.GetProperty("options").EnumerateArray().Select(o => o.ToString()).ToArray())
                .DistinctBy(o => string.Join(' ', o.Where(w => w.StartsWith("--", StringComparison.Ordinal) || char.IsLetter(w[0])))),
        ];
        lines.Length.ShouldBeGreaterThan(8);
        foreach (string[] line in lines)
        {
            Run run = Simulate("queuesnone.topo", line);
            run.Code.ShouldBe(0, string.Join(' ', line) + ": " + run.Error);
        }
    }

    [Theory]
    [InlineData("--selective-repeat --transport roce")]
    [InlineData("--detect-us 5 --fail link:20@10")]
    [InlineData("--plane-policy hash --planes 2")]
    [InlineData("--congestion-state per-plane --planes 2")]
    [InlineData("--paths 16 --load-balancing reps")]
    [InlineData("--link-retry --packet-error-rate 0.001")]
    [InlineData("--pause-alpha 1 --class a,lossless --buffer-bytes 1MB --headroom-bytes 200KB")]
    [InlineData("--slice-ports 2 --cells bursts --credit-share slice")]
    [InlineData("--paths 16 --planes 2 --plane-policy weighted-entropy --load-balancing switch-ar")]
    [InlineData("--engine fluid --mtu 9000 --load-balancing ecmp")]
    [InlineData("--transport dcqcn --transport-option decrease-timer-us=4 --transport-option clocked=1")]
    [InlineData("--transport dcqcn --preset dcqcn-hpcc-ns3 --transport-option decrease-timer-us=4")]
    public void An_option_with_an_effect_is_taken(string options)
    {
        Run run = Simulate("queuesnone.topo", options.Split(' '));
        run.Code.ShouldBe(0, run.Error);
    }

    [Theory]
    [InlineData("timely", "t-low-us", "600", "t-high-us=500")]
    [InlineData("swift", "min-cwnd", "200", "max-cwnd=100")]
    [InlineData("swift", "fs-min-cwnd", "150", "fs-max-cwnd=100")]
    public void Constants_that_contradict_each_other_are_refused_with_both_names(string transport, string low, string value, string high)
    {
        Run run = Simulate("queuesnone.topo", "--transport", transport, "--transport-option", $"{low}={value}");
        run.Code.ShouldBe(2);
        run.Error.ShouldContain($"{low}={value} is above its {high}; the nearest value of {low} is {high.Split('=')[1]}");
    }

    // One packet waits for nobody, so that no round trip reaches TIMELY's 50 us; sixteen senders' do.
    [Fact]
    public void TIMELY_that_never_slows_down_is_remarked_on()
    {
        static bool Says(JsonElement root) => root.GetProperty("notes").GetRawText().Contains("what roce does", StringComparison.Ordinal);
        Says(Json("queuesnone.topo", "--transport", "timely", "--size", "4000")).ShouldBeTrue();
        Says(Json("queuesnone.topo", "--transport", "timely", "--size", "2MB")).ShouldBeFalse();
        Says(Json("queuesnone.topo", "--transport", "roce", "--size", "4000")).ShouldBeFalse();
    }

    // What a command refuses has an exception of its own; any other is a defect and ends with 70.
    [Fact]
    public void No_command_takes_a_defect_for_a_wrong_command_line()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(Root, "src", "Lightloom.Cli"), "*.cs", SearchOption.AllDirectories))
        {
            File.ReadAllText(file).ShouldNotContain("catch (ArgumentException", Case.Sensitive, file);
        }

        System.CommandLine.Command broken = new("broken");
        broken.SetAction(int (_) => throw new ArgumentException("an item with the same key has already been added"));
        CommandLine.Run(["broken"], () => new System.CommandLine.RootCommand { broken }).ShouldBe(70);
    }

    [Theory]
    [InlineData("--queue-bytes", "100000", "roce --flow-control none")]
    [InlineData("--queue-bytes", "100000", "swift")]
    [InlineData("--ack-bytes", "8000", "rccc")]
    [InlineData("--initial-window-bytes", "8000", "hpcc")]
    public void An_option_that_the_run_can_use_is_taken(string option, string value, string transport)
    {
        Run run = Simulate("queuesnone.topo", [option, value, "--transport", .. transport.Split(' ')]);
        run.Code.ShouldBe(0, run.Error);
    }

    [Theory]
    [InlineData("Dragonfly\nGroups 9\nRouters 4\nHosts 2\n", "dragonfly")]
    [InlineData("Topology dragon_fly\nNodes 72\n", "dragonfly")]
    [InlineData("Type Torus\nDimensions 4 4 4\n", "torus")]
    [InlineData("Groups 9\nRouters 4\nHosts 2\n", "'Groups' begins no fat tree")]
    public void A_topology_of_another_kind_is_named_in_one_message(string text, string name)
    {
        using Scratch scratch = new();
        Run run = Execute("simulate", "--topo", scratch.File("other.topo", text), "--workload", "incast");
        run.Code.ShouldBe(1);
        string line = run.Error.TrimEnd().Split('\n').ShouldHaveSingleItem();
        line.ShouldContain("error LL3010");
        line.ShouldContain(name);
        line.ShouldContain("fat tree");
    }

    [Fact]
    public void Empty_workloads_and_flows_are_complete_at_once()
    {
        foreach (string workload in (string[])["all-reduce", "all-to-all", "incast", "permutation", "broadcast", "all-gather"])
        {
            foreach (string engine in (string[])["packet", "fluid"])
            {
                Run run = Execute(
                    "simulate",
                    "--topo",
                    Path.Combine(Inputs, "ls16.topo"),
                    "--workload",
                    workload,
                    "--size",
                    "0",
                    "--engine",
                    engine,
                    "--json"
                );
                run.Code.ShouldBe(0, run.Error);
                JsonElement root = JsonDocument.Parse(run.Out).RootElement;
                JsonElement flows = root.GetProperty("flows");
                flows.GetProperty("completed").GetInt64().ShouldBe(flows.GetProperty("count").GetInt64(), workload);
                flows.GetProperty("last_finish_us").GetDouble().ShouldBe(0, workload);
                root.TryGetProperty("unfinished", out _).ShouldBeFalse(workload);
            }
        }
        Run text = Execute("simulate", "--topo", Path.Combine(Inputs, "ls16.topo"), "--workload", "all-reduce", "--size", "0");
        text.Code.ShouldBe(0, text.Error);
        text.Out.ShouldContain("complete at once");
        text.Out.ShouldNotContain("NaN");
    }

    [Theory]
    [InlineData("--size 1MB")]
    [InlineData("--xpus 4")]
    public void Jobs_name_their_own_sizes_and_xpus(string option)
    {
        string[] jobs = ["simulate", "--topo", Path.Combine(Inputs, "queuesnone.topo"), "--job", "a:permutation:64KiB:4"];
        Execute(jobs).Code.ShouldBe(0);
        Run run = Execute([.. jobs, .. option.Split(' ')]);
        run.Code.ShouldBe(2);
        run.Error.ShouldContain($"{option.Split(' ')[0]} changes nothing here: each --job names its own");
    }

    [Theory]
    [InlineData("compare a.yaml b.yaml --static --seeds 3", "--static simulates nothing")]
    [InlineData("compare a.yaml b.yaml --static --scenarios incast", "--static simulates nothing")]
    [InlineData("compare a.yaml b.yaml --keep-switches", "--paradigms")]
    [InlineData("compare a.yaml --planes 1..2 --ecmp", "--planes runs its own")]
    [InlineData("simulate --list-options --size 1MB", "--list-options runs nothing")]
    public void What_a_command_would_not_look_at_is_refused(string line, string why)
    {
        Run run = Execute(line.Split(' '));
        run.Code.ShouldBe(2);
        run.Error.ShouldContain(" changes nothing here: ");
        run.Error.ShouldContain(why);
    }

    [Theory]
    [InlineData("--rate leaf=0.03 --rate leaf=0.04", "--rate leaf is given twice")]
    [InlineData("--repair leaf=3 --repair leaf=4h", "--repair leaf is given twice")]
    [InlineData("--repair leaf=3hh", "--repair 'leaf=3hh' must be")]
    [InlineData("--classes leaf,leaf", "each once")]
    [InlineData("--pairs none,cable+cable", "--pairs none stands alone")]
    public void What_faults_would_take_one_half_of_is_refused(string options, string why)
    {
        Run run = Execute(["faults", Path.Combine(Root, "examples", "lab-8.yaml"), .. options.Split(' ')]);
        run.Code.ShouldBe(2);
        run.Error.ShouldContain(why);
    }
}
