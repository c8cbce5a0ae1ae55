using Lightloom.Topology;

namespace Lightloom.Report;

/// <summary>The oversubscription that one row of a table of switches has.</summary>
public static class BuiltRatio
{
    /// <summary>
    /// Of these switches: their own where several kinds make up the tier, as the network's figure is that of the worst; null where they
    /// have neither uplinks nor peer links.
    /// </summary>
    /// <param name="fabric">The network.</param>
    /// <param name="tier">The switches, of one kind.</param>
    public static double? Of(Fabric fabric, TierOfSwitches tier)
    {
        if (!fabric.Oversubscription.TryGetValue(tier.Tier, out double ratio))
        {
            return null;
        }

        bool isOneOfSeveral = fabric.Tiers.Count(t => t.Tier == tier.Tier) > 1;
        return tier.UpPorts > 0 ? (isOneOfSeveral ? tier.Oversubscription : ratio)
            : fabric.IsPair && tier.Tier == Tier.Leaf ? ratio
            : null;
    }
}
