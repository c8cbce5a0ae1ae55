using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Tests.Placing;

/// <summary>Networks that want racks of their own: <c>own_racks</c>.</summary>
public class OwnRacksTest
{
    private static ClusterDesign Designed(string more, int nodes)
    {
        DiagnosticBag bag = new();
        string text = $"lightloom: 1\nname: own\npools: [{{name: t, node: dgx-h100, nodes: {nodes}}}]\n{more}\n";
        return SpecReader.Read(text, "own.yaml", Catalogue.Default, bag) is { } spec && Designer.Design(spec, bag) is { } design
            ? design
            : throw new InvalidOperationException(string.Join('\n', bag));
    }

    // The networks whose switches stand in each rack; management leaves stand where they serve and are left out.
    private static FabricRole[][] NetworksByRack(ClusterDesign design) =>
        [
            .. Enumerable
                .Range(0, design.Network.DeviceCount)
                .Select(d => (Device: d, Group: design.Network.Groups[design.Network.GroupOfDevice[d]]))
                .Where(d => d.Group.IsOurSwitch && (d.Group.Fabric != FabricRole.Oob || d.Group.Tier != Tier.Leaf))
                .GroupBy(d => design.Placement.RackOfDevice[d.Device], d => d.Group.Fabric)
                .Select(rack => rack.Distinct().ToArray()),
        ];

    [Fact]
    public void Switches_of_several_networks_share_racks_where_nothing_is_said() =>
        NetworksByRack(Designed("", 64)).ShouldContain(r => r.Length > 1);

    [Theory]
    [InlineData(64, "")]
    [InlineData(400, "")]
    [InlineData(400, "floor: {network_racks: central}")]
    [InlineData(400, "floor: {network_racks: end-of-row, racks_per_row: 8}")]
    [InlineData(64, "floor: {rows: 3, racks_per_row: 6, rack: {power_kw: 45}}")]
    public void No_rack_holds_switches_of_another_network_beside_those_of_one_that_wants_its_own(int nodes, string floor)
    {
        FabricRole[][] racks = NetworksByRack(Designed("backend: {own_racks: true}\n" + floor, nodes));
        racks.ShouldContain(r => r.Length == 1 && r[0] == FabricRole.Backend);
        racks.Where(r => r.Contains(FabricRole.Backend)).ShouldAllBe(r => r.Length == 1);
    }

    [Fact]
    public void Every_network_may_have_its_own()
    {
        ClusterDesign design = Designed("backend: {own_racks: true}\nfrontend: {own_racks: true}\noob: {own_racks: true}", 64);
        NetworksByRack(design).ShouldAllBe(r => r.Length == 1);
    }
}
