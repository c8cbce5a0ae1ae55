using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>Rates at which the lanes of a cage can run.</summary>
/// <remarks>A set of the rates that are in use as bits, so that cages of one kind compare equal.</remarks>
public readonly record struct LaneRateSet
{
    /// <summary>Gb/s of one lane, slowest first: NRZ to 25G, PAM4 from 50G. 40G and 100G of the older generations are four lanes.</summary>
    private static readonly int[] Known = [1, 10, 25, 50, 100, 200];

    private readonly byte _rates;

    private LaneRateSet(int rates) => _rates = (byte)rates;

    /// <summary>True when nothing is said.</summary>
    public bool IsEmpty => _rates == 0;

    /// <summary>Every rate that a set can hold, slowest first.</summary>
    public static IReadOnlyList<DataRate> All { get; } = [.. Known.Select(gbps => DataRate.FromGbps(gbps))];

    /// <summary>The rates of a list; those that no lane runs at are left out.</summary>
    public static LaneRateSet Of(IEnumerable<DataRate> rates) => new(rates.Aggregate(0, (all, rate) => all | Bit(rate)));

    /// <summary>True when lanes can run at the rate.</summary>
    public bool Contains(DataRate rate) => (_rates & Bit(rate)) != 0;

    /// <summary>The rates, fastest first.</summary>
    public IEnumerable<DataRate> FastestFirst()
    {
        for (int i = Known.Length - 1; i >= 0; i--)
        {
            if ((_rates & (1 << i)) != 0)
            {
                yield return All[i];
            }
        }
    }

    /// <summary>The rates in words: <c>100G or 50G</c>.</summary>
    public override string ToString() => string.Join(" or ", FastestFirst());

    private static int Bit(DataRate rate)
    {
        for (int i = 0; i < Known.Length; i++)
        {
            if (All[i] == rate)
            {
                return 1 << i;
            }
        }

        return 0;
    }
}
