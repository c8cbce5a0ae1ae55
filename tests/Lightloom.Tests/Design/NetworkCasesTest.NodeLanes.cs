using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;
using Shouldly;

namespace Lightloom.Tests.Design;

/// <content>
/// Frontend ports of 100G, 200G and 400G on switches of 25G, 50G and 100G lanes. What must design is by the makers' lists: QSFP ports have four
/// lanes; ConnectX-7 and BlueField-3 run them at 25G (EDR), 50G (HDR) and 100G (NDR), a ConnectX-6 Dx at 25G and 50G.
/// </content>
public sealed partial class NetworkCasesTest
{
    private static string OnFrontend(string ports, string box) =>
        $"lightloom: 1\nname: lanes\npools: [{{name: g, node: n, nodes: 16}}]\nfrontend: {{switch: {box}}}\noob: {{enabled: false}}\n"
        + "backend: {enabled: false}\ncatalog: {nodes: {n: {xpus: 8, backend: {nics: 8, rate_gbps: 400}, "
        + $"frontend: {{nics: 2, {ports}}}, power_w: 10200, rack_units: 8}}}}}}\n";

    [Theory]
    [InlineData("rate_gbps: 200, form_factor: qsfp112, nic: bluefield-3-b3220", "nvidia-sn3700", 50)]
    [InlineData("rate_gbps: 200, form_factor: qsfp112, nic: connectx-7-2x200", "nvidia-sn4600", 50)]
    [InlineData("rate_gbps: 200, form_factor: qsfp112, nic: bluefield-3", "arista-7060dx5-64s", 50)]
    [InlineData("rate_gbps: 200, lane_options: [2, 4]", "nvidia-sn3700", 50)]
    [InlineData("rate_gbps: 200, form_factor: qsfp112, nic: bluefield-3", "arista-7060x6-32pe", 100)]
    [InlineData("rate_gbps: 100, form_factor: qsfp112, nic: bluefield-3-b3210e", "nvidia-sn2700", 25)]
    [InlineData("rate_gbps: 100, form_factor: qsfp56, lanes: 4, nic: connectx-6-dx", "nvidia-sn2700", 25)]
    [InlineData("rate_gbps: 100, form_factor: qsfp28", "nvidia-sn3700", 25)]
    public void Ports_of_nodes_run_on_the_lanes_that_the_named_switch_has(string ports, string box, int lane)
    {
        ClusterDesign design = Designed(OnFrontend(ports, box));
        LinkClass[] hosts = [.. FabricOf(design, FabricRole.Frontend).LinkClasses.Where(c => c.From == Tier.Host)];
        hosts.Sum(c => c.Links.Length).ShouldBe(32);
        foreach (LinkClass c in hosts)
        {
            MeetsOn(design, c, lane);
        }
    }

    [Theory]
    [InlineData("rate_gbps: 200, form_factor: qsfp112, nic: bluefield-3")]
    [InlineData("rate_gbps: 400, form_factor: qsfp112, nic: bluefield-3-b3240")]
    [InlineData("rate_gbps: 100, form_factor: qsfp56, nic: connectx-6-dx")]
    public void Auto_finds_a_switch_for_each(string ports) => Designed(OnFrontend(ports, "auto"));

    [Fact]
    public void A_rate_that_no_port_of_the_switch_has_is_refused_with_one_that_works()
    {
        string text = OnFrontend("rate_gbps: 200, form_factor: qsfp112, nic: bluefield-3", "nvidia-sn2700");
        (ClusterDesign? none, DiagnosticBag said) = Refused(text);
        none.ShouldBeNull();
        Diagnostic error = said.First(d => d.Severity == Severity.Error);
        error.Id.ShouldBe("LL4902");
        string box = System
            .Text.RegularExpressions.Regex.Match(error.Message, @"works with frontend\.switch: ([a-z0-9-]+)")
            .Groups[1]
            .Value;
        Designed(text.Replace("nvidia-sn2700", box, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rate_gbps: 200, form_factor: qsfp112, lanes: 2")]
    [InlineData("rate_gbps: 200")]
    public void Where_lanes_alone_are_in_the_way_the_key_of_the_ports_is_named_and_works(string ports)
    {
        string text = OnFrontend(ports, "nvidia-sn3700");
        (ClusterDesign? none, DiagnosticBag said) = Refused(text);
        none.ShouldBeNull();
        said.First(d => d.Severity == Severity.Error).Message.ShouldContain("catalog.nodes.n.frontend.lane_options: [2, 4]");
        ClusterDesign mended = Designed(text.Replace(ports, ports + ", lane_options: [2, 4]", StringComparison.Ordinal));
        MeetsOn(mended, FabricOf(mended, FabricRole.Frontend).LinkClasses.First(c => c.From == Tier.Host), 50);
    }

    // A DGX H100 draws 10.2 kW at most and fills 8 units, a DGX B200 14.3 kW and 10 units (data sheets).
    [Theory]
    [InlineData("power_kw: 8", "floor.rack.power_kw: 15")]
    [InlineData("power_kw: 8, units: 9, reserved_units: 1", "floor.rack.units: 11, floor.rack.power_kw: 15")]
    public void One_remedy_mends_racks_that_are_too_small_for_several_devices(string rack, string keys)
    {
        string text =
            "lightloom: 1\nname: racks\npools: [{name: a, node: dgx-h100, nodes: 4}, {name: b, node: dgx-b200, nodes: 4}]\n"
            + $"floor: {{rack: {{{rack}}}}}\n";
        (ClusterDesign? none, DiagnosticBag said) = Refused(text);
        none.ShouldBeNull();
        Diagnostic[] errors = [.. said.Where(d => d.Severity == Severity.Error && d.Id is "LL5902" or "LL5903")];
        errors.Length.ShouldBeGreaterThan(1);
        errors.ShouldAllBe(e => e.Message.EndsWith($"it works with {keys}", StringComparison.Ordinal));
        string values =
            keys.Replace("floor.rack.", "", StringComparison.Ordinal) + (rack.Contains("reserved") ? ", reserved_units: 1" : "");
        Designed(text.Replace(rack, values, StringComparison.Ordinal));
    }

    [Fact]
    public void Racks_that_hold_every_device_and_rows_that_lack_are_one_remedy()
    {
        string text =
            "lightloom: 1\nname: racks\npools: [{name: a, node: dgx-h100, nodes: 4}]\n"
            + "floor: {rack: {power_kw: 8}, sites: [{name: s, buildings: [{name: b, halls: [{name: h, rows: 1, racks_per_row: 2}]}]}]}\n";
        (ClusterDesign? none, DiagnosticBag said) = Refused(text);
        none.ShouldBeNull();
        string[] messages = [.. said.Where(d => d.Severity == Severity.Error).Select(d => d.Message)];
        string[] remedies =
        [
            .. messages
                .SelectMany(m => System.Text.RegularExpressions.Regex.Matches(m, "(?:works with|say) (floor[.]rack.*|[a-z_]+: .*)"))
                .Select(m => m.Groups[1].Value)
                .Distinct(),
        ];
        remedies.ShouldHaveSingleItem(string.Join("\n", messages));
        remedies[0].ShouldStartWith("floor.rack.power_kw: 11, ");
    }

    private static (ClusterDesign? Design, DiagnosticBag Said) Refused(string text)
    {
        DiagnosticBag said = new();
        return (Designer.Design(Read(text), said), said);
    }
}
