using Lightloom.Hardware;
using Lightloom.Yaml;

namespace Lightloom.Spec;

internal sealed partial class SpecCheck
{
    private static readonly string[] OwnNetworks = ["backend", "frontend", "oob"];

    private void CheckNetworks(IReadOnlyList<PoolSpec> pools, IReadOnlyList<PoolSpec> services)
    {
        foreach ((string name, FrontendSpec network) in spec.Networks)
        {
            string path = "networks." + name;
            if (OwnNetworks.Contains(name) || name.Length is 0 or > 20 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                Error(
                    SpecProblem.BadName,
                    $"a network cannot be called '{Excerpt.Of(name)}'; backend, frontend and oob have sections of their own, any other "
                        + "name has at most 20 letters, digits, - and _, as in storage",
                    path,
                    spec.MarkOf(path)
                );
            }

            CheckFabric(network, path);
            if (network.Enabled && !Nodes(pools).Concat(Nodes(services)).Any(n => n.Node.Networks?.ContainsKey(name) == true))
            {
                diagnostics.Warning(
                    SpecProblem.IdleNetwork,
                    $"no node has ports on the network '{Excerpt.Of(name)}', so it is not built; name them in the node, as in "
                        + $"catalog: {{nodes: {{my-node: {{networks: {{{Excerpt.Of(name)}: {{nics: 2, rate_gbps: 400}}}}}}}}}}",
                    path,
                    spec.MarkOf(path)
                );
            }
        }

        foreach ((PoolSpec pool, NodeModel node) in Nodes(pools).Concat(Nodes(services)).DistinctBy(n => n.Node.Id))
        {
            foreach (string name in (node.Networks?.Keys ?? []).Where(n => !spec.Networks.ContainsKey(n)))
            {
                string suggestion = Suggest(name, spec.Networks.Keys, "");
                Error(
                    SpecProblem.UnknownNetwork,
                    $"'{node.Id}' of pool '{Excerpt.Of(pool.Name)}' has ports on the network '{Excerpt.Of(name)}', which the file does not "
                        + $"have{suggestion}; add `networks: {{{Excerpt.Of(name)}: {{}}}}`",
                    "networks",
                    spec.MarkOf("networks")
                );
            }
        }
    }

    private IEnumerable<(PoolSpec Pool, NodeModel Node)> Nodes(IReadOnlyList<PoolSpec> pools) =>
        pools.Where(p => Catalogue.Nodes.ContainsKey(p.Node)).Select(p => (p, Catalogue.Nodes[p.Node]));
}
