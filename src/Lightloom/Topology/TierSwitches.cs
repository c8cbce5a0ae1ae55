using Lightloom.Hardware;

namespace Lightloom.Topology;

/// <summary>The switch of each tier; of the leaf tier several, where hosts of several rates need them.</summary>
/// <param name="Leaf">At the hosts.</param>
/// <param name="Spine">Above the leaves.</param>
/// <param name="SuperSpine">Above the spines.</param>
internal readonly record struct TierSwitches(SwitchModel Leaf, SwitchModel Spine, SwitchModel SuperSpine)
{
    /// <summary>Further leaf switches: each group of hosts takes the first, the first leaf before these, that serves its rate.</summary>
    public IReadOnlyList<SwitchModel>? MoreLeaves { get; init; }

    /// <summary>The leaf switch of every class of hosts, where it is not the first that serves; null where it is.</summary>
    public IReadOnlyDictionary<HostClass, SwitchModel>? LeafOfHosts { get; init; }

    /// <summary>
    /// The switch of the leaves from which links to what is outside start: of some that hosts take, else of leaves without hosts. Null where all
    /// leaves hold ports for these.
    /// </summary>
    public SwitchModel? Border { get; init; }

    /// <summary>All leaf switches, in the order in which they are asked.</summary>
    public IEnumerable<SwitchModel> Leaves => MoreLeaves is null ? [Leaf] : [Leaf, .. MoreLeaves];
}
