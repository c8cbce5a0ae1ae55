using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Turns a specification into devices and links: backend, frontend and management network.</summary>
/// <remarks>
/// Diagnostics: LL4001-LL4099 are errors of the request, LL41xx notes and warnings about the shape, LL49xx mean that no design is feasible
/// (exit code 3). The rules are in docs/models/topology.md.
/// </remarks>
public static class NetworkBuilder
{
    /// <summary>The network with the best backend, or null when <paramref name="diagnostics"/> says why there is none.</summary>
    public static Network? Build(ClusterSpec spec, DiagnosticBag diagnostics) =>
        Choices(spec, null, diagnostics) is not { } choices ? null : Draw(choices, choices.FirstWith(choices.Backends[0]), diagnostics);

    /// <summary>
    /// What there is to choose; null when no backend is feasible, or no frontend, and <paramref name="diagnostics"/> says why.
    /// </summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="judge">Asked of every candidate whether its links can be cabled at all, or null to size only.</param>
    /// <param name="diagnostics">Receives what there is to say.</param>
    /// <param name="everything">True to vary topology, paradigm, planes and layout of the backend whatever the file fixes.</param>
    internal static NetworkChoices? Choices(ClusterSpec spec, ILinkJudge? judge, DiagnosticBag diagnostics, bool everything = false)
    {
        List<PoolNodes>? pools = PoolReader.Read(spec, diagnostics);
        if (pools is null)
        {
            return null;
        }

        if (TopologyFamilies.Named(spec.Backend.Topology) is null)
        {
            string known = string.Join(", ", TopologyFamilies.All.Select(f => f.Name));
            diagnostics.Error(
                "LL4003",
                $"backend.topology '{spec.Backend.Topology}' is not known; there is {known}",
                "backend",
                spec.Backend.Mark
            );
            return null;
        }

        List<PoolNodes> onBackend = [.. pools.Where(p => p.IsOnBackend)];
        List<BackendCandidate> backends = BackendSearch.Run(spec, onBackend, everything, judge);
        if (!backends.Exists(b => b.Plan is not null))
        {
            SayInfeasible(spec, backends, NearestBackend.Words(spec, onBackend, judge), diagnostics);
            return null;
        }

        IReadOnlyList<FrontendPlan> frontends = spec.Frontend.Enabled
            ? FrontendPlanner.Plans(spec, NodeNetwork.Frontend(spec), pools, judge, diagnostics)
            : [];
        IReadOnlyList<IReadOnlyList<FrontendPlan>> further =
        [
            .. NodeNetwork
                .Further(spec)
                .Where(n => n.Spec.Enabled)
                .Select(n => FrontendPlanner.Plans(spec, n, pools, judge, diagnostics))
                .Where(plans => plans.Count > 0),
        ];
        IReadOnlyList<ManagementParts> managements = spec.Oob.Enabled ? ManagementParts.Choices(spec, judge, diagnostics) : [];
        return diagnostics.HasErrors ? null : new(spec, pools, backends, frontends, further, managements);
    }

    /// <summary>Draws one choice of networks; null when it cannot be built, and <paramref name="diagnostics"/> says why.</summary>
    internal static Network? Draw(NetworkChoices choices, NetworkSelection selection, DiagnosticBag diagnostics)
    {
        ClusterSpec spec = choices.Spec;
        NetworkDraft draft = new(spec, choices.Pools, diagnostics);
        BackendPlan backend = selection.Backend.Plan!;
        List<Fabric> fabrics = [BackendServices.Join(backend.Family.Wire(backend, draft), draft)];
        if (selection.Frontend is { } frontend)
        {
            fabrics.Add(FrontendBuilder.Draw(frontend, draft.Devices, spec.Frontend.LeafId is null));
        }

        foreach (FrontendPlan plan in selection.Further)
        {
            fabrics.Add(FrontendBuilder.Draw(plan, draft.Devices, plan.Network.Spec.LeafId is null));
        }

        if (
            selection.Management is { } parts
            && OobBuilder.Build(spec, parts, choices.Pools, draft.Devices, draft.Units, fabrics, diagnostics) is { } oob
        )
        {
            fabrics.Add(oob);
        }

        if (diagnostics.HasErrors)
        {
            return null;
        }

        IEnumerable<SwitchModel> models = fabrics.SelectMany(f => f.Tiers).Select(t => t.Switch);
        foreach (SwitchModel model in models.Where(m => m.Availability is not null).DistinctBy(m => m.Id))
        {
            diagnostics.Note(
                "LL4106",
                $"{model.Id}: availability {model.Availability}; name another switch if you need it sooner",
                model.Id
            );
        }

        foreach ((FabricRole role, FabricSpec section) in Sections(spec).Where(s => fabrics.Any(f => f.Role == s.Role)))
        {
            foreach (ExternalLinks external in ExternalLinks.Of(section))
            {
                diagnostics.Note("LL4109", ExternalWiring.Note(external, role), role.Name);
            }
        }

        NoteUnknownProtocols(choices, fabrics, diagnostics);
        return draft.Finish(fabrics);
    }

    private static IEnumerable<(FabricRole Role, FabricSpec Section)> Sections(ClusterSpec spec) =>
        [
            (FabricRole.Backend, spec.Backend),
            (FabricRole.Frontend, spec.Frontend),
            .. NodeNetwork.Further(spec).Select(n => (n.Role, (FabricSpec)n.Spec)),
        ];

    // A NIC of which nothing is known is taken to speak what the switches that the file names speak.
    private static void NoteUnknownProtocols(NetworkChoices choices, IEnumerable<Fabric> fabrics, DiagnosticBag diagnostics)
    {
        foreach (Fabric fabric in fabrics.Where(f => f.Protocol != Protocol.Ethernet))
        {
            bool backend = fabric.Role == FabricRole.Backend;
            foreach (PoolNodes pool in choices.Pools.Where(p => !backend || p.IsOnBackend).DistinctBy(p => p.Node.Id))
            {
                if (
                    pool.Node.PortsOf(fabric.Role.Name) is { } ports
                    && Speaker.Of(pool.Node, ports, choices.Spec.Catalogue) is { Protocols: null } speaker
                )
                {
                    string key = fabric.Role.Index < 3 ? fabric.Role.Name : "networks." + fabric.Role;
                    diagnostics.Note(
                        "LL4107",
                        $"what {speaker.Name} speaks is not known; it is taken to speak {Protocols.Word(fabric.Protocol)}, as "
                            + $"{fabric.Tiers[0].Switch.Id} does; say {key}.nic or {key}.protocols of the node",
                        pool.Spec.Name
                    );
                }
            }
        }
    }

    private static void SayInfeasible(ClusterSpec spec, List<BackendCandidate> candidates, string nearest, DiagnosticBag diagnostics)
    {
        string known = "; " + nearest;
        // The same sentence for many switches is said once, with how many it holds for.
        foreach (
            IGrouping<string, BackendCandidate> group in candidates
                .Where(c => c.Rejection is not null)
                .GroupBy(c => c.Rejection!.Reason)
                .OrderByDescending(g => g.Count())
                .Take(5)
        )
        {
            string count = group.Count() > 1 ? $" ({group.Count()} candidates)" : "";
            string remedy = Remedy(group.First().Rejection!.Code);
            diagnostics.Error("LL4901", $"no backend is feasible: {group.Key}{count}; {remedy}{known}", "backend", spec.Backend.Mark);
            known = "";
        }

        if (candidates.Count == 0)
        {
            diagnostics.Error(
                "LL4901",
                "no backend is feasible: the catalogue has no switch for this paradigm; add one under catalog: "
                    + $"or name one in backend.switch; {nearest}",
                "backend",
                spec.Backend.Mark
            );
        }
    }

    private static string Remedy(RejectionCode code) =>
        code switch
        {
            RejectionCode.Radix =>
                "take a backend.switch of higher radix, more backend.planes, more backend.tiers, or more backend.oversubscription",
            RejectionCode.Ports => "take a backend.switch that has such ports, or another number of backend.planes",
            RejectionCode.Planes => "change backend.planes",
            RejectionCode.Redundancy => "lower backend.redundancy, or take leaves with more uplinks (finer ones, or less oversubscription)",
            RejectionCode.SinglePort =>
                "divide it over two planes (backend.planes: 2, backend.plane_layout: nic-split), or take an InfiniBand switch that it speaks to",
            RejectionCode.Protocol =>
                "take switches and NICs of one protocol (`lightloom catalog show ID` names it), or say `protocols:` in their entry "
                    + "under catalog:",
            RejectionCode.PlaneXpus => "change backend.planes or backend.plane_xpus",
            RejectionCode.Lanes => "take a backend.switch with lanes of the NIC's rate",
            RejectionCode.Role =>
                "name a scheduled leaf in backend.leaf (lightloom catalog list switches), or leave the switch to Lightloom",
            RejectionCode.Cells => "use fewer XPUs (pools), several fabrics, or backend.paradigm: endpoint-scheduled",
            _ => "change backend.switch, backend.planes or backend.tiers",
        };
}
