using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using Lightloom.Simulation.Transport;
using Lightloom.Units;

namespace Lightloom.Simulation.Tests.Switching;

/// <summary>Marks against the line that Kmin, Kmax and Pmax draw.</summary>
public class MarkingTest
{
    private static readonly DataSize Size = DataSize.FromBytes(64 << 20);

    // Two senders at line rate into one port under pauses: the queue stands between resume and pause, at 12 to 15 packets an ingress, and
    // DCQCN is kept from reacting. A queue q marks with Pmax (q - Kmin) / (Kmax - Kmin).
    private static double Marked(double low, double high, double most)
    {
        SimulationResult result = PacketSimulator.Run(
            TestNetwork.LeafSpine(3, 1, 1),
            new TrafficDescription([new FlowDescription(0, 2, Size), new FlowDescription(1, 2, Size)]),
            new SimulationOptions
            {
                Transport = "dcqcn",
                FlowControl = FlowControl.Pfc,
                TransportOptions = new Dictionary<string, double>
                {
                    ["notice-interval-us"] = 1e6,
                    ["kmin-bytes"] = low,
                    ["kmax-bytes"] = high,
                    ["pmax"] = most,
                },
            }
        );
        return (double)result.Packets.EcnMarked / result.Packets.Delivered;
    }

    // uet-htsim's main sets one threshold for every queue, whatever the rate of its link; the paper's belongs to a line rate.
    [Theory]
    [InlineData("dcqcn-htsim", false)]
    [InlineData("dcqcn-paper-40g", true)]
    [InlineData(null, true)]
    public void Thresholds_of_a_paper_go_by_the_ports_rate_and_htsims_do_not(string? preset, bool byRate)
    {
        SimulationOptions options = new() { Transport = "dcqcn", Preset = preset };
        new Parameters(TestNetwork.LeafSpine(4, 2, 2, 100, spineGbps: 400), options, Transports.Find("dcqcn")).EcnByRate.ShouldBe(byRate);
    }

    [Fact]
    public void Above_kmax_every_packet_is_marked_and_below_kmin_none()
    {
        Marked(1e6, 2e6, 1).ShouldBe(0);
        Marked(0, 1000, 0).ShouldBe(1, 0.01);
    }

    // The same queue seen from three lines: the odds grow with Pmax, and shrink as the same slope is stretched over twice the bytes.
    [Fact]
    public void Between_them_the_odds_rise_in_a_straight_line_to_pmax()
    {
        double full = Marked(0, 1_000_000, 1);
        full.ShouldBeInRange(0.04, 0.13);
        Marked(0, 1_000_000, 0.25).ShouldBe(full / 4, 0.1 * full / 4);
        Marked(0, 2_000_000, 1).ShouldBe(full / 2, 0.1 * full / 2);
    }
}
