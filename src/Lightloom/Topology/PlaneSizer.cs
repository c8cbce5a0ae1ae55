using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>
/// Sizes one plane: leaves from downlinks, then the fewest spines that divide every leaf's uplinks evenly, then pods and super-spines.
/// </summary>
/// <remarks>
/// The rules and their sources are in docs/models/topology.md. Pure arithmetic: nothing is drawn, so that thousands of candidates can be
/// tried.
/// </remarks>
internal sealed partial class PlaneSizer(PlaneRequest request, PortPlanCache cache)
{
    private readonly Dictionary<(string Leaf, Breakout Up), (LeafLayout? Layout, Rejection? Rejection)> _layouts = [];
    private readonly Dictionary<string, (PlanePlan? Plan, Rejection? Rejection)> _single = [];
    private readonly Dictionary<(string Leaf, string Spine), long> _mostXpusOfTwoTiers = [];
    private readonly DataRate _fastest = request.Groups.Max(g => g.Rate);
    private readonly double _ports = request.Groups.Sum(g => (double)g.Endpoints);
    private readonly double _xpus = request.Groups.Sum(g => (double)g.Nodes * g.XpusPerNode);

    /// <summary>The plan with these switches, or why there is none.</summary>
    public PlanePlan? Size(TierSwitches switches, out Rejection? rejection)
    {
        if (request.External.Count > 0)
        {
            return SizeBeside(switches, out rejection);
        }

        if (switches.MoreLeaves is { Count: > 0 } || switches.Border is not null)
        {
            return SizeKinds(switches, out rejection);
        }

        rejection = null;
        bool fixedPods = request.PodXpus is not null;
        if (request.PeerLinks > 0 && !fixedPods)
        {
            return PairOfLeaves(switches.Leaf, out rejection);
        }

        if (request.Tiers is null or 1 && !fixedPods && request.Redundancy.Leaf <= 1 && request.LeastTiers == 1)
        {
            (PlanePlan? single, Rejection? why) = OneLeaf(switches.Leaf);
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
            rejection = new(
                RejectionCode.Tiers,
                request.LeastTiers > 1
                    ? $"external links start from {(Tier)request.LeastTiers switch { Tier.Spine => "spines", _ => "super-spines" }}, which one "
                        + "tier does not have"
                    : "one tier has one leaf, and the file asks for more (redundancy or pods)"
            );
            return null;
        }

        // Uplinks stay at the cage's native rate while that still reaches every spine; finer only when scale asks for it.
        List<Breakout> ups = LeafUplinks(switches.Leaf);
        if (ups.Count == 0)
        {
            rejection = new(
                RejectionCode.Ports,
                $"{switches.Leaf.Id} has no {(request.Scheduled ? "fabric" : "uplink")} ports of at least the hosts' rate"
            );
            return null;
        }

        PlanePlan? unjoined = null;
        foreach (int tiers in fixedPods ? [3] : TiersToTry())
        {
            PlanePlan? fewest = null;
            foreach ((Breakout up, bool many) in ups.Select(u => (u, false)).Concat(ups.Select(u => (u, true))))
            {
                _takesManyMore = many;
                PlanePlan? plan = Tiered(tiers, switches, up, out Rejection? why);
                if (plan is not null)
                {
                    if (!Joined(plan))
                    {
                        unjoined ??= plan;
                        continue;
                    }

                    if (!request.Scheduled)
                    {
                        rejection = null;
                        return plan;
                    }

                    // Cells are sprayed over every fabric port whatever its rate, so the split that needs the fewest elements is taken.
                    fewest = fewest is null || plan.Spines < fewest.Spines ? plan : fewest;
                    continue;
                }

                rejection = rejection is null || why!.Code != RejectionCode.Ports ? why : rejection;
            }

            if (fewest is not null)
            {
                rejection = null;
                return fewest;
            }
        }

        // Whoever carries it through learns which links lack what.
        rejection = unjoined is null ? rejection : null;
        return unjoined;
    }

    // A plane of one leaf of a model, or why there is none; asked once a model.
    private (PlanePlan? Plan, Rejection? Rejection) OneLeaf(SwitchModel leaf)
    {
        if (!_single.TryGetValue(leaf.Id, out (PlanePlan? Plan, Rejection? Rejection) known))
        {
            PlanePlan? plan = SingleLeaf(leaf, out Rejection? fault);
            _single[leaf.Id] = known = (plan, fault);
        }

        return known;
    }

    private PlanePlan? Tiered(int tiers, TierSwitches switches, Breakout up, out Rejection? why)
    {
        return Divided(Once(this, out why), why, s => Once(s, out _));

        PlanePlan? Once(PlaneSizer sizer, out Rejection? reason) =>
            tiers == 2 ? sizer.TwoTiers(switches, up, out reason) : sizer.ThreeTiers(switches, up, out reason);
    }

    /// <summary>Tiers that a plane with a spine may have, fewest first.</summary>
    private IEnumerable<int> TiersToTry() =>
        request.Tiers is { } asked ? [asked]
        : request.Scheduled ? [2]
        : Enumerable.Range(2, 2).Where(t => t >= request.LeastTiers);

    private PlanePlan? SingleLeaf(SwitchModel leaf, out Rejection? why)
    {
        if (request.Tiers is null && request.Groups.Any(g => g.Place.Buildings != request.Groups[0].Place.Buildings))
        {
            why = new(RejectionCode.Tiers, "hosts of several buildings do not share one leaf");
            return null;
        }

        List<(DataRate Rate, DataRate? Lane, int Ports)> wanted = [];
        List<LeafShare> shares = [];
        List<PlanUnit> units = [];
        for (int g = 0; g < request.Groups.Count; g++)
        {
            EndpointGroup group = request.Groups[g];
            DataRate? lane = request.LaneFor(group, leaf);
            int division = wanted.FindIndex(w => w.Rate == group.Rate && w.Lane == lane);
            if (division < 0)
            {
                division = wanted.Count;
                wanted.Add((group.Rate, lane, 0));
            }

            int built = request.BuiltNodes(group),
                port = wanted[division].Ports;
            units.Add(new(g, group.FirstNode, group.Nodes, built));
            shares.Add(new(0, g, g, port, group.FirstRail, group.Rails, 0, group.Rails, -1, -1) { Division = division });
            wanted[division] = (group.Rate, lane, port + (built * group.Rails));
        }

        (PortPlan Ports, double Most, Func<string> Reason)? one =
            wanted.Count == 1 ? AllOfOneRate(leaf, wanted[0], out why) : CagesForEachRate(leaf, wanted, out why);
        return one is not { } made
            ? null
            : new()
            {
                Leaves = new()
                {
                    Groups = request.Groups,
                    Units = units,
                    Shares = shares,
                    Ports = [made.Ports],
                },
                Tiers = 1,
                Scheduled = request.Scheduled,
                MaxXpus = XpusOf(made.Most),
                Explain = () => [made.Reason()],
            };
    }

    /// <summary>A leaf with all its cages for hosts of one rate, the ports of the plane that it could serve at most, and how that came about.</summary>
    private (PortPlan Ports, double Most, Func<string> Reason)? AllOfOneRate(
        SwitchModel leaf,
        (DataRate Rate, DataRate? Lane, int Ports) wanted,
        out Rejection? why
    )
    {
        (DataRate rate, DataRate? lane, int endpoints) = wanted;
        if (cache.AllDown(leaf, rate, PortPurpose.Network, request.Held.Leaf, out string reason, lane) is not { } ports)
        {
            why = new(RejectionCode.Ports, reason);
            return null;
        }

        if (endpoints > ports.DownPorts)
        {
            why = new(
                RejectionCode.Radix,
                $"one {leaf.Id} has {ports.DownPorts} ports of {rate}{Beside(ports)}, and {endpoints} are needed"
            );
            return null;
        }

        why = null;
        return (
            ports,
            ports.DownPorts,
            () =>
                $"one leaf serves all: {endpoints:#,0} ports of {rate} on {ports.DownPorts} of {leaf.Id}{Beside(ports)}"
                + LeafLayouter.OnSlowerLanes(ports)
        );
    }

    /// <summary>The same of a leaf with cages of their own for hosts of each rate and lane.</summary>
    private (PortPlan Ports, double Most, Func<string> Reason)? CagesForEachRate(
        SwitchModel leaf,
        IReadOnlyList<(DataRate Rate, DataRate? Lane, int Ports)> wanted,
        out Rejection? why
    )
    {
        if (CagesOfEach(leaf, wanted, request.Held.Leaf, out int times, out string reason) is not { } ports)
        {
            why = new(RejectionCode.Radix, $"one leaf does not serve hosts of several rates: {reason}");
            return null;
        }

        why = null;
        return (
            ports,
            _ports * times,
            () =>
                $"one leaf serves all, with cages of their own for each rate: {string.Join(" and ", wanted.Select(w => $"{w.Ports:#,0} ports of {w.Rate}"))}"
                + $" on {leaf.Id}{string.Concat(ports.Downlinks.Select(LeafLayouter.OnSlowerLanes).Distinct())}"
        );
    }

    /// <summary>
    /// A leaf with cages of their own for each rate and lane, and how many times so many ports it would have; null with the reason where it has not as
    /// many as are wanted.
    /// </summary>
    private static PortPlan? CagesOfEach(
        SwitchModel leaf,
        IReadOnlyList<(DataRate Rate, DataRate? Lane, int Ports)> wanted,
        HeldPorts held,
        out int times,
        out string reason
    )
    {
        times = 1;
        if (Times(1, out reason) is not { } divisions)
        {
            return null;
        }

        while (Times(times + 1, out _) is not null)
        {
            times++;
        }

        return divisions[0].With(divisions[0].DownCages, [.. divisions.Skip(1)]);

        IReadOnlyList<PortPlan>? Times(int factor, out string lacking) =>
            PortPlan.Share(leaf, [.. wanted.Select(w => w with { Ports = w.Ports * factor })], held, out lacking);
    }

    /// <summary>XPUs that <paramref name="endpoints"/> ports of the plane serve, in the mix of the request.</summary>
    private long XpusOf(double endpoints) => (long)Math.Floor((endpoints * _xpus / _ports) + 1e-6);

    private static string Beside(PortPlan ports) => ports.Free == 0 ? "" : $" beside {ports.Free} that stay free";

    private PortPurpose UpPurpose => request.Scheduled ? PortPurpose.Fabric : PortPurpose.Network;

    private List<Breakout> LeafUplinks(SwitchModel leaf) => UplinkBreakouts(leaf, UpPurpose, request.Scheduled ? DataRate.Zero : _fastest);

    /// <summary>
    /// The leaves of some models before any spine: of one, a layout for each way to divide their uplink cages; of several, that with the coarsest. None
    /// where there is no such way.
    /// </summary>
    public IEnumerable<LeafLayout> Layouts(TierSwitches switches) =>
        request.External.Count > 0 ? Holding([.. request.External.Select(_ => 1)], switches.Border is not null).Layouts(switches)
        : switches.MoreLeaves is { Count: > 0 } || switches.Border is not null ? KindsLayouts(switches)
        : LeafUplinks(switches.Leaf).Select(up => LayLeaves(switches.Leaf, up, out _)).OfType<LeafLayout>();

    private LeafLayout? LayLeaves(SwitchModel leaf, Breakout up, out Rejection? rejection)
    {
        if (!_layouts.TryGetValue((leaf.Id, up), out (LeafLayout? Layout, Rejection? Rejection) known))
        {
            LeafLayout? layout = LeafLayouter.Lay(request, cache, [new(leaf, up)], out Rejection? why);
            _layouts[(leaf.Id, up)] = known = (layout, why);
        }

        rejection = known.Rejection;
        return known.Layout;
    }

    /// <summary>Breakouts of the uplink cages, coarsest first, none finer than the host link.</summary>
    private static List<Breakout> UplinkBreakouts(SwitchModel leaf, PortPurpose purpose, DataRate hostRate)
    {
        List<Breakout> all = [];
        foreach (CageBlock block in leaf.Cages)
        {
            if (block.Purpose == purpose)
            {
                all.AddRange(block.Breakouts.OrEmpty().Where(b => b.Rate >= hostRate && !all.Contains(b)));
            }
        }

        // A way that leaves lanes idle (1x400 on an 800G cage) only follows when no full one of its rate exists.
        return [.. all.GroupBy(b => b.Rate).Select(rate => rate.MaxBy(b => b.Ways)).OrderByDescending(b => b.Rate)];
    }

    private PlanePlan? TwoTiers(TierSwitches switches, Breakout up, out Rejection? rejection)
    {
        LeafLayout? laid = LayLeaves(switches.Leaf, up, out rejection);
        if (laid is null)
        {
            return null;
        }

        PortPlan? spine = Above(switches.Spine, laid.Ports[0], UpPurpose, request.Held.Spine, out string why);
        if (spine is null)
        {
            rejection = new(RejectionCode.Ports, why);
            return null;
        }

        long uplinks = laid.Uplinks;
        int[] upCounts = laid.UplinkCounts;
        int needed = (int)Math.Min(int.MaxValue, (uplinks + spine.DownPorts - 1) / spine.DownPorts);
        int? spines = PodPlanner.SmallestEvenCount(Math.Max(needed, request.Redundancy.Spine), upCounts);
        if (spines is null)
        {
            int fewest = upCounts.Min();
            if (needed <= fewest)
            {
                // The ports would do; that every spine takes as many uplinks of a leaf, or as many spines as the file asks for, is what does not.
                rejection = new(RejectionCode.Redundancy, UnevenWords(upCounts, Math.Max(needed, request.Redundancy.Spine), up.Rate));
                return null;
            }

            rejection = new(
                RejectionCode.Radix,
                $"two tiers: {Counted.Of(laid.Ports.Count, "leaf")} with {Counted.Of(uplinks, "uplink")} of {up.Rate} need {Counted.Of(needed, "spine")} of {Counted.Of(spine.DownPorts, "port")} "
                    + $"({switches.Spine.Id}{Beside(spine)}), but a leaf's {Counted.Of(fewest, "uplink")} {(fewest == 1 ? "reaches" : "reach")} {fewest} at most (over by "
                    + $"{(double)needed / fewest:0.##} times)"
            );
            return null;
        }

        IReadOnlyList<string> Explain() =>
            [
                .. laid.Explain(),
                spines.Value == needed
                    ? $"{Counted.Of(spines.Value, "spine")}: {uplinks:#,0} uplinks of {up.Rate} on {spine.DownPorts} ports each{Beside(spine)}"
                    : $"{Counted.Of(spines.Value, "spine")}: {uplinks:#,0} uplinks of {up.Rate} on {spine.DownPorts} ports{Beside(spine)} need {needed}, "
                        + $"and {spines} is the next count that divides {Listed.InWords(upCounts)} uplinks "
                        + $"evenly{(request.Redundancy.Spine > needed ? " and keeps the redundancy asked for" : "")}",
            ];
        rejection = null;
        return new()
        {
            Leaves = laid,
            Tiers = 2,
            Pods = [new(0, laid.Ports.Count, 0, spines.Value)],
            SpinePorts = spine,
            Scheduled = request.Scheduled,
            MaxXpus = Math.Max(MaxTwoTierXpus(switches), XpusOf(_ports)),
            Explain = Explain,
        };
    }

    private string UnevenWords(int[] upCounts, int least, DataRate rate)
    {
        int most = Enumerable.Range(1, upCounts.Min()).Last(s => PodPlanner.Divides(s, upCounts));
        string asked =
            request.Redundancy.Spine == least
                ? $"redundancy asks for {Counted.Of(least, "spine")}"
                : $"{Counted.Of(least, "spine")} {(least == 1 ? "is" : "are")} needed";
        return $"two tiers: {asked}, but leaves with {Listed.InWords(upCounts)} uplinks of {rate} each spread them evenly over {most} at most";
    }

    /// <summary>The switch above another with all its cages for that one's uplinks, on the lanes of these.</summary>
    private PortPlan? Above(SwitchModel model, PortPlan below, PortPurpose purpose, HeldPorts held, out string why) =>
        cache.AllDown(model, below.Up.Rate, purpose, held, out why, request.LaneFor(below.Up.Rate, below.UpBlock!.LaneRate, model));

    /// <summary>XPUs of the largest two-tier plane of these switches: uplinks split as finely as the hosts' rate allows.</summary>
    private long MaxTwoTierXpus(TierSwitches switches)
    {
        if (_mostXpusOfTwoTiers.TryGetValue((switches.Leaf.Id, switches.Spine.Id), out long known))
        {
            return known;
        }

        long most = 0;
        foreach (Breakout up in LeafUplinks(switches.Leaf))
        {
            PortPlan? leaf = cache.Divide(
                switches.Leaf,
                request.Groups[0].Rate,
                up,
                request.LeafOversubscription,
                0,
                request.Scheduled,
                request.Held.Leaf,
                out _,
                request.LaneFor(request.Groups[0], switches.Leaf)
            );
            PortPlan? spine = leaf is null ? null : Above(switches.Spine, leaf, UpPurpose, request.Held.Spine, out _);
            if (leaf is not null && spine is not null)
            {
                EndpointGroup group = request.Groups[0];
                if (request is { UnitNodes: { } unit, RailOptimized: true, Scheduled: false, Sides: 1 } && unit <= leaf.DownPorts)
                {
                    // Whole units only: the spines' ports count leaves, and a unit brings its leaves with it.
                    int perUnit = LeafLayouter.LeavesOfUnit(leaf.DownPorts, unit, group.Rails);
                    most = Math.Max(most, (long)(spine.DownPorts / perUnit) * unit * group.XpusPerNode);
                }
                else
                {
                    most = Math.Max(most, XpusOf((double)spine.DownPorts * leaf.DownPorts));
                }
            }
        }

        return _mostXpusOfTwoTiers[(switches.Leaf.Id, switches.Spine.Id)] = most;
    }

    private PlanePlan? ThreeTiers(TierSwitches switches, Breakout up, out Rejection? rejection)
    {
        if (request.Scheduled)
        {
            long cap = MaxTwoTierXpus(switches);
            rejection = new(
                RejectionCode.Cells,
                $"a switch-scheduled fabric of {switches.Leaf.Id} and {switches.Spine.Id} has two stages and reaches {cap} XPUs at most; "
                    + $"above that, several fabrics or a routed super-spine join them, which gives up cell scheduling between them"
            );
            return null;
        }

        LeafLayout? laid = LayLeaves(switches.Leaf, up, out rejection);
        return laid is null ? null : ThreeTiersOf(laid, switches, up, out rejection);
    }

    private PlanePlan? ThreeTiersOf(LeafLayout laid, TierSwitches switches, Breakout up, out Rejection? rejection)
    {
        int[] upCounts = laid.UplinkCounts;
        Rejection? last = null;
        foreach (Breakout spineUp in UplinkBreakouts(switches.Spine, PortPurpose.Network, _fastest))
        {
            PortPlan? spine = cache.Divide(
                switches.Spine,
                up.Rate,
                spineUp,
                request.SpineOversubscription,
                0,
                cells: false,
                request.Held.Spine,
                out string why,
                request.LaneFor(up.Rate, laid.Ports[0].UpBlock!.LaneRate, switches.Spine)
            );
            string whyTop = "";
            PortPlan? top = spine is null
                ? null
                : Above(switches.SuperSpine, spine, PortPurpose.Network, request.Held.SuperSpine, out whyTop);
            if (spine is null || top is null)
            {
                last = new(RejectionCode.Ports, spine is null ? why : whyTop);
                continue;
            }

            if (!PodPlanner.FormPods(request, laid, upCounts, spine, out List<PodPlan> pods, out last))
            {
                continue;
            }

            if (!PodPlanner.Join(request, upCounts, spine, top, pods, out int supers, out last))
            {
                continue;
            }

            long uplinks = pods.Sum(p => (long)p.Spines) * spine.UpPorts;
            IReadOnlyList<string> Explain() =>
                [
                    .. laid.Explain(),
                    $"{pods.Count} pods of up to {pods.Max(p => p.Leaves)} leaves and {pods.Max(p => p.Spines)} spines ({spine.DownPorts} "
                        + $"down, {spine.UpPorts} up each)",
                    $"{Counted.Of(supers, "super-spine")}: {uplinks:#,0} uplinks of {spineUp.Rate} on {top.DownPorts} ports each{Beside(top)}",
                ];
            rejection = null;
            return new()
            {
                Leaves = laid,
                Tiers = 3,
                Pods = pods,
                SpinePorts = spine,
                SuperSpines = supers,
                SuperSpinePorts = top,
                MaxXpus = Math.Max(XpusOf((double)top.DownPorts * spine.DownPorts * laid.Ports[0].DownPorts), XpusOf(_ports)),
                Explain = Explain,
            };
        }

        rejection = last ?? new(RejectionCode.Ports, $"{switches.Spine.Id} has no uplinks of at least the hosts' rate");
        return null;
    }
}
