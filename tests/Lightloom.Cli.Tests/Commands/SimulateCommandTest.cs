using System.Globalization;
using System.Text.Json;
using static Lightloom.Cli.Tests.Cli;

namespace Lightloom.Cli.Tests.Commands;

public class SimulateCommandTest(SimulateCommandTest.SmallFiles files) : IClassFixture<SimulateCommandTest.SmallFiles>
{
    internal const string Topology = """
        Nodes 8
        Tiers 2
        Podsize 8
        Tier 0
        Downlink_speed_Gbps 100
        Radix_Down 2
        Radix_Up 2
        Downlink_Latency_ns 500
        Tier 1
        Downlink_speed_Gbps 100
        Radix_Down 4
        Downlink_Latency_ns 500
        """;

    private const string Matrix = """
        Nodes 8
        Connections 3
        0->7 id 1 start 0 size 100000
        1->6 id 2 start 2 size 50000
        7->0 id 3 start 0 size 5000
        """;

    /// <summary>A small network and a matrix, gone when the last test is done.</summary>
    public sealed class SmallFiles : IDisposable
    {
        internal Scratch Scratch { get; } = new();

        internal string Topology => Scratch.File("small.topo", SimulateCommandTest.Topology);

        internal string Matrix => Scratch.File("small.cm", SimulateCommandTest.Matrix);

        /// <inheritdoc/>
        public void Dispose() => Scratch.Dispose();
    }

    private Run Simulate(params string[] args) => Execute(["simulate", "--topo", files.Topology, .. args]);

    [Fact]
    public void Json_is_as_the_contract_says()
    {
        Run run = Simulate("--tm", files.Matrix, "--json");
        run.Code.ShouldBe(0, run.Error);
        run.Error.ShouldBeEmpty();
        JsonElement root = JsonDocument.Parse(run.Out).RootElement;
        root.GetProperty("engine").GetString().ShouldBe("packet");
        root.GetProperty("seed").GetInt32().ShouldBe(1);
        foreach (string key in (string[])["threads", "simulated_us", "wall_s", "events", "packet_hops", "peak_rss_mb"])
        {
            root.GetProperty(key).GetDouble().ShouldBeGreaterThan(0, key);
        }

        JsonElement flows = root.GetProperty("flows");
        flows.GetProperty("count").GetInt32().ShouldBe(3);
        flows.GetProperty("completed").GetInt32().ShouldBe(3);
        flows.GetProperty("bytes").GetInt64().ShouldBe(155_000);
        double last = flows.GetProperty("last_finish_us").GetDouble();
        double previous = 0;
        foreach (string key in (string[])["min", "p50", "p99", "max"])
        {
            double value = flows.GetProperty("fct_us").GetProperty(key).GetDouble();
            value.ShouldBeGreaterThanOrEqualTo(previous, key);
            previous = value;
        }

        flows.GetProperty("fct_us").GetProperty("mean").GetDouble().ShouldBeInRange(0, last);
        JsonElement packets = root.GetProperty("packets");
        long Count(string key) => packets.GetProperty(key).GetInt64();
        Count("sent").ShouldBe(Count("delivered") + Count("trimmed") + Count("dropped"));
        Count("sent").ShouldBe(25 + 13 + 2);
        Count("retransmitted").ShouldBe(0);
        Count("ecn_marked").ShouldBeGreaterThanOrEqualTo(0);
        foreach (string key in (string[])["p50", "p99", "max"])
        {
            root.GetProperty("latency_us").GetProperty(key).GetDouble().ShouldBeGreaterThan(2, key);
        }

        root.GetProperty("queues")
            .GetProperty("max_bytes")
            .GetInt64()
            .ShouldBeGreaterThanOrEqualTo(root.GetProperty("queues").GetProperty("p99_bytes").GetInt64());
        JsonElement use = root.GetProperty("links").GetProperty("utilisation");
        use.GetProperty("max").GetDouble().ShouldBeInRange(use.GetProperty("mean").GetDouble(), 1);
        root.GetProperty("result_hash").GetString()!.Length.ShouldBe(16);
        root.TryGetProperty("collective", out _).ShouldBeFalse();
        root.TryGetProperty("jobs", out _).ShouldBeFalse();
    }

    [Fact]
    public void A_collective_states_its_bus_bandwidth()
    {
        Run run = Simulate("--workload", "all-reduce", "--size", "1MiB", "--xpus", "4", "--json");
        run.Code.ShouldBe(0, run.Error);
        JsonElement collective = JsonDocument.Parse(run.Out).RootElement.GetProperty("collective");
        collective.GetProperty("name").GetString().ShouldBe("all-reduce");
        collective.GetProperty("xpus").GetInt32().ShouldBe(4);
        collective.GetProperty("bytes").GetInt64().ShouldBe(1 << 20);
        double algorithm = collective.GetProperty("algbw_gbps").GetDouble();
        algorithm.ShouldBe((1 << 20) * 8 / collective.GetProperty("time_us").GetDouble() / 1e3, 0.01);
        collective.GetProperty("busbw_gbps").GetDouble().ShouldBe(algorithm * 2 * 3 / 4, 0.01);
        collective.GetProperty("utilisation").GetDouble().ShouldBe(algorithm * 1.5 / 100, 0.001);
    }

    [Fact]
    public void The_same_command_prints_the_same_but_for_what_the_run_itself_took()
    {
        string Stable(Run run) =>
            string.Join(
                '\n',
                run.Out.Split('\n')
                    .Where(line =>
                        !line.Contains("\"wall_s\"", StringComparison.Ordinal)
                        && !line.Contains("\"peak_rss_mb\"", StringComparison.Ordinal)
                        && !line.Contains("\"threads\"", StringComparison.Ordinal)
                    )
            );
        string[] args = ["--workload", "permutation", "--size", "200KB", "--json", "--seed", "7"];
        Run first = Simulate(args),
            second = Simulate([.. args, "--threads", "2"]),
            other = Simulate([.. args, "--seed", "8"]);
        first.Code.ShouldBe(0, first.Error);
        other.Code.ShouldNotBe(0);
        Stable(second).ShouldBe(Stable(first));
        Hash(Simulate("--workload", "permutation", "--size", "200KB", "--json", "--seed", "8")).ShouldNotBe(Hash(first));
    }

    [Fact]
    public void A_first_window_that_holds_no_packet_is_refused_with_the_smallest_that_does()
    {
        Run run = Simulate("--tm", files.Matrix, "--initial-window-bytes", "100");
        run.Code.ShouldBe(2);
        run.Error.ShouldContain("--initial-window-bytes");
        run.Error.ShouldContain("give 4150 or more");
        Simulate("--tm", files.Matrix, "--initial-window-bytes", "4150").Code.ShouldBe(0);
    }

    [Fact]
    public void A_run_in_which_nothing_ever_arrives_ends_with_a_reason_and_is_not_called_done()
    {
        Run run = Simulate("--tm", files.Matrix, "--packet-error-rate", "0.99999", "--json");
        run.Code.ShouldBe(1, run.Error);
        run.Error.ShouldContain("nothing has arrived");
        JsonDocument.Parse(run.Out).RootElement.GetProperty("unfinished").GetString()!.ShouldContain("3 of 3 flows");
    }

    private static string Hash(Run run) => JsonDocument.Parse(run.Out).RootElement.GetProperty("result_hash").GetString()!;

    [Fact]
    public void Flows_and_samples_are_tables_with_the_promised_columns()
    {
        string flows = files.Scratch["flows.csv"],
            trace = files.Scratch["trace.csv"];
        Run run = Simulate("--tm", files.Matrix, "--flows-out", flows, "--trace", trace);
        run.Code.ShouldBe(0, run.Error);
        string[] rows = File.ReadAllLines(flows);
        rows[0].ShouldBe("id,src,dst,bytes,start_us,finish_us,fct_us,packets,retransmitted,path_plane");
        rows.Length.ShouldBe(4);
        string[] second = rows[2].Split(',');
        second[..5].ShouldBe(["2", "1", "6", "50000", "2"]);
        second[7..].ShouldBe(["13", "0", "0"]);
        double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
        Number(second[6]).ShouldBe(Number(second[5]) - Number(second[4]), 1e-6);
        string[] samples = File.ReadAllLines(trace);
        samples[0]
            .ShouldBe(
                "time_us,flows_finished,packets_delivered,queued_bytes,largest_queue_bytes,mean_utilisation,max_utilisation,carrying_utilisation"
            );
        samples.Length.ShouldBeGreaterThan(2);
        samples.Skip(1).Select(s => Number(s.Split(',')[0])).ShouldBeInOrder(SortDirection.Ascending);
        samples.Skip(1).ShouldAllBe(s => s.Split(',').Length == 8);
        Directory.GetFiles(files.Scratch.Path, "*.partial").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("round-robin", "global", "0..3")]
    [InlineData("credit", "per-plane", "0..3")]
    [InlineData("rail", "global", "3")]
    public void The_plane_column_names_the_planes_that_were_taken(string policy, string state, string planes)
    {
        string flows = files.Scratch[$"planes-{policy}.csv"];
        Run run = Simulate(
            "--tm",
            files.Matrix,
            "--planes",
            "4",
            "--plane-policy",
            policy,
            "--congestion-state",
            state,
            "--flows-out",
            flows,
            "--json"
        );
        run.Code.ShouldBe(0, run.Error);
        File.ReadAllLines(flows)[1].Split(',')[9].ShouldBe(planes);
        JsonElement root = JsonDocument.Parse(run.Out).RootElement;
        root.GetProperty("planes").GetInt32().ShouldBe(4);
        root.GetProperty("plane_policy").GetString().ShouldBe(policy);
        root.GetProperty("congestion_state").GetString().ShouldBe(state);
    }

    [Fact]
    public void A_dead_plane_is_left_out_of_the_plane_column()
    {
        string flows = files.Scratch["dead-plane.csv"];
        Run run = Simulate(
            "--tm",
            files.Matrix,
            "--planes",
            "4",
            "--fail",
            "plane:2",
            "--detect-us",
            "0",
            "--update-us",
            "1",
            "--flows-out",
            flows
        );
        run.Code.ShouldBe(0, run.Error);
        File.ReadAllLines(flows)[1].Split(',')[9].ShouldBe("0..1+3");
    }

    [Fact]
    public void Jobs_and_classes_have_results_of_their_own()
    {
        string flows = files.Scratch["jobs.csv"];
        Run run = Simulate(
            "--job",
            "train:all-reduce:256KiB:4",
            "--job",
            "store:incast:100KB:4@5/bulk",
            "--class",
            "fast,strict",
            "--class",
            "bulk,lossless,weight=2",
            "--buffer-bytes",
            "300000",
            "--placement",
            "interleaved",
            "--flows-out",
            flows,
            "--json"
        );
        run.Code.ShouldBe(0, run.Error);
        JsonElement root = JsonDocument.Parse(run.Out).RootElement;
        JsonElement[] jobs = [.. root.GetProperty("jobs").EnumerateArray()];
        jobs.Select(j => j.GetProperty("name").GetString()).ShouldBe(["train", "store"]);
        jobs[0].GetProperty("busbw_gbps").GetDouble().ShouldBe(jobs[0].GetProperty("algbw_gbps").GetDouble() * 1.5, 0.01);
        jobs[1].GetProperty("start_us").GetDouble().ShouldBe(5);
        jobs[1].GetProperty("completed").GetInt32().ShouldBe(3);
        jobs[1].GetProperty("time_us").GetDouble().ShouldBe(jobs[1].GetProperty("finish_us").GetDouble() - 5, 1e-6);
        JsonElement[] classes = [.. root.GetProperty("classes").EnumerateArray()];
        classes.Select(c => c.GetProperty("name").GetString()).ShouldBe(["fast", "bulk"]);
        classes.ShouldAllBe(c => c.GetProperty("dropped").GetInt64() == 0);
        // Three flows of 25 packets, 1,600 bytes of headers each, over the last hop at least.
        classes[1].GetProperty("forwarded_bytes").GetInt64().ShouldBeGreaterThan(300_000);
        root.GetProperty("buffer").GetProperty("max_bytes").GetInt64().ShouldBeInRange(1, 300_000);
        string[] rows = File.ReadAllLines(flows);
        rows[0].ShouldEndWith(",path_plane,job");
        rows[1].ShouldEndWith(",train");
        rows[^1].ShouldEndWith(",store");
    }

    [Fact]
    public void A_summary_says_what_happened_in_words()
    {
        Run run = Simulate("--workload", "incast", "--size", "500KB");
        run.Code.ShouldBe(0, run.Error);
        run.Out.ShouldContain("7 of 7 done");
        run.Out.ShouldContain("line rate");
        run.Out.ShouldContain("trimmed");
    }

    [Theory]
    [InlineData("--workload", "gossip")]
    [InlineData("--workload", "incast", "--size", "1XB")]
    [InlineData("--workload", "incast", "--xpus", "9")]
    [InlineData("--workload", "incast", "--xpus", "-3")]
    [InlineData("--workload", "incast", "--paths", "3")]
    [InlineData("--workload", "incast", "--mtu", "100000")]
    [InlineData("--workload", "incast", "--threads", "0")]
    [InlineData("--workload", "incast", "--end-us", "-1")]
    [InlineData("--workload", "incast", "--end-us", "1e300")]
    [InlineData("--workload", "incast", "--ecn-bytes", "9000,100")]
    [InlineData("--workload", "incast", "--fail", "cable:7")]
    [InlineData("--workload", "incast", "--degrade-spines", "x")]
    [InlineData("--workload", "incast", "--transport", "tcp")]
    [InlineData("--workload", "incast", "--planes", "17")]
    [InlineData("--workload", "incast", "--plane-policy", "best")]
    [InlineData("--workload", "incast", "--transport", "dcqcn", "--congestion-state", "per-plane")]
    [InlineData("--workload", "incast", "--class", "a,weight=x")]
    [InlineData("--workload", "incast", "--class", "a", "--flow-control", "pfc")]
    [InlineData("--workload", "incast", "--job", "a:incast:1KB:4")]
    [InlineData("--job", "a:incast:1KB")]
    [InlineData("--job", "a:incast:1KB:4/none")]
    [InlineData("--workload", "incast", "--flows-out", "/no/such/directory/f.csv")]
    [InlineData]
    public void A_wrong_command_line_is_code_2_and_one_sentence(params string[] args)
    {
        Run run = Simulate(args);
        run.Code.ShouldBe(2, run.Out + run.Error);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldStartWith("lightloom: ");
        run.Error.ShouldNotContain("Parameter '");
        run.Error.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("Nodes 8\nConnections 1\n0->9 id 1 start 0 size 10\n", "bad.cm:3:1: error LL3027:")]
    [InlineData("Nodes 8\nConnections 1\n0->0 id 1 start 0 size 10\n", "error LL3028:")]
    [InlineData("Nodes 8\nConnections 1\n0->1 id 1 start 0\n", "error LL3029:")]
    [InlineData("Nodes 8\nConnections 1\n0->1 id 1 trigger 3 size 10\n", "error LL3032:")]
    [InlineData("Nodes 4\nConnections 0\n", "error LL3020:")]
    [InlineData("Nodes 8\nConnections 1\n0->1 id 1 start 0 size 9223372036854775808\n", "error LL3003:")]
    public void A_bad_matrix_is_code_1_and_names_its_place(string text, string diagnostic)
    {
        Run run = Simulate("--tm", files.Scratch.File("bad.cm", text), "--json");
        run.Code.ShouldBe(1, run.Error);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain(diagnostic);
    }

    [Fact]
    public void A_bad_topology_and_a_missing_file_are_code_1()
    {
        Run bad = Execute(
            "simulate",
            "--topo",
            files.Scratch.File("bad.topo", Topology.Replace("Radix_Up 2", "Radix_Up -2", StringComparison.Ordinal)),
            "--workload",
            "incast"
        );
        bad.Code.ShouldBe(1);
        bad.Error.ShouldContain("bad.topo:7:");
        bad.Error.ShouldContain("error LL30");
        Run missing = Execute("simulate", "--topo", files.Scratch["none.topo"], "--workload", "incast");
        missing.Code.ShouldBe(1);
        missing.Error.ShouldContain("none.topo");
    }

    [Fact]
    public void A_run_that_cannot_finish_says_why_and_prints_what_is_known()
    {
        Run run = Simulate("--tm", files.Matrix, "--fail", "port:7.0@3", "--end-us", "500", "--json");
        run.Code.ShouldBe(0, run.Error);
        run.Error.ShouldContain("flows unfinished");
        JsonElement root = JsonDocument.Parse(run.Out).RootElement;
        root.GetProperty("flows").GetProperty("completed").GetInt32().ShouldBe(1);
        root.GetProperty("unfinished").GetString()!.ShouldContain("2 of 3 flows unfinished");
    }

    private static string Cluster(string backend, string more = "") =>
        $$"""
            lightloom: 1
            name: small
            pools: [{name: train, node: my-node, nodes: 4}]
            backend: {{backend}}
            frontend: {enabled: false}
            oob: {enabled: false}
            {{more}}
            catalog:
              nodes:
                my-node: {xpus: 4, backend: {nics: 4, rate_gbps: 400}, power_w: 10200, rack_units: 8}
              switches:
                my-switch: {cages: 16, rate_gbps: 400, breakouts: [1x400], rack_units: 1, power_w: 500}
            """;

    [Fact]
    public void A_degraded_spine_of_a_design_makes_its_permutation_slower()
    {
        string file = files.Scratch.File("degraded.yaml", Cluster("{planes: 1, tiers: 2, switch: my-switch}"));
        double Finish(params string[] more)
        {
            Run run = Execute(["simulate", file, "--workload", "permutation", "--size", "256KiB", "--json", .. more]);
            run.Code.ShouldBe(0, run.Error);
            return JsonDocument.Parse(run.Out).RootElement.GetProperty("flows").GetProperty("last_finish_us").GetDouble();
        }

        Finish("--degrade-spines", "9@0.1").ShouldBeGreaterThan(1.5 * Finish());
        string flat = files.Scratch.File("flat.yaml", Cluster("{planes: 1, tiers: 1}"));
        Execute("simulate", flat, "--workload", "permutation", "--degrade-spines", "1").Error.ShouldContain("has no spines");
    }

    [Theory]
    [InlineData("--linkspeed-gbps", "100")]
    [InlineData("--planes", "2")]
    [InlineData("--degrade-spines", "x")]
    public void An_option_that_a_cluster_file_does_not_know_is_refused(string option, string value)
    {
        string file = files.Scratch.File("plain.yaml", Cluster("{planes: 1}"));
        Run run = Execute("simulate", file, "--workload", "permutation", option, value);
        run.Code.ShouldBe(2);
        run.Error.ShouldContain(option);
    }

    [Fact]
    public void An_option_of_clusters_is_refused_with_a_topology_and_shards_without_a_collective()
    {
        Simulate("--tm", files.Matrix, "--scale-up").Error.ShouldContain("--scale-up is for a cluster file");
        Simulate("--workload", "all-to-all", "--shards", "by-rate").Error.ShouldContain("--shards divides a collective");
        string file = files.Scratch.File("plain.yaml", Cluster("{planes: 1}"));
        Execute("simulate", file, "--job", "a:permutation:64KiB:8", "--shards", "by-rate").Code.ShouldBe(2);
    }

    [Theory]
    [InlineData("{name: nosuch}", "unknown workload 'nosuch'")]
    [InlineData("{name: permutation, xpus: 999}", "999 XPUs are more than the 16")]
    public void A_collective_of_the_file_that_cannot_run_has_its_line(string collective, string message)
    {
        string file = files.Scratch.File("wrong.yaml", Cluster("{planes: 1}", $"workload: {{collectives: [{collective}]}}"));
        Run run = Execute("simulate", file, "--json");
        run.Code.ShouldBe(1);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain("wrong.yaml:7:");
        run.Error.ShouldContain("error LL8010: " + message);
    }

    [Fact]
    public void Rails_that_nothing_joins_are_said_without_a_parameter_of_ours()
    {
        string file = files.Scratch.File("rails.yaml", Cluster("{planes: 4, plane_layout: rail}"));
        string matrix = files.Scratch.File("rails.cm", "Nodes 16\nConnections 1\n0->5 id 1 start 0 size 10000\n");
        foreach (
            Run run in (Run[])
                [
                    Execute("simulate", file, "--tm", matrix),
                    Execute("simulate", file, "--workload", "all-to-all"),
                    Execute("simulate", file, "--job", "a:all-to-all:64KiB:8"),
                ]
        )
        {
            run.Code.ShouldBe(2, run.Error);
            run.Error.ShouldContain("rail planes are never joined");
            run.Error.ShouldNotContain("Parameter");
        }
    }
}
