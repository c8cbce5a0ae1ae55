namespace Lightloom.Spec;

/// <summary>What is left of the stock while parts are counted: what lies there is used first, whoever counts.</summary>
/// <param name="stock">What there is, by catalogue id or order code.</param>
internal sealed class StockLeft(IReadOnlyDictionary<string, StockSpec> stock)
{
    private readonly Dictionary<string, long> _left = stock.ToDictionary(s => s.Key, s => (long)s.Value.Count);

    /// <summary>True where the stock has such an entry, used up or not.</summary>
    public bool Has(string key) => _left.ContainsKey(key);

    /// <summary>Takes as many of those wanted as are left.</summary>
    /// <param name="key">Catalogue id or order code.</param>
    /// <param name="wanted">How many are wanted.</param>
    /// <returns>How many were taken; 0 for what is not in stock.</returns>
    public long Take(string key, long wanted)
    {
        long taken = Math.Clamp(_left.GetValueOrDefault(key), 0, Math.Max(0, wanted));
        if (taken > 0)
        {
            _left[key] -= taken;
        }

        return taken;
    }
}
