using System.Runtime.CompilerServices;

namespace Lightloom.Units;

/// <summary>
/// How every quantity turns numbers into whole units: to the nearest, halves to even, so that long sums do not drift, and never out of
/// range in silence.
/// </summary>
internal static class Rounding
{
    /// <summary>2^63 as a double: the first value that a signed 64-bit integer cannot hold.</summary>
    private const double Limit = 9_223_372_036_854_775_808.0;

    /// <summary>The whole number nearest to <paramref name="value"/> times <paramref name="scale"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no number or the product is out of the range of a signed 64-bit
    /// integer.</exception>
    public static long Nearest(double value, double scale, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        double scaled = Math.Round(value * scale, MidpointRounding.ToEven);
        return scaled is >= -Limit and < Limit
            ? (long)scaled
            : throw new ArgumentOutOfRangeException(name, value, "The value is no finite number or too large to be held.");
    }

    /// <summary>As <see cref="Nearest(double, double, string?)"/>, for quantities that cannot be negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, no number or too large.</exception>
    public static long NearestNonNegative(double value, double scale, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        return Nearest(value, scale, name);
    }

    /// <summary>
    /// <paramref name="a"/> times <paramref name="b"/> over <paramref name="divisor"/> (above zero), rounded once and at the end.
    /// </summary>
    /// <exception cref="OverflowException">The result is out of the range of a signed 64-bit integer.</exception>
    public static long NearestQuotient(long a, long b, long divisor)
    {
        Int128 product = (Int128)a * b;
        if (product == (long)product)
        {
            // Of two machine words instead of four: this is in the loops over all links.
            (long quotient, long remainder) = Math.DivRem((long)product, divisor);
            long over = Math.Abs(remainder);
            return over > divisor - over || (over == divisor - over && long.IsOddInteger(quotient))
                ? quotient + Math.Sign(remainder)
                : quotient;
        }

        (Int128 whole, Int128 rest) = Int128.DivRem(product, divisor);
        Int128 left = Int128.Abs(rest);
        bool up = left > divisor - left || (left == divisor - left && Int128.IsOddInteger(whole));
        return checked((long)(up ? whole + Int128.Sign(rest) : whole));
    }
}
