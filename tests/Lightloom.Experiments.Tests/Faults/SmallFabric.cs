using Lightloom.Design;
using Lightloom.Experiments.Faults;
using Lightloom.Simulation.Model;
using Lightloom.Topology;

namespace Lightloom.Experiments.Tests.Faults;

/// <summary>Sixty-four XPUs on switches of sixteen ports, so that there are eight full leaves and four spines on each plane.</summary>
internal static class SmallFabric
{
    public static (ClusterDesign Design, DesignedNetwork Network, FaultInventory Inventory) Of(
        int planes = 1,
        string layout = "nic-split",
        bool scaleUp = true
    )
    {
        int rate = 800 / (layout == "nic-split" ? planes : 1);
        ClusterDesign design = Cluster.Read(
            $$"""
            lightloom: 1
            name: small
            pools: [{name: train, node: my-node, nodes: 8}]
            backend: {planes: {{planes}}, plane_layout: {{layout}}, switch: my-switch, tiers: {{(layout == "rail" ? 1 : 2)}}}
            catalog:
              nodes:
                my-node: {xpus: 8, backend: {nics: 8, rate_gbps: 800}, frontend: {nics: 2, rate_gbps: 200}, power_w: 10200, rack_units: 8{{(
                scaleUp ? ", scale_up_gbytes_s: 900, scale_up_domain: 8" : ""
            )}}}
              switches:
                my-switch: {cages: 16, rate_gbps: {{rate}}, breakouts: [1x{{rate}}], rack_units: 1, power_w: 500}
            """
        );
        DesignedNetwork network = new(design);
        return (design, network, new(design, network));
    }

    public static FaultScenario First(this FaultInventory inventory, FaultClass one, Tier from = Tier.Host) =>
        FaultScenario.Of(inventory, inventory.Of(new(one, from))[0]);

    /// <summary>Hosts on a leaf.</summary>
    public static int[] HostsOf(NetworkDescription network, int leaf) =>
        [.. network.Links.Where(l => l.A.IsHost && l.Z.Index == leaf).Select(l => l.A.Index).Distinct().Order()];
}
