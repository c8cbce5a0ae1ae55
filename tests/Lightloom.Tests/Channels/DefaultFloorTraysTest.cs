using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Tests.Routing;

namespace Lightloom.Tests.Channels;

/// <summary>Default floors can be built at any size: trays, crossings and exits follow the load. Those of the file's own stay as they are.</summary>
public class DefaultFloorTraysTest
{
    // Halls of two short rows: many halls with few racks, as large floors have many halls with many.
    private const string SmallHalls = "floor: {rows: 2, racks_per_row: 12, rack: {max_nodes: 1}";

    [Fact]
    public void Halls_are_left_by_every_crossing_and_no_way_is_longer_than_the_shortest()
    {
        ClusterDesign design = Design(160, SmallHalls + "}");
        design.Placement.Halls.Count.ShouldBeGreaterThan(3);
        design.Placement.Halls.ShouldAllBe(h => h.SpreadsWays);
        TrayGraph graph = new(design.Spec, design.Placement);
        HashSet<string> exits = [];
        for (int a = 0; a < design.Placement.Racks.Count; a += 7)
        {
            long[] shortest = graph.From(a);
            for (int z = 0; z < design.Placement.Racks.Count; z += 5)
            {
                var path = design.Router.Path(a, z);
                (path.Tray + (long)path.Duct).ShouldBe(a == z ? 0 : graph.To(shortest, z));
                string there = design.Router.RouteText(a, z);
                design.Router.RouteText(z, a).Split('>').Reverse().ShouldBe(there.Split('>'));
                exits.UnionWith(there.Split('>').Where(s => s.Contains("-X", StringComparison.Ordinal)));
            }
        }

        // Of twelve positions a row, crossings stand above every second boundary; all that lie between two racks are in use.
        exits.GroupBy(e => e.Split('-')[0]).Max(hall => hall.Count()).ShouldBeGreaterThan(2);
    }

    [Fact]
    public void Where_one_tray_is_too_full_a_default_floor_has_several()
    {
        // A tenth of the section that TIA-569 lets one fill.
        ClusterDesign full = Design(160, SmallHalls + ", trays: {max_fill: 0.05}}");
        full.Diagnostics.ShouldNotContain(d => d.Id == "LL5010");
        full.Diagnostics.ShouldContain(d => d.Id == "LL5013");
        full.Trays.Segments.ShouldAllBe(s => s.Fill <= 0.05);
        TraySegment most = full.Trays.Segments.MaxBy(s => s.Trays);
        most.Trays.ShouldBeGreaterThan(1);

        // The same cables in one tray fill it so many times over, and a floor with trays of the file's own says so.
        ClusterDesign own = Design(160, SmallHalls + ", trays: {max_fill: 0.05, count: 1}}");
        own.Diagnostics.ShouldContain(d => d.Id == "LL5010");
        TraySegment same = own.Trays.Segments.Single(s =>
            (s.Hall, s.Row, s.At, s.IsCrossing) == (most.Hall, most.Row, most.At, most.IsCrossing)
        );
        same.Fill.ShouldBe(most.Fill * most.Trays, 1e-9);
        same.Trays.ShouldBe(1);
    }

    [Fact]
    public void A_floor_of_one_or_two_halls_is_as_it_was()
    {
        ClusterDesign design = Design(16, "");
        design.Placement.Halls.ShouldAllBe(h => !h.SpreadsWays);
        design.Trays.Segments.ShouldAllBe(s => s.Trays == 1);
    }

    private static ClusterDesign Design(int nodes, string floor)
    {
        DiagnosticBag bag = new();
        string text =
            $"lightloom: 1\nname: floor\npools: [{{name: t, node: dgx-h100, nodes: {nodes}}}]\nbackend: {{switch: nvidia-qm9700}}\n{floor}\n";
        ClusterSpec spec = SpecReader.Read(text, "floor.yaml", Catalogue.Default, bag)!;
        return Designer.Design(spec, bag) ?? throw new InvalidOperationException(string.Join('\n', bag));
    }
}
