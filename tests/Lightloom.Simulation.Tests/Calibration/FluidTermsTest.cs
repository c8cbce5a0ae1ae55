using Lightloom.Simulation.Calibration;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Calibration;

/// <summary>What transports and load balancings add to the ideal fluid: against drawn numbers, and against packets.</summary>
public sealed class FluidTermsTest
{
    private static readonly Lazy<FluidTermsTable> Shipped = new(() =>
        FluidTermsTable.Read("fluid-terms.csv", File.ReadAllText(Path.Combine(TestNetwork.Root, "catalog", "fluid-terms.csv")))
    );

    [Theory]
    [InlineData(1, 64)]
    [InlineData(4, 200)]
    [InlineData(64, 128)]
    [InlineData(300, 1000)]
    public void The_fullest_link_is_that_of_drawn_paths(double mean, int links)
    {
        Random random = new(11);
        double sum = 0;
        const int Draws = 400;
        for (int i = 0; i < Draws; i++)
        {
            int[] got = new int[links];
            for (int p = 0; p < mean * links; p++)
            {
                got[random.Next(links)]++;
            }
            sum += got.Max() / mean - 1;
        }
        // The continuous distribution lies about half a path beside the whole numbers.
        Unevenness.Excess(mean, links).ShouldBe(sum / Draws, 0.8 / mean + 0.02);
    }

    [Fact]
    public void Nothing_is_uneven_where_there_is_one_link_and_all_is_where_paths_are_many()
    {
        Unevenness.Excess(5, 1).ShouldBe(0);
        Unevenness.Excess(1e9, 1000).ShouldBeLessThan(0.001);
    }

    [Theory]
    [InlineData("nscc", "oblivious", 64)]
    [InlineData("nscc", "oblivious", 16)]
    [InlineData("rccc", "oblivious", 64)]
    [InlineData("swift", "oblivious", 64)]
    public void Calibrated_times_come_closer_to_packets_than_ideal_ones_on_a_network_that_was_not_measured(
        string transport,
        string balancing,
        int paths
    )
    {
        NetworkDescription network = TestNetwork.LeafSpine(10, 6, 10, 400, delay: 50_000, latency: 600_000);
        int[] hosts = [.. Enumerable.Range(0, network.HostCount)];
        TrafficDescription traffic = Workload.Create("permutation", hosts, Bytes(1_500_000), 5);
        SimulationOptions options = new()
        {
            Transport = transport,
            LoadBalancing = balancing,
            Paths = paths,
        };
        CalibratedResult fluid = FluidSimulator
            .Run(network, traffic, options, terms: Shipped.Value.Find(transport, balancing)!)
            .Calibrated!;
        double packets = new ulong[] { 1, 2, 3, 4 }.Average(s =>
            (double)PacketSimulator.Run(network, traffic, options with { Seed = s }).Flows.Max(f => f.FinishPicoseconds)
        );
        Math.Abs(fluid.Finish.Picoseconds / packets - 1).ShouldBeLessThan(0.12);
        Math.Abs(fluid.Finish.Picoseconds / packets - 1).ShouldBeLessThan(0.6 * Math.Abs(fluid.IdealFinish.Picoseconds / packets - 1));
    }

    [Fact]
    public void Terms_change_nothing_but_what_is_said_beside_the_ideal()
    {
        NetworkDescription network = TestNetwork.LeafSpine(4, 4, 2, 400);
        TrafficDescription traffic = Workload.Create("permutation", [.. Enumerable.Range(0, 16)], Bytes(1 << 20), 5);
        SimulationResult plain = FluidSimulator.Run(network, traffic, new()),
            with = FluidSimulator.Run(network, traffic, new(), terms: Shipped.Value.Find("nscc", "oblivious"));
        with.ResultHash.ShouldBe(plain.ResultHash);
        with.Calibrated!.Finish.ShouldBeGreaterThan(with.Calibrated.IdealFinish);
        with.Calibrated.IdealFinish.Picoseconds.ShouldBe(plain.Flows.Max(f => f.FinishPicoseconds));
    }

    [Fact]
    public void A_collective_by_steps_says_the_same_with_collapse_and_without_it()
    {
        NetworkDescription network = TestNetwork.LeafSpine(8, 8, 4, 400, planes: 2);
        int[] hosts = [.. Enumerable.Range(0, network.HostCount)];
        FluidTerms terms = Shipped.Value.Find("nscc", "oblivious")!;
        foreach (
            CollectiveAlgorithm algorithm in new[]
            {
                CollectiveAlgorithm.Ring,
                CollectiveAlgorithm.HalvingDoubling,
                CollectiveAlgorithm.Tree,
            }
        )
        {
            CollectiveRequest request = new(CollectiveKind.AllReduce, Bytes(64 << 20), [hosts], algorithm);
            CollectiveTiming quick = new FluidCollectives(network, hosts) { Terms = terms }.Of(request),
                slow = new FluidCollectives(network, hosts, collapse: false) { Terms = terms }.Of(request);
            ((double)quick.Calibrated!.Value.Picoseconds).ShouldBe(slow.Calibrated!.Value.Picoseconds, 1e-6 * quick.Time.Picoseconds);
            quick.Calibrated.Value.ShouldBeGreaterThanOrEqualTo(quick.Time);
        }
    }

    [Fact]
    public void An_answer_under_hashed_paths_does_not_go_by_what_was_asked_before()
    {
        NetworkDescription network = TestNetwork.LeafSpine(8, 8, 8, 400);
        int[] hosts = [.. Enumerable.Range(0, network.HostCount)];
        SimulationOptions ecmp = new() { LoadBalancing = "ecmp" };
        FluidTerms terms = Shipped.Value.Find("nscc", "ecmp")!;
        CollectiveRequest asked = new(CollectiveKind.AllReduce, Bytes(32 << 20), [hosts], CollectiveAlgorithm.HalvingDoubling);
        FluidCollectives fresh = new(network, hosts, ecmp) { Terms = terms };
        FluidCollectives used = new(network, hosts, ecmp) { Terms = terms };
        used.Of(asked with { Algorithm = CollectiveAlgorithm.Ring });
        used.Of(new(CollectiveKind.AllReduce, Bytes(8 << 20), [hosts[..16]], CollectiveAlgorithm.HalvingDoubling));
        used.Of(asked).Calibrated.ShouldBe(fresh.Of(asked).Calibrated);
    }

    [Fact]
    public void A_table_is_read_as_it_was_written_and_refused_by_line()
    {
        StringWriter text = new();
        Shipped.Value.Write(text);
        FluidTermsTable again = FluidTermsTable.Read("again", text.ToString());
        again.Rows.Count.ShouldBe(Shipped.Value.Rows.Count);
        again.Find("nscc", "oblivious")!.Spreads.ShouldBe(Shipped.Value.Find("nscc", "oblivious")!.Spreads);
        again.Find("rccc", "oblivious")!.Again.ShouldBe(Shipped.Value.Find("rccc", "oblivious")!.Again);
        string[] lines = text.ToString().Split('\n');
        Should.Throw<RefusedException>(() => FluidTermsTable.Read("t.csv", "a,b\n")).Message.ShouldContain("t.csv:1");
        Should
            .Throw<RefusedException>(() => FluidTermsTable.Read("t.csv", lines[0] + "\nnscc,ecmp,-1,0,0,1,1,0,3,400\n"))
            .Message.ShouldContain("t.csv:2");
        Should
            .Throw<RefusedException>(() => FluidTermsTable.Read("t.csv", lines[0] + "\nnscc,ecmp,1,0\n"))
            .Message.ShouldContain("t.csv:2");
    }

    [Fact]
    public void A_plane_that_carries_a_flow_alone_is_slowed_by_its_own_flows()
    {
        // Two flows to one host by different planes share no link, and by the terms a link is slower by a tenth where flows share it.
        FluidTerms terms = new()
        {
            Transport = "ideal",
            LoadBalancing = "ecmp",
            Host = 0.1,
            Fan = 1.1,
            Spreads = [new(1, 0.5, 0)],
        };
        NetworkDescription network = TestNetwork.LeafSpine(2, 2, 1, 400, planes: 2);
        TrafficDescription one = new([new FlowDescription(0, 2, Bytes(4 << 20))]);
        double ideal = Last(PlanePolicy.Rail, null),
            slowed = Last(PlanePolicy.Rail, terms);
        // One flow on one port, alone on each of its links: a tenth slower by its host's link, and held up by nobody.
        (slowed / ideal).ShouldBe(1.1, 0.01);

        double Last(PlanePolicy policy, FluidTerms? with)
        {
            SimulationOptions options = new()
            {
                Transport = "ideal",
                LoadBalancing = "ecmp",
                PlanePolicy = policy,
            };
            SimulationResult result = FluidSimulator.Run(network, one, options, terms: with);
            return with is null ? result.Flows[0].FinishPicoseconds : result.Calibrated!.Finish.Picoseconds;
        }
    }

    [Fact]
    public void A_run_that_was_cancelled_or_never_ends_has_no_last_flow()
    {
        NetworkDescription network = TestNetwork.LeafSpine(2, 2, 1, 400);
        FluidTerms terms = new() { Transport = "ideal", LoadBalancing = "oblivious" };
        TrafficDescription waits = new(
            [new FlowDescription(0, 2, Bytes(1 << 20)), new FlowDescription(1, 3, Bytes(1 << 20), StartTrigger: 0)],
            [new TriggerDescription(TriggerKind.Oneshot, Id: 1)]
        );
        FluidSimulator.Last(network, waits, new(), terms, CancellationToken.None).ShouldBeNull();
        using CancellationTokenSource stopped = new();
        stopped.Cancel();
        Should.Throw<OperationCanceledException>(() => FluidSimulator.Last(network, waits, new(), terms, stopped.Token));
    }

    [Fact]
    public void Ranks_that_share_a_card_are_answered_by_steps()
    {
        NetworkDescription network = TestNetwork.LeafSpine(4, 2, 2, 400, delay: 50_000, latency: 600_000);
        int[] hosts = [.. Enumerable.Range(0, 16).Select(r => r / 2)];
        CollectiveRequest request = new(
            CollectiveKind.AllReduce,
            Bytes(8 << 20),
            [
                [.. Enumerable.Range(0, 16)],
            ],
            CollectiveAlgorithm.HalvingDoubling
        );
        FluidTerms terms = Shipped.Value.Find("nscc", "oblivious")!;
        CollectiveTiming flows = new FluidCollectives(network, hosts) { Terms = terms }.Of(request),
            steps = new FluidCollectives(network, hosts) { Terms = terms, MostFlows = 0 }.Of(request);
        flows.Calibrated.ShouldBe(steps.Calibrated);
    }
}
