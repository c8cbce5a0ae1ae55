using System.Globalization;
using System.Text.Json;
using static Lightloom.Cli.Tests.Cli;

namespace Lightloom.Cli.Tests.Commands;

/// <summary>Collectives that are answered as a whole: a million XPUs, tables of sizes, other simulators' closed forms.</summary>
public sealed class SimulateCollectiveTest : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string File(int xpus)
    {
        string path = Path.Combine(_directory, $"{xpus}.yaml");
        System.IO.File.WriteAllText(
            path,
            $$"""
            lightloom: 1
            name: scale
            pools:
              - {name: train, node: my-node, xpus: {{xpus}}}
            backend: {switch: my-switch, planes: 2, rail_optimized: true}
            catalog:
              nodes:
                my-node:
                  xpus: 8
                  backend: {nics: 8, rate_gbps: 800}
                  frontend: {nics: 2, rate_gbps: 200}
                  power_w: 10200
                  rack_units: 8
                  scale_up_gbytes_s: 900
                  scale_up_domain: 8
              switches:
                my-switch: {cages: 128, rate_gbps: 800, breakouts: [1x800, 2x400], rack_units: 2, power_w: 2500}
            """
        );
        return path;
    }

    private JsonElement Json(int xpus, string more)
    {
        Run run = Execute(["simulate", File(xpus), "--json", .. more.Split(' ')]);
        run.Code.ShouldBe(0, run.Error);
        return JsonDocument.Parse(run.Out).RootElement;
    }

    private static double Time(JsonElement root) => root.GetProperty("collective").GetProperty("time_us").GetDouble();

    [Fact]
    public void A_million_xpus_fit_and_reach_the_lower_bound_of_a_ring()
    {
        const int Xpus = 1 << 20;
        JsonElement ring = Json(Xpus, "--engine fluid --workload all-reduce-ring --size 4TiB");
        double wire = 4150.0 / 4086;
        double bound = 2.0 * (Xpus - 1) / Xpus * (1L << 42) * 8 / 800e9 * 1e6 * wire;
        double fixedTime = ring.GetProperty("collective").GetProperty("fixed_us").GetDouble();
        Time(ring).ShouldBe(bound + fixedTime, 0.002 * bound);
        ring.GetProperty("flows").GetProperty("count").GetInt64().ShouldBe(2L * (Xpus - 1) * Xpus);
        ring.GetProperty("peak_rss_mb").GetDouble().ShouldBeLessThan(4096);
    }

    [Fact]
    public void What_a_share_of_failed_links_costs_is_the_same_link_by_link()
    {
        string asked = "--engine fluid --workload all-reduce --algorithm halving-doubling --size 1GiB --fail-links 0.02 --seed 3";
        double sound = Time(Json(512, asked.Replace("--fail-links 0.02 ", "", StringComparison.Ordinal)));
        double quick = Time(Json(512, asked));
        Time(Json(512, asked + " --no-collapse")).ShouldBe(quick, 1e-5 * quick);
        quick.ShouldBeGreaterThan(sound);
    }

    [Fact]
    public void A_table_has_a_line_for_each_doubling_with_the_columns_of_nccl_tests()
    {
        Run run = Execute("simulate", File(64), "--workload", "all-reduce", "--sizes", "1KiB..8GiB", "--scale-up");
        run.Code.ShouldBe(0, run.Error);
        double[][] rows =
        [
            .. run
                .Out.Split('\n')
                .Where(l => l.Length > 0 && l[0] == ' ')
                .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(c => c.Take(4).Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray()),
        ];
        rows.Select(r => (long)r[0]).ShouldBe(Enumerable.Range(10, 24).Select(b => 1L << b));
        foreach (double[] row in rows)
        {
            row[2].ShouldBe(row[0] / row[1] / 1e3, 0.006 + 0.006 / row[1] * row[2]);
            row[3].ShouldBe(row[2] * 2 * 63 / 64, 0.02);
        }

        // Larger never takes less time, and the largest uses the eight cards of a node nearly fully.
        rows.Zip(rows.Skip(1)).ShouldAllBe(p => p.Second[1] >= p.First[1]);
        rows[^1][3].ShouldBeInRange(400, 800);
    }

    [Fact]
    public void A_collective_says_the_ideal_and_what_transport_and_load_balancing_make_of_it()
    {
        JsonElement root = Json(64, "--engine fluid --workload all-reduce --algorithm ring --size 64MiB --transport rccc");
        double ideal = root.GetProperty("ideal").GetProperty("time_us").GetDouble();
        ideal.ShouldBe(Time(root));
        JsonElement real = root.GetProperty("as");
        real.GetProperty("transport").GetString().ShouldBe("rccc");
        real.GetProperty("load_balancing").GetString().ShouldBe("oblivious");
        real.GetProperty("time_us").GetDouble().ShouldBeGreaterThan(ideal);
        // What has not been measured is not said.
        JsonElement unknown = Json(64, "--engine fluid --workload all-reduce --algorithm ring --size 64MiB --transport fixed-window");
        unknown.TryGetProperty("as", out _).ShouldBeFalse();
        unknown.GetProperty("notes").EnumerateArray().ShouldContain(n => n.GetString()!.Contains("lightloom calibrate"));
    }

    [Fact]
    public void Other_simulators_closed_forms_take_the_designs_figures()
    {
        // One switch of two links with half of the latency each; a ring of 63 times two steps in whole nanoseconds.
        double astra = Time(Json(64, "--workload all-reduce --size 1GiB --collective-model astra"));
        double step = (1L << 30) / 64.0 / 100;
        astra.ShouldBeInRange(126 * step / 1e3, 1.1 * 126 * step / 1e3);
        // Eight nodes of eight 100 GB/s cards and 900 GB/s inside: the cards bind.
        double simai = Time(Json(64, "--workload all-gather --size 1GiB --collective-model simai"));
        simai.ShouldBe((1L << 30) / 800e9 * 1e6 * 63 / 64, 0.01);
    }

    [Theory]
    [InlineData("--workload permutation --sizes 1KiB..1MiB", "all-reduce")]
    [InlineData("--workload all-reduce --sizes 1KiB..1MiB --size 1MiB", "not both")]
    [InlineData("--workload all-reduce --algorithm ring --engine packet", "--engine")]
    [InlineData("--workload all-reduce --algorithm ring --queue-bytes 1MB", "--queue-bytes")]
    [InlineData("--workload all-reduce --engine hybrid --end-us 5", "--end-us")]
    [InlineData("--workload permutation --engine hybrid", "all-reduce")]
    [InlineData("--workload all-reduce --algorithm pairwise", "ring")]
    [InlineData("--workload all-reduce --sizes 1MiB..1KiB", "A..B")]
    [InlineData("--workload all-reduce --tuner nccl --algorithm ring", "leave --algorithm")]
    [InlineData("--workload all-reduce-ring --tuner nccl", "--workload all-reduce")]
    [InlineData("--workload all-to-all --tuner nccl", "all-reduce")]
    [InlineData("--workload all-to-all --collective-model astra --algorithm tree", "ring")]
    public void What_cannot_be_answered_is_refused_with_what_can(string asked, string says)
    {
        Run run = Execute(["simulate", File(64), .. asked.Split(' ')]);
        run.Code.ShouldBe(2, run.Out);
        run.Error.ShouldContain(says);
    }
}
