using Lightloom.Spec;

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

    /// <summary>Nothing is held.</summary>
    public static HeldByTier None { get; } = new(HeldPorts.None, HeldPorts.None, HeldPorts.None);

    /// <summary>What each switch of a tier may not use.</summary>
    public HeldPorts Of(Tier tier) =>
        tier switch
        {
            Tier.Leaf => Leaf,
            Tier.Spine => Spine,
            _ => SuperSpine,
        };

    /// <summary>The same where switches of tiers hold further ports for links out of their tier, after those that they hold.</summary>
    /// <param name="outward">The tier and the ports of each.</param>
    public HeldByTier Beside(IReadOnlyList<(Tier Tier, HeldOutward Ports)> outward)
    {
        return new(With(Tier.Leaf), With(Tier.Spine), With(Tier.SuperSpine));

        HeldPorts With(Tier tier) =>
            outward.Any(o => o.Tier == tier)
                ? Of(tier).Holding([.. Of(tier).Outward, .. outward.Where(o => o.Tier == tier).Select(o => o.Ports)])
                : Of(tier);
    }
}
