namespace Lightloom.Training.Choosing;

/// <summary>
/// The designs that no other one beats in everything: cost, power, step and goodput. Cost, power and step count to three digits, goodput to
/// a hundredth of a point: the models tell no smaller differences.
/// </summary>
internal static class ParetoFront
{
    /// <summary>The numbers of the designs on the front; of those that are equal in everything, the first.</summary>
    public static HashSet<int> Of(IReadOnlyList<ScoredDesign> designs)
    {
        HashSet<int> front = [];
        List<(ScoredDesign Design, double[] Key)> open = [];
        HashSet<(double, double, double, double)> seen = [];
        foreach (ScoredDesign design in designs)
        {
            double[] key = Key(design.Score!);
            if (seen.Add((key[0], key[1], key[2], key[3])))
            {
                open.Add((design, key));
            }
        }

        foreach ((ScoredDesign design, double[] key) in open)
        {
            if (!open.Exists(o => Beats(o.Key, key)))
            {
                front.Add(design.Number);
            }
        }

        return front;
    }

    /// <summary>Whether one is no worse in anything, and better in something or simply equal and first.</summary>
    public static bool Dominates(DesignScore one, DesignScore other)
    {
        double[] a = Key(one),
            b = Key(other);
        return Beats(a, b) || a.AsSpan().SequenceEqual(b);
    }

    /// <summary>A value to so many digits.</summary>
    public static double Rounded(double value, int digits = 3)
    {
        if (value <= 0)
        {
            return 0;
        }

        double unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - (digits - 1));
        return Math.Round(value / unit) * unit;
    }

    private static double[] Key(DesignScore s) => [Rounded(s.Usd), Rounded(s.Watts), Rounded(s.Step.Step), -Math.Round(s.Goodput.Share, 4)];

    private static bool Beats(double[] a, double[] b)
    {
        bool better = false;
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] > b[i])
            {
                return false;
            }

            better |= a[i] < b[i];
        }

        return better;
    }
}
