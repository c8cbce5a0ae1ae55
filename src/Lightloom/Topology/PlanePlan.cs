using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>A sized plane: how many switches a tier has and how their ports are used, before any link is drawn.</summary>
internal sealed record PlanePlan
{
    /// <summary>Ports that hosts bring.</summary>
    public required IReadOnlyList<EndpointGroup> Groups { get; init; }

    /// <summary>Units, in the order of their nodes.</summary>
    public required IReadOnlyList<PlanUnit> Units { get; init; }

    /// <summary>What the leaves serve, ordered by group, then leaf.</summary>
    public required IReadOnlyList<LeafShare> Shares { get; init; }

    /// <summary>Port division of every leaf; leaves that serve the same rate share one object.</summary>
    public required IReadOnlyList<PortPlan> LeafPorts { get; init; }

    /// <summary>Leaves.</summary>
    public int LeafCount => LeafPorts.Count;

    /// <summary>Tiers: 1, 2 or 3.</summary>
    public required int Tiers { get; init; }

    /// <summary>Pods; exactly one with two tiers, none with one.</summary>
    public IReadOnlyList<PodPlan> Pods { get; init; } = [];

    /// <summary>Port division of a spine; null with one tier.</summary>
    public PortPlan? SpinePorts { get; init; }

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

    /// <summary>Capacity between leaves and spines, one direction.</summary>
    public double LeafUplinkGbps => LeafPorts.Sum(p => p.UpPorts * p.Up.Rate.Gbps);

    /// <summary>The kinds of link that the plane has.</summary>
    /// <param name="protocol">What its ports speak.</param>
    /// <param name="planesOfNic">Planes over which a NIC port is divided.</param>
    public IEnumerable<LinkEnds> LinkEnds(Protocol protocol, int planesOfNic)
    {
        foreach ((int group, PortPlan leaf) in Shares.Select(s => (s.Group, LeafPorts[s.Leaf])).Distinct())
        {
            CageUse nic = PlaneWiring.HostCages(Groups[group].Ports, planesOfNic, leaf.DownBlock.LaneRate);
            yield return new(protocol, Tier.Host, Tier.Leaf, Groups[group].Rate, nic, leaf.DownUse, planesOfNic > 1);
        }

        if (SpinePorts is not { } spine)
        {
            yield break;
        }

        foreach (PortPlan leaf in LeafPorts.Distinct())
        {
            yield return new(protocol, Tier.Leaf, Tier.Spine, leaf.Up.Rate, leaf.UpUse, spine.DownUse, SplitOverPlanes: false);
        }

        if (SuperSpinePorts is { } top)
        {
            yield return new(protocol, Tier.Spine, Tier.SuperSpine, spine.Up.Rate, spine.UpUse, top.DownUse, SplitOverPlanes: false);
        }
    }

    /// <summary>The part of a plan of several trees that stands below one super-spine.</summary>
    /// <param name="pods">The pods of that tree.</param>
    public PlanePlan Tree(IReadOnlyList<PodPlan> pods) => this with { Pods = pods, SuperSpines = 1 };

    /// <summary>The same plan for another NIC position.</summary>
    /// <param name="groups">What the hosts bring there.</param>
    public PlanePlan ForRail(IReadOnlyList<EndpointGroup> groups) =>
        this with
        {
            Groups = groups,
            Shares = [.. Shares.Select(s => s with { FirstRail = groups[s.Group].FirstRail })],
        };
}
