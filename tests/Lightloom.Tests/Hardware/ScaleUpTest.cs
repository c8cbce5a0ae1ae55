using Lightloom.Diagnostics;
using Lightloom.Hardware;

namespace Lightloom.Tests.Hardware;

/// <summary>Scale-up domains against what their makers and those who counted say.</summary>
public sealed class ScaleUpTest
{
    private static ScaleUp Of(string id) => Catalogue.Default.Nodes[id].ScaleUp!;

    [Fact]
    public void The_modules_of_CloudMatrix_and_four_of_each_XPU_for_its_other_network_are_the_6912_that_are_counted()
    {
        // QSFPTEK and SemiAnalysis: 6,912 modules of 400G, 18 an XPU, of which 14 are the scale-up domain's.
        ScaleUp domain = Of("cloudmatrix-384");
        (domain.Modules!.Value + (4 * 384)).ShouldBe(6912);
        domain.Cables!.Value.ShouldBe(domain.Modules.Value / 2);
    }

    [Fact]
    public void Fourteen_links_of_28_gigabytes_a_second_are_the_rate_of_an_XPU_of_CloudMatrix()
    {
        // Serving Large Language Models on Huawei CloudMatrix384: seven switch chips a node, each with 16 links of 28 GB/s upwards.
        ScaleUp domain = Of("cloudmatrix-384");
        domain.BytesPerSecond!.Value.ShouldBe(7 * 16 * 28e9 / 8, 1);
        domain.SwitchChips!.Value.ShouldBe((48 * 7) + (7 * 16));
        domain.Xpus!.Value.ShouldBe(384);
    }

    [Theory]
    [InlineData("gb200-nvl72")]
    [InlineData("gb300-nvl72")]
    public void An_NVL72_has_130_terabytes_a_second_over_its_backplane(string id)
    {
        ScaleUp domain = Of(id);
        (2 * domain.Xpus!.Value * domain.BytesPerSecond!.Value / 1e12).ShouldBe(130, 0.5);
        domain.Medium!.Value.ShouldBe(ScaleUpMedium.Backplane);
        domain.IsCabled.ShouldBeFalse();
        domain.SwitchChips!.Value.ShouldBe(18);
    }

    [Fact]
    public void A_latency_that_nobody_published_is_that_of_the_fact_and_its_own_where_it_is_given()
    {
        Fact fact = Catalogue.Default.Fact("scale-up-ns");
        Figure<Lightloom.Units.SimTime> standing = Of("gb200-nvl72").LatencyIn(Catalogue.Default);
        standing.Value.Nanoseconds.ShouldBe(fact.Value);
        standing.Assumed.ShouldBe(fact.Assumed);

        DiagnosticBag diagnostics = new();
        Catalogue? own = Catalogue.Default.With(
            "nodes: {n: {xpus: 8, scale_up_domain: 8, scale_up_gbytes_s: 450, scale_up: {network: nvlink, medium: board, latency_ns: 250}}}",
            "my.yaml",
            diagnostics
        );
        diagnostics.ShouldBeEmpty();
        own!.Nodes["n"].ScaleUp!.LatencyIn(own).Value.Nanoseconds.ShouldBe(250);
        own.Nodes["n"].ScaleUp!.Xpus!.Value.ShouldBe(8);
    }

    [Theory]
    [InlineData("scale_up: {medium: board, modules: 4}", "say medium")]
    [InlineData(
        "kind: rack, trays: {c: {kind: compute, units: [1]}, s: {kind: switch, units: [2], switch_chips: 2}}, scale_up: {switch_chips: 3}",
        "the switch trays have 2"
    )]
    public void A_domain_that_contradicts_itself_is_refused(string text, string says)
    {
        DiagnosticBag diagnostics = new();
        Catalogue.Default.With($"nodes: {{n: {{xpus: 8, {text}}}}}", "my.yaml", diagnostics);
        diagnostics.ShouldHaveSingleItem().Message.ShouldContain(says);
    }
}
