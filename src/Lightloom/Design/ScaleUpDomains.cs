using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Design;

/// <summary>The scale-up domains of one model of nodes in a design.</summary>
/// <param name="Node">The model.</param>
/// <param name="Domain">What its domain is.</param>
/// <param name="Nodes">Nodes of the model.</param>
/// <param name="Domains">Domains that they make up: one a node, fewer where a domain joins several.</param>
/// <param name="Latency">From XPU to XPU without load: its own, else that of the fact <c>scale-up-ns</c>.</param>
public sealed record ScaleUpDomains(NodeModel Node, ScaleUp Domain, long Nodes, long Domains, Figure<SimTime> Latency)
{
    /// <summary>Switch chips of all nodes, or null.</summary>
    public long? SwitchChips => Domain.SwitchChips?.Value * Nodes;

    /// <summary>Modules of all nodes; 0 where nothing is cabled.</summary>
    public long Modules => (Domain.Modules?.Value ?? 0) * Nodes;

    /// <summary>Cables between racks of all nodes; 0 where nothing is cabled.</summary>
    public long Cables => (Domain.Cables?.Value ?? 0) * Nodes;

    /// <summary>Power of all modules, or null where it is not known.</summary>
    public Power? ModulePower => Domain.ModulePower?.Value * Modules;

    /// <summary>The domains of a network's nodes, in the order of the pools; models without one are left out.</summary>
    public static IReadOnlyList<ScaleUpDomains> Of(ClusterSpec spec, Network network) =>
        [
            .. network
                .Groups.Where(g => g.Node is { ScaleUp: not null, Xpus.Value: > 0 })
                .GroupBy(g => g.Node!)
                .Select(g => Of(spec, g.Key, g.Sum(group => (long)group.Count))),
        ];

    private static ScaleUpDomains Of(ClusterSpec spec, NodeModel node, long nodes)
    {
        long xpus = nodes * node.Xpus.Value;
        long each = Math.Max(1, node.ScaleUp!.Xpus?.Value ?? node.Xpus.Value);
        return new(node, node.ScaleUp, nodes, Math.Max(1, (xpus + each - 1) / each), node.ScaleUp.LatencyIn(spec.Catalogue));
    }
}
