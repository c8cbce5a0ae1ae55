using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <content>Leaves of several models under common spines: each group of hosts on a model that has ports of its rate.</content>
internal sealed partial class PlaneSizer
{
    private readonly Dictionary<string, (LeafLayout? Layout, Rejection? Rejection)> _kindLayouts = [];

    private PlanePlan? SizeKinds(TierSwitches switches, out Rejection? rejection)
    {
        (_takesManyMore, _leftManyMore) = (false, false);
        PlanePlan? plan = KindsOnce(switches, out rejection);
        if (plan is null && _leftManyMore)
        {
            _takesManyMore = true;
            plan = KindsOnce(switches, out rejection);
        }

        return plan;
    }

    private PlanePlan? KindsOnce(TierSwitches switches, out Rejection? rejection)
    {
        if (request.PeerLinks > 0 && request.PodXpus is null)
        {
            return PairOfOne(switches, out rejection);
        }

        if (ModelsOf(switches, out rejection) is not { } models)
        {
            return null;
        }

        SwitchModel[] kinds = [.. models.Distinct()];
        SwitchModel? border = switches.Border;
        if (kinds.Length == 1 && border is null)
        {
            return Size(switches with { Leaf = kinds[0], MoreLeaves = null }, out rejection);
        }

        if (request.Scheduled || request.Tiers == 1)
        {
            rejection = new(RejectionCode.Tiers, "leaves of several models need spines of packets above them");
            return null;
        }

        rejection = null;
        PlanePlan? unjoined = null;
        List<Breakout>[] ups = [.. UplinksOf(kinds, models, border)];
        foreach (int tiers in TiersToTry())
        {
            foreach (Breakout[] chosen in Choices(ups))
            {
                LeafKind[] kindOf = KindsOf(kinds, models, chosen);
                LeafKind? outside = BorderKind(kinds, chosen, border);
                PlanePlan? plan = Divided(
                    KindsIn(tiers, switches, kindOf, outside, out Rejection? why),
                    why,
                    s => s.KindsIn(tiers, switches, kindOf, outside, out _)
                );
                if (plan is not null && Joined(plan))
                {
                    rejection = null;
                    return plan;
                }

                unjoined ??= plan;
                rejection ??= why;
            }
        }

        if (unjoined is not null)
        {
            rejection = null;
            return unjoined;
        }

        rejection ??= new(RejectionCode.Tiers, "leaves whose uplinks run at several rates have two tiers");
        return null;
    }

    /// <summary>The leaf model of each group of hosts: the one that is given for its class, else the first that serves it.</summary>
    private SwitchModel[]? ModelsOf(TierSwitches switches, out Rejection? rejection)
    {
        rejection = null;
        SwitchModel[] models = new SwitchModel[request.Groups.Count];
        for (int g = 0; g < models.Length; g++)
        {
            EndpointGroup group = request.Groups[g];
            IEnumerable<SwitchModel> open = switches.LeafOfHosts is { } leafOf ? [leafOf[HostClass.Of(group.Ports)]] : switches.Leaves;
            if (open.FirstOrDefault(m => LeafFor(m, group, switches.Border) is not null) is not { } model)
            {
                rejection = new(
                    RejectionCode.Ports,
                    switches.Leaves.Any(m => Divisions(m, group, switches.Border).Any())
                        ? $"no interconnect joins ports of {group.Rate} of {string.Join(" or ", switches.Leaves.Select(l => l.Id))} to the hosts'"
                        : $"none of {string.Join(", ", switches.Leaves.Select(l => l.Id))} has ports of {group.Rate} and uplinks beside them"
                );
                return null;
            }

            models[g] = model;
        }

        return models;
    }

    /// <summary>The ways to divide the uplinks of each model, then those of a model that has only links to the outside.</summary>
    private IEnumerable<List<Breakout>> UplinksOf(SwitchModel[] kinds, SwitchModel[] models, SwitchModel? border) =>
        [
            .. kinds.Select(k => UplinkBreakouts(k, PortPurpose.Network, FastestOn(k, models))),
            .. border is null || kinds.Contains(border)
                ? []
                : new[] { UplinkBreakouts(border, PortPurpose.Network, request.Border!.Value.Rate) },
        ];

    // Asked once for all spines above them.
    private LeafLayout? LayKinds(LeafKind[] kindOf, LeafKind? border, out Rejection? why)
    {
        string key = string.Join(' ', kindOf.Append(border ?? default).Select(k => k.Leaf is null ? "-" : $"{k.Leaf.Id}:{k.Up}"));
        if (!_kindLayouts.TryGetValue(key, out (LeafLayout? Layout, Rejection? Rejection) known))
        {
            LeafLayout? layout = LeafLayouter.Lay(request, cache, kindOf, out Rejection? rejection, border);
            _kindLayouts[key] = known = (layout, rejection);
        }

        why = known.Rejection;
        return known.Layout;
    }

    /// <summary>
    /// The leaves of several models, their uplinks divided as coarsely as they can be; where one of them serves all, a layout for each way to divide its
    /// uplinks. None where none can be laid.
    /// </summary>
    private IEnumerable<LeafLayout> KindsLayouts(TierSwitches switches)
    {
        if (ModelsOf(switches, out _) is not { } models)
        {
            return [];
        }

        SwitchModel[] kinds = [.. models.Distinct()];
        if (kinds is [var one] && switches.Border is null)
        {
            return Layouts(switches with { Leaf = one, MoreLeaves = null });
        }

        List<Breakout>[] ups = [.. UplinksOf(kinds, models, switches.Border)];
        if (Array.Exists(ups, u => u.Count == 0))
        {
            return [];
        }

        return Choices(ups)
            .Select(chosen => LayKinds(KindsOf(kinds, models, chosen), BorderKind(kinds, chosen, switches.Border), out _))
            .OfType<LeafLayout>()
            .Take(1);
    }

    private static LeafKind[] KindsOf(SwitchModel[] kinds, SwitchModel[] models, Breakout[] ups) =>
        [.. models.Select(m => new LeafKind(m, ups[Array.IndexOf(kinds, m)]))];

    // Leaves of a model that hosts do not take come last of all.
    private static LeafKind? BorderKind(SwitchModel[] kinds, Breakout[] ups, SwitchModel? border) =>
        border is null ? null
        : Array.IndexOf(kinds, border) is >= 0 and var kind ? new(border, ups[kind])
        : new(border, ups[^1]);

    private PlanePlan? KindsIn(int tiers, TierSwitches switches, LeafKind[] kindOf, LeafKind? border, out Rejection? why)
    {
        LeafLayout? laid = LayKinds(kindOf, border, out why);
        return laid is null ? null
            : tiers == 2 ? TwoTiersOf(laid, switches.Spine, out why)
            : Array.TrueForAll(kindOf, k => k.Up.Rate == kindOf[0].Up.Rate) && (border?.Up.Rate ?? kindOf[0].Up.Rate) == kindOf[0].Up.Rate
                ? ThreeTiersOf(laid, switches, kindOf[0].Up, out why)
            : null;
    }

    /// <summary>The fastest hosts on leaves of a model: no uplink is finer.</summary>
    private DataRate FastestOn(SwitchModel model, SwitchModel[] models) =>
        request.Groups.Where((_, g) => ReferenceEquals(models[g], model)).Max(g => g.Rate);

    /// <summary>
    /// How a leaf of a model divides its ports between some hosts alone and uplinks; null where it has no ports for both, or no cable joins it to
    /// them.
    /// </summary>
    public PortPlan? LeafFor(SwitchModel model, EndpointGroup group) => LeafFor(model, group, border: null);

    private PortPlan? LeafFor(SwitchModel model, EndpointGroup group, SwitchModel? border) =>
        Divisions(model, group, border).FirstOrDefault(ports => request.Joins?.Invoke(group, ports) != false);

    private IEnumerable<PortPlan> Divisions(SwitchModel model, EndpointGroup group, SwitchModel? border) =>
        UplinkBreakouts(model, PortPurpose.Network, group.Rate)
            .Select(up =>
                cache.Divide(
                    model,
                    group.Rate,
                    up,
                    request.LeafOversubscription,
                    0,
                    cells: false,
                    request.HeldOn(model, border),
                    out _,
                    request.LaneFor(group, model),
                    request.UplinkMultiple
                )
            )
            .OfType<PortPlan>();

    /// <summary>The pair of leaves of the first model that two of do; peer links join two of one model.</summary>
    private PlanePlan? PairOfOne(TierSwitches switches, out Rejection? rejection)
    {
        rejection = null;
        foreach (SwitchModel leaf in switches.Leaves)
        {
            if (PairOfLeaves(leaf, out Rejection? why) is { } pair)
            {
                rejection = null;
                return pair;
            }

            rejection ??= why;
        }

        return null;
    }

    /// <summary>One uplink division for each kind: all choices, the coarsest first.</summary>
    private static IEnumerable<Breakout[]> Choices(List<Breakout>[] ups)
    {
        int total = ups.Aggregate(1, (n, u) => n * u.Count);
        for (int i = 0; i < total; i++)
        {
            Breakout[] chosen = new Breakout[ups.Length];
            int rest = i;
            for (int k = ups.Length - 1; k >= 0; k--)
            {
                chosen[k] = ups[k][rest % ups[k].Count];
                rest /= ups[k].Count;
            }

            yield return chosen;
        }
    }

    /// <summary>
    /// The fewest spines that divide every leaf's uplinks evenly and have cages for the uplinks of each rate beside each other.
    /// </summary>
    private PlanePlan? TwoTiersOf(LeafLayout laid, SwitchModel spine, out Rejection? rejection)
    {
        int[] upCounts = laid.UplinkCounts;
        (DataRate Rate, long Uplinks)[] rates = [.. laid.Ports.GroupBy(p => p.Up.Rate).Select(r => (r.Key, r.Sum(p => (long)p.UpPorts)))];
        if (PodPlanner.SmallestEvenCount(request.Redundancy.Spine, upCounts) is null)
        {
            rejection = new(RejectionCode.Redundancy, UnevenWords(upCounts, request.Redundancy.Spine, rates[0].Rate));
            return null;
        }

        string last = "";
        for (
            int? spines = PodPlanner.SmallestEvenCount(request.Redundancy.Spine, upCounts);
            spines is { } s;
            spines = PodPlanner.SmallestEvenCount(s + 1, upCounts)
        )
        {
            if (
                PortPlan.Share(spine, [.. rates.Select(r => (r.Rate, (DataRate?)null, (int)(r.Uplinks / s)))], request.Held.Spine, out last)
                is not { } shares
            )
            {
                continue;
            }

            string each = Listed.InWords(rates.Select(r => $"{r.Uplinks:#,0} uplinks of {r.Rate}"));
            rejection = null;
            return new()
            {
                Leaves = laid,
                Tiers = 2,
                Pods = [new(0, laid.Ports.Count, 0, s)],
                SpinePorts = shares[0],
                SpinePortsByRate = shares.Count > 1 ? shares : [],
                MaxXpus = XpusOf(_ports),
                Explain = () =>
                    [
                        .. laid.Explain(),
                        $"{Counted.Of(s, "spine")} of {spine.Id} for {each}, as many to each"
                            + (shares.Count > 1 ? "; cages of their own for each rate" : ""),
                    ],
            };
        }

        rejection = new(
            RejectionCode.Redundancy,
            $"two tiers: no number of spines of {spine.Id} takes the uplinks of {Counted.Of(laid.Ports.Count, "leaf")} ("
                + $"{string.Join(", ", rates.Select(r => $"{r.Uplinks} of {r.Rate}"))}): {last}"
        );
        return null;
    }
}
