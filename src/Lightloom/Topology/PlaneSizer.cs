using Lightloom.Catalog;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>
/// Sizes one plane: leaves from downlinks, then the fewest spines that divide every leaf's uplinks evenly, then pods and super-spines.
/// </summary>
/// <remarks>
/// The rules and their sources are in docs/models/topology.md. Pure arithmetic: nothing is drawn, so that thousands of candidates can be
/// tried.
/// </remarks>
internal static class PlaneSizer
{
    /// <summary>The plan, or why there is none.</summary>
    public static PlanePlan? Size(PlaneRequest request, out Rejection? rejection)
    {
        rejection = null;
        bool fixedPods = request.PodXpus is not null;
        if (request.Tiers is null or 1 && !fixedPods && request.Redundancy.Leaf <= 1)
        {
            PlanePlan? single = SingleLeaf(request, out Rejection? why);
            if (single is not null)
            {
                return single;
            }

            if (request.Tiers == 1)
            {
                rejection = why;
                return null;
            }
        }

        if (request.Tiers == 1)
        {
            rejection = new("one tier has one leaf, and the file asks for more (redundancy or pods)", "tiers");
            return null;
        }

        // Uplinks stay at the cage's native rate while that still reaches every spine; finer only when scale asks for it.
        PortPurpose upPurpose = request.Scheduled ? PortPurpose.Fabric : PortPurpose.Network;
        List<Breakout> ups = UplinkBreakouts(request.Leaf, upPurpose, request.Scheduled ? DataRate.Zero : request.Groups.Max(g => g.Rate));
        if (ups.Count == 0)
        {
            rejection = new(
                $"{request.Leaf.Id} has no {(request.Scheduled ? "fabric" : "uplink")} ports of at least the hosts' rate",
                "ports"
            );
            return null;
        }

        foreach (
            int tiers in fixedPods ? [3]
            : request.Tiers is { } asked ? [asked]
            : request.Scheduled ? [2]
            : new[] { 2, 3 }
        )
        {
            PlanePlan? fewest = null;
            foreach (Breakout up in ups)
            {
                PlanePlan? plan = tiers == 2 ? TwoTiers(request, up, out Rejection? why) : ThreeTiers(request, up, out why);
                if (plan is not null)
                {
                    if (!request.Scheduled)
                    {
                        rejection = null;
                        return plan;
                    }

                    // Cells are sprayed over every fabric port whatever its rate, so the split that needs the fewest elements is taken.
                    fewest = fewest is null || plan.Spines < fewest.Spines ? plan : fewest;
                    continue;
                }

                rejection = rejection is null || why!.Limit != "ports" ? why : rejection;
            }

            if (fewest is not null)
            {
                rejection = null;
                return fewest;
            }
        }

        return null;
    }

    private static PlanePlan? SingleLeaf(PlaneRequest request, out Rejection? why)
    {
        why = null;
        // Only alike endpoints are put on a single leaf without uplinks; a mix of rates goes by leaf and spine.
        DataRate rate = request.Groups[0].Rate;
        long endpoints = request.Groups.Sum(g => (long)BuiltNodes(request, g) * g.Rails);
        if (request.Groups.Any(g => g.Rate != rate))
        {
            why = new("hosts of several rates do not share one leaf", "rates");
            return null;
        }

        PortPlan? ports = PortPlan.AllDown(request.Leaf, rate, PortPurpose.Network, out string reason);
        if (ports is null)
        {
            why = new(reason, "ports");
            return null;
        }

        if (endpoints > ports.DownPorts)
        {
            why = new($"one {request.Leaf.Id} has {ports.DownPorts} ports of {rate}, and {endpoints} are needed", "radix");
            return null;
        }

        List<PlanUnit> units = [];
        List<LeafShare> shares = [];
        int port = 0;
        for (int g = 0; g < request.Groups.Count; g++)
        {
            EndpointGroup group = request.Groups[g];
            int built = BuiltNodes(request, group);
            units.Add(new(g, group.FirstNode, group.Nodes, built));
            shares.Add(new(0, g, g, port, group.FirstRail, group.Rails, 0, group.Rails, -1, -1));
            port += built * group.Rails;
        }

        return new()
        {
            Groups = request.Groups,
            Units = units,
            Shares = shares,
            LeafPorts = [ports],
            Tiers = 1,
            Scheduled = request.Scheduled,
            MaxXpus = XpusOf(request, ports.DownPorts),
            Reasons = [$"one leaf serves all: {endpoints} ports of {rate} on {ports.DownPorts} of {request.Leaf.Id}"],
        };
    }

    private static int BuiltNodes(PlaneRequest request, EndpointGroup group) =>
        request.UnitNodes is { } unit ? (group.Nodes + unit - 1) / unit * unit : group.Nodes;

    /// <summary>XPUs that <paramref name="endpoints"/> ports of the plane serve, in the mix of the request.</summary>
    private static long XpusOf(PlaneRequest request, double endpoints)
    {
        double ports = request.Groups.Sum(g => (double)g.Endpoints);
        double xpus = request.Groups.Sum(g => (double)g.Nodes * g.XpusPerNode);
        return (long)Math.Floor((endpoints * xpus / ports) + 1e-6);
    }

    /// <summary>Breakouts of the uplink cages, coarsest first, none finer than the host link.</summary>
    private static List<Breakout> UplinkBreakouts(SwitchModel leaf, PortPurpose purpose, DataRate hostRate)
    {
        List<Breakout> all = [];
        foreach (CageBlock block in leaf.Cages)
        {
            if (block.Purpose == purpose)
            {
                all.AddRange(block.Breakouts.Where(b => b.Rate >= hostRate && !all.Contains(b)));
            }
        }

        // A way that leaves lanes idle (1x400 on an 800G cage) only follows when no full one of its rate exists.
        return [.. all.GroupBy(b => b.Rate).Select(rate => rate.MaxBy(b => b.Ways)).OrderByDescending(b => b.Rate)];
    }

    /// <summary>What a plane's leaves come to for one way of dividing uplink cages.</summary>
    private sealed class Leaves
    {
        public List<PortPlan> Ports { get; } = [];

        public List<PlanUnit> Units { get; } = [];

        public List<LeafShare> Shares { get; } = [];

        /// <summary>By unit: its leaves.</summary>
        public List<int> UnitLeaves { get; } = [];

        public long Uplinks => Ports.Sum(p => (long)p.UpPorts);

        public int[] UpCounts => [.. Ports.Select(p => p.UpPorts).Distinct()];
    }

    /// <summary>Leaves and units for the given uplink breakout, or why not.</summary>
    private static Leaves? LayLeaves(PlaneRequest request, Breakout up, List<string> reasons, out Rejection? rejection)
    {
        PortPurpose upPurpose = request.Scheduled ? PortPurpose.Fabric : PortPurpose.Network;
        Leaves laid = new();
        rejection = null;
        (int Index, long Xpus) pod = default;
        Dictionary<DataRate, (int Leaf, int Used)> open = [];
        for (int g = 0; g < request.Groups.Count; g++)
        {
            EndpointGroup group = request.Groups[g];
            PortPlan? full = PortPlan.Divide(
                request.Leaf,
                group.Rate,
                up,
                request.LeafOversubscription,
                0,
                PortPurpose.Network,
                upPurpose,
                out string why
            );
            if (full is null)
            {
                rejection = new(why, "ports");
                return null;
            }

            int side = (group.Rails + request.Sides - 1) / request.Sides;
            if (request.Sides == 2 && group.Rails > 1 && side > full.DownPorts)
            {
                rejection = new(
                    $"a node brings {side} ports of {group.Rate} to each leaf of a pair, and {request.Leaf.Id} has {full.DownPorts} downlinks",
                    "ports"
                );
                return null;
            }

            int before = laid.Ports.Count;
            if (request.RailOptimized && !request.Scheduled && request.Sides == 1)
            {
                LayRails(request, g, full, up, laid, ref pod, reasons);
            }
            else
            {
                LayInOrder(request, g, full, laid, open, ref pod);
            }

            int made = laid.Ports.Count - before;
            if (made > 0)
            {
                PortPlan shown = laid.Ports[before];
                reasons.Add(
                    $"{made} leaves of {shown.DownPorts} downlinks ({shown.Down}) and {shown.UpPorts} uplinks ({shown.Up}) for {group.Endpoints} ports of {group.Rate}"
                        + (request.UnitNodes is { } unit ? $", built in whole units of {unit} nodes" : "")
                );
            }
        }

        while (laid.Ports.Count < request.Redundancy.Leaf)
        {
            laid.Ports.Add(laid.Ports[0]);
            laid.UnitLeaves[^1]++;
        }

        return laid;
    }

    private static void LayRails(
        PlaneRequest request,
        int g,
        PortPlan full,
        Breakout up,
        Leaves laid,
        ref (int Index, long Xpus) pod,
        List<string> reasons
    )
    {
        EndpointGroup group = request.Groups[g];
        PortPlan plan = full;
        int unitNodes = Math.Min(request.UnitNodes ?? full.DownPorts, full.DownPorts);
        if (request.UnitNodes is { } asked)
        {
            // A fixed unit decides what a fully used leaf is: its uplinks match the downlinks that a whole unit wires.
            plan =
                PortPlan.Divide(
                    request.Leaf,
                    group.Rate,
                    up,
                    request.LeafOversubscription,
                    RailsPerLeaf(full.DownPorts, unitNodes, group.Rails) * unitNodes,
                    PortPurpose.Network,
                    PortPurpose.Network,
                    out _
                ) ?? full;
            if (asked > unitNodes)
            {
                reasons.Add($"a leaf has {full.DownPorts} downlinks, so units of {asked} nodes are built as units of {unitNodes}");
            }
        }

        int present;
        for (int node = 0; node < group.Nodes; node += present)
        {
            present = Math.Min(unitNodes, group.Nodes - node);
            if (request.PodXpus is not null)
            {
                // A unit never straddles two pods: the last one of a pod is as small as the pod's remainder.
                present = (int)Math.Min(present, NodesLeftInPod(request, group, ref pod));
                pod.Xpus += (long)present * group.XpusPerNode;
            }

            int built = request.UnitNodes is null || request.PodXpus is not null ? present : unitNodes;
            int perLeaf = RailsPerLeaf(plan.DownPorts, built, group.Rails);
            int count = (group.Rails + perLeaf - 1) / perLeaf;
            if (request.Groups.Count == 1 && group.Nodes <= unitNodes)
            {
                // Redundancy asked of a single unit is met by dealing its rails to more leaves, not by an idle one.
                count = Math.Max(count, Math.Min(group.Rails, request.Redundancy.Leaf));
            }

            int unit = laid.Units.Count;
            laid.Units.Add(new(g, group.FirstNode + node, present, built));
            laid.UnitLeaves.Add(count);
            for (int l = 0; l < count; l++)
            {
                // Rails are dealt out evenly: 8 rails on 3 leaves are 2, 3 and 3.
                laid.Shares.Add(
                    new(
                        laid.Ports.Count,
                        g,
                        unit,
                        0,
                        group.FirstRail,
                        group.Rails,
                        l * group.Rails / count,
                        (l + 1) * group.Rails / count,
                        -1,
                        -1
                    )
                );
                laid.Ports.Add(plan);
            }
        }
    }

    /// <summary>
    /// Fills leaves one after the other; groups of the same rate share the last one. With two sides, leaves come in pairs and every node
    /// has ports on both.
    /// </summary>
    private static void LayInOrder(
        PlaneRequest request,
        int g,
        PortPlan full,
        Leaves laid,
        Dictionary<DataRate, (int Leaf, int Used)> open,
        ref (int Index, long Xpus) pod
    )
    {
        EndpointGroup group = request.Groups[g];
        int sides = request.Sides == 2 && group.Rails >= 2 ? 2 : 1;
        int railsA = (group.Rails + sides - 1) / sides;
        bool wholeNodes = request.Sides == 2;
        (int leaf, int used) = open.TryGetValue(group.Rate, out (int Leaf, int Used) last) ? last : (-1, 0);
        int node = 0,
            rail = 0;
        int built = request.UnitNodes is null ? group.Nodes : BuiltNodes(request, group);
        int perUnit = request.UnitNodes ?? 0;
        // Leaves end at the border of a pod; without pods the border is never met again.
        long podEnd = 0;
        while (node < group.Nodes)
        {
            int room = leaf < 0 ? 0 : full.DownPorts - used;
            if (wholeNodes)
            {
                room -= room % railsA;
            }

            // A unit's leaves are its own: the next unit starts a new leaf.
            bool border = rail == 0 && node == podEnd;
            if (border)
            {
                podEnd = node + NodesLeftInPod(request, group, ref pod);
                pod.Xpus += (podEnd - node) * group.XpusPerNode;
            }

            if (
                room < (wholeNodes ? railsA : 1)
                || (perUnit > 0 && node % perUnit == 0 && rail == 0 && used > 0)
                || (border && used > 0 && request.PodXpus is not null)
            )
            {
                leaf = laid.Ports.Count;
                used = 0;
                for (int s = 0; s < request.Sides; s++)
                {
                    laid.Ports.Add(full);
                }

                laid.Units.Add(new(g, group.FirstNode + node, 0, 0));
                laid.UnitLeaves.Add(request.Sides);
                continue;
            }

            int end = (int)Math.Min(podEnd, perUnit > 0 ? Math.Min(group.Nodes, ((node / perUnit) + 1) * perUnit) : group.Nodes);
            int from = (node * railsA) + rail;
            int to = Math.Min(end * railsA, from + (sides == 1 && request.Sides == 2 ? room * 2 : room));
            int firstNew = (from + railsA - 1) / railsA,
                lastNew = (to + railsA - 1) / railsA;
            if (lastNew > firstNew)
            {
                PlanUnit unit = laid.Units[^1];
                // Nodes whose first port ends here belong to the unit of this leaf; a leaf shared by two pools keeps a unit for each.
                if (unit.Group == g && (unit.Nodes == 0 || unit.FirstNode + unit.Nodes == group.FirstNode + firstNew))
                {
                    int start = unit.Nodes == 0 ? group.FirstNode + firstNew : unit.FirstNode;
                    laid.Units[^1] = unit with
                    {
                        FirstNode = start,
                        Nodes = unit.Nodes + lastNew - firstNew,
                        BuiltNodes = unit.Nodes + lastNew - firstNew,
                    };
                }
                else
                {
                    laid.Units.Add(new(g, group.FirstNode + firstNew, lastNew - firstNew, lastNew - firstNew));
                    laid.UnitLeaves.Add(0);
                }
            }

            if (sides == 1 && request.Sides == 2)
            {
                // Nodes with one port fill both leaves of the pair, half and half.
                int half = (to - from + 1) / 2;
                laid.Shares.Add(new(leaf, g, laid.Units.Count - 1, used, group.FirstRail, railsA, 0, 0, from, from + half));
                laid.Shares.Add(new(leaf + 1, g, laid.Units.Count - 1, used, group.FirstRail, railsA, 0, 0, from + half, to));
                used += half;
                node = to / railsA;
                rail = to % railsA;
                continue;
            }

            laid.Shares.Add(new(leaf, g, laid.Units.Count - 1, used, group.FirstRail, railsA, 0, 0, from, to));
            if (sides == 2)
            {
                int railsB = group.Rails - railsA;
                laid.Shares.Add(
                    new(
                        leaf + 1,
                        g,
                        laid.Units.Count - 1,
                        used,
                        group.FirstRail + railsA,
                        railsB,
                        0,
                        0,
                        from / railsA * railsB,
                        to / railsA * railsB
                    )
                );
            }

            used += to - from;
            node = to / railsA;
            rail = to % railsA;
        }

        // Whole units are built even when the last is part empty.
        int missing = built - group.Nodes;
        if (missing > 0)
        {
            int extra = Math.Max(0, ((missing * railsA) - (full.DownPorts - used) + full.DownPorts - 1) / full.DownPorts);
            for (int i = 0; i < extra * request.Sides; i++)
            {
                laid.Ports.Add(full);
                laid.UnitLeaves[^1]++;
            }

            used = full.DownPorts;
        }

        open[group.Rate] = (leaf, used);
    }

    /// <summary>
    /// Nodes of <paramref name="group"/> that the current pod still takes; moves on to the next pod when it is full. Without pods, more
    /// than there are.
    /// </summary>
    private static long NodesLeftInPod(PlaneRequest request, EndpointGroup group, ref (int Index, long Xpus) pod)
    {
        if (request.PodXpus is null)
        {
            return int.MaxValue;
        }

        long left = (request.XpusOfPod(pod.Index) - pod.Xpus) / group.XpusPerNode;
        if (left > 0)
        {
            return left;
        }

        pod = (pod.Index + 1, 0);
        return Math.Max(1, request.XpusOfPod(pod.Index) / group.XpusPerNode);
    }

    private static int RailsPerLeaf(int downPorts, int unitNodes, int rails) => Math.Clamp(downPorts / Math.Max(1, unitNodes), 1, rails);

    private static PlanePlan? TwoTiers(PlaneRequest request, Breakout up, out Rejection? rejection)
    {
        List<string> reasons = [];
        Leaves? laid = LayLeaves(request, up, reasons, out rejection);
        if (laid is null)
        {
            return null;
        }

        PortPlan? spine = PortPlan.AllDown(
            request.Spine,
            up.Rate,
            request.Scheduled ? PortPurpose.Fabric : PortPurpose.Network,
            out string why
        );
        if (spine is null)
        {
            rejection = new(why, "ports");
            return null;
        }

        long uplinks = laid.Uplinks;
        int[] upCounts = laid.UpCounts;
        int needed = (int)Math.Min(int.MaxValue, (uplinks + spine.DownPorts - 1) / spine.DownPorts);
        int? spines = SmallestEvenCount(Math.Max(needed, request.Redundancy.Spine), upCounts);
        if (spines is null)
        {
            int fewest = upCounts.Min();
            rejection = new(
                $"two tiers: {laid.Ports.Count} leaves with {uplinks} uplinks of {up.Rate} need {needed} spines of {spine.DownPorts} ports ({request.Spine.Id}), but a leaf's {fewest} uplinks reach {fewest} at most (over by {(double)needed / fewest:0.##} times)",
                "radix"
            );
            return null;
        }

        reasons.Add(
            spines.Value == needed
                ? $"{spines} spines: {uplinks} uplinks of {up.Rate} on {spine.DownPorts} ports each"
                : $"{spines} spines: {uplinks} uplinks of {up.Rate} on {spine.DownPorts} ports need {needed}, and {spines} is the next count that divides {string.Join(" and ", upCounts)} uplinks evenly{(request.Redundancy.Spine > needed ? " and keeps the redundancy asked for" : "")}"
        );
        rejection = null;
        return new()
        {
            Groups = request.Groups,
            Units = laid.Units,
            Shares = laid.Shares,
            LeafPorts = laid.Ports,
            Tiers = 2,
            Pods = [new(0, laid.Ports.Count, 0, spines.Value)],
            SpinePorts = spine,
            Scheduled = request.Scheduled,
            MaxXpus = Math.Max(MaxTwoTierXpus(request), XpusOf(request, request.Groups.Sum(g => (double)g.Endpoints))),
            Reasons = reasons,
        };
    }

    /// <summary>
    /// The smallest count from <paramref name="least"/> up that divides each of <paramref name="uplinks"/> evenly, or null.
    /// </summary>
    private static int? SmallestEvenCount(int least, int[] uplinks)
    {
        int most = uplinks.Min();
        for (int s = Math.Max(1, least); s <= most; s++)
        {
            bool even = true;
            foreach (int u in uplinks)
            {
                even &= u % s == 0;
            }

            if (even)
            {
                return s;
            }
        }

        return null;
    }

    /// <summary>XPUs of the largest two-tier plane of these switches: uplinks split as finely as the hosts' rate allows.</summary>
    private static long MaxTwoTierXpus(PlaneRequest request)
    {
        PortPurpose purpose = request.Scheduled ? PortPurpose.Fabric : PortPurpose.Network;
        long most = 0;
        foreach (Breakout up in UplinkBreakouts(request.Leaf, purpose, request.Scheduled ? DataRate.Zero : request.Groups.Max(g => g.Rate)))
        {
            PortPlan? leaf = PortPlan.Divide(
                request.Leaf,
                request.Groups[0].Rate,
                up,
                request.LeafOversubscription,
                0,
                PortPurpose.Network,
                purpose,
                out _
            );
            PortPlan? spine = PortPlan.AllDown(request.Spine, up.Rate, purpose, out _);
            if (leaf is not null && spine is not null)
            {
                EndpointGroup group = request.Groups[0];
                if (request is { UnitNodes: { } unit, RailOptimized: true, Scheduled: false, Sides: 1 } && unit <= leaf.DownPorts)
                {
                    // Whole units only: the spines' ports count leaves, and a unit brings its leaves with it.
                    int perUnit =
                        (group.Rails + RailsPerLeaf(leaf.DownPorts, unit, group.Rails) - 1)
                        / RailsPerLeaf(leaf.DownPorts, unit, group.Rails);
                    most = Math.Max(most, (long)(spine.DownPorts / perUnit) * unit * group.XpusPerNode);
                }
                else
                {
                    most = Math.Max(most, XpusOf(request, (double)spine.DownPorts * leaf.DownPorts));
                }
            }
        }

        return most;
    }

    private static PlanePlan? ThreeTiers(PlaneRequest request, Breakout up, out Rejection? rejection)
    {
        List<string> reasons = [];
        if (request.Scheduled)
        {
            long cap = MaxTwoTierXpus(request);
            rejection = new(
                $"a switch-scheduled fabric of {request.Leaf.Id} and {request.Spine.Id} has two stages and reaches {cap} XPUs at most; above that, several fabrics or a routed super-spine join them, which gives up cell scheduling between them",
                "cells"
            );
            return null;
        }

        Leaves? laid = LayLeaves(request, up, reasons, out rejection);
        if (laid is null)
        {
            return null;
        }

        int[] upCounts = laid.UpCounts;
        Rejection? last = null;
        foreach (Breakout spineUp in UplinkBreakouts(request.Spine, PortPurpose.Network, request.Groups.Max(g => g.Rate)))
        {
            PortPlan? spine = PortPlan.Divide(
                request.Spine,
                up.Rate,
                spineUp,
                request.SpineOversubscription,
                0,
                PortPurpose.Network,
                PortPurpose.Network,
                out string why
            );
            PortPlan? top = PortPlan.AllDown(request.SuperSpine, spineUp.Rate, PortPurpose.Network, out string whyTop);
            if (spine is null || top is null)
            {
                last = new(spine is null ? why : whyTop, "ports");
                continue;
            }

            if (!FormPods(request, laid, upCounts, spine, out List<PodPlan> pods, out last))
            {
                continue;
            }

            if (!Join(request, upCounts, spine, top, pods, out int supers, out last))
            {
                continue;
            }

            long uplinks = pods.Sum(p => (long)p.Spines) * spine.UpPorts;
            reasons.Add(
                $"{pods.Count} pods of up to {pods.Max(p => p.Leaves)} leaves and {pods.Max(p => p.Spines)} spines ({spine.DownPorts} down, {spine.UpPorts} up each)"
            );
            reasons.Add($"{supers} super-spines: {uplinks} uplinks of {spineUp.Rate} on {top.DownPorts} ports each");
            rejection = null;
            return new()
            {
                Groups = request.Groups,
                Units = laid.Units,
                Shares = laid.Shares,
                LeafPorts = laid.Ports,
                Tiers = 3,
                Pods = pods,
                SpinePorts = spine,
                SuperSpines = supers,
                SuperSpinePorts = top,
                MaxXpus = Math.Max(
                    XpusOf(request, (double)top.DownPorts * spine.DownPorts * laid.Ports[0].DownPorts),
                    XpusOf(request, request.Groups.Sum(g => (double)g.Endpoints))
                ),
                Reasons = reasons,
            };
        }

        rejection = last ?? new($"{request.Spine.Id} has no uplinks of at least the hosts' rate", "ports");
        return null;
    }

    /// <summary>
    /// Counts super-spines, and gives pods with few spines more of them until any spine of another pod shares a super-spine with the pod.
    /// Spines take turns around the super-spines: a spine covers its uplinks' run of them, a pod the run of all its spines.
    /// </summary>
    private static bool Join(
        PlaneRequest request,
        int[] upCounts,
        PortPlan spine,
        PortPlan top,
        List<PodPlan> pods,
        out int supers,
        out Rejection? rejection
    )
    {
        while (true)
        {
            long uplinks = pods.Sum(p => (long)p.Spines) * spine.UpPorts;
            supers = (int)Math.Max((uplinks + top.DownPorts - 1) / top.DownPorts, request.Redundancy.SuperSpine);
            int small = -1;
            for (int p = 0; p < pods.Count; p++)
            {
                long covered = (long)pods[p].Spines * spine.UpPorts;
                if (covered < supers && covered + spine.UpPorts <= supers && (small < 0 || pods[p].Spines < pods[small].Spines))
                {
                    small = p;
                }
            }

            if (small < 0)
            {
                rejection = null;
                return true;
            }

            int? more = SmallestEvenCount(pods[small].Spines + 1, upCounts);
            if (more is null)
            {
                rejection = new(
                    $"three tiers: {supers} super-spines are needed, but a pod's {pods[small].Spines} spines reach {(long)pods[small].Spines * spine.UpPorts} at most",
                    "radix"
                );
                return false;
            }

            int added = more.Value - pods[small].Spines;
            pods[small] = pods[small] with { Spines = more.Value };
            for (int p = small + 1; p < pods.Count; p++)
            {
                pods[p] = pods[p] with { FirstSpine = pods[p].FirstSpine + added };
            }
        }
    }

    /// <summary>Fills pods with whole units, each pod as large as the spines' downlinks (or the file) allow.</summary>
    private static bool FormPods(
        PlaneRequest request,
        Leaves laid,
        int[] upCounts,
        PortPlan spine,
        out List<PodPlan> pods,
        out Rejection? rejection
    )
    {
        pods = [];
        rejection = null;
        int most = upCounts.Aggregate(GreatestCommonDivisor);
        // With every spine reached by one link of each leaf, a pod takes as many leaf uplinks as its spines have downlinks.
        long podUplinks = (long)most * spine.DownPorts;
        int firstLeaf = 0,
            firstSpine = 0,
            leafCount = 0;
        long uplinks = 0,
            xpus = 0;
        int leaf = 0;
        for (int unit = 0; unit < laid.Units.Count; unit++)
        {
            EndpointGroup group = request.Groups[laid.Units[unit].Group];
            long unitUplinks = 0;
            for (int l = 0; l < laid.UnitLeaves[unit]; l++)
            {
                unitUplinks += laid.Ports[leaf + l].UpPorts;
            }

            long unitXpus = (long)laid.Units[unit].BuiltNodes * group.XpusPerNode;
            long podXpus = request.PodXpus is null ? long.MaxValue : request.XpusOfPod(pods.Count);
            if (unitUplinks > podUplinks || unitXpus > podXpus)
            {
                rejection =
                    unitUplinks > podUplinks
                        ? new(
                            $"a unit's {laid.UnitLeaves[unit]} leaves with {unitUplinks} uplinks do not fit into one pod of {most} spines with {spine.DownPorts} downlinks",
                            "radix"
                        )
                        : new($"a unit of {unitXpus} XPUs does not fit into a plane of {podXpus}", "plane_xpus");
                return false;
            }

            if (leafCount > 0 && uplinks + unitUplinks > podUplinks && request.PodXpus is not null && xpus + unitXpus <= podXpus)
            {
                rejection = new(
                    $"a plane of {podXpus} XPUs needs more leaves than {leafCount}, but {most} spines with {spine.DownPorts} downlinks each ({spine.Switch.Id}) take no more",
                    "radix"
                );
                return false;
            }

            if (leafCount > 0 && (uplinks + unitUplinks > podUplinks || xpus + unitXpus > podXpus) && !Close(ref pods, ref rejection))
            {
                return false;
            }

            leafCount += laid.UnitLeaves[unit];
            uplinks += unitUplinks;
            xpus += unitXpus;
            leaf += laid.UnitLeaves[unit];
        }

        return Close(ref pods, ref rejection);

        bool Close(ref List<PodPlan> list, ref Rejection? why)
        {
            int needed = (int)((uplinks + spine.DownPorts - 1) / spine.DownPorts);
            int? spines = SmallestEvenCount(Math.Max(needed, request.Redundancy.Spine), upCounts);
            if (spines is null)
            {
                why = new(
                    $"a pod of {leafCount} leaves needs {needed} spines, but a leaf's uplinks reach {upCounts.Min()} at most",
                    "radix"
                );
                return false;
            }

            list.Add(new(firstLeaf, leafCount, firstSpine, spines.Value));
            firstLeaf += leafCount;
            firstSpine += spines.Value;
            leafCount = 0;
            uplinks = xpus = 0;
            return true;
        }
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
