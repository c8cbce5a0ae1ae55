using Lightloom.Catalog;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>What a cable is made of: one assembly, or a module at either end with fibre between.</summary>
public sealed record LinkProduct
{
    /// <summary>Position in <see cref="CablePlan.Products"/>.</summary>
    public required int Index { get; init; }

    /// <summary>The assembly, or the module at the A end; the tail of a splitting assembly when its head is at Z has the same entry.</summary>
    public required InterconnectModel A { get; init; }

    /// <summary>The module at the Z end; the same entry as <see cref="A"/> for an assembly or equal modules.</summary>
    public required InterconnectModel Z { get; init; }

    /// <summary>The medium of the cable.</summary>
    public required Medium Medium { get; init; }

    /// <summary>The reach that was allowed: of the weaker end, derated for optics.</summary>
    public required Length Reach { get; init; }

    /// <summary>The rated reach before derating.</summary>
    public required Length RatedReach { get; init; }

    /// <summary>Fibres that one cable of this product carries; 0 for copper.</summary>
    public required int FibresPerCable { get; init; }

    /// <summary>The breakout of the cable as printed in cables.csv: <c>1x800</c>, <c>2x400</c> ...</summary>
    public required Breakout Breakout { get; init; }
}
