using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Fluid;

/// <summary>Rates found anew for what a change reaches are those of the whole solution.</summary>
public class ChangedRatesTest
{
    [Theory]
    [InlineData(1, 4, 0, 160, 5)]
    [InlineData(2, 2, 0, 160, 5)]
    [InlineData(3, 4, 25, 160, 5)]
    [InlineData(4, 1, 0, 160, 5)]
    [InlineData(5, 8, 100, 160, 5)]
    // So many that most are reached, again and again, until they become few.
    [InlineData(6, 2, 0, 400, 120)]
    [InlineData(7, 4, 25, 400, 120)]
    public void AfterEachChangeAllRatesAreThoseOfTheWholeSolution(int seed, int spines, double spineGbps, int count, int least)
    {
        var random = new Random(seed);
        NetworkDescription network = TestNetwork.LeafSpine(6, 4, spines, 100, spineGbps: spineGbps);
        var flows = new List<FlowDescription>();
        while (flows.Count < count)
        {
            (int from, int to) = (random.Next(24), random.Next(24));
            if (from != to)
            {
                flows.Add(Flow(from, to, 1 << 20));
            }
        }
        (FluidPaths paths, double[] capacity) = PathsOf(network, new TrafficDescription(flows));
        var changed = new ChangedRates(new MaxMin(capacity.Length), paths, capacity);
        var whole = new MaxMin(capacity.Length);
        double[] rates = new double[flows.Count],
            wanted = new double[flows.Count];
        List<int> active = [];
        int next = 0;
        for (int change = 0; change < 600; change++)
        {
            // Sometimes several at once, and sometimes a link becomes slower or quicker.
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                if (next < flows.Count && (active.Count < least || random.Next(2) == 0))
                {
                    active.Add(next);
                    changed.Begin(next++);
                }
                else if (active.Count > 0)
                {
                    int at = random.Next(active.Count);
                    changed.End(active[at]);
                    active.RemoveAt(at);
                }
            }
            if (change % 7 == 0)
            {
                capacity[random.Next(capacity.Length)] *= 0.5 + random.NextDouble();
            }
            changed.Solve(active.ToArray(), capacity, rates);
            whole.Solve(active.ToArray(), paths.Start, paths.Resource, paths.Share, capacity, wanted);
            foreach (int f in active)
            {
                rates[f].ShouldBe(wanted[f], 1e-5 * wanted[f] + 1, $"flow {f} after change {change}");
            }
        }
    }

    [Fact]
    public void AnEndedFlowIsNoReasonToLookAtThoseThatShareNoLinkWithIt()
    {
        // A permutation over a fabric without oversubscription: nobody shares a link that could be full.
        NetworkDescription network = TestNetwork.LeafSpine(8, 8, 8);
        TrafficDescription traffic = new([.. Enumerable.Range(0, 64).Select(i => Flow(i, (i + 8) % 64, 1 << 20))]);
        (FluidPaths paths, double[] capacity) = PathsOf(network, traffic);
        var changed = new ChangedRates(new MaxMin(capacity.Length), paths, capacity);
        var rates = new double[64];
        for (int f = 0; f < 64; f++)
        {
            changed.Begin(f);
        }
        int[] flows = [.. Enumerable.Range(0, 64)];
        changed.Solve(flows, capacity, rates);
        changed.Looked.ShouldBe(64);
        rates.ShouldAllBe(r => Math.Abs(r - 100e9) < 1e6);
        for (int f = 0; f < 64; f++)
        {
            changed.End(f);
            changed.Solve(flows.AsSpan(f + 1), capacity, rates);
        }
        changed.Looked.ShouldBe(64);
    }

    private static (FluidPaths Paths, double[] Capacity) PathsOf(NetworkDescription network, TrafficDescription traffic)
    {
        double[] capacity = [.. network.Links.SelectMany(l => Enumerable.Repeat((double)l.Rate.BitsPerSecond, 2))];
        FluidPaths paths = new(
            network,
            traffic,
            new SimulationOptions(),
            new bool[network.Links.Count],
            capacity,
            new bool[traffic.Flows.Count]
        );
        return (paths, capacity);
    }
}
