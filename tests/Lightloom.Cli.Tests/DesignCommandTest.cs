using System.Diagnostics;
using System.Text.Json;
using static Lightloom.Cli.Tests.Cli;

namespace Lightloom.Cli.Tests;

public class DesignCommandTest
{
    private const string Small = """
        lightloom: 1
        name: small
        pools: [{name: train, node: dgx-h100, nodes: 8}]
        backend: {switch: nvidia-qm9700}
        """;

    // A list of rates took the width that the switch's id needs, which was broken in the middle.
    [Fact]
    public void A_wide_table_breaks_between_rates_and_no_id_and_a_cost_limit_says_what_has_no_price()
    {
        const string text = """
            lightloom: 1
            name: rates
            pools: [{name: t, node: dgx-h100, nodes: 4}]
            services: [{name: a, node: a, nodes: 4}, {name: b, node: b, nodes: 4}]
            backend: {enabled: false}
            frontend: {leaf: arista-7050cx4m-48d8, peer_links: 2}
            objectives: {limits: {capex_usd: 1000000}}
            catalog: {nodes: {a: {xpus: 0, frontend: {nics: 2, rate_gbps: 25}}, b: {xpus: 0, frontend: {nics: 2, rate_gbps: 100}}}}
            """;
        string file = Path.Combine(Directory.CreateTempSubdirectory("lightloom-rates-").FullName, "rates.yaml");
        File.WriteAllText(file, text);
        Run run = Execute("design", file);
        run.Code.ShouldBe(0, run.Error);
        run.Out.ShouldContain("arista-7050cx4m-48d8 ");
        run.Out.ShouldMatch(@"capex_usd \$1,000,000: \$[0-9,]+ for what has a price; ");
        run.Out.ShouldMatch(@"lines\s+of\s+the\s+bill\s+\([0-9,]+\s+pieces\)\s+have\s+no\s+price\s+and\s+count\s+zero");
    }

    public static TheoryData<string> Examples() =>
        [.. Directory.GetFiles(Path.Combine(Root, "examples"), "*.yaml").Select(f => Path.GetFileName(f)!)];

    [Fact]
    public void The_contracts_example_comes_out_with_the_contracts_numbers()
    {
        Run run = Execute("design", Path.Combine(Root, "examples", "hopper-1k.yaml"), "--json");
        run.Code.ShouldBe(0, run.Error);
        JsonElement design = JsonDocument.Parse(run.Out).RootElement;
        design.GetProperty("name").GetString().ShouldBe("hopper-1k");
        design.GetProperty("format").GetInt32().ShouldBe(1);
        design.GetProperty("xpus").GetInt64().ShouldBe(1016);
        design.GetProperty("nodes").GetInt64().ShouldBe(127);
        JsonElement backend = design.GetProperty("fabrics").EnumerateArray().Single(f => f.GetProperty("role").GetString() == "backend");
        backend.GetProperty("paradigm").GetString().ShouldBe("endpoint-scheduled");
        backend.GetProperty("plane_layout").GetString().ShouldBe("nic-split");
        backend
            .GetProperty("tiers")
            .EnumerateArray()
            .Select(t => (t.GetProperty("tier").GetString(), t.GetProperty("switch").GetString(), t.GetProperty("count").GetInt32()))
            .ShouldBe([("leaf", "nvidia-qm9700", 32), ("spine", "nvidia-qm9700", 16)]);
        backend
            .GetProperty("links")
            .EnumerateArray()
            .Select(l =>
                (
                    l.GetProperty("from").GetString(),
                    l.GetProperty("to").GetString(),
                    l.GetProperty("logical_links").GetInt32(),
                    l.GetProperty("rate_gbps").GetDouble()
                )
            )
            .ShouldBe([("host", "leaf", 1016, 400.0), ("leaf", "spine", 1024, 400.0)]);
        backend.GetProperty("oversubscription").GetProperty("leaf").GetDouble().ShouldBe(1.0);
        backend.GetProperty("bisection_tbps").GetDouble().ShouldBe(204.8);
        backend.GetProperty("max_xpus").GetInt64().ShouldBe(2048);
        backend.GetProperty("latency_us").GetProperty("min").GetDouble().ShouldBeGreaterThan(1);
        backend
            .GetProperty("latency_us")
            .GetProperty("max")
            .GetDouble()
            .ShouldBeGreaterThan(backend.GetProperty("latency_us").GetProperty("min").GetDouble());
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_designs_with_a_bill_that_is_complete_or_says_its_estimate(string example)
    {
        Run run = Execute("design", Path.Combine(Root, "examples", example), "--json");
        run.Code.ShouldBe(0, run.Error);
        JsonElement totals = JsonDocument.Parse(run.Out).RootElement.GetProperty("totals");
        totals.GetProperty("capex_usd").GetDouble().ShouldBeGreaterThan(1000);

        // An example of training is a few lines; what has no public price is then estimated, and never counted as nothing.
        bool prices = File.ReadLines(Path.Combine(Root, "examples", example)).Any(l => l.StartsWith("prices:", StringComparison.Ordinal));
        if (prices)
        {
            totals.GetProperty("unpriced").GetInt32().ShouldBe(0, totals.ToString());
        }
        else
        {
            totals.GetProperty("estimate_usd").GetDouble().ShouldBeGreaterThan(totals.GetProperty("capex_usd").GetDouble());
        }
    }

    [Fact]
    public void Standard_output_holds_one_json_document_and_nothing_else()
    {
        using Scratch scratch = new();
        Run run = Execute("design", scratch.File("c.yaml", Small), "--json");
        run.Code.ShouldBe(0, run.Error);
        JsonDocument.Parse(run.Out).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Fact]
    public void Without_an_output_directory_nothing_is_written()
    {
        using Scratch scratch = new();
        ExecuteIn(scratch.Path, "design", scratch.File("c.yaml", Small)).Code.ShouldBe(0);
        Directory.GetFileSystemEntries(scratch.Path).Length.ShouldBe(1);
    }

    [Fact]
    public void The_directory_holds_every_promised_file_and_totals_reconcile_across_them()
    {
        using Scratch scratch = new();
        Run run = Execute("design", scratch.File("c.yaml", Small), "-o", scratch["out"], "--json");
        run.Code.ShouldBe(0, run.Error);
        foreach (
            string name in new[]
            {
                "design.json",
                "bom.csv",
                "bom.xlsx",
                "channels.csv",
                "cables.csv",
                "pieces.csv",
                "report.html",
                "topology.svg",
                "floor.svg",
                "manifest.json",
            }
        )
        {
            new FileInfo(Path.Combine(scratch["out"], name)).Length.ShouldBeGreaterThan(100, name);
        }

        JsonElement design = JsonDocument.Parse(run.Out).RootElement,
            totals = design.GetProperty("totals");
        string[] cables = File.ReadAllLines(Path.Combine(scratch["out"], "cables.csv"));
        cables[0]
            .ShouldStartWith(
                "cable_id,fabric,plane,rail,tier,a_hall,a_row,a_rack,a_ru,a_device,a_port,a_lane,z_hall,z_row,z_rack,z_ru,z_device,z_port,z_lane,rate_gbps,breakout,product,kind,length_m,order_length_m,reach_m,loss_db,route,bundle,label_a,label_z"
            );
        (cables.Length - 1).ShouldBe(totals.GetProperty("logical_links").GetInt32());
        cables.Skip(1).Select(l => l.Split(',')[0]).Distinct().Count().ShouldBe(totals.GetProperty("cables").GetInt32());
        double sum = 0;
        string[] bom = File.ReadAllLines(Path.Combine(scratch["out"], "bom.csv"));
        bom[0].ShouldStartWith("category,id,name,quantity,unit_price_usd,total_usd,unit_power_w,total_power_w,price_date,source,assumed");
        foreach (string line in bom.Skip(1))
        {
            string cell = Csv(line)[5];
            sum += cell.Length > 0 ? double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture) : 0;
        }

        sum.ShouldBe(totals.GetProperty("capex_usd").GetDouble(), 0.01);
        long links = design
            .GetProperty("fabrics")
            .EnumerateArray()
            .SelectMany(f => f.GetProperty("links").EnumerateArray())
            .Sum(l => l.GetProperty("logical_links").GetInt64());
        links.ShouldBe(totals.GetProperty("logical_links").GetInt64());
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes_in_every_file()
    {
        using Scratch scratch = new();
        string file = Path.Combine(Root, "examples", "lab-8.yaml");
        Execute("design", file, "-o", scratch["a"]).Code.ShouldBe(0);
        Execute("design", file, "-o", scratch["b"]).Code.ShouldBe(0);
        foreach (string a in Directory.GetFiles(scratch["a"]))
        {
            File.ReadAllBytes(a).SequenceEqual(File.ReadAllBytes(Path.Combine(scratch["b"], Path.GetFileName(a)))).ShouldBeTrue(a);
        }
    }

    [Fact]
    public void A_wrong_file_is_exit_code_1_with_a_place_an_id_and_a_remedy()
    {
        using Scratch scratch = new();
        string file = scratch.File("bad.yaml", Small + "\nbackend2: {}\n");
        Run run = Execute("design", file, "-o", scratch["out"]);
        run.Code.ShouldBe(1);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldMatch(@"bad\.yaml:5:1: error LL2\d\d\d: .*backend");
        Directory.Exists(scratch["out"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("no-such-file.yaml")]
    [InlineData("/")]
    public void A_missing_file_is_exit_code_1(string name)
    {
        Run run = Execute("design", name);
        run.Code.ShouldBe(1);
        run.Error.ShouldMatch(@":1:1: error LL8\d\d\d: ");
    }

    [Theory]
    [InlineData("design")]
    [InlineData("design a.yaml --nonsense")]
    [InlineData("desing a.yaml")]
    [InlineData("")]
    public void A_wrong_command_line_is_exit_code_2(string line)
    {
        Run run = Execute(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        run.Code.ShouldBe(2, run.Error);
    }

    [Theory]
    [InlineData("objectives: {limits: {capex_usd: 1000}}", "capex_usd")]
    [InlineData("objectives: {limits: {network_power_kw: 0.5}}", "network_power_kw")]
    [InlineData("objectives: {limits: {racks: 1}}", "racks")]
    [InlineData("objectives: {limits: {latency_us: 0.5}}", "latency_us")]
    [InlineData("floor: {sites: [{name: s, buildings: [{name: b, halls: [{name: h, rows: 1, racks_per_row: 1}]}]}]}", "rack")]
    public void Limits_that_cannot_be_met_are_exit_code_3_and_say_which_binds(string limit, string binds)
    {
        using Scratch scratch = new();
        Run run = Execute("design", scratch.File("c.yaml", Small + "\n" + limit + "\n"), "-o", scratch["out"]);
        run.Code.ShouldBe(3, run.Error);
        run.Error.ShouldContain(binds);
        Directory.Exists(scratch["out"]).ShouldBeFalse();
    }

    [Fact]
    public void A_shape_that_no_switch_reaches_is_exit_code_3_and_says_by_how_much()
    {
        using Scratch scratch = new();
        Run run = Execute(
            "design",
            scratch.File("c.yaml", Small.Replace("nodes: 8", "nodes: 4000").Replace("nvidia-qm9700}", "nvidia-qm9700, tiers: 2}"))
        );
        run.Code.ShouldBe(3);
        run.Error.ShouldContain("LL4901");
        run.Error.ShouldContain("over by");
    }

    [Fact]
    public async Task Ctrl_C_ends_after_a_few_seconds_of_work_at_most_and_leaves_no_half_written_file()
    {
        using Scratch scratch = new();
        using Process process = StartInterruptible(
            scratch.Path,
            "design",
            scratch.File(
                "big.yaml",
                Small.Replace("nodes: 8", "nodes: 16384").Replace("{switch: nvidia-qm9700}", "{switch: arista-7060xe7-128pe}")
            ),
            "-o",
            scratch["out"]
        );
        _ = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        // In the midst of its work, however busy the machine is.
        TimeSpan before = await WorkedFor(process, TimeSpan.FromSeconds(1.5));
        if (!process.HasExited)
        {
            Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])!.WaitForExit();
            TimeSpan after = await WorkedFor(process, TimeSpan.MaxValue);
            process.ExitCode.ShouldBe(130, await error);
            (after - before).TotalSeconds.ShouldBeLessThan(10);
            Directory.GetFileSystemEntries(scratch.Path).Select(Path.GetFileName).ShouldBe(["big.yaml"]);
        }
    }

    // Waits until a process has used that much CPU time, or has ended; returns what it had used when it was last looked at.
    private static async Task<TimeSpan> WorkedFor(Process process, TimeSpan work)
    {
        TimeSpan used = TimeSpan.Zero;
        DateTime hangs = DateTime.UtcNow.AddMinutes(5);
        while (!process.HasExited && used < work)
        {
            try
            {
                process.Refresh();
                used = process.TotalProcessorTime;
            }
            catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                // It ended in between.
            }

            DateTime.UtcNow.ShouldBeLessThan(hangs, "it neither works nor ends");
            await Task.Delay(20);
        }

        return used;
    }

    private static List<string> Csv(string line)
    {
        List<string> cells = [];
        System.Text.StringBuilder cell = new();
        bool quoted = false;
        foreach (char c in line)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
