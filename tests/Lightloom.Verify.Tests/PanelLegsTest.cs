using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Verify.Tests;

/// <summary>Legs of one cage that go to several rows, some over panels and some not: each has a way, and so a length, of its own.</summary>
public sealed class PanelLegsTest
{
    [Fact]
    public void A_shuffle_does_not_join_plugs_of_which_some_pass_panels_and_some_do_not()
    {
        // Two nodes share a cage of a leaf on each plane: by a shuffle, which no panel can pass on one of its plugs alone.
        DiagnosticBag refused = new();
        Design(TwoNodesOnACage(panels: 1), refused).ShouldBeNull();
        Diagnostic error = refused.First(d => d.Id == "LL6901");
        error.Message.ShouldContain("closest: sr8-800g-2xsr4-50m: one shuffle would have to join sockets that lie behind unlike panels");
        error.Message.ShouldContain("without panels sr8-800g-2xsr4-50m would serve (floor.panels_between_rows: 0)");
    }

    [Fact]
    public void The_number_of_panels_that_the_refusal_names_works()
    {
        DiagnosticBag diagnostics = new();
        using WrittenFolder folder = new(Design(TwoNodesOnACage(panels: 0), diagnostics).ShouldNotBeNull(string.Join('\n', diagnostics)));
        folder.Verify().Contradictions.ShouldBeEmpty();
    }

    private static ClusterDesign? Design(string yaml, DiagnosticBag diagnostics) =>
        SpecReader.Read(yaml, "legs.yaml", Catalogue.Default, diagnostics) is { } spec ? Designer.Design(spec, diagnostics) : null;

    private static string TwoNodesOnACage(int panels) =>
        $$"""
            lightloom: 1
            name: legs
            pools: [{name: train, node: dgx-b200, nodes: 22}]
            services: [{name: storage, node: storage-2x200, nodes: 2}]
            backend: {paradigm: endpoint-scheduled, planes: 2, tiers: 1, rail_optimized: false}
            frontend: {homing: single}
            floor:
              network_racks: end-of-row
              rack: {power_kw: 45, reserved_units: 0}
              rows: 3
              racks_per_row: 6
              panels_between_rows: {{panels}}
            interconnect: {exclude: [dac, acc, aec]}
            """;
}
