using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>A sized plane: how many switches a tier has and how their ports are used, before any link is drawn.</summary>
internal sealed record PlanePlan
{
    /// <summary>The leaves and what they serve.</summary>
    public required LeafLayout Leaves { get; init; }

    /// <inheritdoc cref="LeafLayout.Groups"/>
    public IReadOnlyList<EndpointGroup> Groups => Leaves.Groups;

    /// <inheritdoc cref="LeafLayout.Units"/>
    public IReadOnlyList<PlanUnit> Units => Leaves.Units;

    /// <inheritdoc cref="LeafLayout.Shares"/>
    public IReadOnlyList<LeafShare> Shares => Leaves.Shares;

    /// <inheritdoc cref="LeafLayout.Ports"/>
    public IReadOnlyList<PortPlan> LeafPorts => Leaves.Ports;

    /// <summary>Leaves.</summary>
    public int LeafCount => LeafPorts.Count;

    /// <summary>Tiers: 1, 2 or 3.</summary>
    public required int Tiers { get; init; }

    /// <summary>Pods; exactly one with two tiers, none with one.</summary>
    public IReadOnlyList<PodPlan> Pods { get; init; } = [];

    /// <summary>Port division of a spine; null with one tier.</summary>
    public PortPlan? SpinePorts { get; init; }

    /// <summary>
    /// Where leaves' uplinks run at several rates: the division of a spine's cages for each rate, cages of their own for each. Empty with one
    /// rate.
    /// </summary>
    public IReadOnlyList<PortPlan> SpinePortsByRate { get; init; } = [];

    /// <summary>The spine's division for the uplinks of a leaf.</summary>
    public PortPlan SpineFor(PortPlan leaf) => SpinePortsByRate.FirstOrDefault(s => s.Down.Rate == leaf.Up.Rate) ?? SpinePorts!;

    /// <summary>Runs of leaves of one model, in the order of their numbers.</summary>
    /// <param name="first">The first leaf.</param>
    /// <param name="count">How many.</param>
    public IEnumerable<(SwitchModel Model, int First, int Count)> LeafRuns(int first, int count)
    {
        for (int at = first, next; at < first + count; at = next)
        {
            next = at + 1;
            while (next < first + count && ReferenceEquals(LeafPorts[next].Switch, LeafPorts[at].Switch))
            {
                next++;
            }

            yield return (LeafPorts[at].Switch, at, next - at);
        }
    }

    /// <summary>One row for every kind of leaf: model, division, how many.</summary>
    /// <param name="plans">The plans of a network.</param>
    /// <param name="copies">How often each is built.</param>
    public static IEnumerable<TierOfSwitches> LeafTiers(IReadOnlyList<PlanePlan> plans, int copies) =>
        plans
            .SelectMany(p =>
                p.Leaves.Kinds.Select(k => (Leaf: k.Ports, k.Count, HasUplinks: p.Tiers > 1, Outside: p.OutsideAlone(k.Ports)))
            )
            .GroupBy(l =>
                (
                    l.Leaf.Switch,
                    l.Leaf.DownPorts,
                    l.Leaf.Down,
                    l.Leaf.Free,
                    Also: l.Leaf.Also.Count == 0 ? null : l.Leaf.Also,
                    UpPorts: l.HasUplinks ? l.Leaf.UpPorts : 0,
                    Up: l.HasUplinks ? l.Leaf.Up : l.Leaf.Down,
                    Outside: string.Join(' ', l.Outside)
                )
            )
            .Select(k => new TierOfSwitches(
                Tier.Leaf,
                k.Key.Switch,
                k.Sum(l => l.Count) * copies,
                k.Key.DownPorts,
                k.Key.UpPorts,
                k.Key.Down,
                k.Key.Up
            )
            {
                FreePorts = k.Key.Free,
                AlsoDown = k.Key.Also is { } also ? [.. also.Select(a => (a.DownPorts, a.Down))] : [],
                OutsideAlone = k.First().Outside,
            });

    // What leaves of a division lead to where no host is on them.
    private List<(int Ports, DataRate Rate, string To)> OutsideAlone(PortPlan leaf) =>
        Leaves.Border != leaf.Switch || Leaves.Shares.Any(s => ReferenceEquals(Leaves.Ports[s.Leaf], leaf))
            ? []
            : [.. External.Where(e => e.Tier == Tier.Leaf).Select(e => (PortsFor(e, leaf).Ports, e.Rate, e.Name))];

    /// <summary>Links between the two leaves of a plane without spine, on the first of their <see cref="PortPlan.Outward"/>; else 0.</summary>
    public int PeerLinks { get; init; }

    /// <summary>Capacity of the hosts' ports of one leaf of such a pair over that of the peer links, the ports that are in use; else 0.</summary>
    public double PeerRatio { get; init; }

    /// <summary>Links to what is outside the design; the switches of their tier hold ports for them.</summary>
    public IReadOnlyList<ExternalLinks> External { get; init; } = [];

    /// <summary>The ports that each switch of a tier holds for an external's links, after those of peer links, in the order of the tier's.</summary>
    /// <param name="external">One of <see cref="External"/>.</param>
    /// <param name="ports">Division of the switch.</param>
    public OutwardPorts PortsFor(ExternalLinks external, PortPlan ports) =>
        ports.Outward[
            (PeerLinks > 0 && external.Tier == Tier.Leaf ? 1 : 0)
                + External.TakeWhile(e => !ReferenceEquals(e, external)).Count(e => e.Tier == external.Tier)
        ];

    /// <summary>The switches that hold ports for an external's links: those of its tier by number within it, with their divisions.</summary>
    public IEnumerable<(int Number, PortPlan Ports)> SwitchesFor(ExternalLinks external) =>
        PortsOf(external.Tier)
            .Select((ports, number) => (number, ports))
            .Where(s => external.Tier != Tier.Leaf || Leaves.Border is null || s.ports.Switch == Leaves.Border);

    /// <summary>Switches of a tier.</summary>
    public int CountOf(Tier tier) =>
        tier switch
        {
            Tier.Leaf => LeafCount,
            Tier.Spine => Spines,
            Tier.SuperSpine => SuperSpines,
            _ => 0,
        };

    /// <summary>The divisions of the switches of a tier, in their order.</summary>
    public IEnumerable<PortPlan> PortsOf(Tier tier) =>
        tier switch
        {
            Tier.Leaf => LeafPorts,
            Tier.Spine => Enumerable.Repeat(SpinePorts!, Spines),
            _ => Enumerable.Repeat(SuperSpinePorts!, SuperSpines),
        };

    /// <summary>Rate of a peer link.</summary>
    public DataRate PeerRate => PeerLinks > 0 ? LeafPorts[0].Outward[0].Division.Rate : DataRate.Zero;

    /// <summary>Super-spines.</summary>
    public int SuperSpines { get; init; }

    /// <summary>Port division of a super-spine; null below three tiers.</summary>
    public PortPlan? SuperSpinePorts { get; init; }

    /// <summary>True when the leaf's uplinks carry cells.</summary>
    public bool Scheduled { get; init; }

    /// <summary>XPUs that the shape could reach in this plane.</summary>
    public required long MaxXpus { get; init; }

    /// <summary>Says how the counts came about. Most plans are never taken, so the sentences are made when they are asked for.</summary>
    public required Func<IReadOnlyList<string>> Explain { get; init; }

    /// <summary>Spines, all pods.</summary>
    public int Spines => Pods.Sum(p => p.Spines);

    /// <summary>Switches of the plane.</summary>
    public int Switches => LeafCount + Spines + SuperSpines;

    /// <summary>Switches that the shortest, typical and longest path between two hosts pass.</summary>
    public (int Shortest, int Typical, int Longest) Hops => PeerLinks > 0 ? (1, 2, 2) : (1, (2 * Tiers) - 1, (2 * Tiers) - 1);

    /// <summary>Capacity between leaves and spines, one direction.</summary>
    public double LeafUplinkGbps => Leaves.UplinkGbps;

    /// <summary>The kinds of link that the plane has, and how many of each.</summary>
    /// <param name="protocol">What its ports speak.</param>
    /// <param name="planesOfNic">Planes over which a NIC port is divided.</param>
    public IEnumerable<CountedLinks> LinkKinds(Protocol protocol, int planesOfNic)
    {
        foreach (CountedLinks hosts in Leaves.HostLinkKinds(protocol, planesOfNic))
        {
            yield return hosts;
        }

        if (PeerLinks > 0)
        {
            CageUse use = LeafPorts[0].UseOf(LeafPorts[0].Outward[0]);
            yield return new(new(protocol, Tier.Leaf, Tier.Leaf, PeerRate, use, use, SplitOverPlanes: false), PeerLinks);
        }

        foreach (ExternalLinks external in External)
        {
            // They are spread over the tier's switches, as evenly as they divide.
            PortPlan[] kinds = [.. SwitchesFor(external).Select(s => s.Ports).Distinct()];
            for (int k = 0; k < kinds.Length; k++)
            {
                CageUse use = kinds[k].UseOf(PortsFor(external, kinds[k]));
                CageUse outside = ExternalWiring.Outside(use, external.Rate);
                LinkEnds ends = new(protocol, external.Tier, Tier.External, external.Rate, use, outside, SplitOverPlanes: false)
                {
                    OwnPlugs = !external.Breakout,
                };
                yield return new(ends, (external.Links + k) / kinds.Length);
            }
        }

        if (SpinePorts is not { } spine)
        {
            yield break;
        }

        foreach ((PortPlan leaf, int count) in Leaves.Kinds)
        {
            yield return new(
                new(protocol, Tier.Leaf, Tier.Spine, leaf.Up.Rate, leaf.UpUse, SpineFor(leaf).DownUse, SplitOverPlanes: false),
                (long)leaf.UpPorts * count
            )
            {
                IsTop = SuperSpinePorts is null,
                LegsPart = Parts(leaf.UpPorts, Pods.Count > 0 ? Pods[0].Spines : Spines, leaf.UpUse.Ways),
            };
        }

        if (SuperSpinePorts is { } top)
        {
            yield return new(
                new(protocol, Tier.Spine, Tier.SuperSpine, spine.Up.Rate, spine.UpUse, top.DownUse, SplitOverPlanes: false),
                (long)spine.UpPorts * Spines
            )
            {
                IsTop = true,
                LegsPart = Parts(spine.UpPorts, SuperSpines / Math.Max(1, Pods[0].Spines), spine.UpUse.Ways),
            };
        }

        // Links of one switch are dealt out evenly over those above it.
        static bool Parts(int uplinks, int above, int ways) =>
            uplinks / Math.Max(1, above) is var each && (each < ways || each % ways != 0);
    }

    /// <summary>The part of a plan of several trees that stands below one super-spine.</summary>
    /// <param name="pods">The pods of that tree.</param>
    public PlanePlan Tree(IReadOnlyList<PodPlan> pods) => this with { Pods = pods, SuperSpines = 1 };

    /// <summary>The same plan for another NIC position.</summary>
    /// <param name="groups">What the hosts bring there.</param>
    public PlanePlan ForRail(IReadOnlyList<EndpointGroup> groups) => this with { Leaves = Leaves.ForRail(groups) };
}
