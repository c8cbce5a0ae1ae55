namespace Lightloom.Cabling;

/// <summary>Counts, while a class is planned, what each product serves.</summary>
internal sealed class ClassTally(int[] bounds)
{
    private ChoiceCount[] _counts = [];

    /// <summary>Counts by product, -1 first; products without links are empty.</summary>
    public ReadOnlySpan<ChoiceCount> Counts => _counts;

    /// <summary>The count of one product.</summary>
    public ref ChoiceCount Of(int product)
    {
        if (product + 1 >= _counts.Length || _counts[product + 1].ByClass is null)
        {
            Grow(product);
        }

        return ref _counts[product + 1];
    }

    private void Grow(int product)
    {
        if (product + 1 >= _counts.Length)
        {
            Array.Resize(ref _counts, product + 8);
        }

        _counts[product + 1] = new()
        {
            Product = product,
            Shortest = int.MaxValue,
            Longest = -1,
            ByClass = new LengthCount[bounds.Length + 1],
        };
    }
}

/// <summary>What one product serves in one link class.</summary>
internal struct ChoiceCount
{
    public int LinkClass;
    public int Product;
    public long Links;
    public int Shortest;
    public int Longest;
    public int LongestLink;
    public long AtA;
    public long AtZ;

    /// <summary>By the class that the article names for the length; the last one for lengths beyond its table.</summary>
    public LengthCount[] ByClass;

    public void Add(int millimetres, int link, int[] bounds)
    {
        Links++;
        if (millimetres < Shortest)
        {
            Shortest = millimetres;
        }

        if (millimetres > Longest)
        {
            Longest = millimetres;
            LongestLink = link;
        }

        int named = 0;
        while (named < bounds.Length && millimetres > bounds[named])
        {
            named++;
        }

        ref LengthCount count = ref ByClass[named];
        if (count.Links++ == 0)
        {
            count.Shortest = count.Longest = millimetres;
        }
        else if (millimetres < count.Shortest)
        {
            count.Shortest = millimetres;
        }
        else if (millimetres > count.Longest)
        {
            count.Longest = millimetres;
        }
    }
}

/// <summary>How many links there are between two lengths.</summary>
internal struct LengthCount
{
    public long Links;
    public int Shortest;
    public int Longest;
}
