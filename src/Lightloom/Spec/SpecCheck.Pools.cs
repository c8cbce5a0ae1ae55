using Lightloom.Hardware;
using Lightloom.Units;
using Lightloom.Yaml;

namespace Lightloom.Spec;

/// <summary>This part checks pools and services: their nodes, counts and places.</summary>
internal sealed partial class SpecCheck
{
    private List<PoolSpec> CheckPools(IReadOnlyList<PoolSpec> pools, string path, bool isService)
    {
        var result = new List<PoolSpec>(pools.Count);
        for (int i = 0; i < pools.Count; i++)
        {
            result.Add(CheckPool(pools[i], $"{path}[{i}]", isService));
        }

        return result;
    }

    private PoolSpec CheckPool(PoolSpec pool, string path, bool isService)
    {
        CheckName(pool.Name, path + ".name");
        NodeModel? node = pool.Node.Length == 0 ? null : FindNode(pool.Node, path + ".node");
        CheckPlaces(pool, path);
        if (pool.Nodes is not null && pool.Xpus is not null)
        {
            Error(SpecProblem.NodesAndXpus, "both 'nodes' and 'xpus' are given; keep the one you mean", path, spec.MarkOf(path + ".xpus"));
            return pool;
        }

        // A count that was there but wrong has its own error already.
        if (pool.Nodes is null && pool.Xpus is null && !IsGiven(path + ".nodes") && !IsGiven(path + ".xpus"))
        {
            Error(
                SpecProblem.NeitherNodesNorXpus,
                isService
                    ? "a service needs 'nodes'; add for example `nodes: 4`"
                    : "a pool needs 'nodes' or 'xpus'; add for example `nodes: 16`",
                path,
                pool.Mark
            );
            return pool;
        }

        return node is null ? pool
            : isService ? CheckService(pool, node, path)
            : CheckXpus(pool, node, path);
    }

    private PoolSpec CheckService(PoolSpec pool, NodeModel node, string path)
    {
        if (pool.Xpus is not null)
        {
            Error(
                SpecProblem.XpusOutOfPlace,
                "services are counted in nodes; write `nodes:` instead of `xpus:`",
                path,
                spec.MarkOf(path + ".xpus")
            );
        }
        else if (node.Xpus.Value > 0)
        {
            diagnostics.Warning(
                SpecProblem.XpusOutOfPlace,
                $"'{node.Id}' has {node.Xpus} XPUs, and services are not on the backend; "
                    + $"move it to 'pools' if they shall reach the backend",
                path,
                spec.MarkOf(path + ".node")
            );
        }

        return pool;
    }

    private PoolSpec CheckXpus(PoolSpec pool, NodeModel node, string path)
    {
        if (node.Xpus.Value < 1)
        {
            Error(SpecProblem.XpusOutOfPlace, $"'{node.Id}' has no XPUs; move it to 'services'", path, spec.MarkOf(path + ".node"));
            return pool;
        }

        if (node is { Backend: null, HasNoBackend: false } && spec.Backend.Enabled)
        {
            Error(
                SpecProblem.PortsUnknown,
                node.UserDefined
                    ? $"'{node.Id}' does not say which backend ports it has; write `backend: {{nics: 0}}` under catalog.nodes.{node.Id} if it "
                        + "has none, or give them, as in `backend: {nics: 8, rate_gbps: 400}`"
                    : $"the catalogue does not know the backend ports of '{node.Id}'; say `backend: {{enabled: false}}` for a design without a "
                        + "backend, or give them under another id in `catalog: {nodes: "
                        + $"{{my-node: {{xpus: {node.Xpus}, backend: {{nics: 8, rate_gbps: 400}}}}}}}}`",
                path,
                spec.MarkOf(path + ".node")
            );
        }

        int nodes = pool.Nodes ?? (pool.Xpus is { } wanted ? (int)(((long)wanted + node.Xpus.Value - 1) / node.Xpus.Value) : 0);
        long xpus = (long)nodes * node.Xpus.Value;
        if (pool.Xpus is { } asked && xpus != asked)
        {
            diagnostics.Note(
                SpecProblem.RoundedUp,
                $"{asked} XPUs are {nodes} nodes of {node.Xpus}, and so {xpus} XPUs",
                path,
                spec.MarkOf(path + ".xpus")
            );
        }

        return nodes > 0 && xpus <= int.MaxValue ? pool with { Nodes = nodes, Xpus = (int)xpus } : pool;
    }

    private NodeModel? FindNode(string id, string path)
    {
        if (Catalogue.Nodes.TryGetValue(id, out NodeModel? node))
        {
            return node;
        }

        if (SortOf(id) is { } sort)
        {
            Error(
                SpecProblem.WrongSortOfPart,
                $"'{id}' is {sort}, not a node; `lightloom catalog list` shows the nodes",
                path,
                spec.MarkOf(path)
            );
        }
        else if (!IsOwnPart(id))
        {
            string otherwise = "; `lightloom catalog list` shows the nodes, and `catalog:` in the file adds one";
            Error(
                SpecProblem.UnknownNode,
                $"no node '{Excerpt.Of(id)}' is in the catalogue{Suggest(id, Catalogue.Nodes.Keys, otherwise)}",
                path,
                spec.MarkOf(path)
            );
        }

        return null;
    }

    private void CheckTotals(IReadOnlyList<PoolSpec> pools, IReadOnlyList<PoolSpec> services)
    {
        long xpus = XpusOf(pools);
        long nodes = NodesOf(pools) + NodesOf(services);
        if (xpus > MostXpus)
        {
            Error(
                SpecProblem.TooManyNodes,
                $"the pools have {xpus} XPUs together; at most {MostXpus} are designed in one file, so split the cluster",
                "pools",
                spec.MarkOf("pools")
            );
        }
        else if (nodes > MostNodes)
        {
            Error(
                SpecProblem.TooManyNodes,
                $"pools and services have {nodes} nodes together; at most {MostNodes} are designed in one file, so split the cluster",
                "pools",
                spec.MarkOf("pools")
            );
        }
    }

    private static long XpusOf(IReadOnlyList<PoolSpec> pools)
    {
        long sum = 0;
        foreach (PoolSpec pool in pools)
        {
            sum += pool.Xpus ?? 0;
        }

        return sum;
    }

    private static long NodesOf(IReadOnlyList<PoolSpec> pools)
    {
        long sum = 0;
        foreach (PoolSpec pool in pools)
        {
            sum += pool.Nodes ?? 0;
        }

        return sum;
    }

    private void CheckPlaces(PoolSpec pool, string path)
    {
        if (pool.Place.Count == 0)
        {
            return;
        }

        string[] places = _places ??= [
            .. spec.Floor.Sites.Select(s => s.Name),
            .. spec.Floor.Sites.SelectMany(s => s.Buildings).SelectMany(b => b.Halls.Select(h => h.Name).Prepend(b.Name)),
        ];
        for (int i = 0; i < pool.Place.Count; i++)
        {
            string place = pool.Place[i];
            if (!places.Contains(place))
            {
                string at = $"{path}.place[{i}]";
                string otherwise =
                    places.Length == 0
                        ? "; name it under 'floor.sites' first"
                        : $"; the file has {string.Join(", ", places.Take(8).Select(Excerpt.Of))}";
                Error(
                    SpecProblem.UnknownPlace,
                    $"no hall, building or site '{Excerpt.Of(place)}' is in the floor{Suggest(place, places, otherwise)}",
                    at,
                    spec.MarkOf(at)
                );
            }
        }
    }
}
