namespace Lightloom.Topology;

/// <summary>The words by which results name tiers and fabrics.</summary>
public static class TierNames
{
    /// <summary><c>host</c>, <c>leaf</c>, <c>spine</c> or <c>super-spine</c>.</summary>
    public static string Word(this Tier tier) =>
        tier switch
        {
            Tier.Host => "host",
            Tier.Leaf => "leaf",
            Tier.Spine => "spine",
            _ => "super-spine",
        };

    /// <summary><c>backend</c>, <c>frontend</c> or <c>oob</c>.</summary>
    public static string Word(this FabricRole role) =>
        role switch
        {
            FabricRole.Backend => "backend",
            FabricRole.Frontend => "frontend",
            _ => "oob",
        };
}
