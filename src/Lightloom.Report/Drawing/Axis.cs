using System.Globalization;

namespace Lightloom.Report.Drawing;

/// <summary>A scale from values to places on a picture, linear or logarithmic, with round values to mark.</summary>
internal sealed class Axis
{
    private readonly double _from;
    private readonly double _to;
    private readonly double _start;
    private readonly double _length;

    /// <summary>An axis over values.</summary>
    /// <param name="from">The least value.</param>
    /// <param name="to">The largest value; widened when equal to the least.</param>
    /// <param name="start">Where the least value lies.</param>
    /// <param name="end">Where the largest value lies.</param>
    /// <param name="logarithmic">Whether equal ratios are equally long; needs positive values.</param>
    public Axis(double from, double to, double start, double end, bool logarithmic = false)
    {
        Logarithmic = logarithmic && from > 0;
        to = to > from ? to : from + Math.Max(1e-9, Math.Abs(from) * 0.1);
        _from = Logarithmic ? Math.Log10(from) : from;
        _to = Logarithmic ? Math.Log10(to) : to;
        _start = start;
        _length = end - start;
    }

    /// <summary>Whether equal ratios are equally long.</summary>
    public bool Logarithmic { get; }

    /// <summary>Where a value lies, never outside of the axis.</summary>
    public double At(double value)
    {
        double v = Logarithmic ? Math.Log10(Math.Max(value, 1e-300)) : value;
        return _start + Math.Clamp((v - _from) / (_to - _from), 0, 1) * _length;
    }

    /// <summary>Round values along the axis.</summary>
    public IEnumerable<double> Ticks(int about)
    {
        if (Logarithmic)
        {
            int decades = (int)Math.Ceiling(_to) - (int)Math.Floor(_from);
            double[] steps =
                decades <= 2 ? [1, 2, 3, 5, 7]
                : decades <= 4 ? [1, 3]
                : [1];
            for (int d = (int)Math.Floor(_from); d <= Math.Ceiling(_to); d++)
            {
                foreach (double step in steps)
                {
                    double value = step * Math.Pow(10, d);
                    if (Math.Log10(value) >= _from - 1e-9 && Math.Log10(value) <= _to + 1e-9)
                    {
                        yield return value;
                    }
                }
            }

            yield break;
        }

        double unit = Step((_to - _from) / about);
        for (double k = Math.Ceiling(_from / unit - 1e-9); k * unit <= _to + unit * 1e-9; k++)
        {
            yield return k * unit + 0.0;
        }
    }

    /// <summary>A value as a label, no more digits than it needs.</summary>
    public static string Label(double value) =>
        Math.Abs(value) switch
        {
            0 => "0",
            >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + " M",
            >= 10_000 => (value / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + " k",
            >= 100 => value.ToString("#,0.#", CultureInfo.InvariantCulture),
            >= 1 => value.ToString("0.##", CultureInfo.InvariantCulture),
            _ => value.ToString("0.####", CultureInfo.InvariantCulture),
        };

    /// <summary>1, 2 or 5 times a power of ten, no less than asked.</summary>
    public static double Step(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(least, 1e-300))));
        double share = least / power;
        return power
            * (
                share <= 1 ? 1
                : share <= 2 ? 2
                : share <= 5 ? 5
                : 10
            );
    }
}
