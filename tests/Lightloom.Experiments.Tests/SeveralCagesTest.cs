using Lightloom.Design;
using Lightloom.Simulation.Model;

namespace Lightloom.Experiments.Tests;

/// <summary>Cards of 400G with two cages of 200G: what they inject, over two planes and into one.</summary>
public class SeveralCagesTest
{
    private const long Bytes = 8 << 20;

    private static ClusterDesign Design(string backend) =>
        Cluster.Read(
            $$"""
            lightloom: 1
            name: cages
            pools: [{name: train, node: n, nodes: 4}]
            backend: { {{backend}} }
            frontend: {enabled: false}
            catalog:
              nodes:
                n: {xpus: 8, backend: {nics: 8, rate_gbps: 400, cages: 16}, power_w: 10200, rack_units: 8}
            """
        );

    [Theory]
    [InlineData("planes: 2", 2)]
    [InlineData("planes: 1", 1)]
    public void ACardHasAPortACageEachInItsPlane(string backend, int planes)
    {
        DesignedNetwork designed = new(Design(backend));
        designed.Network.HostCount.ShouldBe(32);
        foreach (int[] ports in designed.Network.HostLinks())
        {
            ports.Length.ShouldBe(2);
            ports.ShouldAllBe(l => designed.Network.Links[l].Rate == DataRate.FromGbps(200));
            ports.Select(l => designed.Network.Switches[designed.Network.Links[l].Z.Index].Plane).ShouldBe(planes == 2 ? [0, 1] : [0, 0]);
        }
    }

    // 8 MiB at 400G take 168 us on the wire, at 200G twice that.
    [Theory]
    [InlineData("planes: 2", null, 400)]
    [InlineData("planes: 1", null, 400)]
    [InlineData("planes: 2", "plane:1@0", 200)]
    public void ACardInjectsAtTheRateOfItsLivingCagesAndNoFaster(string backend, string? faults, double gbps)
    {
        Testbed bed = Testbed.Of(Design(backend));
        SimulationResult result = Experiment
            .Of(bed, new() { Faults = faults }, new WorkloadRequest { Name = "permutation", Bytes = Bytes })
            .Run();
        result.Unfinished.ShouldBe("");
        double wire = Bytes * 8 / (gbps * 1e3);
        result.Flows.Min(f => f.Finish!.Value.Microseconds).ShouldBeGreaterThanOrEqualTo(wire);
        result.Flows.Max(f => f.Finish!.Value.Microseconds).ShouldBeLessThanOrEqualTo(wire / 0.85);
    }
}
