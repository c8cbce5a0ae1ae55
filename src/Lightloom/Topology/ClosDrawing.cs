using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>Draws a sized Clos backend: its switches, tier by tier, its links and its units.</summary>
internal sealed class ClosDrawing(ClosPlan plan, NetworkDraft draft)
{
    /// <summary>Adds the switches and units to the draft and draws the links.</summary>
    public Fabric Draw()
    {
        List<LinkClass> classes = [];
        bool pods = plan.Layout == PlaneLayout.Pods;
        int planesOfNic = plan.Layout == PlaneLayout.NicSplit ? plan.Planes : 1;
        PlanePlan first = plan.Plans[0];
        foreach (PlanUnit unit in first.Units)
        {
            if (unit.Nodes > 0)
            {
                draft.Units.Add(new(first.Groups[unit.Group].Pool, unit.FirstNode, unit.Nodes, -1));
            }
        }

        Dictionary<string, List<ExternalWiring.From>> outside = first.External.ToDictionary(
            e => e.Name,
            _ => new List<ExternalWiring.From>()
        );
        int built = pods ? 1 : plan.Planes;
        for (int p = 0; p < built; p++)
        {
            PlanePlan plane = plan.Plans[plan.Layout == PlaneLayout.Rail ? p : 0];
            string prefix = plan.Planes > 1 && !pods ? FormattableString.Invariant($"be-p{p}-") : "be-";
            int firstLeaf = AddTier(plane, Tier.Leaf, p, prefix, pods);
            int firstSpine = AddTier(plane, Tier.Spine, p, prefix, pods);
            int firstSuper = AddTier(plane, Tier.SuperSpine, p, prefix, pods);
            if (pods)
            {
                for (int q = 0; q < plane.Pods.Count; q++)
                {
                    PodPlan pod = plane.Pods[q];
                    classes.AddRange(
                        PlaneWiring.Hosts(plane, FabricRole.Backend, 0, firstLeaf, 1, q, (pod.FirstLeaf, pod.FirstLeaf + pod.Leaves))
                    );
                    classes.AddRange(PlaneWiring.LeafSpine(plane, FabricRole.Backend, q, firstLeaf, firstSpine, pod));
                }

                classes.AddRange(PlaneWiring.SpineSuper(plane, FabricRole.Backend, 0, firstSpine, firstSuper, byPod: true));
            }
            else
            {
                classes.AddRange(PlaneWiring.Hosts(plane, FabricRole.Backend, p, firstLeaf, planesOfNic, p, null));
                classes.AddRange(PlaneWiring.Peers(plane, FabricRole.Backend, p, firstLeaf));
                classes.AddRange(PlaneWiring.LeafSpine(plane, FabricRole.Backend, p, firstLeaf, firstSpine, null));
                classes.AddRange(PlaneWiring.SpineSuper(plane, FabricRole.Backend, p, firstSpine, firstSuper, byPod: false));
            }

            AssignUnits(plane, firstLeaf, pods);
            foreach (ExternalLinks external in plane.External)
            {
                int firstOf =
                    external.Tier == Tier.Leaf ? firstLeaf
                    : external.Tier == Tier.Spine ? firstSpine
                    : firstSuper;
                ushort[] groups = draft.Devices.GroupOfDevice();
                outside[external.Name]
                    .AddRange(
                        plane
                            .PortsOf(external.Tier)
                            .Select(
                                (ports, i) =>
                                    new ExternalWiring.From(
                                        firstOf + i,
                                        draft.Devices.Groups[groups[firstOf + i]].Plane,
                                        ports,
                                        plane.PortsFor(external, ports)
                                    )
                            )
                    );
            }
        }

        foreach (ExternalLinks external in first.External)
        {
            classes.AddRange(ExternalWiring.Draw(external, FabricRole.Backend, InTurn(outside[external.Name]), draft.Devices));
        }

        return new ClosDescription(plan, draft).Of(classes);
    }

    // Plane by plane in turn, so that few links are spread over all planes.
    private static IReadOnlyList<ExternalWiring.From> InTurn(IReadOnlyList<ExternalWiring.From> switches) =>
        [
            .. switches
                .GroupBy(s => s.Plane)
                .SelectMany(plane => plane.Select((s, i) => (Switch: s, Turn: i)))
                .OrderBy(s => s.Turn)
                .Select(s => s.Switch),
        ];

    private int AddTier(PlanePlan plane, Tier tier, int planeNumber, string prefix, bool pods)
    {
        SwitchModel model = tier switch
        {
            Tier.Leaf => plan.Leaf,
            Tier.Spine => plan.Spine,
            _ => plan.SuperSpine,
        };
        int count = tier switch
        {
            Tier.Leaf => plane.LeafCount,
            Tier.Spine => plane.Spines,
            _ => plane.SuperSpines,
        };
        int first = draft.Devices.Count;
        // Pods become groups of their own, so that each knows where it belongs; names count through.
        IReadOnlyList<PodPlan> runs = tier != Tier.SuperSpine && plane.Pods.Count > 1 ? plane.Pods : [new(0, count, 0, count)];
        for (int q = 0; q < runs.Count; q++)
        {
            PodPlan pod = runs[q];
            int size = tier == Tier.Spine ? pod.Spines : pod.Leaves;
            int start = tier == Tier.Spine ? pod.FirstSpine : pod.FirstLeaf;
            int index = q;
            foreach ((SwitchModel kind, int at, int run) in tier == Tier.Leaf ? plane.LeafRuns(start, size) : [(model, start, size)])
            {
                int number = at;
                draft.Devices.Add(
                    run,
                    device =>
                        new()
                        {
                            First = device,
                            Count = run,
                            Switch = kind,
                            Fabric = FabricRole.Backend,
                            Tier = tier,
                            Plane = pods ? (tier == Tier.SuperSpine ? -1 : index) : planeNumber,
                            Pod = runs.Count > 1 ? index : -1,
                            NamePrefix =
                                pods && tier != Tier.SuperSpine
                                    ? FormattableString.Invariant($"be-p{index}-{Short(tier)}")
                                    : prefix + Short(tier),
                            FirstNumber = pods ? number - start + 1 : number + 1,
                            Digits = NetworkDraft.Digits(count),
                        }
                );
            }
        }

        return first;
    }

    private static string Short(Tier tier) =>
        tier switch
        {
            Tier.Leaf => "leaf",
            Tier.Spine => "spine",
            _ => "super",
        };

    private void AssignUnits(PlanePlan plane, int firstLeaf, bool pods)
    {
        // Leaves that serve one unit stand with it; a leaf shared by two units belongs to the first.
        int[] unitOfLeaf = new int[plane.LeafCount];
        Array.Fill(unitOfLeaf, -1);
        Dictionary<int, int> unitAt = [];
        for (int u = 0; u < draft.Units.Count; u++)
        {
            unitAt[draft.Units[u].FirstNode] = u;
        }

        foreach (LeafShare share in plane.Shares)
        {
            if (unitOfLeaf[share.Leaf] < 0 && unitAt.TryGetValue(plane.Units[share.Unit].FirstNode, out int unit))
            {
                unitOfLeaf[share.Leaf] = unit;
            }
        }

        for (int l = 0; l < plane.LeafCount; l++)
        {
            if (unitOfLeaf[l] >= 0)
            {
                draft.LeafUnits.Add((firstLeaf + l, unitOfLeaf[l]));
                draft.Units[unitOfLeaf[l]].Leaves.Add(firstLeaf + l);
            }
        }

        if (plane.Pods.Count > 1)
        {
            for (int q = 0; q < plane.Pods.Count; q++)
            {
                for (int l = 0; l < plane.Pods[q].Leaves; l++)
                {
                    int unit = unitOfLeaf[plane.Pods[q].FirstLeaf + l];
                    if (unit >= 0 && draft.Units[unit].Pod < 0)
                    {
                        draft.Units[unit] = draft.Units[unit].InPod(q);
                    }
                }
            }
        }
    }
}
