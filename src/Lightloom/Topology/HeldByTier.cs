using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>What the switches of each tier of a network may not use.</summary>
/// <param name="Leaf">Each leaf.</param>
/// <param name="Spine">Each spine.</param>
/// <param name="SuperSpine">Each super-spine.</param>
internal sealed record HeldByTier(HeldPorts Leaf, HeldPorts Spine, HeldPorts SuperSpine)
{
    /// <summary>What a network's section keeps free, and the ports of switches in stock that are in use.</summary>
    public static HeldByTier Of(ClusterSpec spec, FabricSpec fabric)
    {
        Dictionary<string, int> used = spec
            .Existing.Where(e => e.Value.UsedPorts > 0 && e.Value.Count > 0)
            .ToDictionary(e => e.Key, e => e.Value.UsedPorts);
        return new(Held(fabric.Reserve.Leaf), Held(fabric.Reserve.Spine), Held(fabric.Reserve.SuperSpine));

        HeldPorts Held(int? free) => free is null or 0 && used.Count == 0 ? HeldPorts.None : new() { Free = free ?? 0, InUse = used };
    }

    /// <summary>What each of two leaves that are joined by peer links may not use for hosts: the ports of those links come first.</summary>
    /// <param name="leaf">What it may not use without them.</param>
    /// <param name="links">Links between the two.</param>
    public static HeldPorts WithPeers(HeldPorts leaf, int links) =>
        new()
        {
            Free = leaf.Free,
            InUse = leaf.InUse,
            Outward = [((DataRate?)null, links), .. leaf.Outward],
        };
}
