using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>What one plane must serve, whatever its switches are.</summary>
internal sealed record PlaneRequest
{
    public required IReadOnlyList<EndpointGroup> Groups { get; init; }

    /// <summary>True for cells: leaf uplinks and spine downlinks are fabric ports.</summary>
    public bool Scheduled { get; init; }

    public double LeafOversubscription { get; init; } = 1;

    /// <summary>A number that the uplinks of every leaf are a multiple of: 1 where any number will do.</summary>
    public int UplinkMultiple { get; init; } = 1;

    public double SpineOversubscription { get; init; } = 1;

    /// <summary>True where the last leaves of several rates may become one.</summary>
    public bool SharesLeaves { get; init; }

    /// <summary>
    /// Whether an interconnect joins a group's ports to a leaf so divided; null to take that for granted. Asked where leaves of several models
    /// are there to choose from.
    /// </summary>
    public Func<EndpointGroup, PortPlan, bool>? Joins { get; init; }

    /// <summary>Whether an interconnect joins the uplinks of a leaf so divided to a spine so divided; null to take that for granted.</summary>
    public Func<PortPlan, PortPlan, bool>? JoinsSpine { get; init; }

    /// <summary>
    /// True to run cages at the lane rate of what is plugged in at the other end, where that is slower than their own; false to leave unlike
    /// lanes to a gearbox in the cable.
    /// </summary>
    public bool MeetsLanes { get; init; }

    /// <summary>Hosts whose cages keep their own lanes all the same: what is plugged in has a gearbox for them.</summary>
    public IReadOnlyCollection<HostClass> KeepLanes { get; init; } = [];

    /// <summary>
    /// The rate at which the lanes of a leaf's cages run for a group of hosts, where that is slower than their own; null for their own.
    /// </summary>
    public DataRate? LaneFor(EndpointGroup group, SwitchModel leaf) =>
        MeetsLanes && !(KeepLanes.Count > 0 && KeepLanes.Contains(HostClass.Of(group.Ports)))
            ? HostLanes.Slower(leaf, group.Rate, group.Ports.LaneRateOptions())
            : null;

    /// <summary>The same for a switch above: its ports meet uplinks of that rate on lanes of <paramref name="lane"/>.</summary>
    public DataRate? LaneFor(DataRate rate, DataRate lane, SwitchModel above) =>
        MeetsLanes && !Scheduled ? HostLanes.Slower(above, rate, [lane]) : null;

    /// <summary>True when some cage of a leaf would run slower than it can.</summary>
    public bool Slows(SwitchModel leaf) => Groups.Any(g => LaneFor(g, leaf) is not null);

    /// <summary>True when some cage of a leaf keeps its own lanes although it could meet those of its hosts.</summary>
    public bool Keeps(SwitchModel leaf) => Groups.Any(g => LaneFor(g, leaf) != (this with { KeepLanes = [] }).LaneFor(g, leaf));

    /// <summary>1, 2, 3, or null for the fewest that serve.</summary>
    public int? Tiers { get; init; }

    public bool RailOptimized { get; init; } = true;

    public int? UnitNodes { get; init; }

    public TierMinimums Redundancy { get; init; } = new();

    /// <summary>What the switches of each tier may not use for links to the tiers beside it.</summary>
    public HeldByTier Held { get; init; } = HeldByTier.None;

    /// <summary>Links to what is outside the design; the switches of their tier keep ports for them.</summary>
    public IReadOnlyList<ExternalLinks> External { get; init; } = [];

    /// <summary>What leaves of one model hold for the outside, and the fastest rate of it; null where all leaves hold ports for the outside.</summary>
    public (HeldPorts Held, DataRate Rate)? Border { get; init; }

    /// <summary>What the leaves of a model may not use for hosts and uplinks.</summary>
    /// <param name="leaf">The model.</param>
    /// <param name="border">The model whose leaves lead outside; null where all do.</param>
    public HeldPorts HeldOn(SwitchModel leaf, SwitchModel? border) => Border is { } own && leaf == border ? own.Held : Held.Leaf;

    /// <summary>Leaves without hosts, where there are some: a pair where nodes have two, for one of them may fail.</summary>
    public int BorderLeaves => Math.Max(Sides, Redundancy.Leaf);

    /// <summary>Planes over whose switches external links are dealt out, this one included.</summary>
    public int PlanesOfExternal { get; init; } = 1;

    /// <summary>Fewest tiers: those from which external links start must be there.</summary>
    public int LeastTiers { get; init; } = 1;

    /// <summary>Links between the two leaves of a plane without spine; 0 for a plane with spines or of one leaf.</summary>
    public int PeerLinks { get; init; }

    /// <summary>2 when every node's ports are dealt to a pair of leaves (dual homing), else 1.</summary>
    public int Sides { get; init; } = 1;

    /// <summary>XPUs of each pod when the file fixes pods (layout pods); null otherwise.</summary>
    public long? PodXpus { get; init; }

    /// <summary>
    /// Pods from this index on are smaller by <see cref="PodStepXpus"/>, where the nodes do not divide evenly over the planes.
    /// </summary>
    public int FullPods { get; init; } = int.MaxValue;

    /// <summary>XPUs of one node, by which later pods are smaller.</summary>
    public long PodStepXpus { get; init; }

    /// <summary>Nodes of a group that leaves are built for: whole units where units are fixed.</summary>
    public int BuiltNodes(EndpointGroup group) => UnitNodes is { } unit ? (group.Nodes + unit - 1) / unit * unit : group.Nodes;

    /// <summary>XPUs that the pod takes.</summary>
    public long XpusOfPod(int pod) => PodXpus!.Value - (pod >= FullPods ? PodStepXpus : 0);
}
