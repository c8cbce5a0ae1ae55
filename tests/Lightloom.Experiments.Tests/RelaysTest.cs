using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Experiments.Tests;

/// <summary>PXN: messages change rails inside the node before they leave it.</summary>
public class RelaysTest
{
    private static Testbed Bed(bool scaleUp) =>
        Testbed.Of(Cluster.Read("lightloom: 1\nname: small\npools: [{name: train, node: dgx-h100, nodes: 4}]\n"), scaleUp: scaleUp);

    [Fact]
    public void Every_message_between_nodes_leaves_by_the_receivers_rail_and_no_byte_is_lost()
    {
        Testbed bed = Bed(scaleUp: true);
        DesignedNetwork network = bed.Designed!;
        WorkloadRequest plain = new() { Name = "all-to-all", Bytes = 1 << 20 };
        Ranks ranks = bed.FirstXpus(32);
        TrafficDescription direct = bed.Workload(plain, ranks, 1),
            relayed = bed.Workload(plain with { Relays = true }, ranks, 1);
        FlowDescription[] between = [.. relayed.Flows.Where(f => network.NodeOfHost[f.Source] != network.NodeOfHost[f.Destination])];
        between.ShouldAllBe(f => network.RailOfHost[f.Source] == network.RailOfHost[f.Destination]);
        between.Length.ShouldBe(direct.Flows.Count(f => network.NodeOfHost[f.Source] != network.NodeOfHost[f.Destination]));
        foreach (int host in ranks.Hosts)
        {
            relayed
                .Flows.Where(f => f.Destination == host && network.NodeOfHost[f.Source] != network.NodeOfHost[host])
                .Sum(f => f.Size.Bytes)
                .ShouldBe(
                    direct
                        .Flows.Where(f => f.Destination == host && network.NodeOfHost[f.Source] != network.NodeOfHost[host])
                        .Sum(f => f.Size.Bytes)
                );
        }
    }

    [Fact]
    public void A_relayed_all_to_all_ends_in_packets()
    {
        Testbed bed = Bed(scaleUp: true);
        WorkloadRequest request = new()
        {
            Name = "moe-dispatch",
            Bytes = 1 << 20,
            Relays = true,
            Experts = new() { Skew = 1 },
        };
        SimulationResult result = Experiment.Of(bed, new(), request).Run();
        result.Unfinished.ShouldBe("");
    }

    [Fact]
    public void Relays_need_the_scale_up_domain()
    {
        Testbed bed = Bed(scaleUp: false);
        Should
            .Throw<RefusedException>(() => bed.Workload(new() { Name = "all-to-all", Relays = true }, bed.FirstXpus(32), 1))
            .Message.ShouldContain("--scale-up");
    }
}
