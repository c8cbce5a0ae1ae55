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
        Choices(spec, null, diagnostics, carry: Unasked) is not { } choices
            ? null
            : Draw(choices, choices.FirstWith(choices.Backends[0]), diagnostics);

    /// <summary>A change that can be sized is taken to work, where nothing is carried further.</summary>
    internal static Carried Unasked(ClusterSpec spec) => new(null, null);

    /// <summary>
    /// What there is to choose; null when no backend is feasible, or no frontend, and <paramref name="diagnostics"/> says why.
    /// </summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="judge">Asked of every candidate whether its links can be cabled at all, or null to size only.</param>
    /// <param name="diagnostics">Receives what there is to say.</param>
    /// <param name="everything">True to vary topology, paradigm, planes and layout of the backend whatever the file fixes.</param>
    /// <param name="carry">
    /// Carries a changed file through, for refusals that name what works: why it is no design, or null; null itself where nobody reads them.
    /// </param>
    internal static NetworkChoices? Choices(
        ClusterSpec spec,
        ILinkJudge? judge,
        DiagnosticBag diagnostics,
        bool everything = false,
        Func<ClusterSpec, Carried>? carry = null
    )
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

        NearestNetwork? nearest = carry is null ? null : new(spec, pools, judge, carry);
        List<PoolNodes> onBackend = [.. pools.Where(p => p.IsOnBackend)];
        List<BackendCandidate> backends =
            onBackend.Count == 0 ? [NoBackend.Candidate] : BackendSearch.Run(spec, onBackend, everything, judge);
        if (!backends.Exists(b => b.Plan is not null))
        {
            SayInfeasible(spec, backends, nearest?.Words(NetworkSection.All(spec)[0]) ?? "", diagnostics);
            return null;
        }

        IReadOnlyList<FrontendPlan> frontends = spec.Frontend.Enabled
            ? FrontendPlanner.Plans(spec, NodeNetwork.Frontend(spec), pools, judge, diagnostics, nearest)
            : [];
        IReadOnlyList<IReadOnlyList<FrontendPlan>> further =
        [
            .. NodeNetwork
                .Further(spec)
                .Where(n => n.Spec.Enabled)
                .Select(n => FrontendPlanner.Plans(spec, n, pools, judge, diagnostics, nearest))
                .Where(plans => plans.Count > 0),
        ];
        IReadOnlyList<ManagementParts> managements = spec.Oob.Enabled ? Managements(spec, judge, nearest, diagnostics) : [];
        return diagnostics.HasErrors ? null : new(spec, pools, backends, frontends, further, managements);
    }

    /// <summary>Draws one choice of networks; null when it cannot be built, and <paramref name="diagnostics"/> says why.</summary>
    /// <param name="choices">What there is to choose.</param>
    /// <param name="selection">What is chosen.</param>
    /// <param name="diagnostics">Receives what there is to say.</param>
    /// <param name="standsIn">
    /// Number of the place in which each device stands, but for those of the management network, whose leaves then serve one place each; null
    /// where that is not known yet.
    /// </param>
    internal static Network? Draw(
        NetworkChoices choices,
        NetworkSelection selection,
        DiagnosticBag diagnostics,
        IReadOnlyList<int>? standsIn = null
    )
    {
        ClusterSpec spec = choices.Spec;
        NetworkDraft draft = new(spec, choices.Pools, diagnostics);
        BackendPlan backend = selection.Backend.Plan!;
        List<Fabric> fabrics = choices.HasBackend ? [BackendServices.Join(backend.Family.Wire(backend, draft), draft)] : [];
        if (selection.Frontend is { } frontend)
        {
            fabrics.Add(FrontendBuilder.Draw(frontend, draft.Devices, choices.Frontends));
        }

        for (int i = 0; i < selection.Further.Count; i++)
        {
            fabrics.Add(FrontendBuilder.Draw(selection.Further[i], draft.Devices, choices.Further[i]));
        }

        if (
            selection.Management is { } parts
            && OobBuilder.Build(spec, parts, choices.Pools, draft.Devices, draft.Units, fabrics, standsIn, diagnostics) is { } oob
        )
        {
            fabrics.Add(oob);
        }

        if (diagnostics.HasErrors)
        {
            return null;
        }

        SayAnnounced(choices, fabrics, diagnostics);
        foreach (NetworkSection section in NetworkSection.All(spec).Where(s => fabrics.Any(f => f.Role == s.Role)))
        {
            foreach (ExternalLinks external in section.Role == FabricRole.Oob ? [] : ExternalLinks.Of(section.Spec))
            {
                diagnostics.Note("LL4109", ExternalWiring.Note(external, section.Role), section.Role.Name);
            }
        }

        NoteUnknownProtocols(choices, fabrics, diagnostics);
        return draft.Finish(fabrics);
    }

    private static IReadOnlyList<ManagementParts> Managements(
        ClusterSpec spec,
        ILinkJudge? judge,
        NearestNetwork? nearest,
        DiagnosticBag diagnostics
    )
    {
        DiagnosticBag said = new();
        IReadOnlyList<ManagementParts> managements = ManagementParts.Choices(spec, judge, said);
        string known = said.HasErrors && nearest is not null ? "; " + nearest.Words(NetworkSection.All(spec)[^1]) : "";
        diagnostics.AddRange(said.Select(d => d.Severity == Severity.Error ? d with { Message = d.Message + known } : d));
        return managements;
    }

    /// <summary>Warns of switches that are not sold yet: by whose wish they were taken, and which comes first of those that are.</summary>
    private static void SayAnnounced(NetworkChoices choices, IReadOnlyList<Fabric> fabrics, DiagnosticBag diagnostics)
    {
        ClusterSpec spec = choices.Spec;
        foreach (Fabric fabric in fabrics)
        {
            NetworkSection section = NetworkSection.All(spec).First(s => s.Role == fabric.Role);
            foreach (SwitchModel model in fabric.Tiers.Select(t => t.Switch).Where(m => m.IsAnnounced).DistinctBy(m => m.Id))
            {
                bool named = section.Spec.NamedSwitches.Contains(model.Id);
                string why =
                    named ? $"{section.Key} names it; left open, one that is sold comes first"
                    : spec.Objectives.Availability == SwitchAvailability.Announced
                        ? Sold(choices, fabric.Role) is { } sold ? $"{sold} would come first with objectives.availability: shipping"
                            : "nothing that is sold serves here"
                    : Sold(choices, fabric.Role) is { } other ? $"{other}, which is sold, became no design"
                    : "nothing that is sold serves here";
                diagnostics.Add(
                    new(
                        "LL4106",
                        named ? Severity.Note : Severity.Warning,
                        $"{model.Id} of the {fabric.Role.InWords} network is not sold yet (availability: {model.Availability!.Value}); {why}",
                        section.Key
                    )
                );
            }
        }
    }

    // The first candidate of a network whose switches are all sold.
    private static string? Sold(NetworkChoices choices, FabricRole role) =>
        role == FabricRole.Backend
            ? choices.Backends.FirstOrDefault(c => c.IsFeasible && c.Alternative.NotSold.Length == 0)?.Alternative is { } sold
                ? Listed.InWords(new[] { sold.Leaf, sold.Spine }.Distinct())
                : null
            : choices
                .Further.Prepend(choices.Frontends)
                .Where(plans => plans.Count > 0 && plans[0].Network.Role == role)
                .SelectMany(plans => plans)
                .FirstOrDefault(p => p.Counts.All(c => c.Count == 0 || !c.Model.IsAnnounced))
                ?.Names;

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
        string reason =
            candidates.Count == 0
                ? "the catalogue has no switch for this paradigm; add one under catalog: or name one in backend.switch"
                : Rejection.Causes(
                    candidates.Where(c => c.Rejection is not null).GroupBy(c => c.Rejection!.Reason).Select(g => (g.Key, g.Count()))
                );
        diagnostics.Error(
            "LL4901",
            $"no backend is feasible: {reason}{(nearest.Length > 0 ? "; " + nearest : "")}",
            "backend",
            spec.Backend.Mark
        );
    }
}
