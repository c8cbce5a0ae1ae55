using System.Globalization;
using System.Text.RegularExpressions;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Topology;
using Shouldly;

namespace Lightloom.Tests.Design;

/// <content>What should worry the reader first, and refusals of the floor.</content>
public sealed partial class NetworkCasesTest
{
    [Theory]
    [InlineData("backend: {switch: nvidia-sn5610}", "LL4201", "backend: {switch: nvidia-sn5610, redundancy: {leaf: 2}, tiers: 2}")]
    [InlineData("frontend: {tiers: 2}", "LL4202", "frontend: {tiers: 2, redundancy: {spine: 2}}")]
    public void A_single_point_of_failure_is_the_first_worry_and_goes_when_its_key_is_set(string alone, string id, string mended)
    {
        string text = "lightloom: 1\nname: x\npools: [{name: t, node: dgx-h100, nodes: 8}]\n";
        ClusterDesign design = Designed(text + alone + "\n");
        Diagnostic first = design.Diagnostics.First(d => d.Severity == Severity.Warning);
        first.Id.ShouldStartWith("LL42");
        string network = alone.Split(':')[0];
        design.Diagnostics.ShouldContain(d => d.Id == id && d.Where == network);
        Designed(text + mended + "\n").Diagnostics.ShouldNotContain(d => d.Id == id && d.Where == network);
    }

    // The law behind the warning: without that switch the graph falls apart.
    [Theory]
    [InlineData("two-buildings-1200m")]
    [InlineData("odd-frontend-ports")]
    [InlineData("brownfield-400g-leaf")]
    public void A_spine_is_called_single_exactly_when_the_network_falls_apart_without_it(string name)
    {
        ClusterDesign design = Designed(Case(name));
        foreach (Fabric fabric in design.Network.Fabrics.Where(f => f.Role != FabricRole.Oob))
        {
            int spines = Uplinks(fabric).Select(l => l.Z).Distinct().Count();
            int leaves = Uplinks(fabric).Select(l => l.A).Distinct().Count();
            design
                .Diagnostics.Any(d => d.Id == "LL4202" && d.Where == fabric.Role.ToWord())
                .ShouldBe(spines == 1 && leaves > 1, fabric.Role.ToWord());
        }
    }

    [GeneratedRegex("at power_kw: ([0-9.]+) ")]
    private static partial Regex MorePower();

    [Fact]
    public void A_floor_that_is_too_small_names_the_power_at_which_one_more_node_fits_and_it_works()
    {
        static string Text(string kilowatts) =>
            $$"""
                lightloom: 1
                name: tight
                pools: [{name: t, node: dgx-h100, nodes: 16}]
                floor:
                  rack: {power_kw: {{kilowatts}}}
                  sites: [{name: s, buildings: [{name: b, halls: [{name: h, rows: 1, racks_per_row: 14}]}]}]
                """;
        DiagnosticBag diagnostics = new();
        Designer.Design(Read(Text("20")), diagnostics).ShouldBeNull();
        Diagnostic error = diagnostics.Single(d => d.Id == "LL5901");
        string named = MorePower().Match(error.Message).Groups[1].Value;
        double.Parse(named, CultureInfo.InvariantCulture).ShouldBeInRange(20.3, 20.5);
        error.Message.ShouldContain("saves 8 racks");
        Designed(Text(named));
    }
}
