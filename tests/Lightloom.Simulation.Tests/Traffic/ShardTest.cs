using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Traffic;

/// <summary>Shards of unlike ranks: the closed forms of docs/models/heterogeneous.md, and that the engine comes near them.</summary>
public class ShardTest
{
    private static readonly double[] TwoRates = [.. Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? 400e9 : 200e9)];

    [Fact]
    public void TheSlowestGatesAnAllToAllOfEqualShardsAndSharesByRateRegainMeanOverSlowest()
    {
        const long Size = 1 << 20;
        double equal = ShardShares.AllToAllSeconds(ShardShares.Equal(16), TwoRates, Bytes(Size));
        equal.ShouldBe(8.0 * Size * 15 / 16 / 200e9, 1e-12);
        double weighted = ShardShares.AllToAllSeconds(ShardShares.ByRate(TwoRates), TwoRates, Bytes(Size));

        // n S / sum of rates, less what a rank keeps; the slow ranks keep least and so are last.
        weighted.ShouldBe(8.0 * 16 * Size / TwoRates.Sum() * (1 - 200e9 / TwoRates.Sum()), 1e-12);
        (equal / weighted).ShouldBe(TwoRates.Average() / TwoRates.Min(), 0.05);
    }

    [Fact]
    public void AnAllReduceIsGatedTwiceTheBufferAtTheSlowestAndWeightsRegainMeanOverSlowest()
    {
        const long Size = 1 << 20;
        double equal = ShardShares.AllReduceSeconds(ShardShares.Equal(16), TwoRates, Bytes(Size));
        equal.ShouldBe(8.0 * 2 * Size * 15 / 16 / 200e9, 1e-12);
        double[] shares = ShardShares.ForAllReduce(TwoRates);
        shares.Sum().ShouldBe(1, 1e-9);
        double weighted = ShardShares.AllReduceSeconds(shares, TwoRates, Bytes(Size));
        weighted.ShouldBe(8.0 * 2 * Size * 15 / 16 / TwoRates.Average(), 1e-12);
        (equal / weighted).ShouldBe(1.5, 1e-6);
    }

    [Fact]
    public void NothingDividedIsNothingForEverybody()
    {
        int[] hosts = [0, 1, 2, 3];
        double[] rates = [1, 1, 2, 2];
        foreach (
            TrafficDescription traffic in (TrafficDescription[])
                [
                    ShardedWorkload.AllToAll(hosts, ShardShares.ByRate(rates), DataSize.Zero),
                    ShardedWorkload.AllReduce(hosts, ShardShares.ForAllReduce(rates), DataSize.Zero),
                ]
        )
        {
            traffic.Flows.ShouldAllBe(f => f.Size == DataSize.Zero);
            SimulationResult result = PacketSimulator.Run(TestNetwork.LeafSpine(2, 2, 2), traffic, new SimulationOptions());
            result.Unfinished.ShouldBe("");
            result.Packets.Sent.ShouldBe(0);
            result.Flows.Count.ShouldBeGreaterThanOrEqualTo(12);
        }
    }

    [Fact]
    public void BelowHalfTheMeanARankHoldsNoShardAndItsOwnContributionIsTheFloor()
    {
        double[] rates = [.. Enumerable.Range(0, 16).Select(i => i == 0 ? 50e9 : 400e9)];
        double[] shares = ShardShares.ForAllReduce(rates);
        shares[0].ShouldBe(0);
        shares.Sum().ShouldBe(1, 1e-9);
        ShardShares.AllReduceSeconds(shares, rates, Bytes(1 << 20)).ShouldBe(8.0 * (1 << 20) / 50e9, 1e-12);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(19)]
    public void NoOtherSharesBeatThoseForAnAllReduce(int seed)
    {
        var random = new Random(seed);
        double[] rates = [.. Enumerable.Range(0, 12).Select(_ => 100e9 * (1 + random.Next(8)))];
        double best = ShardShares.AllReduceSeconds(ShardShares.ForAllReduce(rates), rates, Bytes(1 << 20));
        for (int trial = 0; trial < 2000; trial++)
        {
            double[] other = [.. rates.Select(_ => random.NextDouble())];
            double sum = other.Sum();
            ShardShares
                .AllReduceSeconds([.. other.Select(w => w / sum)], rates, Bytes(1 << 20))
                .ShouldBeGreaterThanOrEqualTo(best * (1 - 1e-9));
        }
    }

    [Fact]
    public void EqualSharesMakeTheBytesOfThePlainCollectives()
    {
        int[] hosts = [.. Enumerable.Range(0, 8)];
        TrafficDescription plain = Workload.Create("all-to-all", hosts, Bytes(1 << 20)),
            sharded = ShardedWorkload.AllToAll(hosts, ShardShares.Equal(8), Bytes(1 << 20));
        sharded
            .Flows.Select(f => (f.Source, f.Destination, f.Size.Bytes))
            .ShouldBe(plain.Flows.Select(f => (f.Source, f.Destination, f.Size.Bytes)));
        ShardedWorkload
            .AllReduce(hosts, ShardShares.Equal(8), Bytes(1 << 20))
            .Flows.Where(f => f.Source == 3)
            .Sum(f => f.Size.Bytes)
            .ShouldBe(2 * 7 * (1 << 20) / 8);
    }

    [Fact]
    public void OnTheWireWeightsRegainWhatTheClosedFormSays()
    {
        // Sixteen hosts under one switch, every other one at half rate.
        NetworkDescription network = new(
            16,
            [new(0, 0, SimTime.FromNanoseconds(300))],
            [
                .. Enumerable
                    .Range(0, 16)
                    .Select(h => new LinkDescription(
                        NodeId.Host(h),
                        NodeId.Switch(0),
                        DataRate.FromBitsPerSecond((long)TwoRates[h]),
                        SimTime.FromNanoseconds(50)
                    )),
            ]
        );
        int[] hosts = [.. Enumerable.Range(0, 16)];
        const long Size = 8 << 20;
        Check(ShardedWorkload.AllToAll, ShardShares.ByRate(TwoRates), ShardShares.AllToAllSeconds);
        Check((h, w, b, _) => ShardedWorkload.AllReduce(h, w, b, 8), ShardShares.ForAllReduce(TwoRates), ShardShares.AllReduceSeconds);

        void Check(
            Func<IReadOnlyList<int>, IReadOnlyList<double>, DataSize, int, TrafficDescription> make,
            double[] weights,
            Func<IReadOnlyList<double>, IReadOnlyList<double>, DataSize, double> bound
        )
        {
            double equal = Seconds(make(hosts, ShardShares.Equal(16), Bytes(Size), 8)),
                weighted = Seconds(make(hosts, weights, Bytes(Size), 8));
            double equalBound = bound(ShardShares.Equal(16), TwoRates, Bytes(Size)),
                weightedBound = bound(weights, TwoRates, Bytes(Size));
            // Headers, round trips between pieces and congestion control take up to a third; both ways about the same.
            // NSCC's timeout goes by the slow cards' queues, so that what is dropped unseen comes late.
            equal.ShouldBeInRange(equalBound, equalBound * 1.4);
            weighted.ShouldBeInRange(weightedBound, weightedBound * 1.4);
            double promised = equalBound / weightedBound;
            (equal / weighted).ShouldBeInRange(1 + ((promised - 1) * 2 / 3), promised * 1.02);
        }

        double Seconds(TrafficDescription traffic)
        {
            SimulationResult result = PacketSimulator.Run(network, traffic, new());
            result.Flows.ShouldAllBe(f => f.IsDone);
            return result.Flows.Max(f => f.FinishPicoseconds) * 1e-12;
        }
    }
}
