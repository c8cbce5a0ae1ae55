using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Tests.Channels;

/// <summary>Trays carry pieces: each cord of a twin-port module, cords to panels and trunks between them.</summary>
public class TrayPiecesTest
{
    [Theory]
    [InlineData("dgx-h200", 1)] // twin-port modules, two cords a link from leaf to spine
    [InlineData("dgx-b200", 2)] // shuffles between the cages of two nodes and those of a leaf on either plane
    public void Metres_of_cable_in_trays_are_those_of_every_piece_along_its_route(string node, int planes)
    {
        ClusterDesign design = Designed(TwoRows("panels_between_rows: 0", node, planes));
        Dictionary<int, int> legs = design.Cables.CableOfLink.SelectMany(of => of).GroupBy(n => n).ToDictionary(g => g.Key, g => g.Count());
        double routed = 0;
        foreach (LinkClass c in design.Network.LinkClasses)
        {
            for (int i = 0; i < c.Links.Length; i++)
            {
                int cable = design.Cables.CableOfLink[c.Index][i];
                routed += design.Router.Explain(c, i).Tray.Metres * design.Channels.PiecesOf(cable) / legs[cable];
            }
        }

        routed.ShouldBeGreaterThan(100);
        design.Trays.Segments.Sum(s => s.Cables * s.Length.Metres).ShouldBe(routed, routed / 10_000);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Between_rows_trunks_lie_on_the_crossings_and_cords_do_not(int panels)
    {
        ClusterDesign design = Designed(TwoRows($"panels_between_rows: {panels}"));
        PieceArticle[] trunks = [.. design.Channels.Articles.Where(a => a.Kind == PieceKind.Trunk)];
        TraySegment[] crossings = [.. design.Trays.Segments.Where(s => s.IsCrossing)];

        // All trunks join the two rows, between which every crossing has one stretch. Diameters are the catalogue's; 3 mm cords would be many.
        crossings.Sum(s => s.Cables).ShouldBe(trunks.Sum(t => t.Quantity), 0.01);
        double section = 300.0 * 100;
        double area = trunks.Sum(t => t.Quantity * Math.PI / 4 * Math.Pow(t.Passive!.OuterDiameter!.Value.Millimetres, 2));
        crossings.Sum(s => s.Fill * section).ShouldBe(area, area / 1000);
    }

    [Fact]
    public void A_panel_at_every_rack_leaves_trunks_alone_in_the_trays()
    {
        ClusterDesign design = Designed(TwoRows("panels_at_racks: rack"));
        double trunkMetres = design
            .Channels.PlantPieces()
            .Where(p => design.Channels.Articles[p.Article].Kind == PieceKind.Trunk)
            .DistinctBy(p => p.Number)
            .Sum(p => p.LengthMillimetres / 1000.0);

        // Trunks run from rack to rack; what of them lies in trays is less than their length, by drops and slack.
        double laid = design.Trays.Segments.Sum(s => s.Cables * s.Length.Metres);
        laid.ShouldBeLessThan(trunkMetres);
        laid.ShouldBeGreaterThan(trunkMetres / 4);
    }

    private static string TwoRows(string panels, string node = "dgx-h200", int planes = 1) =>
        $$"""
            lightloom: 1
            name: rows
            pools: [{name: train, node: {{node}}, nodes: 16}]
            backend: {paradigm: endpoint-scheduled, planes: {{planes}}, tiers: {{3 - planes}}}
            frontend: {enabled: false}
            oob: {enabled: false}
            floor:
              network_racks: end-of-row
              rows: 2
              racks_per_row: 12
              rack: {power_kw: 20, reserved_units: 16}
              trays: {width_mm: 300, depth_mm: 100}
              {{panels}}
            interconnect: {exclude: [dac, acc, aec, aoc]}
            """;

    private static ClusterDesign Designed(string yaml)
    {
        DiagnosticBag bag = new();
        ClusterSpec? spec = SpecReader.Read(yaml, "rows.yaml", Catalogue.Default, bag);
        bag.HasErrors.ShouldBeFalse(string.Join("; ", bag));
        return Designer.Design(spec!, bag) ?? throw new InvalidOperationException(string.Join("; ", bag));
    }
}
