using System.Text.RegularExpressions;
using Lightloom.Bill;
using Lightloom.Design;
using Lightloom.Hardware;
using Lightloom.Tests.Channels;

namespace Lightloom.Tests.Bill;

/// <summary>
/// What is one product to the light is several to a buyer: each plug has its part number and price. Held against NVIDIA's pages (MMA4Z00-NS400
/// is the OSFP, MMA1Z00-NS400 the QSFP112; 8 W typical at 400G, 5 W on two lanes) and FS.com's list of 2026-09-22 (879 finned, 1,249 flat).
/// </summary>
public partial class ModuleLinesTest
{
    [Theory]
    [InlineData("qsfp112", "MMA1Z00-NS400", 1119)]
    [InlineData("osfp", "MMA4Z00-NS400", 769)]
    public void A_module_has_the_part_number_and_the_price_of_its_plug(string form, string part, double usd)
    {
        BillLine line = Module(Nics($"{{nics: 8, rate_gbps: 400, form_factor: {form}, lanes: 4, nic: connectx-7}}", ""), "sr4-400g");
        line.Name.ShouldEndWith($"({part})");
        line.UnitPrice!.Value.Dollars.ShouldBe(usd);
        line.UnitPower!.Value.Watts.ShouldBe(8);
    }

    [Fact]
    public void Twin_port_modules_cost_what_is_asked_for_their_heat_sink()
    {
        ClusterDesign design = Spec.ExamplesTest.Designed("hopper-1k");
        design
            .Bill.Lines.Where(l => l is { PartId: "sr8-800g-2xsr4-50m", IsSpare: false })
            .Select(l => (l.Id, l.UnitPrice!.Value.Dollars))
            .ShouldBe([("sr8-800g-2xsr4-50m:osfp-fin", 879.0), ("sr8-800g-2xsr4-50m:osfp-flat", 1249.0)], ignoreOrder: true);
    }

    [Fact]
    public void A_module_that_runs_half_of_its_lanes_draws_less()
    {
        // Two planes of 200G from a module each: 1x200 on both cages of a NIC.
        ClusterDesign design = Nics("{nics: 8, rate_gbps: 400, cages: 16, form_factor: osfp, lanes: 4, nic: connectx-7}", "planes: 2, ");
        BillLine line = Module(design, "sr4-400g");
        line.Quantity.ShouldBe(16 * 8);
        line.UnitPower!.Value.Watts.ShouldBe(5);
        line.UnitPowerMaximum!.Value.Watts.ShouldBe(6.5);
    }

    [Fact]
    public void No_name_of_what_is_sold_with_several_plugs_is_the_part_number_of_one_of_them()
    {
        Catalogue
            .Default.Interconnects.Values.Where(m => !m.DividesCage && m.FormFactors.OrEmpty().Count > 1 && PartNumber().IsMatch(m.Name))
            .Select(m => m.Name)
            .ShouldBeEmpty("parts: {form: number} has them");
        foreach (InterconnectModel model in Catalogue.Default.Interconnects.Values.Where(m => m is { DividesCage: false, Parts: not null }))
        {
            string[] forms = [.. model.FormFactors.OrEmpty().Select(f => f.ToWord())];
            model.Parts!.Value.Keys.ShouldAllBe(k => forms.Contains(k.Replace("-fin", "").Replace("-flat", "")), model.Id);
        }
    }

    private static BillLine Module(ClusterDesign design, string id) =>
        design.Bill.Lines.Single(l => l.PartId == id && l is { IsSpare: false, Category: "transceiver" });

    private static ClusterDesign Nics(string backend, string more) =>
        PolarityTest.Designed(
            $$"""
            lightloom: 1
            name: nics
            pools: [{name: t, node: my-node, nodes: 8}]
            backend: { {{more}}switch: nvidia-sn5600, tiers: 1}
            frontend: {enabled: false}
            oob: {enabled: false}
            interconnect: {media: {host-leaf: [sr]}, fibre: {multimode: om4}, exclude: [sr4-400g-100m, sr8-800g-2xsr4-100m, sr8-800g-ieee]}
            catalog: {nodes: {my-node: {xpus: 8, backend: {{backend}}, power_w: 6000, rack_units: 6} } }
            """,
            "nics.yaml"
        );

    [GeneratedRegex("M[A-Z]{2}[0-9][A-Z][0-9]{2}")]
    private static partial Regex PartNumber();
}
