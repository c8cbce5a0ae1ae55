using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Links of one plane to what is outside the design.</summary>
/// <param name="Name">What they lead to.</param>
/// <param name="Tier">The tier whose switches they start from.</param>
/// <param name="Links">How many, over all planes.</param>
/// <param name="Rate">Rate of one.</param>
/// <param name="Breakout">True when links may be legs of breakout cables.</param>
internal sealed record ExternalLinks(string Name, Tier Tier, int Links, DataRate Rate, bool Breakout)
{
    /// <summary>Those that a network's section asks for.</summary>
    public static IReadOnlyList<ExternalLinks> Of(FabricSpec fabric) =>
        [
            .. fabric.External.Select(e => new ExternalLinks(
                e.Name,
                e.Tier switch
                {
                    "leaf" => Tier.Leaf,
                    "spine" => Tier.Spine,
                    _ => Tier.SuperSpine,
                },
                e.Links,
                DataRate.FromGbps(e.RateGbps),
                e.Breakout
            )),
        ];
}
