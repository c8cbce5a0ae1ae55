using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Traffic;

/// <summary>Uneven exchanges against Zipf's law and what must be kept of every buffer.</summary>
public class ExpertLoadTest
{
    private static readonly int[] Eight = [.. Enumerable.Range(0, 8)];

    private static long[] Received(TrafficDescription traffic) =>
        [.. Eight.Select(r => traffic.Flows.Where(f => f.Destination == r).Sum(f => f.Size.Bytes))];

    private static long[] Sent(TrafficDescription traffic) =>
        [.. Eight.Select(r => traffic.Flows.Where(f => f.Source == r).Sum(f => f.Size.Bytes))];

    /// <summary>Zipf's law with exponent 1 over 8: the shares are 1/k over the eighth harmonic number, 761/280.</summary>
    [Fact]
    public void Shares_fall_as_Zipfs_law_says()
    {
        double[] shares = new ExpertLoad { Skew = 1 }.Shares(8, seed: 3);
        double harmonic = 761.0 / 280;
        shares.OrderDescending().Select((s, k) => s * (k + 1) * harmonic).ShouldAllBe(one => Math.Abs(one - 1) < 1e-12);
        new ExpertLoad { Skew = 1 }
            .Shares(8, seed: 4)
            .ShouldNotBe(shares, "another seed makes other experts popular");
        ExpertLoad.Even.Shares(8, 1).ShouldAllBe(s => Math.Abs(s - 0.125) < 1e-12);
    }

    [Fact]
    public void Several_experts_a_rank_even_the_load_out()
    {
        double one = new ExpertLoad { Skew = 1 }
                .Shares(8, 1)
                .Max(),
            many = new ExpertLoad { Skew = 1, Experts = 256 }
                .Shares(8, 1)
                .Max();
        many.ShouldBeLessThan(one);
        new ExpertLoad { Skew = 1, Experts = 256 }
            .LargestShare(8)
            .ShouldBeGreaterThanOrEqualTo(many);
    }

    [Fact]
    public void Experts_that_do_not_divide_are_refused_with_a_number_that_does()
    {
        Should.Throw<RefusedException>(() => new ExpertLoad { Experts = 20 }.Shares(8, 1)).Message.ShouldContain("--experts 16");
    }

    /// <summary>All sources agree on the popular expert: one rank receives nearly its share of all buffers, and gives it back.</summary>
    [Fact]
    public void What_is_dispatched_to_a_popular_expert_comes_back_in_the_combine()
    {
        ExpertLoad load = new() { Skew = 1.2 };
        const int size = 8_000_000;
        TrafficDescription Made(string name) => Workload.Create(name, Eight, Bytes(size), seed: 5, experts: load);
        (TrafficDescription dispatch, TrafficDescription combine) = (Made("moe-dispatch"), Made("moe-combine"));
        Received(dispatch).ShouldBe(Sent(combine));
        Sent(dispatch).ShouldBe(Received(combine));
        double[] shares = load.Shares(8, 5);
        int popular = Array.IndexOf(shares, shares.Max());
        ((double)Received(dispatch)[popular] / (7 * size)).ShouldBe(shares[popular], 1e-5);
    }

    [Fact]
    public void Each_rank_of_an_all_to_all_v_has_favourites_of_its_own()
    {
        TrafficDescription traffic = Workload.Create("all-to-all-v", Eight, Bytes(8_000_000), seed: 5, experts: new() { Skew = 2 });
        int[] favourites = [.. Eight.Select(r => traffic.Flows.Where(f => f.Source == r).MaxBy(f => f.Size)!.Destination)];
        favourites.Distinct().Count().ShouldBeGreaterThan(2);
    }

    [Theory]
    [InlineData("all-to-all-v")]
    [InlineData("moe-dispatch")]
    [InlineData("moe-combine")]
    public void Without_skew_it_is_an_all_to_all(string name)
    {
        TrafficDescription even = Workload.Create(name, Eight, Bytes(1_000_000), window: 3);
        even.Flows.ShouldBe(Workload.Create("all-to-all", Eight, Bytes(1_000_000), window: 3).Flows);
    }

    [Fact]
    public void The_largest_flow_is_known_before_any_is_made()
    {
        ExpertLoad load = new() { Skew = 1.5, Experts = 64 };
        TrafficDescription made = Workload.Create("moe-dispatch", Eight, Bytes(1 << 20), seed: 9, experts: load);
        TrafficSize planned = Workload.SizeOf("moe-dispatch", 8, Bytes(1 << 20), experts: load);
        planned.Flows.ShouldBe(made.Flows.Count);
        made.Flows.Max(f => f.Size).ShouldBeLessThanOrEqualTo(planned.LargestFlow);
    }

    [Fact]
    public void A_send_recv_goes_to_the_next_rank_and_from_the_last_to_the_first()
    {
        TrafficDescription traffic = Workload.Create("send-recv", Eight, Bytes(1000));
        traffic.Flows.Select(f => (f.Source, f.Destination, f.Size.Bytes)).ShouldBe(Eight.Select(r => (r, (r + 1) % 8, 1000L)));
    }
}
