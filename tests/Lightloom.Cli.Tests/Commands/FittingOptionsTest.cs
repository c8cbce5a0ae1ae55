using System.Text.Json;
using static Lightloom.Cli.Tests.Cli;

namespace Lightloom.Cli.Tests.Commands;

/// <summary>Options and files that do not fit each other are refused; what replaces what is said.</summary>
public class FittingOptionsTest
{
    private static readonly string Inputs = Path.Combine(Root, "tests", "reference", "simulation", "inputs");

    private static Run Simulate(string topology, params string[] more) =>
        Execute(["simulate", "--topo", Path.Combine(Inputs, topology), "--workload", "incast", "--size", "200KB", .. more]);

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

    [Fact]
    public void A_topology_whose_queues_hold_no_packet_is_refused()
    {
        Run run = Simulate("queues20k.topo", "--mtu", "30000");
        run.Code.ShouldBe(2);
        run.Error.ShouldContain("20000 bytes holds no packet of 30000");
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
}
