using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Tests.Design;

/// <summary>Where devices of one pool come to stand in two buildings, each has a management leaf within the 100 m of twisted pair.</summary>
public class FarManagementTest
{
    private const int TwistedPairMillimetres = 100_000;

    [Theory]
    [InlineData(400, 400)]
    [InlineData(600, 200)]
    [InlineData(700, 700)]
    public void No_management_port_is_left_out_while_a_leaf_can_stand_near_it(int kilowattsOfA, int kilowattsOfB)
    {
        string text =
            "lightloom: 1\nname: halls\npools: [{name: train, node: dgx-h100, nodes: 64}]\n"
            + "services: [{name: store, node: storage-2x200, nodes: 12, place: [B]}]\n"
            + "floor: {sites: [{name: campus, buildings: ["
            + $"{{name: A, x_m: 0, y_m: 0, halls: [{{name: A1, rows: 4, racks_per_row: 12, power_kw: {kilowattsOfA}}}]}}, "
            + $"{{name: B, x_m: 350, y_m: 0, halls: [{{name: B1, rows: 4, racks_per_row: 12, power_kw: {kilowattsOfB}}}]}}]}}]}}\n";
        DiagnosticBag bag = new();
        ClusterDesign design =
            Designer.Design(SpecReader.Read(text, "halls.yaml", Catalogue.Default, bag)!, bag)
            ?? throw new InvalidOperationException(string.Join('\n', bag));
        bag.ShouldNotContain(d => d.Id == "LL6903");

        // One port of every node and of every switch but those of the management network itself.
        LinkClass[] hosts = [.. design.Network.LinkClasses.Where(c => c.Fabric == FabricRole.Oob && c.From == Tier.Host)];
        int[] managed = [.. hosts.SelectMany(c => c.Links).Select(l => l.A).Distinct().Order()];
        int[] devices =
        [
            .. design
                .Network.Groups.Where(g => g.IsNode || (g.IsOurSwitch && g.Fabric != FabricRole.Oob))
                .SelectMany(g => Enumerable.Range(g.First, g.Count)),
        ];
        managed.ShouldBe(devices);
        hosts.ShouldAllBe(c => design.Router.Lengths(c).Max() <= TwistedPairMillimetres);
        hosts.SelectMany(c => c.Links).Select(l => (l.Z, l.ZCage, l.ZLane)).ShouldBeUnique();
    }
}
