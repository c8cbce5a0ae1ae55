using System.Text.Json;
using static Lightloom.Cli.Tests.Cli;

namespace Lightloom.Cli.Tests.Commands;

public sealed class SimulateCellsTest : IDisposable
{
    private readonly Scratch _scratch = new();

    private Run Simulate(params string[] args) =>
        Execute([
            "simulate",
            "--topo",
            _scratch.File("small.topo", SimulateCommandTest.Topology),
            "--workload",
            "permutation",
            "--size",
            "100KB",
            .. args,
        ]);

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("true")]
    [InlineData("bursts")]
    public void Json_has_what_the_fabric_did(string mode)
    {
        Run run = Simulate("--cells", mode, "--transport", "roce", "--cell-bytes", "128", "--json");
        run.Code.ShouldBe(0, run.Error);
        JsonElement cells = JsonDocument.Parse(run.Out).RootElement.GetProperty("cells");
        cells.GetProperty("mode").GetString().ShouldBe(mode);
        foreach (string key in (string[])["credits", "cells", "cell_hops", "control_cells", "voqs", "voq_peak_bytes", "net_speedup"])
        {
            cells.GetProperty(key).GetDouble().ShouldBeGreaterThan(0, key);
        }

        // Cells of 128 carry 9 bytes of header: a packet of 4,150 is 33 of them.
        cells.GetProperty("net_speedup").GetDouble().ShouldBe(4150 / (4150.0 + 33 * 9), 1e-6);
        Simulate("--cells", mode).Out.ShouldContain("switch-scheduled fabric");
    }

    [Theory]
    [InlineData("--credit-bytes changes nothing here: it is for the switch-scheduled fabric", "--credit-bytes", "2048")]
    [InlineData("must be a size", "--cells", "true", "--credit-bytes", "1")]
    [InlineData("must be LEAF,ELEMENT", "--cells", "true", "--cell-latency-ns", "800")]
    [InlineData("maybe", "--cells", "maybe")]
    public void What_makes_no_fabric_is_refused(string message, params string[] args)
    {
        Run run = Simulate(args);
        run.Code.ShouldBe(2);
        run.Error.ShouldContain(message);
        run.Out.ShouldNotContain("\"cells\"");
    }
}
