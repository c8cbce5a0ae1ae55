using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Tests.Cabling;

/// <summary>A tier has no more kinds of cable than they save, by the bill of both designs.</summary>
public class FewerKindsTest
{
    [Theory]
    [InlineData("hopper-1k")]
    [InlineData("scheduled-4k")]
    [InlineData("lab-8")]
    [InlineData("inference-768")]
    public void What_a_tier_does_without_would_have_saved_less_than_it_is_taken_to_cost(string example)
    {
        ClusterDesign fewer = Example(example, "");
        ClusterDesign all = Example(example, "interconnect: {fewer_kinds: false}\n");
        double threshold = Catalogue.Default.Fact("media-kind-usd").Value;
        int left = fewer.Diagnostics.Count(d => d.Id == "LL6030");

        all.Diagnostics.ShouldNotContain(d => d.Id == "LL6030");
        KindsByTier(all).ShouldBe(KindsByTier(fewer) + left);

        // The bill judges, not the estimate: its spares are rounded up article by article and length by length, which a tenth covers.
        (fewer.Bill.Capex - all.Bill.Capex).Dollars.ShouldBeLessThan(left * threshold * 1.1 + 1e-6);
    }

    [Fact]
    public void A_kind_that_serves_many_links_of_a_tier_stays_whatever_another_would_cost()
    {
        ClusterDesign design = Example("two-vendors-2k", "");
        design.Diagnostics.ShouldNotContain(d => d.Id == "LL6030" && d.Message.Contains("aec-800g would"));
        KindsOf(design, FabricRole.Backend, "leaf-spine").ShouldContain("aec-800g");
    }

    [Fact]
    public void A_tier_whose_kinds_the_file_names_keeps_them()
    {
        ClusterDesign design = Example("hopper-1k", "interconnect: {media: {leaf-spine: [dac, acc, sr]}}\n");
        KindsOf(design, FabricRole.Frontend, "leaf-spine").ShouldBe(["dac-800g-osfp", "acc-800g-osfp"], ignoreOrder: true);
    }

    private static int KindsByTier(ClusterDesign design) =>
        design
            .Network.LinkClasses.Where(c => c.Fabric != FabricRole.Oob)
            .Select(c => (c.Fabric, c.TierWord))
            .Distinct()
            .Sum(t => KindsOf(design, t.Fabric, t.TierWord).Length);

    private static string[] KindsOf(ClusterDesign design, FabricRole fabric, string tier) =>
        [
            .. design
                .Network.LinkClasses.Where(c => c.Fabric == fabric && c.TierWord == tier)
                .SelectMany(c => design.Cables.CableOfLink[c.Index])
                .Select(cable => design.Cables.Products[design.Cables.Cables[cable].Product].Head.Id)
                .Distinct(),
        ];

    private static ClusterDesign Example(string name, string more)
    {
        DiagnosticBag bag = [];
        string text = File.ReadAllText(Path.Combine(Repository.Root, "examples", name + ".yaml"));
        ClusterSpec spec = SpecReader.Read(text + more, name, Catalogue.Default, bag).ShouldNotBeNull(string.Join('\n', bag));
        return Designer.Design(spec, bag).ShouldNotBeNull(string.Join('\n', bag));
    }
}
