using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Fluid;

public class FluidSimulatorTest
{
    private static readonly SimulationOptions Spray = new();

    [Theory]
    [InlineData(1)]
    [InlineData(4086)]
    [InlineData(2_000_000)]
    public void An_unloaded_flow_takes_what_the_packet_engine_says(long bytes)
    {
        NetworkDescription network = TestNetwork.LeafSpine(4, 4, 4, 400);
        TrafficDescription traffic = TestNetwork.One(0, 15, bytes);
        long packets = PacketSimulator.Run(network, traffic, Spray).Flows[0].FinishPicoseconds;
        long fluid = FluidSimulator.Run(network, traffic, Spray).Flows[0].FinishPicoseconds;
        // The last packet may be short, which the fluid does not know on the links after the first.
        Math.Abs(fluid - packets).ShouldBeLessThanOrEqualTo(3 * 4150 * 20);
        if (bytes <= 4086)
        {
            Math.Abs(fluid - packets).ShouldBeLessThanOrEqualTo(2);
        }
    }

    [Fact]
    public void Flows_share_a_bottleneck_and_leave_the_rest_to_others()
    {
        // Three into host 0; one of their senders also sends to host 5: it gets what the shared port leaves it.
        NetworkDescription network = TestNetwork.LeafSpine(8, 1, 1, 100);
        var traffic = new TrafficDescription([
            new(1, 0, Bytes(30_000_000)),
            new(2, 0, Bytes(30_000_000)),
            new(3, 0, Bytes(30_000_000)),
            new(3, 5, Bytes(60_000_000)),
        ]);
        SimulationResult result = FluidSimulator.Run(network, traffic, Spray);
        double header = 4150.0 / 4086;
        double third = 30e6 * header * 8 / (100e9 / 3);
        result.Flows.Take(3).ShouldAllBe(f => Math.Abs(f.Finish!.Value.Seconds - third) < 0.01 * third);
        // Two thirds of its port while the others run, that is until it is done: 60 MB at 66.7 Gb/s.
        (result.Flows[3].FinishPicoseconds * 1e-12).ShouldBe(60e6 * header * 8 / (100e9 * 2 / 3), 0.01 * third);
    }

    [Fact]
    public void Sprayed_flows_fill_a_fabric_that_is_not_oversubscribed_and_share_one_that_is()
    {
        int[] hosts = [.. Enumerable.Range(0, 64)];
        TrafficDescription traffic = Workload.Create("permutation", hosts, Bytes(8_000_000), 3);
        double wire = 8_000_000 * 4150.0 / 4086 * 8 / 400e9;
        SimulationResult full = FluidSimulator.Run(TestNetwork.LeafSpine(8, 8, 8, 400), traffic, Spray);
        (full.Flows.Max(f => f.FinishPicoseconds) * 1e-12).ShouldBe(wire, 0.05 * wire);
        SimulationResult half = FluidSimulator.Run(TestNetwork.LeafSpine(8, 8, 4, 400), traffic, Spray);
        int crossing = traffic.Flows.GroupBy(f => f.Source / 8).Max(g => g.Count(f => f.Destination / 8 != f.Source / 8));
        (half.Flows.Max(f => f.FinishPicoseconds) * 1e-12).ShouldBeInRange(wire * crossing / 4 * 0.98, wire * crossing / 4 * 1.1);
    }

    // Against the balancer that comes nearest to an even split; random spraying leaves some ways fuller than others, which no fluid shows.
    [Theory]
    [InlineData("permutation", 4 << 20, 0.10)]
    [InlineData("all-reduce-ring", 16 << 20, 0.05)]
    [InlineData("all-reduce-halving-doubling", 16 << 20, 0.10)]
    [InlineData("incast", 1 << 20, 0.05)]
    public void Completion_comes_close_to_the_packet_engine(string workload, long bytes, double error)
    {
        NetworkDescription network = TestNetwork.LeafSpine(8, 8, 8, 400);
        TrafficDescription traffic = Workload.Create(workload, [.. Enumerable.Range(0, 64)], Bytes(bytes), 2);
        SimulationOptions even = Spray with { LoadBalancing = "switch-rr" };
        double packets = PacketSimulator.Run(network, traffic, even).SimulatedPicoseconds;
        double fluid = FluidSimulator.Run(network, traffic, even).Flows.Max(f => f.FinishPicoseconds);
        (fluid / packets).ShouldBeInRange(1 - error, 1 + error, workload);
    }

    [Fact]
    public void No_link_carries_more_than_its_rate_and_every_byte_is_counted()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            int hostsPerLeaf = random.Next(1, 6),
                leaves = random.Next(2, 6),
                spines = random.Next(1, 5),
                planes = random.Next(1, 4);
            NetworkDescription network = TestNetwork.LeafSpine(hostsPerLeaf, leaves, spines, 100, planes);
            var flows = new List<FlowDescription>();
            for (int i = 0; i < 40; i++)
            {
                int from = random.Next(network.HostCount);
                int to = (from + random.Next(1, network.HostCount)) % network.HostCount;
                flows.Add(Flow(from, to, random.Next(1, 3_000_000), random.Next(0, 50_000_000)));
            }
            var options = new SimulationOptions { Seed = (ulong)seed, LoadBalancing = seed % 2 == 0 ? "ecmp" : "oblivious" };
            SimulationResult result = FluidSimulator.Run(network, new TrafficDescription(flows), options);
            result.Unfinished.ShouldBe("");
            foreach (LinkResult link in result.Links)
            {
                double most = network.Links[link.Link].Rate.BitsPerSecond / 8.0 * result.SimulatedPicoseconds * 1e-12;
                ((double)link.Bytes).ShouldBeLessThanOrEqualTo(most * 1.0001);
            }
            double wire = flows.Sum(f => f.Size.Bytes + (f.Size.Bytes + 4085) / 4086 * 64);
            double sent = result.Links.Where(l => l.Upwards && network.Links[l.Link].A.IsHost).Sum(l => (double)l.Bytes);
            sent.ShouldBe(wire, wire * 1e-4);
        }
    }

    [Fact]
    public void A_lost_plane_leaves_the_others_their_rate_once_it_is_noticed()
    {
        NetworkDescription network = TestNetwork.LeafSpine(4, 4, 4, 100, planes: 4);
        TrafficDescription traffic = Workload.Create("permutation", [.. Enumerable.Range(0, 16)], Bytes(40_000_000), 1);
        double whole = FluidSimulator.Run(network, traffic, Spray).Flows.Max(f => f.FinishPicoseconds);
        SimulationOptions broken = Spray with { Faults = [Fault.OfPlane(network, 2, SimTime.Zero)], Detection = Picoseconds(1_000_000) };
        double three = FluidSimulator.Run(network, traffic, broken).Flows.Max(f => f.FinishPicoseconds);
        (whole / three).ShouldBe(0.75, 0.01);
    }

    [Fact]
    public void A_host_without_a_way_is_named_and_the_run_ends()
    {
        NetworkDescription network = TestNetwork.LeafSpine(2, 2, 1, 100);
        SimulationOptions broken = Spray with { Faults = [Fault.OfPort(network, 3, 0, SimTime.Zero)] };
        SimulationResult result = FluidSimulator.Run(network, TestNetwork.One(0, 3, 1_000_000), broken);
        result.Unfinished.ShouldContain("no way leads");
    }
}
