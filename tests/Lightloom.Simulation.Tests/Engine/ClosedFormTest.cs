using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Tests.Engine;

public class ClosedFormTest
{
    private const int Mtu = 4150;
    private const int Payload = 4086;
    private const int Header = 64;

    // T = 8 [(N - 1 + H - 1) mtu + last] / R + 2 H d + 64 H 8 / R, over one path.
    private static long Expected(long bytes, int hops, long byteTime, long delay)
    {
        long packets = (bytes + Payload - 1) / Payload;
        long last = bytes - (packets - 1) * Payload + Header;
        return ((packets - 1 + (packets > 1 ? hops - 1 : 0)) * Mtu + (packets > 1 ? last : last * hops)) * byteTime
            + 2 * hops * delay
            + Header * byteTime * hops;
    }

    [Theory]
    [InlineData(100, 80)]
    [InlineData(200, 40)]
    [InlineData(400, 20)]
    [InlineData(800, 10)]
    public void An_unloaded_flow_takes_the_closed_form_to_the_picosecond(double gbps, long byteTime)
    {
        NetworkDescription network = ThreeTiers(gbps);
        foreach (string transport in new[] { "nscc", "fixed-window", "roce" })
        {
            SimulationResult result = PacketSimulator.Run(
                network,
                TestNetwork.One(0, 15, 2_000_000),
                new SimulationOptions { Transport = transport, LoadBalancing = "ecmp" }
            );
            result.Flows[0].FinishPicoseconds.ShouldBe(Expected(2_000_000, 6, byteTime, 1_000_000), $"{transport}");
        }
    }

    [Theory]
    [InlineData(100, 80, 176.19952)]
    [InlineData(200, 40, 94.09976)]
    [InlineData(400, 20, 53.04988)]
    [InlineData(800, 10, 32.52494)]
    public void The_closed_form_is_the_published_one(double gbps, long byteTime, double microseconds)
    {
        _ = gbps;
        (Expected(2_000_000, 6, byteTime, 1_000_000) / 1e6).ShouldBe(microseconds, 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(4086)]
    public void One_packet_takes_its_time_on_every_link(long bytes)
    {
        SimulationResult result = PacketSimulator.Run(ThreeTiers(800), TestNetwork.One(0, 15, bytes), new SimulationOptions());
        result.Flows[0].FinishPicoseconds.ShouldBe(Expected(bytes, 6, 10, 1_000_000));
    }

    [Theory]
    [InlineData("t1_single.cm", 27_440_660)]
    [InlineData("t2_single_sametor.cm", 23_356_380)]
    public void Exact_anchors_of_the_reference_simulator_hold(string matrix, long picoseconds)
    {
        NetworkDescription network = TestNetwork.Topology("ls128_800g.topo", 800);
        SimulationResult result = PacketSimulator.Run(network, TestNetwork.Matrix(matrix, 128), new SimulationOptions { Seed = 13 });
        result.Flows[0].FinishPicoseconds.ShouldBe(picoseconds);
    }

    [Theory]
    [InlineData("t1_single.cm", 27.531)]
    [InlineData("t2_single_sametor.cm", 23.4813)]
    [InlineData("t6_chain.cm", 15.0854)]
    public void Receiver_credit_times_hold_too(string matrix, double microseconds)
    {
        NetworkDescription network = TestNetwork.Topology("ls128_800g.topo", 800);
        SimulationResult result = PacketSimulator.Run(
            network,
            TestNetwork.Matrix(matrix, 128),
            new SimulationOptions
            {
                Seed = 13,
                Transport = "rccc",
                // In the chain the reference goes on to send credit to the message that has arrived, and an acknowledgement waits behind it.
                TransportOptions = new Dictionary<string, double> { ["late-credit"] = 1 },
            }
        );
        (result.Flows[^1].FinishPicoseconds / 1e6).ShouldBe(microseconds, 1e-4);
    }

    [Fact]
    public void Cut_through_saves_a_packet_time_at_each_switch_and_nothing_else()
    {
        NetworkDescription network = ThreeTiers(100);
        var options = new SimulationOptions { LoadBalancing = "ecmp" };
        long stored = PacketSimulator.Run(network, TestNetwork.One(0, 15, 4086), options).Flows[0].FinishPicoseconds;
        long cut = PacketSimulator
            .Run(network, TestNetwork.One(0, 15, 4086), options with { CutThrough = true })
            .Flows[0]
            .FinishPicoseconds;
        (stored - cut).ShouldBe(5 * (Mtu - Header) * 80L);
    }

    private static NetworkDescription ThreeTiers(double gbps)
    {
        var diagnostics = new List<Lightloom.Simulation.Htsim.SourceDiagnostic>();
        string text =
            $"Nodes 16\nTiers 3\nPodsize 4\nTier 0\nDownlink_speed_Gbps {gbps}\nRadix_Down 2\nRadix_Up 2\nDownlink_Latency_ns 1000\n"
            + "Tier 1\nRadix_Down 2\nRadix_Up 2\nDownlink_Latency_ns 1000\nTier 2\nRadix_Down 4\nDownlink_Latency_ns 1000\n";
        return Lightloom.Simulation.Htsim.HtsimTopology.Read("t", text, diagnostics)!.Build(gbps);
    }
}
