using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Simulation.Model;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Training.Machines;

/// <summary>A designed cluster as a training job sees it: its XPUs by pool and the network between them.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed class Cluster
{
    private Cluster(ClusterDesign design, IReadOnlyList<XpuPool> pools, NetworkShape network)
    {
        Design = design;
        Pools = pools;
        Network = network;
    }

    /// <summary>The design.</summary>
    public ClusterDesign Design { get; }

    /// <summary>The pools, in the order of the file.</summary>
    public IReadOnlyList<XpuPool> Pools { get; }

    /// <summary>The network, faults aside.</summary>
    public NetworkShape Network { get; private init; }

    /// <summary>XPUs.</summary>
    public int Xpus => Network.Xpus;

    private static UnusableClusterException Unusable(ClusterSpec spec, string path, string what) =>
        new(new(TrainingProblem.XpuUnknown, Severity.Error, what, path, spec.MarkOf(path)));

    /// <summary>Reads a design.</summary>
    /// <exception cref="UnusableClusterException">There is no backend, or an XPU has figures that are not known.</exception>
    public static Cluster Of(ClusterDesign design)
    {
        Network network = design.Network;
        Fabric fabric =
            network.Fabrics.FirstOrDefault(f => f.Role == FabricRole.Backend)
            ?? throw Unusable(
                design.Spec,
                "pools",
                "the cluster has no backend: no XPU has ports on one, so nothing can be trained across nodes; give the pools' nodes backend ports"
            );
        Catalogue catalogue = design.Spec.Catalogue;
        List<XpuPool> pools = [];
        List<int> domains = [],
            leaves = [],
            pods = [];
        Dictionary<(int Node, int Rail), int> leafOf = LeavesOf(fabric);
        int domain = 0;
        foreach (DeviceGroup group in network.Groups)
        {
            if (!group.IsNode || group.IsService || group.Node!.Xpus.Value == 0)
            {
                continue;
            }

            XpuClass xpu =
                XpuClasses.Of(group.Node, catalogue, out IReadOnlyList<string> missing)
                ?? throw Unusable(
                    design.Spec,
                    design.Spec.Source?["catalog"] is not null && group.Node.UserDefined
                        ? $"catalog.nodes.{group.Node.Id}"
                        : $"pools[{Math.Max(0, group.Pool)}].node",
                    $"node '{group.Node.Id}': {string.Join(", ", missing)} of its XPU {(missing.Count == 1 ? "is" : "are")} not known; "
                        + $"give {(missing.Count == 1 ? "it" : "them")} for the node under catalog:"
                );
            string name = group.Pool >= 0 ? design.Spec.Pools[group.Pool].Name : group.NamePrefix;
            pools.Add(new(name, xpu, domains.Count, group.Count * group.Node.Xpus.Value, group.Node.Id));
            domain = AddNodes(group, xpu, leafOf, network, domain, (domains, leaves, pods));
        }

        (double near, double far) = LatencyOf(design);
        return new(
            design,
            pools,
            new()
            {
                Domain = domains,
                Leaf = leaves,
                Pod = pods,
                LeafOversubscription = fabric.Oversubscription.GetValueOrDefault(Tier.Leaf),
                SpineOversubscription = fabric.Oversubscription.GetValueOrDefault(Tier.Spine),
                NearLatency = near,
                FarLatency = far,
            }
        );
    }

    /// <summary>The machine that one pool makes, on the whole cluster's network.</summary>
    public Machine MachineOf(XpuPool pool) => new() { Xpu = pool.Xpu, Network = Network };

    /// <summary>The same cluster with another network between its XPUs: one with faults.</summary>
    public Cluster With(NetworkShape network) => new(Design, Pools, network);

    private static int AddNodes(
        DeviceGroup group,
        XpuClass xpu,
        Dictionary<(int Node, int Rail), int> leafOf,
        Network network,
        int domain,
        (List<int> Domains, List<int> Leaves, List<int> Pods) into
    )
    {
        int perNode = group.Node!.Xpus.Value,
            nics = group.Node.Backend?.Nics.Value ?? 0;
        int first = into.Domains.Count;
        for (int node = group.First; node < group.First + group.Count; node++)
        {
            for (int x = 0; x < perNode; x++)
            {
                // Domains may span nodes (a rack of trays) and never end within a run of them but at its end.
                into.Domains.Add(domain + ((into.Domains.Count - first) / xpu.ScaleUpDomain));
                int rail = nics == 0 ? 0 : (int)((long)x * nics / perNode);
                int leaf = leafOf.GetValueOrDefault((node, rail), -1 - node);
                into.Leaves.Add(leaf);
                into.Pods.Add(leaf >= 0 ? network.GroupOf(leaf).Pod : 0);
            }
        }

        return into.Domains[^1] + 1;
    }

    // By node and NIC position: its leaf on the first plane that it has.
    private static Dictionary<(int Node, int Rail), int> LeavesOf(Fabric fabric)
    {
        Dictionary<(int, int), int> leaves = [];
        foreach (LinkClass c in fabric.LinkClasses.Where(c => c.From == Tier.Host).OrderBy(c => c.Plane))
        {
            foreach (Link link in c.Links)
            {
                leaves.TryAdd((link.A, link.Rail), link.Z);
            }
        }

        return leaves;
    }

    private static (double Near, double Far) LatencyOf(ClusterDesign design) =>
        design.LatencyOf(FabricRole.Backend) is { } budget ? (budget.Shortest.Total.Seconds, budget.Longest.Total.Seconds) : (3e-6, 5e-6);
}
