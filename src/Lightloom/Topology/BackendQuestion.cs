using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>What a topology family is asked to size.</summary>
/// <param name="Spec">What the file says.</param>
/// <param name="Pools">Pools with XPUs.</param>
/// <param name="Everything">True to vary paradigm, planes and layout whatever the file fixes.</param>
/// <param name="Cache">Faceplate divisions already worked out.</param>
/// <param name="Pricing">For the estimates that rank.</param>
internal sealed record BackendQuestion(
    ClusterSpec Spec,
    IReadOnlyList<PoolNodes> Pools,
    bool Everything,
    PortPlanCache Cache,
    Pricing Pricing
)
{
    /// <summary>What its switches may not use.</summary>
    public HeldByTier Held { get; } = HeldByTier.Of(Spec, Spec.Backend);

    /// <summary>Its links to what is outside the design.</summary>
    public IReadOnlyList<ExternalLinks> External { get; } = ExternalLinks.Of(Spec.Backend);

    /// <summary>
    /// True to size only backends whose leaves run cages on the hosts' lanes, slower than their own; false for all others.
    /// </summary>
    public bool MeetsLanes { get; init; }

    /// <summary>Hosts whose cages keep their own lanes all the same.</summary>
    public IReadOnlyCollection<HostClass> KeepLanes { get; init; } = [];

    /// <summary>The leaf switch of every class of hosts, where it is not the first of those named that serves; null where it is.</summary>
    public IReadOnlyDictionary<HostClass, SwitchModel>? LeafOfHosts { get; init; }

    /// <summary>XPUs of all pools.</summary>
    public long Xpus => PoolNodes.XpusOf(Pools);
}
