using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lightloom.Experiments;
using Lightloom.Report.Drawing;
using Lightloom.Report.Files;
using Lightloom.Report.Page;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Htsim;
using Lightloom.Simulation.Measurement;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Report.Tests;

public sealed class SimulationPageTest : IDisposable
{
    private static readonly Lazy<SimulatedRun> OnOneK = new(() => OnDesign(TestDesigns.OneK, 64));
    private static readonly Lazy<SimulatedRun> OnPlanes = new(() => OnDesign(TestDesigns.Planes, 32));
    private static readonly Lazy<SimulatedRun> OnLarge = new(() => OnDesign(TestDesigns.Large, 32));
    private static readonly Lazy<SimulatedRun> OnTopology = new(() => OnFile(1 << 18));
    private readonly string _directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private static SimulatedRun OnDesign(Lightloom.Design.ClusterDesign design, int hosts)
    {
        DesignedNetwork designed = new(design);
        TrafficDescription traffic = Workload.Create("permutation", [.. designed.HostOfXpu.Take(hosts)], DataSize.FromBytes(1 << 18), 7);
        return new("permutation", designed.Network, traffic, Simulate(designed.Network, traffic), design, designed);
    }

    private static SimulatedRun OnFile(long bytes)
    {
        const string Text =
            "Nodes 16\nTiers 2\nTier 0\nDownlink_speed_Gbps 400\nRadix_Down 4\nRadix_Up 4\nDownlink_Latency_ns 500\nTier 1\nRadix_Down 4\nDownlink_Latency_ns 500\n";
        NetworkDescription network = HtsimTopology.Read("t", Text, [])!.Build(400);
        TrafficDescription traffic = Workload.Create("incast", [.. Enumerable.Range(0, 16)], DataSize.FromBytes(bytes), 7);
        return new("incast", network, traffic, Simulate(network, traffic));
    }

    private static SimulationResult Simulate(NetworkDescription network, TrafficDescription traffic) =>
        PacketSimulator.Run(network, traffic, new SimulationOptions { TraceInterval = Findings.TraceInterval(network, traffic, new()) });

    [Fact]
    public void The_page_shows_the_figures_of_the_run()
    {
        SimulatedRun run = OnTopology.Value;
        string page = ReportPage.Render([run]);
        Findings findings = new(run.Network, run.Traffic, run.Result);
        SimTime[] times = run.Result.CompletionTimes();
        page.ShouldContain(Markup.Escape(findings.Headline));
        page.ShouldContain("<td class=\"n\">" + Words.Number(times[^1].Microseconds, 3) + "</td>");
        page.ShouldContain("p50 " + Axis.Label(SimulationResult.NearestRank(times, 0.5).Microseconds) + " µs");
        page.ShouldContain(Words.Count(run.Result.Packets.Trimmed + run.Result.Packets.Dropped));
        LinkResult fullest = findings.FullestQueues(1)[0];
        page.ShouldContain($"{Words.Number(fullest.PeakQueue.Bytes / 1024.0)} KiB");
        // An incast of 15 to host 0: its link is the busiest. It has seven times its rate before it, and the four links from the spines to its
        // leaf three times theirs: these five queues fill, and no other.
        run.Network.Links[findings.BusiestLinks(1)[0].Link].A.ShouldBe(NodeId.Host(0));
        findings.FullestQueues(5).ShouldAllBe(l => !l.Upwards && l.PeakQueue.Bytes >= run.Result.Queue.P99.Bytes * 0.99);
        findings.FullestQueues(5).Count(l => run.Network.Links[l.Link].A == NodeId.Host(0)).ShouldBe(1);
        findings.FullestQueues(5).Count(l => run.Network.Links[l.Link].A == NodeId.Switch(0)).ShouldBe(4);
        findings.FullestQueues(6)[^1].PeakQueue.Bytes.ShouldBeLessThan(fullest.PeakQueue.Bytes / 2);
        page.ShouldContain("Held back by");
    }

    [Fact]
    public void Tables_name_device_port_and_cable_as_the_cut_sheet_does()
    {
        SimulatedRun run = OnOneK.Value;
        string page = ReportPage.Render([run]);
        using MemoryStream stream = new();
        CableCsv.Write(TestDesigns.OneK, stream);
        string[][] rows =
        [
            .. System.Text.Encoding.UTF8.GetString(stream.ToArray()).Split('\n').Skip(1).Where(r => r.Length > 0).Select(r => r.Split(',')),
        ];
        foreach (LinkResult link in new Findings(run.Network, run.Traffic, run.Result, run.Names).BusiestLinks(10))
        {
            string cable = run.Names.Cable(link.Link);
            page.ShouldContain(">" + cable + "<");
            (string a, string z) = run.Names.Ends(link.Link, upwards: true);
            rows.ShouldContain(
                r => r[0] == cable && $"{r[9]} {r[10]}:{r[11]}" == a && $"{r[16]} {r[17]}:{r[18]}" == z,
                $"{cable}: {a} to {z}"
            );
        }
    }

    [Fact]
    public void A_designs_page_keeps_its_own_sections()
    {
        string alone = ReportPage.Render(TestDesigns.OneK),
            both = ReportPage.Render([OnOneK.Value]);
        string[] ids = [.. Regex.Matches(alone, "<section id=\"([a-z]+)\"").Select(m => m.Groups[1].Value)];
        Regex.Matches(both, "<section id=\"([a-z]+)\"").Select(m => m.Groups[1].Value).ShouldBe(["simulation", .. ids]);
        both.ShouldContain("href=\"#simulation\"");
        alone.ShouldNotContain("simulation\"");
        string topology = ReportPage.Render([OnTopology.Value]);
        Regex.Matches(topology, "<section id=\"([a-z]+)\"").Select(m => m.Groups[1].Value).ShouldBe(["simulation"]);
    }

    [Fact]
    public void Several_runs_have_a_section_each()
    {
        SimulatedRun run = OnTopology.Value;
        string page = ReportPage.Render([run, run with { Title = "again" }]);
        page.ShouldContain("id=\"simulation\"");
        page.ShouldContain("id=\"simulation-2\"");
        page.ShouldContain("flows-2.csv");
    }

    [Fact]
    public void Two_runs_give_the_same_page() => ReportPage.Render([OnFile(1 << 16)]).ShouldBe(ReportPage.Render([OnFile(1 << 16)]));

    [Fact]
    public void The_page_loads_nothing_and_stays_small_and_its_pictures_are_well_formed()
    {
        foreach (SimulatedRun run in new[] { OnOneK.Value, OnPlanes.Value, OnTopology.Value, OnLarge.Value })
        {
            string page = ReportPage.Render([run]);
            page.Length.ShouldBeLessThan(3_000_000);
            Regex.IsMatch(page, """(<(link|img|iframe|object|embed|script[^>]+src)|@import|url\(|src=|fetch\()""").ShouldBeFalse();
            page.ShouldNotContain("NaN");
            page.ShouldNotContain("∞");
            foreach (Match svg in Regex.Matches(page, "<svg.*?</svg>", RegexOptions.Singleline))
            {
                XElement root = XDocument.Parse(svg.Value).Root!;
                double[] box = [.. root.Attribute("viewBox")!.Value.Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
                foreach (XElement rect in root.Descendants().Where(e => e.Name.LocalName == "rect"))
                {
                    double X(string name) => double.Parse(rect.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);
                    X("x").ShouldBeGreaterThanOrEqualTo(0);
                    X("width").ShouldBeGreaterThanOrEqualTo(0);
                    (X("x") + X("width")).ShouldBeLessThanOrEqualTo(box[2] + 0.01);
                    (X("y") + X("height")).ShouldBeLessThanOrEqualTo(box[3] + 0.01);
                }
            }
        }
    }

    [Fact]
    public void Every_link_of_a_small_network_is_drawn_and_a_large_one_is_counted()
    {
        SimulatedRun small = OnTopology.Value;
        string picture = LinkHeat.Render(small.Network, small.Result, small.Names);
        // One line a link, and one of the key.
        Regex.Count(picture, "<line").ShouldBe(small.Network.Links.Count + 1);
        SimulatedRun large = OnLarge.Value;
        large.Network.Links.Count.ShouldBeGreaterThan(10_000);
        picture = LinkHeat.Render(large.Network, large.Result, large.Names);
        Regex.Count(picture, "<line").ShouldBeLessThan(1000);
        int carrying = large.Result.Links.Where(l => large.Network.Links[l.Link].A.IsHost).Select(l => l.Link).Distinct().Count();
        picture.ShouldContain($"{Words.Count(carrying)} of {Words.Count(large.Network.HostCount)}");
    }

    [Fact]
    public void A_run_without_a_trace_or_without_a_finished_flow_has_a_page_too()
    {
        SimulatedRun run = OnTopology.Value;
        SimulationResult cut = PacketSimulator.Run(
            run.Network,
            run.Traffic,
            new SimulationOptions { End = SimTime.FromPicoseconds(1_000_000) }
        );
        string page = ReportPage.Render([run with { Result = cut }]);
        page.ShouldContain("did not finish");
        page.ShouldContain("No flow was done");
        page.ShouldNotContain("NaN");
    }

    [Fact]
    public void Names_cannot_put_markup_into_the_page()
    {
        string page = ReportPage.Render([OnDesign(TestDesigns.Hostile, 8)]);
        page.ShouldNotContain("<script>alert");
        page.ShouldNotContain("<i>-0");
    }

    [Fact]
    public void The_files_are_there_and_their_tables_are_rectangular()
    {
        string directory = Path.Combine(_directory, "out");
        IReadOnlyList<string> files = SimulationFiles.Write([OnDesign(TestDesigns.Hostile, 8)], directory);
        files.ShouldBe(["report.html", "simulation.json", "flows.csv", "trace.csv", "trace-links.csv", "link-totals.csv", "manifest.json"]);
        Directory.GetFiles(directory).Select(Path.GetFileName).Order().ShouldBe(files.Order());
        Directory.GetDirectories(_directory).Select(Path.GetFileName).ShouldBe(["out"]);
        foreach (string csv in files.Where(f => f.EndsWith(".csv", StringComparison.Ordinal)))
        {
            string[] lines = File.ReadAllLines(Path.Combine(directory, csv));
            lines.Length.ShouldBeGreaterThan(1, csv);
            lines.Select(l => Fields(l).Count).Distinct().Count().ShouldBe(1, csv);
        }

        string[] header = File.ReadAllLines(Path.Combine(directory, "flows.csv"))[0].Split(',');
        header.ShouldBe("id,src,dst,bytes,start_us,finish_us,fct_us,packets,retransmitted,path_plane,src_name,dst_name".Split(','));
        System
            .Text.Json.JsonDocument.Parse(File.ReadAllBytes(Path.Combine(directory, "simulation.json")))
            .RootElement.GetProperty("verdict")
            .GetProperty("held_back_by")
            .GetString()
            .ShouldNotBeNull();
    }

    [Theory]
    [InlineData(0, 10, 5, "0 2 4 6 8 10")]
    [InlineData(0, 1, 4, "0 0.5 1")]
    [InlineData(37, 52.3, 6, "40 45 50")]
    public void Marks_of_an_axis_are_round(double from, double to, int about, string expected) =>
        string.Join(' ', new Axis(from, to, 0, 100).Ticks(about).Select(Axis.Label)).ShouldBe(expected);

    [Fact]
    public void A_logarithmic_axis_gives_decades_equal_room()
    {
        Axis axis = new(1, 1000, 0, 300, logarithmic: true);
        axis.At(1).ShouldBe(0);
        axis.At(10).ShouldBe(100, 1e-9);
        axis.At(100).ShouldBe(200, 1e-9);
        axis.At(5000).ShouldBe(300);
    }

    private static List<string> Fields(string line)
    {
        List<string> fields = [""];
        bool quoted = false;
        foreach (char c in line)
        {
            quoted ^= c == '"';
            if (c == ',' && !quoted)
            {
                fields.Add("");
            }
            else
            {
                fields[^1] += c;
            }
        }

        return fields;
    }

    public void Dispose()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }
}
