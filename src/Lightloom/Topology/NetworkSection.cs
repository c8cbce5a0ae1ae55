using Lightloom.Diagnostics;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>What a file says of one network, wherever it says so.</summary>
/// <param name="Role">The network.</param>
/// <param name="Spec">Its section.</param>
/// <param name="Key">The section's key: <c>backend</c>, <c>frontend</c>, <c>networks.storage</c>, <c>oob</c>.</param>
internal sealed record NetworkSection(FabricRole Role, FabricSpec Spec, string Key)
{
    /// <summary>The sections of a file: backend, frontend, further networks in the file's order, management.</summary>
    public static IReadOnlyList<NetworkSection> All(ClusterSpec spec) =>
        [
            new(FabricRole.Backend, spec.Backend, "backend"),
            Of(NodeNetwork.Frontend(spec)),
            .. NodeNetwork.Further(spec).Select(Of),
            new(FabricRole.Oob, spec.Oob, "oob"),
        ];

    /// <summary>The section of a network beside the backend.</summary>
    public static NetworkSection Of(NodeNetwork network) => new(network.Role, network.Spec, network.Key);

    /// <summary>The file with this section changed.</summary>
    public ClusterSpec In(ClusterSpec spec, FabricSpec changed) =>
        changed switch
        {
            BackendSpec backend => spec with { Backend = backend },
            OobSpec oob => spec with { Oob = oob },
            FrontendSpec frontend when Role == FabricRole.Frontend => spec with { Frontend = frontend },
            FrontendSpec network => spec with
            {
                Networks = spec.Networks.ToDictionary(n => n.Key, n => n.Key == Role.Name ? network : n.Value),
            },
            _ => spec,
        };

    /// <summary>What the section, changed, would be built of; null where no candidate can be sized and cabled.</summary>
    /// <param name="spec">The file.</param>
    /// <param name="changed">The section as it would be.</param>
    /// <param name="pools">Pools, then services.</param>
    /// <param name="judge">Asked whether links can be cabled at all, or null to size only.</param>
    public BuiltOf? Size(ClusterSpec spec, FabricSpec changed, IReadOnlyList<PoolNodes> pools, ILinkJudge? judge)
    {
        ClusterSpec file = In(spec, changed);
        return changed switch
        {
            BackendSpec => BackendSearch
                .Run(file, [.. pools.Where(p => p.IsOnBackend)], everything: false, judge)
                .FirstOrDefault(c => c.IsFeasible)
                is { Plan: { } plan }
                ? BuiltOf.Of(plan.Switches)
                : null,
            FrontendSpec frontend => FrontendPlanner
                .Plans(file, new(Role, frontend, Key), pools, judge, new DiagnosticBag())
                .FirstOrDefault(p => p.Fault is null)
                is { } plan
                ? BuiltOf.Of(plan.Counts)
                : null,
            _ => ManagementParts.Choices(file, judge, new DiagnosticBag()) is [var parts, ..]
                ? new([(parts.Leaf.Switch, 1)], (parts.Top.Switch, 1), (parts.Top.Switch, 0))
                : null,
        };
    }

    /// <summary>True where something that was said is about this network.</summary>
    public bool IsBlamedBy(Diagnostic said) => said.Where == Key || Role.IsNamedBy(said.Where);
}
