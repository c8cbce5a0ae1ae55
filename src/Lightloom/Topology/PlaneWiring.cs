using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Draws the links of a sized plane, port by port.</summary>
/// <remarks>
/// Legs of one cage go to the same switch wherever a pair of switches has that many links, so that one straight cable can carry them; host
/// links of one cage go to neighbouring nodes of one rail, so that one splitter can.
/// </remarks>
internal static class PlaneWiring
{
    /// <summary>Links from hosts to leaves, one class for each endpoint group.</summary>
    public static IEnumerable<LinkClass> Hosts(
        PlanePlan plan,
        FabricRole role,
        int plane,
        int firstLeaf,
        int planesOfNic,
        int classPlane,
        (int From, int To)? onlyLeaves
    )
    {
        ILookup<int, LeafShare> sharesOf = plan
            .Shares.Where(s => onlyLeaves is not { } only || (s.Leaf >= only.From && s.Leaf < only.To))
            .ToLookup(s => s.Group);
        for (int g = 0; g < plan.Groups.Count; g++)
        {
            EndpointGroup group = plan.Groups[g];
            NicDivision division = new(group.Ports, planesOfNic);
            // Leaves of a group that are divided unlike, where it shares some, make a class each.
            foreach (
                IGrouping<(CageUse Use, DataRate Lane), LeafShare> alike in sharesOf[g]
                    .GroupBy(s => (plan.LeafPorts[s.Leaf].Of(s).DownUse, plan.LeafPorts[s.Leaf].Of(s).DownLane))
            )
            {
                if (alike.Sum(s => s.Count(plan.Units)) is > 0 and var count)
                {
                    Link[] links = HostLinks(plan, group, division, alike, count, plane, firstLeaf);
                    yield return new()
                    {
                        Fabric = role,
                        Plane = classPlane,
                        From = Tier.Host,
                        To = Tier.Leaf,
                        Rate = group.Rate,
                        ACages = division.Facing(alike.Key.Lane),
                        ZCages = alike.Key.Use,
                        SplitOverPlanes = division.SplitsCages,
                        LegsPerNic = division.LegsPerCage,
                        Links = links,
                    };
                }
            }
        }
    }

    private static Link[] HostLinks(
        PlanePlan plan,
        EndpointGroup group,
        NicDivision division,
        IEnumerable<LeafShare> shares,
        int count,
        int plane,
        int firstLeaf
    )
    {
        Link[] links = new Link[count];
        int next = 0;
        foreach (LeafShare share in shares)
        {
            PortPlan ports = plan.LeafPorts[share.Leaf].Of(share);
            int ways = ports.Down.Ways;
            int[] cages = ports.DownCages;
            int device = firstLeaf + share.Leaf;
            if (share.EndpointFrom >= 0)
            {
                for (int e = share.EndpointFrom; e < share.EndpointTo; e++)
                {
                    int port = share.FirstPort + e - share.EndpointFrom;
                    (int node, int rail) = share.At(e);
                    links[next++] = Host(group, division, node, share.NicOf(rail), plane, device, cages[port / ways], port % ways);
                }

                continue;
            }

            PlanUnit unit = plan.Units[share.Unit];
            for (int rail = share.RailFrom; rail < share.RailTo; rail++)
            {
                int port = share.FirstPort + ((rail - share.RailFrom) * unit.BuiltNodes);
                for (int n = 0; n < unit.Nodes; n++, port++)
                {
                    int node = unit.FirstNode - group.FirstNode + n;
                    links[next++] = Host(group, division, node, share.NicOf(rail), plane, device, cages[port / ways], port % ways);
                }
            }
        }

        return links;
    }

    private static Link Host(EndpointGroup group, in NicDivision division, int node, int rail, int plane, int leaf, int cage, int lane)
    {
        (int nic, int nicCage, int leg) = division.At(rail, division.Planes > 1 ? plane : 0);
        return new(group.FirstNode + node, leaf, nicCage, leg, cage, lane, nic);
    }

    /// <summary>Links from leaves to spines, pod by pod, one class for each kind of leaf; none with one tier.</summary>
    public static IEnumerable<LinkClass> LeafSpine(PlanePlan plan, FabricRole role, int plane, int firstLeaf, int firstSpine, PodPlan? only)
    {
        if (plan.Tiers < 2)
        {
            yield break;
        }

        IReadOnlyList<PodPlan> pods = only is { } one ? [one] : plan.Pods;
        // By division of the spine: its ports in use, pod after pod. Kinds of one rate share a division.
        Dictionary<PortPlan, int[][]> used = new(ReferenceEqualityComparer.Instance);
        foreach (
            (CageUse use, DataRate rate) in pods.SelectMany(p => Enumerable.Range(p.FirstLeaf, p.Leaves))
                .Select(l => (plan.LeafPorts[l].UpUse, plan.LeafPorts[l].Up.Rate))
                .Distinct()
                .ToList()
        )
        {
            bool Takes(int leaf) => plan.LeafPorts[leaf].Up.Rate == rate && plan.LeafPorts[leaf].UpUse == use;
            int first = pods.SelectMany(p => Enumerable.Range(p.FirstLeaf, p.Leaves)).First(Takes);
            PortPlan spine = plan.SpineFor(plan.LeafPorts[first]);
            if (!used.TryGetValue(spine, out int[][]? inUse))
            {
                used[spine] = inUse = [.. pods.Select(p => new int[p.Spines])];
            }

            long count = pods.Sum(p => Enumerable.Range(p.FirstLeaf, p.Leaves).Where(Takes).Sum(l => (long)plan.LeafPorts[l].UpPorts));
            Link[] links = new Link[count];
            int next = 0;
            for (int p = 0; p < pods.Count; p++)
            {
                for (int l = pods[p].FirstLeaf; l < pods[p].FirstLeaf + pods[p].Leaves; l++)
                {
                    if (Takes(l))
                    {
                        next = Uplinks(plan.LeafPorts[l], spine, firstLeaf + l, firstSpine + pods[p].FirstSpine, inUse[p], links, next);
                    }
                }
            }

            yield return new()
            {
                Fabric = role,
                Plane = plane,
                From = Tier.Leaf,
                To = Tier.Spine,
                Rate = rate,
                ACages = use,
                ZCages = spine.DownUse,
                Links = links,
            };
        }
    }

    /// <summary>Links between the two leaves of a plane without spine; none elsewhere.</summary>
    public static IEnumerable<LinkClass> Peers(PlanePlan plan, FabricRole role, int plane, int firstLeaf)
    {
        if (plan.PeerLinks == 0)
        {
            yield break;
        }

        OutwardPorts a = plan.LeafPorts[0].Outward[0],
            z = plan.LeafPorts[1].Outward[0];
        int ways = a.Division.Ways;
        Link[] links = new Link[plan.PeerLinks];
        for (int i = 0; i < links.Length; i++)
        {
            links[i] = new(firstLeaf, firstLeaf + 1, a.Cages[i / ways], i % ways, z.Cages[i / ways], i % ways, -1);
        }

        yield return new()
        {
            Fabric = role,
            Plane = plane,
            From = Tier.Leaf,
            To = Tier.Leaf,
            Rate = a.Division.Rate,
            ACages = plan.LeafPorts[0].UseOf(a),
            ZCages = plan.LeafPorts[1].UseOf(z),
            Links = links,
        };
    }

    /// <summary>Draws one leaf's uplinks, spine by spine; returns where the next link goes.</summary>
    private static int Uplinks(PortPlan leaf, PortPlan spine, int device, int firstSpine, int[] used, Link[] links, int next)
    {
        int upWays = leaf.Up.Ways,
            downWays = spine.Down.Ways;
        int perSpine = leaf.UpPorts / used.Length;
        for (int port = 0; port < leaf.UpPorts; port++)
        {
            int s = port / perSpine;
            int z = used[s]++;
            links[next++] = new(
                device,
                firstSpine + s,
                leaf.UpCages[port / upWays],
                port % upWays,
                spine.DownCages[z / downWays],
                z % downWays,
                -1
            );
        }

        return next;
    }

    /// <summary>Links from spines to super-spines; null below three tiers. With <paramref name="byPod"/>, one class for each pod.</summary>
    public static IEnumerable<LinkClass> SpineSuper(PlanePlan plan, FabricRole role, int plane, int firstSpine, int firstSuper, bool byPod)
    {
        if (plan.Tiers < 3)
        {
            yield break;
        }

        PortPlan spine = plan.SpinePorts!,
            top = plan.SuperSpinePorts!;
        int up = spine.UpPorts,
            upWays = spine.Up.Ways,
            topWays = top.Down.Ways;
        int supers = plan.SuperSpines;
        int[] used = new int[supers];
        // With fewer super-spines than uplinks, neighbouring uplinks go to the same one; otherwise the spines take turns,
        // which joins spine i of every pod with the same super-spines where the counts divide evenly.
        int run = supers <= up && up % supers == 0 ? up / supers : 1;
        List<Link> links = new(byPod ? plan.Pods[0].Spines * up : plan.Spines * up);
        for (int p = 0; p < plan.Pods.Count; p++)
        {
            PodPlan pod = plan.Pods[p];
            for (int s = 0; s < pod.Spines; s++)
            {
                long start = (long)(pod.FirstSpine + s) * up;
                for (int j = 0; j < up; j++)
                {
                    int super = (int)(run > 1 ? j / run : (start + j) % supers);
                    int z = used[super]++;
                    links.Add(
                        new(
                            firstSpine + pod.FirstSpine + s,
                            firstSuper + super,
                            spine.UpCages[j / upWays],
                            j % upWays,
                            top.DownCages[z / topWays],
                            z % topWays,
                            -1
                        )
                    );
                }
            }

            if (byPod || p == plan.Pods.Count - 1)
            {
                yield return new()
                {
                    Fabric = role,
                    Plane = byPod ? p : plane,
                    From = Tier.Spine,
                    To = Tier.SuperSpine,
                    Rate = spine.Up.Rate,
                    ACages = spine.UpUse,
                    ZCages = top.DownUse,
                    Links = [.. links],
                };
                links.Clear();
            }
        }
    }
}
