using System.Globalization;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Tests.Floor;

/// <summary>A rack weighs no more than the floor carries, or the file is refused with the value that works.</summary>
public sealed class RackWeightTest
{
    // An empty rack, as the floor's facts have it.
    private const double Empty = 150;

    [Theory]
    [InlineData("dgx-h100", 290)]
    [InlineData("dgx-h100", 500)]
    [InlineData("dgx-b300", 700)]
    [InlineData("hgx-h100-8", 800)]
    [InlineData("mi300x-8", 400)]
    [InlineData("supermicro-221h", 260)]
    public void The_known_weights_of_a_rack_and_the_rack_itself_stay_within_the_limit(string node, double limit)
    {
        ClusterDesign design = Design(node, limit, out DiagnosticBag diagnostics).ShouldNotBeNull(string.Join('\n', diagnostics));
        foreach (Rack rack in design.Placement.Racks)
        {
            double weight = Empty + rack.Devices.Sum(device => WeightOf(GroupOf(design, device).Model) ?? 0);
            weight.ShouldBeLessThanOrEqualTo(limit, rack.Name);
        }
    }

    [Fact]
    public void Weight_spreads_nodes_where_units_and_power_would_not()
    {
        // 130.45 kg each: five by power, (500 - 150) / 130.45 = 2.7, so two by weight.
        Most("dgx-h100", null).ShouldBe(5);
        Most("dgx-h100", 500).ShouldBe(2);
        Design("dgx-h100", 500, out DiagnosticBag diagnostics);
        diagnostics.ShouldContain(d => d.Id == "LL5001" && d.Message.Contains("weight binds"));
    }

    [Theory]
    [InlineData("dgx-h100", 200)]
    [InlineData("dgx-b300", 317)]
    [InlineData("gb200-nvl72", 1300)]
    public void A_node_that_is_too_heavy_is_refused_and_the_value_that_is_named_works(string node, double limit)
    {
        Design(node, limit, out DiagnosticBag diagnostics).ShouldBeNull();
        string message = diagnostics.Single(d => d.Id == "LL5906").Message;
        string named = message[(message.LastIndexOf("floor.rack.weight_kg: ", StringComparison.Ordinal) + 22)..].Split(' ')[0];
        Design(node, double.Parse(named, CultureInfo.InvariantCulture), out _).ShouldNotBeNull();
    }

    [Fact]
    public void A_limit_that_nobody_gave_makes_way_for_a_heavy_node_and_says_so()
    {
        string own =
            "catalog: {nodes: {heavy: {xpus: 8, backend: {nics: 8, rate_gbps: 400}, rack_units: 8, power_w: 9000, weight_kg: 1500}}}\n";
        Design("heavy", null, out DiagnosticBag diagnostics, own).ShouldNotBeNull();
        diagnostics.Single(d => d.Id == "LL5008").Message.ShouldContain("one heavy weighs 1500 kg, with its rack 1650 kg");
    }

    [Fact]
    public void A_weight_that_nobody_published_is_said_and_not_taken_for_zero()
    {
        Design("hgx-b200-8", 700, out DiagnosticBag diagnostics).ShouldNotBeNull();
        string said = diagnostics.Single(d => d.Id == "LL5009").Message;
        said.ShouldContain("hgx-b200-8");
        Design("dgx-h100", 700, out diagnostics).ShouldNotBeNull();
        diagnostics.Where(d => d.Id == "LL5009").ShouldAllBe(d => !d.Message.Contains("dgx-h100"));
    }

    private static int Most(string node, double? limit)
    {
        ClusterDesign design = Design(node, limit, out _).ShouldNotBeNull();
        return design.Placement.Racks.Max(rack => rack.Devices.Count(device => GroupOf(design, device).IsNode));
    }

    private static DeviceGroup GroupOf(ClusterDesign design, int device) =>
        design.Network.Groups.Single(group => device >= group.First && device < group.First + group.Count);

    private static double? WeightOf(CatalogueEntry model) =>
        (model as NodeModel)?.Weight?.Value.Kilograms ?? (model as SwitchModel)?.Weight?.Value.Kilograms;

    private static ClusterDesign? Design(string node, double? limit, out DiagnosticBag diagnostics, string own = "")
    {
        bool serves = Catalogue.Default.Nodes.TryGetValue(node, out NodeModel? model) && model.Xpus.Value == 0;
        string pools = serves
            ? $"pools:\n  - {{name: a, node: mi300x-8, nodes: 2}}\nservices:\n  - {{name: s, node: {node}, nodes: 6}}\n"
            : $"pools:\n  - {{name: a, node: {node}, nodes: 6}}\n";
        string floor = limit is { } kilograms
            ? string.Create(CultureInfo.InvariantCulture, $"floor: {{rack: {{weight_kg: {kilograms}}}}}\n")
            : "";
        diagnostics = [];
        ClusterSpec? spec = SpecReader.Read("lightloom: 1\nname: small\n" + pools + floor + own, "c.yaml", Catalogue.Default, diagnostics);
        return spec is null ? null : Designer.Design(spec, diagnostics);
    }
}
