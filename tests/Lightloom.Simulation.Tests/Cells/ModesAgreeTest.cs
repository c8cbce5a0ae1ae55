using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Cells;

/// <summary>Bursts against true cells: the same network, traffic and seed.</summary>
public class ModesAgreeTest
{
    public static TheoryData<string, long, double, double> Cases =>
        new()
        {
            // Workload, bytes, and the most that mean completion and the 99th percentile of packet latency may differ.
            { "permutation", 1_000_000, 0.01, 0.05 },
            { "incast", 500_000, 0.005, 0.01 },
            { "all-to-all", 1_500_000, 0.02, 0.05 },
            { "all-reduce-ring", 2_000_000, 0.01, 0.05 },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Bursts_and_cells_take_the_same_time(string workload, long bytes, double completion, double latency)
    {
        NetworkDescription network = TestNetwork.LeafSpine(18, 2, 20, 800);
        TrafficDescription traffic = Workload.Create(workload, [.. Enumerable.Range(0, 36)], Bytes(bytes), seed: 3);
        SimulationResult Of(CellMode mode) =>
            PacketSimulator.Run(
                network,
                traffic,
                new SimulationOptions
                {
                    Transport = "roce",
                    Cells = new CellOptions { Mode = mode },
                }
            );
        SimulationResult cells = Of(CellMode.Cells);
        SimulationResult bursts = Of(CellMode.Bursts);
        (TestNetwork.MeanMicroseconds(bursts) / TestNetwork.MeanMicroseconds(cells)).ShouldBe(1, completion);
        (TestNetwork.MaximumMicroseconds(bursts) / TestNetwork.MaximumMicroseconds(cells)).ShouldBe(1, completion);
        ((double)bursts.LatencyPicoseconds.P99 / cells.LatencyPicoseconds.P99).ShouldBe(1, latency);
        ((double)bursts.LatencyPicoseconds.P50 / cells.LatencyPicoseconds.P50).ShouldBe(1, latency);
        bursts.Cells!.Cells.ShouldBe(cells.Cells!.Cells);
        bursts.Cells.CellHops.ShouldBe(cells.Cells.CellHops);
        bursts.Events.ShouldBeLessThan(cells.Events);
    }

    [Fact]
    public void They_agree_over_three_tiers_too()
    {
        NetworkDescription network = TestNetwork.Topology("ft128_400g.topo", 400);
        TrafficDescription traffic = Workload.Create("permutation", [.. Enumerable.Range(0, 128)], Bytes(400_000), seed: 3);
        SimulationResult Of(CellMode mode) =>
            PacketSimulator.Run(
                network,
                traffic,
                new SimulationOptions
                {
                    Transport = "fixed-window",
                    Cells = new CellOptions { Mode = mode },
                }
            );
        SimulationResult cells = Of(CellMode.Cells);
        SimulationResult bursts = Of(CellMode.Bursts);
        (TestNetwork.MeanMicroseconds(bursts) / TestNetwork.MeanMicroseconds(cells)).ShouldBe(1, 0.02);
        (TestNetwork.MaximumMicroseconds(bursts) / TestNetwork.MaximumMicroseconds(cells)).ShouldBe(1, 0.05);
        bursts.Cells!.CellHops.ShouldBe(cells.Cells!.CellHops);
    }
}
