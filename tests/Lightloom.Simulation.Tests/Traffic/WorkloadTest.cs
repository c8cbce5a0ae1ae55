using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Measurement;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Traffic;

public class WorkloadTest
{
    private static readonly int[] Sixteen = [.. Enumerable.Range(0, 16)];

    public static TheoryData<string> Names() => [.. Workload.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_workload_finishes(string name)
    {
        NetworkDescription network = TestNetwork.LeafSpine(4, 4, 4, 400);
        TrafficDescription traffic = Workload.Create(name, Sixteen, Bytes(1_000_000), hostRate: DataRate.FromGbps(400), arrivals: 300);
        SimulationResult result = PacketSimulator.Run(network, traffic, new SimulationOptions { LoadBalancing = "mixed" });
        result.Unfinished.ShouldBe("");
        result.Flows.ShouldAllBe(f => f.Finish > SimTime.Zero);
    }

    [Theory]
    [InlineData("all-reduce-ring", 30)]
    [InlineData("reduce-scatter", 15)]
    [InlineData("all-gather", 15)]
    public void A_ring_moves_a_chunk_from_each_rank_in_each_step(string name, int steps)
    {
        TrafficDescription traffic = Workload.Create(name, Sixteen, Bytes(16_000));
        traffic.Flows.Count.ShouldBe(16 * steps);
        traffic.Flows.ShouldAllBe(f => f.Size.Bytes == 1000 && f.Destination == (f.Source + 1) % 16);
    }

    [Fact]
    public void Halving_and_doubling_move_the_same_bytes_as_the_ring()
    {
        long Sum(string name) => Workload.Create(name, Sixteen, Bytes(1 << 20)).Flows.Where(f => f.Source == 3).Sum(f => f.Size.Bytes);
        Sum("all-reduce-halving-doubling").ShouldBe(Sum("all-reduce-ring"));
    }

    [Fact]
    public void A_permutation_gives_everyone_one_sender_and_one_receiver()
    {
        TrafficDescription traffic = Workload.Create("permutation", Sixteen, Bytes(5), seed: 3);
        traffic.Flows.Select(f => f.Source).Order().ShouldBe(Sixteen);
        traffic.Flows.Select(f => f.Destination).Order().ShouldBe(Sixteen);
    }

    [Fact]
    public void A_ring_with_room_reaches_most_of_the_bus_bandwidth()
    {
        NetworkDescription network = TestNetwork.LeafSpine(8, 2, 8, 400);
        TrafficDescription traffic = Workload.Create("all-reduce-ring", Sixteen, Bytes(256 << 20));
        SimulationResult result = PacketSimulator.Run(network, traffic, new SimulationOptions { LoadBalancing = "mixed" });
        double seconds = result.Flows.Max(f => f.FinishPicoseconds) * 1e-12;
        double bus = (256L << 20) * 8 / seconds * Collective.BusFactor("all-reduce-ring", 16);
        (bus / 400e9).ShouldBeInRange(0.9, 1.0);
    }
}
