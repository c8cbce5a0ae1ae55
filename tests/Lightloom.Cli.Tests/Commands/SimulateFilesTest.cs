using System.Text.Json;
using Lightloom.Units;
using static Lightloom.Cli.Tests.Cli;

namespace Lightloom.Cli.Tests.Commands;

public class SimulateFilesTest
{
    private static readonly string Lab = Path.Combine(Root, "examples", "lab-8.yaml");

    [Fact]
    public void A_directory_gets_every_promised_file_and_the_same_bytes_twice()
    {
        using Scratch scratch = new();
        foreach (string name in new[] { "a", "b" })
        {
            Run run = Execute("simulate", Lab, "--workload", "all-to-all", "--size", "1MiB", "-o", scratch[name], "--json");
            run.Code.ShouldBe(0, run.Error);
            JsonDocument.Parse(run.Out).RootElement.GetProperty("flows").GetProperty("completed").GetInt32().ShouldBeGreaterThan(0);
        }

        string[] files = [.. Directory.GetFiles(scratch["a"]).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
        files.ShouldBe(["flows.csv", "link-totals.csv", "manifest.json", "report.html", "simulation.json", "trace-links.csv", "trace.csv"]);
        foreach (string file in files.Where(f => f is not ("simulation.json" or "manifest.json")))
        {
            File.ReadAllText(Path.Combine(scratch["a"], file)).ShouldBe(File.ReadAllText(Path.Combine(scratch["b"], file)), file);
        }
    }

    [Fact]
    public void A_designs_directory_keeps_its_files_and_its_page_gains_the_simulation()
    {
        using Scratch scratch = new();
        Execute("design", Lab, "-o", scratch["out"]).Code.ShouldBe(0);
        string before = File.ReadAllText(Path.Combine(scratch["out"], "cables.csv"));
        Run run = Execute("simulate", Lab, "--workload", "permutation", "--size", "1MiB", "-o", scratch["out"]);
        run.Code.ShouldBe(0, run.Error);
        run.Out.ShouldContain("line rate");
        run.Out.ShouldContain("report.html");
        string page = File.ReadAllText(Path.Combine(scratch["out"], "report.html"));
        page.ShouldContain("<section id=\"simulation\">");
        page.ShouldContain("<section id=\"cables\">");
        File.ReadAllText(Path.Combine(scratch["out"], "cables.csv")).ShouldBe(before);
    }

    [Fact]
    public void A_trace_has_the_network_in_one_file_and_its_busiest_links_in_another()
    {
        using Scratch scratch = new();
        Run run = Execute(
            "simulate",
            Lab,
            "--workload",
            "permutation",
            "--size",
            "1MiB",
            "--trace",
            scratch["t.csv"],
            "--flows-out",
            scratch["f.csv"]
        );
        run.Code.ShouldBe(0, run.Error);
        File.ReadAllLines(scratch["t.csv"])[0].ShouldStartWith("time_us,flows_finished,");
        string[] links = File.ReadAllLines(scratch["t-links.csv"]);
        links[0].ShouldBe("time_us,link,from,to,cable,utilisation,queue_bytes");
        links.Length.ShouldBeGreaterThan(10);
        File.ReadAllLines(scratch["f.csv"])[0]
            .ShouldStartWith("id,src,dst,bytes,start_us,finish_us,fct_us,packets,retransmitted,path_plane");
    }

    [Fact]
    public void Several_collectives_of_a_file_print_one_document_and_number_their_files()
    {
        using Scratch scratch = new();
        string file = scratch.File(
            "c.yaml",
            """
            lightloom: 1
            name: two
            pools: [{name: train, node: dgx-h100, nodes: 2}]
            backend: {switch: nvidia-qm9700}
            workload: {collectives: [{name: all-gather, size: 64KiB}, {name: all-to-all, size: 64KiB}]}
            """
        );
        Run run = Execute("simulate", file, "--json", "-o", scratch["out"], "--flows-out", scratch["f.csv"]);
        run.Code.ShouldBe(0, run.Error);
        JsonDocument.Parse(run.Out).RootElement.GetProperty("simulations").GetArrayLength().ShouldBe(2);
        File.Exists(scratch["f-2.csv"]).ShouldBeTrue();
        File.Exists(Path.Combine(scratch["out"], "flows-2.csv")).ShouldBeTrue();
        File.ReadAllText(Path.Combine(scratch["out"], "report.html")).ShouldContain("id=\"simulation-2\"");
    }

    [Fact]
    public void Progress_never_wraps()
    {
        Lightloom.Simulation.Model.RunProgress progress = new(
            SimTime.FromPicoseconds(123_456_789_000),
            1234,
            261_632,
            987_654_321,
            TimeSpan.FromSeconds(12.5)
        );
        for (int width = 20; width <= 200; width++)
        {
            SimulationProgress.Line(progress, width).Length.ShouldBeLessThan(width);
        }

        SimulationProgress.Line(progress, 120).ShouldContain("M hops/s");
    }
}
