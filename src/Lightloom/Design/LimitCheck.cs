using System.Globalization;
using Lightloom.Bill;
using Lightloom.Diagnostics;
using Lightloom.Spec;

namespace Lightloom.Design;

/// <summary>Holds a design against <c>objectives.limits</c>, and says which value of a broken limit would work.</summary>
internal static class LimitCheck
{
    /// <summary>
    /// Adds an error (LL7901 to LL7904) for every limit that is broken, and a warning where unpriced lines leave one open.
    /// </summary>
    /// <param name="limits">What is asked.</param>
    /// <param name="values">What the design comes to.</param>
    /// <param name="bill">Its bill, for the lines without a price.</param>
    /// <param name="backend">The backend in words, for the remedy.</param>
    /// <param name="diagnostics">Receives what is broken.</param>
    public static void Run(LimitsSpec limits, LimitValues values, BillOfMaterials bill, string backend, DiagnosticBag diagnostics)
    {
        if (limits.Capex is { } capex)
        {
            if (values.Capex > capex)
            {
                string works = Math.Ceiling(values.Capex.Dollars).ToString("0", CultureInfo.InvariantCulture);
                double ratio = values.Capex.Dollars / capex.Dollars;
                Broken("LL7901", "capex_usd", values.Capex.ToString(), capex.ToString(), works, ratio);
            }
            else if (bill.UnpricedLines > 0)
            {
                diagnostics.Warning(
                    "LL7101",
                    FormattableString.Invariant(
                        $"the cost limit of ${capex.Dollars:#,0} holds for what has a price (${bill.Capex.Dollars:#,0}); "
                    )
                        + (
                            bill.Estimate.Total > capex
                                ? FormattableString.Invariant(
                                    $"with estimates for the {bill.UnpricedLines} lines that have none it is about "
                                ) + FormattableString.Invariant($"${bill.Estimate.Total.Dollars:#,0}, above the limit")
                                : $"{bill.UnpricedLines} lines of the bill have none, so it may not hold for all"
                        )
                        + ": price them under prices:",
                    "objectives.limits.capex_usd"
                );
            }
        }

        if (limits.NetworkPower is { } power && values.Power > power)
        {
            string works = UpTo3Decimals(values.Power.Kilowatts);
            string has = FormattableString.Invariant($"{values.Power.Kilowatts:#,0.######} kW");
            string limit = FormattableString.Invariant($"{power.Kilowatts:#,0.###} kW");
            Broken("LL7902", "network_power_kw", has, limit, works, values.Power.Watts / power.Watts);
        }

        if (limits.Racks is { } racks && values.Racks > racks)
        {
            string has = values.Racks.ToString("0", CultureInfo.InvariantCulture);
            Broken("LL7903", "racks", has, racks.ToString(CultureInfo.InvariantCulture), has, values.Racks / racks);
        }

        if (limits.LatencyUs is { } us && values.Latency.Microseconds > us)
        {
            string has = FormattableString.Invariant($"{values.Latency.Microseconds:0.###} us");
            string limit = FormattableString.Invariant($"{us:0.###} us");
            Broken("LL7904", "latency_us", has, limit, UpTo3Decimals(values.Latency.Microseconds), values.Latency.Microseconds / us);
        }

        void Broken(string id, string key, string has, string limit, string works, double ratio) =>
            diagnostics.Error(
                id,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"no design that was tried keeps objectives.limits.{key}: the closest has {has}, " + $"{Above(ratio)} {limit}"
                ) + $"; {key}: {works} works ({backend}), or free what binds it (switch, planes, oversubscription, interconnect)",
                "objectives.limits." + key
            );
    }

    private static string Above(double ratio) =>
        ratio < 1.0005 ? "barely above"
        : ratio >= 10 ? FormattableString.Invariant($"{ratio:#,0} times")
        : FormattableString.Invariant($"{(ratio - 1) * 100:0.#} % above");

    private static string UpTo3Decimals(double value) =>
        (Math.Ceiling((value * 1000) - 1e-9) / 1000).ToString("0.###", CultureInfo.InvariantCulture);
}
