using Lightloom.Bill;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Tests.Design;

/// <summary>What is said of limits in words that a buyer can act on.</summary>
public class LimitWordsTest
{
    /// <summary>The priced half of a bill may keep a limit that the whole will not.</summary>
    [Fact]
    public void A_cost_limit_that_only_the_priced_part_keeps_says_what_the_whole_is_estimated_at()
    {
        (ClusterDesign? design, DiagnosticBag diagnostics) = Of("{capex_usd: 500000}");
        design.ShouldNotBeNull();
        design.Bill.Capex.Dollars.ShouldBeLessThan(500_000);
        design.Bill.Estimate.Total.Dollars.ShouldBeGreaterThan(500_000);
        string estimate = FormattableString.Invariant($"${design.Bill.Estimate.Total.Dollars:#,0}");
        design.Diagnostics.Single(d => d.Id == "LL7101").Message.ShouldContain($"it is about {estimate}, above the limit");
    }

    [Fact]
    public void A_limit_missed_by_far_is_missed_so_many_times_and_not_by_ten_thousands_of_percent()
    {
        (ClusterDesign? design, DiagnosticBag diagnostics) = Of("{capex_usd: 1000}");
        design.ShouldBeNull();
        string message = diagnostics.Single(d => d.Id == "LL7901").Message;
        message.ShouldMatch(@"the closest has \$[0-9,.]+, [0-9,]+ times \$1,000 \(");
        message.ShouldNotContain("%");
    }

    [Fact]
    public void A_refusal_by_cost_says_what_has_no_price_and_what_the_whole_is_estimated_at()
    {
        string message = Of("{capex_usd: 1000}").Diagnostics.Single(d => d.Id == "LL7901").Message;
        string named = System.Text.RegularExpressions.Regex.Match(message, "capex_usd: ([0-9]+)}").Groups[1].Value;
        BillOfMaterials bill = Of($"{{capex_usd: {named}}}").Design.ShouldNotBeNull(message).Bill;
        int unpriced = bill.Lines.Count(l => l.UnitPrice is null);
        unpriced.ShouldBeGreaterThan(0);
        message.ShouldContain($"{unpriced} lines of the bill (");
        message.ShouldContain(FormattableString.Invariant($"about ${bill.Estimate.Total.Dollars:#,0} with "));
    }

    private static (ClusterDesign? Design, DiagnosticBag Diagnostics) Of(string limits)
    {
        DiagnosticBag diagnostics = new();
        string text = $$"""
            lightloom: 1
            name: limits
            pools: [{name: gpu, node: dgx-b300, nodes: 16}]
            services: [{name: sto, node: storage-2x200, nodes: 16}]
            backend: {switch: nvidia-q3400-ra}
            objectives: {limits: {{limits}}}
            """;
        ClusterSpec spec = SpecReader.Read(text, "test.yaml", Catalogue.Default, diagnostics)!;
        return (Designer.Design(spec, diagnostics), diagnostics);
    }
}
