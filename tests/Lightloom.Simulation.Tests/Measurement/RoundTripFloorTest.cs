using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Measurement;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Tests.Measurement;

public class RoundTripFloorTest
{
    [Fact]
    public void The_assertions_of_the_engine_are_made_in_every_test() => Checks.On.ShouldBeTrue();

    // A flow of one packet is done when its answer is back: the floor is the whole of it, on one path of one rate or of several.
    [Theory]
    [InlineData(100, 100, 4086, false)]
    [InlineData(400, 100, 4086, false)]
    [InlineData(100, 800, 1000, false)]
    [InlineData(100, 100, 4086, true)]
    public void It_is_what_one_packet_takes_through_an_empty_network(double gbps, double spineGbps, long bytes, bool cutThrough)
    {
        NetworkDescription network = TestNetwork.LeafSpine(2, 2, 2, gbps, spineGbps: spineGbps);
        var options = new SimulationOptions { LoadBalancing = "ecmp", CutThrough = cutThrough };
        SimulationResult result = PacketSimulator.Run(network, TestNetwork.One(0, 3, bytes), options);
        RoundTripFloor.Pair pair = new RoundTripFloor(network, options).Of(0, 3);
        (pair.Headers + bytes * pair.ByteTime).ShouldBe(result.Flows[0].FinishPicoseconds, 4);
    }

    // 500 ns on each of 2 links and 300 ns in the leaf, there and back; 64 bytes at 80 ps on each link.
    [Fact]
    public void Neighbours_on_a_leaf_are_as_far_apart_as_their_two_links()
    {
        RoundTripFloor floor = new(TestNetwork.LeafSpine(2, 2, 2), new SimulationOptions());
        floor.Of(0, 1).ShouldBe(new RoundTripFloor.Pair(2 * (2 * 500_000 + 300_000 + 2 * 64 * 80), 160, 80));
    }
}
