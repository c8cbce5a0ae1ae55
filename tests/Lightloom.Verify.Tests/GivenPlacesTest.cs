using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Verify.Tests;

/// <summary>Racks that the file puts elsewhere: the verifier, which reads nothing but the files, finds every length and place right.</summary>
public sealed class GivenPlacesTest
{
    private const string Moved =
        "floor:\n  places:\n    - {holds: be-spine-001, row: 1, position: 1}\n    - {holds: oob-leaf-001, row: 2, position: 2}\n";

    [Fact]
    public void A_design_with_moved_racks_holds_together_in_its_files()
    {
        ClusterDesign design = Designed("hopper-1k", Moved, out _).ShouldNotBeNull();
        RackOf(design, "be-spine-001").ShouldBe("A01-01");
        RackOf(design, "oob-leaf-001").ShouldBe("A02-02");
        using WrittenFolder folder = new(design);
        folder.Verify().Contradictions.ShouldBeEmpty();
    }

    [Fact]
    public void No_rack_is_lost_and_no_position_has_two()
    {
        ClusterDesign before = Designed("hopper-1k", "", out _).ShouldNotBeNull();
        ClusterDesign after = Designed("hopper-1k", Moved, out _).ShouldNotBeNull();
        after.Placement.Racks.Count.ShouldBe(before.Placement.Racks.Count);
        after.Placement.Racks.Select(r => (r.Hall, r.Row, r.Position)).Distinct().Count().ShouldBe(after.Placement.Racks.Count);
        after.Placement.Racks.Select(r => r.Name).Order().ShouldBe(before.Placement.Racks.Select(r => r.Name).Order());
    }

    [Fact]
    public void A_spine_at_the_end_of_a_row_costs_more_cable_than_where_the_search_put_it()
    {
        ClusterDesign before = Designed("hopper-1k", "", out _).ShouldNotBeNull();
        ClusterDesign after = Designed("hopper-1k", Moved, out _).ShouldNotBeNull();
        Total(after.Cables).ShouldBeGreaterThan(Total(before.Cables));
        after.Placement.Cost!.TotalLengthAfter.ShouldBeGreaterThan(before.Placement.Cost!.TotalLengthAfter);
    }

    [Theory]
    [InlineData("{holds: no-such-001, row: 1, position: 1}", "no device")]
    [InlineData("{holds: be-spine-001, row: 99, position: 1}", "rows 1 to")]
    [InlineData("{holds: be-spine-001, row: 1, position: 99}", "positions")]
    [InlineData("{holds: be-spine-001, hall: nowhere, row: 1, position: 1}", "no hall")]
    [InlineData("{holds: be-spine-001, row: 1, position: 1}, {holds: be-spine-001, row: 1, position: 2}", "placed twice")]
    [InlineData("{holds: be-spine-001, row: 1, position: 1}, {holds: train-060, row: 1, position: 1}", "given to another")]
    public void What_cannot_be_is_refused_with_its_reason_and_place(string places, string reason)
    {
        Designed("hopper-1k", $"floor:\n  places: [{places}]\n", out DiagnosticBag diagnostics).ShouldBeNull();
        Diagnostic error = diagnostics.Single(d => d.Severity == Severity.Error);
        error.Id.ShouldBe("LL5907");
        error.Message.ShouldContain(reason);
        error.Mark.ShouldNotBeNull();
    }

    private static ClusterDesign? Designed(string template, string more, out DiagnosticBag diagnostics)
    {
        diagnostics = new();
        ClusterSpec? spec = SpecReader.Read(SpecTemplates.Find(template)!.Text + more, "moved.yaml", Catalogue.Default, diagnostics);
        spec.ShouldNotBeNull(string.Join('\n', diagnostics));
        return Designer.Design(spec, diagnostics);
    }

    private static string RackOf(ClusterDesign design, string device)
    {
        foreach (Topology.DeviceGroup group in design.Network.Groups)
        {
            for (int d = group.First; d < group.First + group.Count; d++)
            {
                if (group.NameOf(d) == device)
                {
                    return design.Placement.Racks[design.Placement.RackOfDevice[d]].Name;
                }
            }
        }

        throw new InvalidOperationException($"no device is called {device}");
    }

    private static long Total(CablePlan cables) => cables.Cables.Sum(c => (long)c.LengthMillimetres);
}
