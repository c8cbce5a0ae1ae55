using System.Globalization;
using Lightloom.Units;
using Lightloom.Yaml;

namespace Lightloom.Hardware;

/// <summary>A price, or the lower and the upper end of a range of prices. Immutable.</summary>
/// <param name="Low">The lower end; equal to <paramref name="High"/> for a single price.</param>
/// <param name="High">The upper end.</param>
[KeyNode("a number of dollars, or the lower and the upper end of a range")]
public readonly record struct PriceRange(Money Low, Money High)
{
    private const double Largest = 1e10;

    /// <summary>The price itself, or the middle of the range.</summary>
    public Money Middle => Money.FromDollars((Low.Dollars + High.Dollars) / 2);

    /// <summary>Reads <c>161</c> or <c>[165, 299]</c>.</summary>
    public static bool TryRead(YamlNode node, out PriceRange range)
    {
        range = default;
        IReadOnlyList<YamlNode> ends = node is YamlList list ? list.Items : [node];
        if (ends.Count is not (1 or 2) || !TryReadEnd(ends[0], out double low) || !TryReadEnd(ends[^1], out double high) || low > high)
        {
            return false;
        }

        range = new(Money.FromDollars(low), Money.FromDollars(high));
        return true;
    }

    /// <summary>The price, or both ends.</summary>
    public override string ToString() => Low == High ? Low.ToString() : $"{Low}-{High}";

    private static bool TryReadEnd(YamlNode node, out double dollars)
    {
        dollars = 0;
        return node is YamlScalar { IsQuoted: false } scalar
            && double.TryParse(
                scalar.Text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out dollars
            )
            && dollars is >= 0 and <= Largest;
    }
}
