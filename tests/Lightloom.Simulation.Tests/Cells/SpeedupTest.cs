using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Tests.Cells;

/// <summary>The fabric's speed-up net of cell headers, and whether frames of any size run at line rate under it.</summary>
public class SpeedupTest
{
    private static readonly NetworkDescription Network = TestNetwork.LeafSpine(18, 2, 20, 800);

    private static double Formula(int frame) => 16 / 14.4 * (frame + 20) / (frame + 12 * ((frame + 255) / 256));

    [Theory]
    [InlineData(4174, 1.064)]
    [InlineData(64, 1.228)]
    public void The_net_speed_up_is_the_published_one(int frame, double published)
    {
        Formula(frame).ShouldBe(published, 0.0005);
        var options = new SimulationOptions
        {
            Mtu = Bytes(frame),
            Header = Bytes(62),
            FrameGap = Bytes(20),
            Cells = new CellOptions(),
        };
        CellResult cells = PacketSimulator.Run(Network, TestNetwork.One(0, 20, 1000), options).Cells!;
        cells.NetSpeedup.ShouldBe(Formula(frame), 1e-9);
    }

    [Fact]
    public void Its_least_value_is_that_of_long_frames()
    {
        var options = new SimulationOptions
        {
            Mtu = Bytes(9216),
            FrameGap = Bytes(20),
            Cells = new CellOptions(),
        };
        CellResult cells = PacketSimulator.Run(Network, TestNetwork.One(0, 20, 1000), options).Cells!;
        cells.LeastNetSpeedup.ShouldBe(Enumerable.Range(64, 9216 - 63).Min(Formula), 1e-9);
        cells.LeastNetSpeedup.ShouldBe(1.061, 0.002);
    }

    // Every host sends to another leaf as fast as its card can; the run must take the frames' time on the card and little more, and the
    // fabric's links must have the margin that the formula leaves it.
    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(257)]
    [InlineData(513)]
    [InlineData(1518)]
    [InlineData(4174)]
    [InlineData(9216)]
    public void Frames_of_every_size_run_at_line_rate(int frame)
    {
        const int header = 32;
        int packets = 500_000 / (frame + 80);
        var flows = new List<FlowDescription>();
        for (int h = 0; h < 36; h++)
        {
            flows.Add(Flow(h, (h + 18) % 36, (long)packets * (frame - header)));
        }
        var options = new SimulationOptions
        {
            Transport = "fixed-window",
            Mtu = Bytes(frame),
            Header = Bytes(header),
            FrameGap = Bytes(20),
            AckThreshold = Bytes(1 << 20),
            InitialWindow = Bytes(1 << 24),
            Cells = new CellOptions { Mode = CellMode.Cells },
        };
        SimulationResult result = PacketSimulator.Run(Network, new TrafficDescription(flows), options);
        TestNetwork.ShouldBeConserved(result);
        result.Packets.Dropped.ShouldBe(0);
        long card = (long)packets * (frame + 20) * 10;
        long slowest = result.Flows.Max(f => f.FinishPicoseconds);
        // The rest is latency: eight links and four leaves, a round trip of credit and of acknowledgement.
        (slowest - card).ShouldBeInRange(0, 12_000_000);
        double sent = result.Links.Where(l => !Network.Links[l.Link].A.IsHost && l.Upwards).Average(l => l.Bytes) * 10.0;
        (card / sent).ShouldBe(Formula(frame), 0.02 * Formula(frame));
    }
}
