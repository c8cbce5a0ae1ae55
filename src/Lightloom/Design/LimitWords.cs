using System.Globalization;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Design;

/// <summary>The limits of <c>objectives.limits</c> as files and messages have them.</summary>
internal static class LimitWords
{
    /// <summary>The id of the error that a broken limit is.</summary>
    public static string Id(LimitKind kind) =>
        kind switch
        {
            LimitKind.Capex => "LL7901",
            LimitKind.Power => "LL7902",
            LimitKind.Racks => "LL7903",
            _ => "LL7904",
        };

    /// <summary>The key under <c>objectives.limits</c>.</summary>
    public static string Key(LimitKind kind) =>
        kind switch
        {
            LimitKind.Capex => "capex_usd",
            LimitKind.Power => "network_power_kw",
            LimitKind.Racks => "racks",
            _ => "latency_us",
        };

    /// <summary>What a design has of a quantity, and how that stands to its limit: <c>47.8 kW, 19.4 % above 40 kW</c>.</summary>
    public static string Above(LimitKind kind, LimitValues values, LimitsSpec limits) =>
        $"{Amount(kind, values)}, {Above(values.Ratio(kind, limits) ?? 1)} {Limit(kind, limits)}";

    /// <summary>A quantity with its unit.</summary>
    public static string Amount(LimitKind kind, LimitValues values) =>
        kind switch
        {
            LimitKind.Capex => values.Capex.ToString(),
            LimitKind.Power => FormattableString.Invariant($"{UpToThousandths(values.Power.Kilowatts):#,0.###} kW"),
            LimitKind.Racks => Counted.Of((long)values.Racks, "rack"),
            _ => FormattableString.Invariant($"{UpToThousandths(values.Latency.Microseconds):0.###} us"),
        };

    /// <summary>The limits of a file without some of them.</summary>
    public static LimitsSpec Without(LimitsSpec limits, IReadOnlyCollection<LimitKind> kinds) =>
        new()
        {
            Capex = kinds.Contains(LimitKind.Capex) ? null : limits.Capex,
            NetworkPower = kinds.Contains(LimitKind.Power) ? null : limits.NetworkPower,
            Racks = kinds.Contains(LimitKind.Racks) ? null : limits.Racks,
            LatencyUs = kinds.Contains(LimitKind.Latency) ? null : limits.LatencyUs,
        };

    /// <summary>The limits of a file, those that a design breaks raised to the least value that it keeps; as a file has them.</summary>
    public static LimitsSpec Raised(LimitsSpec limits, LimitValues values) =>
        limits with
        {
            Capex = values.Ratio(LimitKind.Capex, limits) > 1 ? Money.FromDollars(Math.Ceiling(values.Capex.Dollars)) : limits.Capex,
            NetworkPower =
                values.Ratio(LimitKind.Power, limits) > 1
                    ? Power.FromWatts(UpToThousandths(values.Power.Kilowatts) * 1000)
                    : limits.NetworkPower,
            Racks = values.Ratio(LimitKind.Racks, limits) > 1 ? (int)values.Racks : limits.Racks,
            LatencyUs = values.Ratio(LimitKind.Latency, limits) > 1 ? UpToThousandths(values.Latency.Microseconds) : limits.LatencyUs,
        };

    /// <summary>Limits as a file has them: <c>objectives.limits: {network_power_kw: 47.773, racks: 40}</c>.</summary>
    public static string InFile(LimitsSpec limits)
    {
        List<string> entries = [];
        void Add(LimitKind kind, double? value, string format)
        {
            if (value is { } v)
            {
                entries.Add($"{Key(kind)}: {v.ToString(format, CultureInfo.InvariantCulture)}");
            }
        }

        Add(LimitKind.Capex, limits.Capex?.Dollars, "0.##");
        Add(LimitKind.Power, limits.NetworkPower?.Kilowatts, "0.######");
        Add(LimitKind.Racks, limits.Racks, "0");
        Add(LimitKind.Latency, limits.LatencyUs, "0.######");
        return $"objectives.limits: {{{string.Join(", ", entries)}}}";
    }

    /// <summary>A limit with its unit.</summary>
    public static string Limit(LimitKind kind, LimitsSpec limits) =>
        kind switch
        {
            LimitKind.Capex => limits.Capex!.Value.ToString(),
            LimitKind.Power => FormattableString.Invariant($"{limits.NetworkPower!.Value.Kilowatts:#,0.###} kW"),
            LimitKind.Racks => limits.Racks!.Value.ToString(CultureInfo.InvariantCulture),
            _ => FormattableString.Invariant($"{limits.LatencyUs:0.###} us"),
        };

    private static string Above(double ratio) =>
        ratio < 1.0005 ? "barely above"
        : ratio >= 10 ? FormattableString.Invariant($"{ratio:#,0} times")
        : FormattableString.Invariant($"{(ratio - 1) * 100:0.#} % above");

    private static double UpToThousandths(double value) => Math.Ceiling((value * 1000) - 1e-9) / 1000;
}
