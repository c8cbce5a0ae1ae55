using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Shouldly;

namespace Lightloom.Tests.Placing;

/// <summary>The shop's names, given by patterns.</summary>
public sealed class NamingTest
{
    private const string Sixteen = "pools: [{name: train, node: dgx-h100, nodes: 16}]\nbackend: {switch: nvidia-qm9700}\n";

    private static (ClusterDesign? Design, DiagnosticBag Diagnostics) Design(string names)
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = SpecReader.Read("lightloom: 1\nname: x\n" + Sixteen + names, "x.yaml", Catalogue.Default, diagnostics);
        return (spec is null ? null : Designer.Design(spec, diagnostics), diagnostics);
    }

    [Fact]
    public void Racks_and_devices_are_called_by_their_patterns()
    {
        (ClusterDesign? design, DiagnosticBag diagnostics) = Design(
            "names: {rack: 'r{row}p{n:03}', switch: '{network}.{tier}.{n}', node: '{pool}@{rack}.{ru:02}'}\n"
        );
        diagnostics.Where(d => d.Severity == Severity.Error).ShouldBeEmpty();
        design!.Placement.Racks[0].Name.ShouldBe("r1p001");
        design.Network.NameOf(0).ShouldBe("train@r1p001.01");
        int leaf = design.Network.Groups.First(g => !g.IsNode).First;
        design.Network.NameOf(leaf).ShouldBe("backend.leaf.1");
    }

    [Theory]
    [InlineData("names: {switch: 'sw{n}'}", "LL2044", "tier")]
    [InlineData("names: {rack: '{hall}'}", "LL2044", "{row}")]
    [InlineData("names: {rack: '{colour}'}", "LL2045", "letter")]
    [InlineData("names: {cable: '{tier}'}", "LL2045", "{n}")]
    [InlineData("names: {switch_ports_of: {nvidia-qm970: mlnx-os}}", "LL2026", "nvidia-qm9700")]
    public void A_name_that_cannot_be_is_refused_with_what_to_do(string names, string id, string says)
    {
        (ClusterDesign? design, DiagnosticBag diagnostics) = Design(names + "\n");
        design.ShouldBeNull();
        Diagnostic error = diagnostics.First(d => d.Severity == Severity.Error);
        error.Id.ShouldBe(id);
        error.Message.ShouldContain(says);
        error.Mark!.Value.Line.ShouldBe(5);
    }

    [Fact]
    public void A_system_that_the_maker_does_not_list_is_a_warning()
    {
        (ClusterDesign? design, DiagnosticBag diagnostics) = Design(
            "frontend: {switch: box}\nnames: {switch_ports: junos}\n"
                + "catalog: {switches: {box: {cages: 64, rate_gbps: 800, breakouts: [1x800, 2x400, 4x200], network_os: [eos, sonic], "
                + "rack_units: 2, power_w: 100}}}\n"
        );
        design.ShouldNotBeNull();
        diagnostics.ShouldContain(d => d.Id == "LL2046" && d.Message.Contains("eos and sonic"));
    }
}
