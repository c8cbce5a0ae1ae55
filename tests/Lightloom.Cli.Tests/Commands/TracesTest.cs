using System.Text.Json;
using static Lightloom.Cli.Tests.Cli;

namespace Lightloom.Cli.Tests.Commands;

/// <summary>Traces and other simulators' files on the command line.</summary>
public class TracesTest
{
    private static readonly string Lab = Path.Combine(Root, "examples", "lab-8.yaml");

    private const string Ping = "num_ranks 2\nrank 0 {\nc: calc 10000\ns: send 1MB to 1\n}\nrank 1 {\nr: recv 1000000b from 0\n}\n";

    private static string Goal => Ping.Replace("1MB", "1000000b", StringComparison.Ordinal);

    [Fact]
    public void A_schedule_is_replayed_by_both_engines_and_every_rank_has_its_row()
    {
        using Scratch scratch = new();
        string goal = scratch.File("p.goal", Goal);
        foreach (string engine in (string[])["packet", "fluid"])
        {
            Run run = Execute("simulate", Lab, "--replay", goal, "--engine", engine, "--ranks-out", scratch["r.csv"], "--json");
            run.Code.ShouldBe(0, run.Error);
            JsonElement replay = JsonDocument.Parse(run.Out).RootElement.GetProperty("replay");
            replay.GetProperty("ranks").GetInt32().ShouldBe(2);
            replay.GetProperty("ended").GetInt32().ShouldBe(3);
            replay.GetProperty("per_rank")[0].GetProperty("compute_us").GetDouble().ShouldBeInRange(0, 10);
            string[] rows = File.ReadAllLines(scratch["r.csv"]);
            rows[0].ShouldBe("rank,host,operations,ended,end_us,compute_us,overlapped_us,exposed_us,idle_us");
            rows.Length.ShouldBe(3);
        }
    }

    [Fact]
    public void A_schedule_with_a_fault_has_its_place_and_exit_code()
    {
        using Scratch scratch = new();
        Run run = Execute("simulate", Lab, "--replay", scratch.File("p.goal", Ping));
        run.Code.ShouldBe(1);
        run.Error.ShouldContain("p.goal:4:9: error LL3103: the size is '1MB'");
        run = Execute("simulate", Lab, "--replay", scratch.File("x.cm", "Nodes 2\nConnections 0\n"));
        run.Code.ShouldBe(1);
        run.Error.ShouldContain("this is an htsim connection matrix, not a trace");
    }

    [Fact]
    public void Options_that_change_nothing_are_refused()
    {
        using Scratch scratch = new();
        string goal = scratch.File("p.goal", Goal);
        foreach (
            (string[] args, string words) in ((string[], string)[])
                [
                    (["simulate", Lab, "--replay", goal, "--xpus", "2"], "the trace of --replay names its own XPUs"),
                    (["simulate", Lab, "--replay", goal, "--workload", "incast"], "not several of them"),
                    (["simulate", Lab, "--workload", "incast", "--comm-groups", "g.json"], "add --replay TRACE"),
                    (["export", Lab, "--to", "astra-network", "--size", "1MiB", "-o", scratch["n"]], "--size changes nothing here"),
                    (["export", Lab, "--to", "goal"], "-o FILE"),
                    (["export", Lab, "--to", "goal", "--workload", "incast", "--skew", "1", "-o", scratch["n"]], "--skew changes nothing"),
                    (["simulate", Lab, "--job", "a:incast:1MiB:4", "--skew", "1"], "or a --job of one of them"),
                    (["export", Lab, "-o", scratch["n"]], "known are goal"),
                    (["import", goal, "--to", "goal"], "together"),
                ]
        )
        {
            Run run = Execute(args);
            run.Code.ShouldBe(2, run.Error);
            run.Error.ShouldContain(words);
        }
    }

    [Theory]
    [InlineData("goal", "num_ranks 64")]
    [InlineData("simai-topology", " XPU\n")]
    [InlineData("ns3-topology", "Gbps")]
    [InlineData("astra-network", "topology: [ Switch ]")]
    [InlineData("astra-logical-topology", "logical-dims")]
    public void An_export_is_the_same_bytes_twice_and_import_knows_it(string format, string words)
    {
        using Scratch scratch = new();
        string[] workload = format == "goal" ? ["--workload", "all-reduce", "--size", "1MiB"] : [];
        foreach (string name in (string[])["a", "b"])
        {
            Execute(["export", Lab, "--to", format, "-o", scratch[name], .. workload]).Code.ShouldBe(0);
        }

        File.ReadAllText(scratch["a"]).ShouldContain(words);
        File.ReadAllBytes(scratch["a"]).ShouldBe(File.ReadAllBytes(scratch["b"]));
        Run run = Execute("import", scratch["a"], "--json");
        run.Code.ShouldBe(0, run.Error);
        JsonElement json = JsonDocument.Parse(run.Out).RootElement;
        json.GetProperty(format is "simai-topology" or "ns3-topology" ? "hosts" : "ranks").GetInt32().ShouldBe(64);
    }

    [Fact]
    public void A_refused_export_leaves_the_file_that_was_there()
    {
        using Scratch scratch = new();
        scratch.File("t.topo", "mine");
        Run run = Execute("export", Path.Combine(Root, "examples", "blackwell-1k.yaml"), "--to", "htsim-topology", "-o", scratch["t.topo"]);
        run.Code.ShouldBe(2, run.Error);
        run.Error.ShouldContain("planes");
        File.ReadAllText(scratch["t.topo"]).ShouldBe("mine");
    }

    [Fact]
    public void An_exported_topology_is_simulated_as_the_design_is()
    {
        using Scratch scratch = new();
        Execute("export", Lab, "--to", "ns3-topology", "-o", scratch["t"]).Code.ShouldBe(0);
        double Time(params string[] network)
        {
            Run run = Execute(["simulate", .. network, "--workload", "all-reduce", "--size", "4MiB", "--engine", "fluid", "--json"]);
            run.Code.ShouldBe(0, run.Error);
            return JsonDocument.Parse(run.Out).RootElement.GetProperty("flows").GetProperty("last_finish_us").GetDouble();
        }

        Time("--topo", scratch["t"]).ShouldBe(Time(Lab), 0.02);
    }

    [Fact]
    public void An_import_that_fails_writes_nothing()
    {
        using Scratch scratch = new();
        Run run = Execute("import", scratch.File("p.goal", Ping), "--to", "goal", "-o", scratch["q.goal"]);
        run.Code.ShouldBe(1);
        File.Exists(scratch["q.goal"]).ShouldBeFalse();
    }
}
