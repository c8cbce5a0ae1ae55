using Lightloom.Simulation.Model;

namespace Lightloom.Experiments.Tests;

/// <summary>Jobs of experts whose ranks are asked for unevenly.</summary>
public sealed class ExpertsOfJobsTest
{
    [Fact]
    public void The_busiest_rank_of_a_job_of_experts_gets_Zipfs_share_and_other_jobs_stay_even()
    {
        Testbed bed = Testbed.Of(Cluster.Read("lightloom: 1\nname: small\npools: [{name: train, node: dgx-h100, nodes: 2}]\n"));
        JobsRequest request = new(["moe:moe-dispatch:1MiB:0-7", "flat:all-to-all:1MiB:8-15"], JobPlacement.Blocks, [])
        {
            Experts = new() { Skew = 1 },
        };
        TrafficDescription traffic = request.On(bed, 1);
        int[] hosts = [.. bed.HostsOfXpus];
        double[] got = [.. hosts.Select(h => (double)traffic.Flows.Where(f => f.Destination == h && f.Source != h).Sum(f => f.Size.Bytes))];
        // 7 others send it 1/H(8) of a MiB each, H the harmonic number.
        double largest = 7 * (1 << 20) / Enumerable.Range(1, 8).Sum(k => 1.0 / k);
        got[..8].Max().ShouldBe(largest, 0.001 * largest);
        got[8..16].Max().ShouldBe(got[8..16].Min());
        request.HasExperts.ShouldBeTrue();
        (request with { Jobs = ["flat:all-to-all:1MiB:8-15"] }).HasExperts.ShouldBeFalse();
    }
}
