using Lightloom.Bill;
using Lightloom.Diagnostics;
using Lightloom.Spec;

namespace Lightloom.Design;

/// <summary>Holds a design against <c>objectives.limits</c>.</summary>
internal static class LimitCheck
{
    /// <summary>
    /// Adds an error (LL7901 to LL7904) for every limit that is broken, and a warning where unpriced lines leave one open. What would work is
    /// for <see cref="LimitRefusal"/> to say, which knows the other designs.
    /// </summary>
    /// <param name="limits">What is asked.</param>
    /// <param name="values">What the design comes to.</param>
    /// <param name="bill">Its bill, for the lines without a price.</param>
    /// <param name="diagnostics">Receives what is broken.</param>
    public static void Run(LimitsSpec limits, LimitValues values, BillOfMaterials bill, DiagnosticBag diagnostics)
    {
        foreach (LimitKind kind in Enum.GetValues<LimitKind>().Where(k => values.Ratio(k, limits) > 1))
        {
            diagnostics.Error(LimitWords.Id(kind), $"objectives.limits.{LimitWords.Key(kind)}: {LimitWords.Above(kind, values, limits)}");
        }

        if (limits.Capex is { } capex && values.Capex <= capex && bill.UnpricedLines > 0)
        {
            diagnostics.Warning(
                "LL7101",
                FormattableString.Invariant(
                    $"the cost limit of ${capex.Dollars:#,0} holds for what has a price (${bill.Capex.Dollars:#,0}); "
                )
                    + (
                        bill.Estimate.Total > capex
                            ? FormattableString.Invariant($"with estimates for the {bill.UnpricedLines} lines that have none it is about ")
                                + FormattableString.Invariant($"${bill.Estimate.Total.Dollars:#,0}, above the limit")
                            : $"{bill.UnpricedLines} lines of the bill have none, so it may not hold for all"
                    )
                    + ": price them under prices:",
                "objectives.limits.capex_usd"
            );
        }
    }
}
