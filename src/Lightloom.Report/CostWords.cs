using Lightloom.Bill;
using Lightloom.Units;

namespace Lightloom.Report;

/// <summary>
/// The cost of a network in words. Where lines have no price the estimate leads and what has a price follows: a sum that counts them zero is
/// no cost of the network.
/// </summary>
internal static class CostWords
{
    /// <summary><c>about $4.79 M</c> where a part is estimated, <c>at least $93.3 k</c> where what lacks a price cannot be.</summary>
    /// <param name="bill">The bill.</param>
    /// <param name="besides">What is added to the purchase, such as its energy.</param>
    public static string Lead(BillOfMaterials bill, Money besides = default) =>
        Lead(bill, bill.Estimate.Total + besides, bill.Estimate.Estimated);

    /// <summary>A part of the bill's cost, by whether some of it is estimated.</summary>
    public static string Lead(BillOfMaterials bill, Money all, Money estimated) =>
        bill.UnpricedLines == 0 ? Words.Dollars(all)
        : estimated > Money.Zero ? $"about {Words.Dollars(all)}"
        : all > Money.Zero ? $"at least {Words.Dollars(all)}"
        : "not known";

    /// <summary>What of it has a price, after <see cref="Lead(BillOfMaterials, Money)"/>: <c>of which $93.3 k has a price</c>.</summary>
    public static string Priced(BillOfMaterials bill) => $"of which {Words.Dollars(bill.Capex)} has a price";

    /// <summary>Both in one.</summary>
    public static string Whole(BillOfMaterials bill) =>
        bill.UnpricedLines == 0 || bill.Estimate.Estimated == Money.Zero ? Lead(bill) : $"{Lead(bill)}, {Priced(bill)}";
}
