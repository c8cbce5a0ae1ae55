using System.Globalization;
using System.Text.RegularExpressions;
using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Tests.Channels;

/// <summary>Patch panels in the racks of both ends, where the file asks for them.</summary>
public class RackPanelsTest
{
    [Theory]
    [InlineData("rack", 0)]
    [InlineData("row", 0)]
    [InlineData("rack", 1)]
    [InlineData("row", 2)]
    public void A_link_that_leaves_what_the_rule_names_passes_a_panel_in_the_rack_of_either_end(string rule, int betweenRows)
    {
        ClusterDesign design = PolarityTest.Designed(Text(rule, betweenRows, 16), "racks.yaml");
        Placement placement = design.Placement;
        ChannelWalk walk = design.Channels.Walk();
        int met = 0;
        for (int cable = 0; cable < design.Cables.Cables.Length; cable++)
        {
            walk.Take(cable);
            foreach (ChannelStep[] way in walk.Steps.GroupBy(s => (s.Leg, s.Path)).Select(g => g.OrderBy(s => s.Sequence).ToArray()))
            {
                Rack a = placement.Racks[placement.RackOfDevice[way[0].Row.A.Device]];
                Rack z = placement.Racks[placement.RackOfDevice[way[^1].Row.Z.Device]];
                bool asked = rule == "rack" ? a.Index != z.Index : (a.Hall, a.Row) != (z.Hall, z.Row);
                PatchPanel[] inRacks =
                [
                    .. way.SelectMany(s => new[] { s.Row.A, s.Row.Z })
                        .Where(e => e.Panel >= 0)
                        .Select(e => design.Channels.Panels[e.Panel])
                        .Where(p => p.Frame.Rack >= 0)
                        .Distinct(),
                ];
                inRacks.Select(p => p.Frame.Rack).Order().ShouldBe(asked ? new[] { a.Index, z.Index }.Order() : []);
                if (asked)
                {
                    // The cords at both ends stay in their racks.
                    way[0].Row.Z.Panel.ShouldBeGreaterThanOrEqualTo(0);
                    design.Channels.Panels[way[0].Row.Z.Panel].Frame.Rack.ShouldBe(a.Index);
                    design.Channels.Panels[way[^1].Row.A.Panel].Frame.Rack.ShouldBe(z.Index);
                    met++;
                }
            }
        }

        met.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Panels_in_racks_fill_the_units_above_the_devices_and_no_other()
    {
        ClusterDesign design = PolarityTest.Designed(Text("rack", 0, 16), "racks.yaml");
        int height = (int)Catalogue.Default.Fact("rack-units").Value;
        PatchPanel[] inRacks = [.. design.Channels.Panels.Where(p => p.Frame.Rack >= 0)];
        inRacks.ShouldNotBeEmpty();
        inRacks.Select(p => (p.Frame.Rack, p.Unit)).ShouldBeUnique();
        inRacks.ShouldAllBe(p => p.Unit > height - 16 && p.Unit <= height);
        design.Placement.Racks.ShouldAllBe(r => r.UsedUnits <= height - 16);
    }

    [Theory]
    [InlineData("gb200-nvl72")]
    [InlineData("gb300-nvl72")]
    public void Panels_in_the_rack_of_a_system_fill_units_that_its_trays_leave(string system)
    {
        const string Floor = "{panels_at_racks: rack, rack: {reserved_units: 20}}";
        string text = $$"""
            lightloom: 1
            name: systems
            pools: [{name: gb, node: {{system}}, nodes: 2}]
            floor: {{Floor}}
            """;
        ClusterDesign design = PolarityTest.Designed(text, "systems.yaml");
        NodeModel node = Catalogue.Default.Nodes[system];
        int[] ofTrays = [.. node.Trays!.Values.SelectMany(t => t.Units.Value.SelectMany(u => Enumerable.Range(u, t.RackUnits.Value)))];
        PatchPanel[] inSystems =
        [
            .. design.Channels.Panels.Where(p => p.Frame.Rack >= 0 && design.Placement.Racks[p.Frame.Rack].Use == RackUse.RackScale),
        ];

        inSystems.ShouldNotBeEmpty();
        inSystems.ShouldAllBe(p => p.Unit >= 1 && p.Unit + p.Units - 1 <= node.RackUnits!.Value);
        inSystems.Where(p => ofTrays.Contains(p.Unit)).ShouldBeEmpty();
        inSystems.Select(p => (p.Frame.Rack, p.Unit)).ShouldBeUnique();
    }

    [Fact]
    public void Panels_have_the_names_that_the_file_gives_and_two_alike_are_refused()
    {
        ClusterDesign design = PolarityTest.Designed(
            Text("rack", 0, 16) + "\nnames: {panel: \"PP-{letter}{row}-{frame}-{n:03}\"}\n",
            "names.yaml"
        );
        PatchPanel panel = design.Channels.Panels.First(p => p.Frame.Rack >= 0);
        Rack rack = design.Placement.Racks[panel.Frame.Rack];
        panel.Name.ShouldBe($"PP-{design.Placement.Halls[rack.Hall].Letter}{rack.Row}-{rack.Name}-001");

        (ClusterDesign? none, DiagnosticBag bag) = Try(Text("rack", 0, 16) + "\nnames: {panel: \"PP-{n}\"}\n");
        none.ShouldBeNull();
        bag.ShouldContain(d => d.Id == "LL2044" && d.Message.Contains("'PP-1'"));
    }

    [Fact]
    public void Too_few_units_for_the_panels_are_refused_with_the_number_that_suffices()
    {
        (ClusterDesign? none, DiagnosticBag bag) = Try(Text("rack", 0, 2));
        none.ShouldBeNull();
        Diagnostic refusal = bag.First(d => d.Id == "LL5905");
        Match named = Regex.Match(refusal.Message, @"floor\.rack\.reserved_units: (\d+)");
        named.Success.ShouldBeTrue(refusal.Message);
        int units = int.Parse(named.Groups[1].Value, CultureInfo.InvariantCulture);
        Try(Text("rack", 0, units)).Design.ShouldNotBeNull();
    }

    [Fact]
    public void Each_panel_in_a_rack_costs_one_mated_pair_of_loss()
    {
        ClusterDesign design = PolarityTest.Designed(Text("rack", 0, 16), "racks.yaml");
        ChannelWalk walk = design.Channels.Walk();
        Catalogue facts = Catalogue.Default;
        int met = 0;
        for (int cable = 0; cable < design.Cables.Cables.Length; cable++)
        {
            walk.Take(cable);
            ChannelStep[] way = [.. walk.Steps.Where(s => s.Leg == 0 && s.Path == 0)];
            if (way.Length != 3)
            {
                continue;
            }

            // 0.5 dB/km at 1310 nm (IEC 60793-2-50) is the most that a metre of single-mode fibre may lose; the catalogue's figure is at or below.
            double pairs = 2 * facts.Fact("mpo-loss-singlemode-db").Value;
            double metres = way.Sum(s => design.Channels.Articles[s.Row.Article].OrderLength.Metres);
            double loss = way.Sum(s => s.LossDb ?? 0);
            loss.ShouldBeInRange(pairs, pairs + (metres * 0.0005) + 1e-9);
            met++;
        }

        met.ShouldBeGreaterThan(0);
    }

    private static (ClusterDesign? Design, DiagnosticBag Bag) Try(string text)
    {
        DiagnosticBag bag = new();
        ClusterSpec spec = SpecReader.Read(text, "racks.yaml", Catalogue.Default, bag)!;
        return (Designer.Design(spec, bag), bag);
    }

    private static string Text(string rule, int betweenRows, int reserved) =>
        $$"""
            lightloom: 1
            name: racks
            pools: [{name: t, node: dgx-h100, nodes: 32}]
            backend: {switch: nvidia-sn5610, tiers: 2}
            frontend: {enabled: false}
            oob: {enabled: false}
            interconnect: {exclude: [dac, acc, aec, aoc, sr, fr, lr]}
            floor:
              panels_at_racks: {{rule}}
              panels_between_rows: {{betweenRows}}
              rows: 4
              racks_per_row: 6
              rack: {power_kw: 22, reserved_units: {{reserved}}}
            """;
}
