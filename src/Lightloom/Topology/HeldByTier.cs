using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>What the switches of each tier of a network may not use.</summary>
/// <param name="Leaf">Each leaf.</param>
/// <param name="Spine">Each spine.</param>
/// <param name="SuperSpine">Each super-spine.</param>
internal sealed record HeldByTier(HeldPorts Leaf, HeldPorts Spine, HeldPorts SuperSpine)
{
    /// <summary>What a network's section keeps free.</summary>
    public static HeldByTier Of(FabricSpec fabric) =>
        new(Keeping(fabric.Reserve.Leaf), Keeping(fabric.Reserve.Spine), Keeping(fabric.Reserve.SuperSpine));

    /// <summary>What each of two leaves that are joined by peer links may not use for hosts: the ports of those links come first.</summary>
    /// <param name="leaf">What it may not use without them.</param>
    /// <param name="links">Links between the two.</param>
    public static HeldPorts WithPeers(HeldPorts leaf, int links) =>
        new() { Free = leaf.Free, Outward = [((DataRate?)null, links), .. leaf.Outward] };

    private static HeldPorts Keeping(int? free) => free is > 0 and var ports ? new() { Free = ports } : HeldPorts.None;
}
