using Lightloom.Diagnostics;
using Lightloom.Experiments;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Model;
using Lightloom.Traces.Formats;
using Lightloom.Traces.Goal;
using Lightloom.Traces.Graph;
using Lightloom.Traces.Replay;

namespace Lightloom.Traces.Tests;

public sealed class GoalExportTest : IDisposable
{
    private readonly TraceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Text(TrafficDescription traffic, IReadOnlyList<int> hosts)
    {
        StringWriter text = new();
        GoalWriter.Write(traffic, hosts, text);
        return text.ToString();
    }

    [Theory]
    [InlineData("all-reduce-ring")]
    [InlineData("all-reduce-halving-doubling")]
    [InlineData("all-reduce-tree")]
    [InlineData("reduce-scatter")]
    [InlineData("all-gather")]
    [InlineData("all-to-all")]
    [InlineData("broadcast")]
    [InlineData("permutation")]
    [InlineData("incast")]
    public void A_schedule_of_a_workload_replays_in_the_workloads_time(string workload)
    {
        Testbed bed = Designed.Network(16, "tiers: 2, rail_optimized: false");
        WorkloadRequest request = new()
        {
            Name = workload,
            Bytes = 4 << 20,
            Xpus = 32,
        };
        TrafficDescription traffic = request.On(bed, 1);
        string text = Text(traffic, bed.FirstXpus(32).Hosts);
        Text(traffic, bed.FirstXpus(32).Hosts).ShouldBe(text);
        TraceGraph graph = TraceReading.Read(_folder.File("w.goal", text));
        graph.RankCount.ShouldBe(32);

        SimulationResult direct = FluidSimulator.Run(bed.Network, traffic, new());
        SimulationResult replayed = FluidSimulator.Run(bed.Network, new ReplayRequest(graph, "w", false).On(bed, 1), new());
        double expected = direct.Flows.Max(f => f.Finish!.Value).Picoseconds;
        // A window lets the next transfer go whenever any is done; a schedule names the one it waits for.
        double tolerance = workload == "all-to-all" ? 0.02 : 0.006;
        (replayed.Flows.Max(f => f.Finish!.Value).Picoseconds / expected).ShouldBeInRange(1 - tolerance, 1 + tolerance);
    }

    [Fact]
    public void A_Chakra_trace_becomes_a_schedule_that_says_the_same()
    {
        _folder.File("t.0.et", new ChakraWriter().Compute(1, 5).Send(2, 100_000, 1, 5, 1, 3).Compute(3, 7).Bytes);
        _folder.File("t.1.et", new ChakraWriter().Receive(9, 100_000, 0, 5).Compute(10, 2, 9).Bytes);
        StringWriter text = new();
        DiagnosticBag said = new();
        TraceSummary summary = new(said, new GoalTextSink(text));
        TraceReader.Read(_folder.Path, 0, summary, said).ShouldBeTrue(string.Join('\n', said));
        summary.MessagesMatch.ShouldBeTrue();
        summary.ForwardDependencies.ShouldBe(1);
        TraceGraph first = TraceReading.Read(_folder.Path),
            second = TraceReading.Read(_folder.File("t.goal", text.ToString()));
        second.Kind.ShouldBe(first.Kind);
        second.Value.ShouldBe(first.Value);
        second.Edges.Order().ShouldBe(first.Edges.Order());
        second.Partner.ShouldBe(first.Partner);
    }

    [Fact]
    public void Sends_and_receives_that_differ_by_one_tag_do_not_match()
    {
        _folder.File("t.0.et", new ChakraWriter().Send(2, 100, 1, 5).Bytes);
        _folder.File("t.1.et", new ChakraWriter().Receive(9, 100, 0, 6).Bytes);
        DiagnosticBag said = new();
        TraceSummary summary = new(said);
        TraceReader.Read(_folder.Path, 0, summary, said);
        summary.MessagesMatch.ShouldBeFalse();
    }
}
