using System.Globalization;

namespace Lightloom.Units;

/// <summary>Figures that are printed beside a bound: two that differ must not look equal.</summary>
public static class Apart
{
    private const int MostDecimals = 12;

    /// <summary>A value with as many decimals as it takes to see on which side of a bound it lies, no fewer than asked for.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bound">What it is compared with.</param>
    /// <param name="decimals">Decimals that are shown in any case; trailing zeros are left out beyond these only.</param>
    /// <returns>The value in invariant form, as <c>89.97</c> beside 90; the shortest where both are equal.</returns>
    public static string Of(double value, double bound, int decimals = 0)
    {
        for (int digits = decimals; value != bound && digits < MostDecimals; digits++)
        {
            double shown = Math.Round(value, digits);
            if (shown != bound && shown > bound == value > bound)
            {
                return value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            }
        }

        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
