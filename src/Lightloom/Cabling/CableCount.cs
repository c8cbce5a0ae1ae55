namespace Lightloom.Cabling;

/// <summary>How many cables of one product and ordered length there are.</summary>
/// <param name="Product">Index of the product in <see cref="CablePlan.Products"/>.</param>
/// <param name="OrderLengthMillimetres">The ordered length.</param>
/// <param name="Quantity">How many.</param>
internal readonly record struct CableCount(int Product, int OrderLengthMillimetres, long Quantity)
{
    /// <summary>Counts all cables, sorted by product, then length.</summary>
    public static CableCount[] ByProductAndLength(CablePlan cables)
    {
        Dictionary<long, long> counts = [];
        foreach (ref readonly Cable cable in cables.Cables.AsSpan())
        {
            if (cable.Product >= 0)
            {
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                    counts,
                    (long)cable.Product << 32 | (uint)cable.OrderLengthMillimetres,
                    out _
                )++;
            }
        }

        return counts.OrderBy(c => c.Key).Select(c => new CableCount((int)(c.Key >> 32), (int)c.Key, c.Value)).ToArray();
    }
}
