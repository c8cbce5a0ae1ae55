using Lightloom.Simulation.Model;

namespace Lightloom.Experiments.Tests;

/// <summary>Traffic between the two leaves of a network without spine takes the links between them, all of them, and no other way.</summary>
public class PeerLinksTest
{
    private const long Bytes = 1 << 20;

    private static Testbed Bed(int links) =>
        Testbed.Of(
            Cluster.Read(
                $$"""
                lightloom: 1
                name: pair
                pools: [{name: dgx, node: dgx-h100, nodes: 4}]
                backend: {switch: nvidia-qm9700, tiers: 1, peer_links: {{links}}}
                frontend: {enabled: false}
                """
            )
        );

    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    public void AnAllToAllIsHeldBackByTheLinksBetweenTheLeavesAndUsesThemAll(int links)
    {
        Testbed bed = Bed(links);
        SimulationResult result = Experiment.Of(bed, new(), new WorkloadRequest { Name = "all-to-all", Bytes = Bytes }).Run();
        result.Unfinished.ShouldBe("");
        result.Flows.Count.ShouldBe(32 * 31);

        // 16 XPUs a leaf, each sends a 32nd of its data to each of the 16 behind the other leaf: that is what crosses, each way.
        double crossing = 16 * 16 * (Bytes / 32.0) * 8 / (links * 400e3);
        double out16 = 31 * (Bytes / 32.0) * 8 / 400e3;
        double last = result.Flows.Max(f => f.Finish!.Value.Microseconds);
        last.ShouldBeGreaterThan(Math.Max(crossing, out16));
        // One link left out of four would take a third longer than the law.
        last.ShouldBeLessThan((Math.Max(crossing, out16) * 1.33) + 15);
    }
}
