using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using Lightloom.Simulation.Traffic;
using Lightloom.Simulation.Transport;

namespace Lightloom.Simulation.Tests.Transport;

/// <summary>
/// Hosts of several rates on one network: what a card reckons from a rate, it reckons from its own. The yardstick is max-min fairness, the
/// transport <c>ideal</c> on the same network.
/// </summary>
public class SlowHostTest
{
    private const int Fast = 24;
    private const int Hosts = 32;

    // As a frontend: three leaves of eight hosts at 400G, one of eight at 25G, everything above at 400G.
    private static NetworkDescription Mixed()
    {
        NetworkDescription alike = TestNetwork.LeafSpine(8, 4, 4, 400);
        return new NetworkDescription(
            Hosts,
            alike.Switches,
            [.. alike.Links.Select(l => l.A.IsHost && l.A.Index >= Fast ? l with { Rate = DataRate.FromGbps(25) } : l)]
        );
    }

    private static SimulationResult Run(TrafficDescription traffic, string transport) =>
        PacketSimulator.Run(Mixed(), traffic, new SimulationOptions { Transport = transport });

    [Theory]
    [InlineData("nscc", 1.3)]
    [InlineData("ndp", 1.4)]
    [InlineData("eqds", 1.5)]
    [InlineData("swift", 1.3)]
    public void AnAllToAllWithSlowHostsEndsNearTheMaxMinFairTime(string transport, double factor)
    {
        TrafficDescription traffic = Workload.Create("all-to-all", [.. Enumerable.Range(0, Hosts)], DataSize.FromBytes(1 << 20));
        SimulationResult ideal = Run(traffic, "ideal");
        SimulationResult result = Run(traffic, transport);
        result.Unfinished.ShouldBe("");
        TestNetwork.MaximumMicroseconds(result).ShouldBeLessThan(factor * TestNetwork.MaximumMicroseconds(ideal), transport);
    }

    [Fact]
    public void AReceiverDealsOutNoMoreCreditThanItsOwnLineCarries()
    {
        // Pulls of EQDS are for at least a packet each, so a receiver of 1 MiB needs 257 of them and not one for each time that a
        // card of 400G could have taken a packet, sixteen times as many.
        TrafficDescription traffic = new([.. Enumerable.Range(0, 8).Select(i => Flow(i, Fast, 1 << 20))]);
        SimulationResult result = Run(traffic, "eqds");
        result.Unfinished.ShouldBe("");
        result.PacketHops.ShouldBeLessThan(5 * 2 * 2 * 8 * 257);
    }

    [Theory]
    [InlineData("nscc")]
    [InlineData("rccc")]
    [InlineData("eqds")]
    public void AQueueBeforeASlowHostHoldsNoMoreThanARoundTripOfItsLine(string transport)
    {
        NetworkDescription network = Mixed();
        TransportDescription described = Transports.Find(transport);
        var parameters = new Parameters(network, new SimulationOptions { Transport = transport }, described);
        HostLine slow = parameters.Lines[parameters.LineOfHost[Fast]];
        PortQueue queue = parameters.LastHops[25_000_000_000];

        // Four links there and back, of which a packet and its acknowledgement cross two at 25G.
        double fewest = 2 * (4 * 0.5 + 3 * 0.3) + 2 * 4214 * 8 / 25e3 + 2 * 4214 * 8 / 400e3;
        (slow.RoundTrip / 1e6).ShouldBe(fewest, 0.01);
        (queue.Bytes * 8 / 25e3).ShouldBeInRange(fewest, fewest + 4150 * 8 / 25e3);
        queue.EcnHigh.ShouldBeLessThan(queue.Bytes);
        parameters.LastHops[400_000_000_000].Bytes.ShouldBe(parameters.QueueBytes);

        // 15 us and six full queues, each of a round trip and a packet at the most.
        (parameters.RetransmitTimeout / 1e6).ShouldBeInRange(15 + 6 * fewest, 15 + 6 * (fewest + 4150 * 8 / 25e3));
    }

    [Fact]
    public void HostsThatAreAlikeHaveOneLineWhichIsTheNetworks()
    {
        NetworkDescription network = TestNetwork.LeafSpine(8, 4, 4, 25);
        var parameters = new Parameters(network, new SimulationOptions(), Transports.Default);
        parameters.Lines.Count.ShouldBe(1);
        parameters.LineOfHost.ShouldBeEmpty();
        parameters.Lines[0].RoundTrip.ShouldBe(parameters.RoundTrip);
        parameters.Lines[0].BandwidthDelay.ShouldBe(parameters.BandwidthDelay);
    }
}
