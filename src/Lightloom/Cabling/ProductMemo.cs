using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>
/// Remembers, metre by metre, which product serves links that are alike, so that each further cable costs one look into an array.
/// </summary>
internal sealed class ProductMemo(PreparedLink prepared, Func<Offer, int> productOf)
{
    private const int Unknown = 0;
    private const int Nothing = -1;
    private int[] _byMetre = new int[64];
    private readonly List<(int End, int Product)[]> _divided = [];

    public PreparedLink Prepared => prepared;

    /// <summary>The product that an offer becomes.</summary>
    public int ProductOf(int offer) => productOf(prepared.Offers[offer]);

    /// <summary>The product for a length, or -1.</summary>
    public int Decide(int millimetres)
    {
        int metre = (int)(((long)millimetres + 999) / 1000);
        int found = metre < _byMetre.Length ? _byMetre[metre] : Unknown;
        if (found == Unknown)
        {
            found = Learn(metre);
        }

        if (found > 0)
        {
            return found - 1;
        }

        if (found == Nothing)
        {
            return -1;
        }

        foreach ((int end, int product) in _divided[-found - 2])
        {
            if (millimetres <= end)
            {
                return product;
            }
        }

        return -1;
    }

    /// <summary>The product for a length among those that need no shuffle, or -1.</summary>
    public int DecideWithoutShuffle(int millimetres)
    {
        foreach (int offer in prepared.Feasible(millimetres))
        {
            if (prepared.Offers[offer].Shuffle is null)
            {
                return ProductOf(offer);
            }
        }

        return -1;
    }

    private int Learn(int metre)
    {
        if (metre >= _byMetre.Length)
        {
            Array.Resize(ref _byMetre, Math.Max(metre + 1, _byMetre.Length * 2));
        }

        List<(int End, int Product)> parts = [];
        foreach (long end in prepared.Breakpoints((metre - 1L) * 1000, metre * 1000L))
        {
            int offer = prepared.Best(end);
            int product = offer < 0 ? -1 : productOf(prepared.Offers[offer]);
            if (parts.Count > 0 && parts[^1].Product == product)
            {
                parts[^1] = ((int)Math.Min(end, int.MaxValue), product);
            }
            else
            {
                parts.Add(((int)Math.Min(end, int.MaxValue), product));
            }
        }

        int result;
        if (parts.Count == 1)
        {
            result = parts[0].Product < 0 ? Nothing : parts[0].Product + 1;
        }
        else
        {
            _divided.Add([.. parts]);
            result = -_divided.Count - 1;
        }

        _byMetre[metre] = result;
        return result;
    }
}
