using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>Numbers the nodes of pools and services.</summary>
internal static class PoolReader
{
    /// <summary>Pools, then services; null when <paramref name="diagnostics"/> says what is wrong with one.</summary>
    public static List<PoolNodes>? Read(ClusterSpec spec, DiagnosticBag diagnostics)
    {
        List<PoolNodes> pools = [];
        long first = 0;
        bool failed = false;
        int index = 0;
        foreach ((PoolSpec pool, bool service) in spec.Pools.Select(p => (p, false)).Concat(spec.Services.Select(p => (p, true))))
        {
            NodeModel node = spec.Catalogue.Nodes[pool.Node];
            if (!service && (node.Xpus.Value < 1 || (node is { Backend: null, HasNoBackend: false } && spec.Backend.Enabled)))
            {
                diagnostics.Error(
                    "LL4001",
                    node.Xpus.Value < 1
                        ? $"node '{node.Id}' has no XPUs, so it cannot be a pool; list it under services"
                        : $"node '{node.Id}' has no known backend ports; describe them under catalog.nodes, as backend: {{nics: 8, "
                            + $"rate_gbps: 400}}",
                    pool.Name,
                    pool.Mark
                );
                failed = true;
                continue;
            }

            int count = pool.Nodes ?? (int)(((long)pool.Xpus! + node.Xpus.Value - 1) / Math.Max(1, node.Xpus.Value));
            pools.Add(
                new(index++, pool, node, (int)Math.Min(int.MaxValue, first), count, service)
                {
                    Place = PlaceKey.Of(spec.Floor, pool),
                    HasBackend = spec.Backend.Enabled,
                }
            );
            first += count;
        }

        if (!failed && !pools.Exists(p => p.IsOnBackend || IsOnAnother(spec, p)))
        {
            diagnostics.Error(
                "LL4001",
                "no node has ports on any network that is designed; "
                    + (
                        !spec.Frontend.Enabled && pools.Exists(p => p.Node.Frontend is not null) ? "say `frontend: {enabled: true}`"
                        : !spec.Backend.Enabled && pools.Exists(p => !p.IsService && p.Node.Backend is not null)
                            ? "say `backend: {enabled: true}`"
                        : "give some node `frontend: {nics: 2, rate_gbps: 100}` under catalog.nodes"
                    ),
                "pools",
                spec.MarkOf("pools")
            );
            failed = true;
        }

        if (first > 8_388_608)
        {
            diagnostics.Error(
                "LL4002",
                $"{first} nodes are more than 8,388,608, the most that one design holds; split the cluster",
                "pools"
            );
            failed = true;
        }

        NoteAssumedPorts(spec, pools, diagnostics);
        return failed ? null : pools;
    }

    private static bool IsOnAnother(ClusterSpec spec, PoolNodes pool) =>
        (spec.Frontend.Enabled && pool.Node.Frontend is not null)
        || spec.Networks.Any(n => n.Value.Enabled && pool.Node.PortsOf(n.Key) is not null);

    // Once for each model, however many pools have it.
    private static void NoteAssumedPorts(ClusterSpec spec, List<PoolNodes> pools, DiagnosticBag diagnostics)
    {
        foreach (IGrouping<string, PoolNodes> same in pools.GroupBy(p => p.Node.Id))
        {
            if (same.First().Node.Frontend?.Nics.Assumed is { } why && spec.Frontend.Enabled)
            {
                string others = same.Count() > 1 ? $" ({same.Count()} pools)" : "";
                diagnostics.Note("LL4101", $"frontend ports of {same.Key} are assumed: {why}{others}", same.First().Spec.Name);
            }
        }
    }
}
