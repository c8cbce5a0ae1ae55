using Lightloom.Diagnostics;

namespace Lightloom.Cabling;

/// <summary>Every cable with its product and length.</summary>
public sealed class CablePlan
{
    /// <summary>Products in use.</summary>
    public required IReadOnlyList<LinkProduct> Products { get; init; }

    /// <summary>Cables, numbered from 0 in the order of the link classes.</summary>
    public required Cable[] Cables { get; init; }

    /// <summary>By link class, then link: the number of its cable.</summary>
    public required IReadOnlyList<int[]> CableOfLink { get; init; }

    /// <summary>By link class, then link: the computed length of that leg in millimetres.</summary>
    public required IReadOnlyList<int[]> LengthOfLink { get; init; }

    /// <summary>What was noticed: rules that fired, links that nothing serves.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }
}
