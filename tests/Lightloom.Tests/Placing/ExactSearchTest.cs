using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Placing;
using Lightloom.Spec;
using Lightloom.Tests.Floor;
using Lightloom.Topology;

namespace Lightloom.Tests.Placing;

/// <summary>Racks of switches placed by the solver, against the heuristic and against every permutation of a small floor.</summary>
public class ExactSearchTest
{
    [Theory]
    [InlineData(48, 16, 8)]
    [InlineData(96, 32, 8)]
    [InlineData(64, 32, 16)]
    public void It_is_never_dearer_than_the_heuristic_and_the_same_each_time(int nodes, int unit, int spines)
    {
        Placement heuristic = Place(nodes, unit, spines, FloorSearch.Heuristic, [], NetworkRackPosition.Auto);
        DiagnosticBag said = [];
        Placement exact = Place(nodes, unit, spines, FloorSearch.Exact, said, NetworkRackPosition.Auto);
        Placement again = Place(nodes, unit, spines, FloorSearch.Exact, [], NetworkRackPosition.Auto);

        exact.Cost!.After.ShouldBeLessThanOrEqualTo(heuristic.Cost!.After);
        exact.RackOfDevice.ShouldBe(again.RackOfDevice);
        said.ShouldContain(d => d.Id == "LL5015");
    }

    [Theory]
    [InlineData(FloorSearch.Heuristic)]
    [InlineData(FloorSearch.Exact)]
    public void Where_the_file_says_where_racks_of_switches_stand_they_only_change_places(FloorSearch search)
    {
        NetworkRackPosition asked = NetworkRackPosition.EndOfRow;
        Placement plain = Place(96, 32, 8, FloorSearch.Off, [], asked);
        Placement searched = Place(96, 32, 8, search, [], asked);

        // Racks of switches of every row are its last ones, whichever plan was taken.
        foreach (
            IGrouping<(int, int), Rack> row in searched.Racks.GroupBy(r => (r.Hall, r.Row)).Where(r => r.Any(k => k.Use == RackUse.Nodes))
        )
        {
            int lastNodes = row.Where(r => r.Use == RackUse.Nodes).Max(r => r.Position);
            row.Where(r => r.Use == RackUse.Network).ShouldAllBe(r => r.Position > lastNodes);
        }

        searched.Racks.Count.ShouldBe(plain.Racks.Count);
    }

    [Fact]
    public void A_floor_that_is_too_large_says_so_with_its_size_and_keeps_the_heuristics_floor()
    {
        DiagnosticBag said = [];
        Placement exact = Place(4096, 32, 512, FloorSearch.Exact, said, NetworkRackPosition.Auto);
        Placement heuristic = Place(4096, 32, 512, FloorSearch.Heuristic, [], NetworkRackPosition.Auto);

        said.Single(d => d.Id == "LL5014").Message.ShouldContain("terms");
        exact.Racks.Select(r => (r.Name, r.Use)).ShouldBe(heuristic.Racks.Select(r => (r.Name, r.Use)));
    }

    private static Placement Place(int nodes, int unit, int spines, FloorSearch search, DiagnosticBag said, NetworkRackPosition asked)
    {
        TestNetwork net = TestNetwork.LeafSpine(nodes, unit, spines);
        return FloorPlanner.Place(net.Spec(new FloorSpec { Optimize = search, NetworkRacks = asked }), net.Build(), said);
    }
}
