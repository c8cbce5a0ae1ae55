using Lightloom.Simulation.Cells;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Cells;

/// <summary>The queue of one fabric link against queueing theory.</summary>
public class LinkQueueTest
{
    private const int CellSize = 268;
    private const long CellTime = 2680;

    private static FabricLink Link() => new() { ByteTime = 10 << 16, CellsPerPicosecond = 1f / CellTime };

    private static LinkQueues Poisson(double load, int cells, int seed)
    {
        FabricLink link = Link();
        var queues = new LinkQueues();
        var random = new Random(seed);
        double time = 0;
        for (int i = 0; i < cells; i++)
        {
            time -= Math.Log(1 - random.NextDouble()) * CellTime / load;
            queues.Add(link.Take(CellSize, (long)time));
        }
        return queues;
    }

    // The stationary distribution of M/D/1 by its recursion: departures leave behind what Poisson arrivals find.
    private static double[] Exact(double load, int states)
    {
        var arrivals = new double[states + 2];
        arrivals[0] = Math.Exp(-load);
        for (int k = 1; k < arrivals.Length; k++)
        {
            arrivals[k] = arrivals[k - 1] * load / k;
        }
        var p = new double[states];
        p[0] = 1 - load;
        for (int n = 0; n + 1 < states; n++)
        {
            double sum = p[n] - p[0] * arrivals[n];
            for (int k = 1; k <= n; k++)
            {
                sum -= p[k] * arrivals[n - k + 1];
            }
            p[n + 1] = Math.Max(0, sum / arrivals[0]);
        }
        return p;
    }

    [Fact]
    public void Poisson_cells_make_it_m_d_1()
    {
        LinkQueues queues = Poisson(0.9, 4_000_000, seed: 5);
        double[] exact = Exact(0.9, 70);
        // Mean in system: rho + rho^2 / 2(1 - rho).
        (0.9 + 0.81 / 0.2).ShouldBe(4.95, 1e-9);
        queues.Mean.ShouldBe(4.95, 0.06);
        foreach (int limit in new[] { 0, 5, 10, 20 })
        {
            double tail = 1 - exact.Take(limit + 1).Sum();
            queues.ShareAbove(limit).ShouldBe(tail, 0.15 * tail, $"above {limit}");
        }
        // One in a million beyond 67 cells, by the chain; too few, and too close together, to count them here.
        (1 - exact.Take(68).Sum()).ShouldBeLessThan(1e-6);
        (1 - exact.Take(66).Sum()).ShouldBeGreaterThan(1e-6);
    }

    [Theory]
    [InlineData(0.5, 0.75)]
    [InlineData(0.8, 2.4)]
    public void Lower_loads_too(double load, double mean) => Poisson(load, 1_000_000, seed: 6).Mean.ShouldBe(mean, 0.03 * mean);

    // The fabric itself at load 0.9: cells dealt in turn arrive more evenly than Poisson's.
    [Fact]
    public void Shuffled_round_robin_stays_below_it_and_below_random_spraying()
    {
        // 18 x 800G of packets with 4.9 % of cell headers over 20 links of 839.5G.
        var network = TestNetwork.LeafSpine(18, 4, 20, 800, spineGbps: 18 * 800 * (4150 + 17 * 12) / 4150.0 / 20 / 0.9);
        TrafficDescription traffic = Workload.Create("permutation", [.. Enumerable.Range(0, 72)], Bytes(600_000), seed: 3);
        CellResult Cells(SprayOrder order) =>
            PacketSimulator
                .Run(
                    network,
                    traffic,
                    new SimulationOptions
                    {
                        Transport = "roce",
                        Cells = new CellOptions { Mode = CellMode.Cells, Spray = order },
                    }
                )
                .Cells!;
        CellResult shuffled = Cells(SprayOrder.ShuffledRoundRobin);
        CellResult random = Cells(SprayOrder.Random);
        shuffled.LinkQueueCells.Mean.ShouldBeLessThan(4.95);
        shuffled.LinkQueueCells.P99.ShouldBeLessThan(random.LinkQueueCells.P99 + 1);
        shuffled.LinkQueueCells.Maximum.ShouldBeLessThanOrEqualTo(67);
        shuffled.LinkQueueCells.Mean.ShouldBeLessThan(random.LinkQueueCells.Mean);
    }
}
