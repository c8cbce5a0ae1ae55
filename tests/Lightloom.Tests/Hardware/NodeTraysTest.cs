using Lightloom.Diagnostics;
using Lightloom.Hardware;

namespace Lightloom.Tests.Hardware;

/// <summary>Trays of rack-scale nodes: what the makers publish of them, and what cannot be.</summary>
public sealed class NodeTraysTest
{
    private static NodeModel Node(string id) => Catalogue.Default.Nodes[id];

    // NVIDIA Mission Control 2.3.0, rack entries of the 48U GB200 and GB300 rack.
    [Theory]
    [InlineData("gb200-nvl72", TrayKind.Power, "6-9,39-42")]
    [InlineData("gb200-nvl72", TrayKind.Compute, "11-18,28-37")]
    [InlineData("gb200-nvl72", TrayKind.Switch, "19-27")]
    [InlineData("gb300-nvl72", TrayKind.Power, "6-9,39-42")]
    [InlineData("gb300-nvl72", TrayKind.Compute, "11-18,28-37")]
    [InlineData("gb300-nvl72", TrayKind.Switch, "19-27")]
    public void Trays_stand_in_the_units_that_the_maker_lists(string id, TrayKind kind, string units)
    {
        IEnumerable<int> listed = units
            .Split(',')
            .Select(run => run.Split('-'))
            .SelectMany(run => Between(int.Parse(run[0]), int.Parse(run[1])));
        Node(id).TrayList!.All.Where(t => t.Model.Kind == kind).Select(t => t.Unit).ShouldBe(listed);
        Node(id).RackUnits!.Value.ShouldBe(48);
        Node(id).TrayList!.ManagementSpaces.ShouldBe([(0, 44), (0, 45)]);

        static IEnumerable<int> Between(int first, int last) => Enumerable.Range(first, last - first + 1);
    }

    [Theory]
    [InlineData("gb200-nvl72", 18, 9, 8)]
    [InlineData("gb300-nvl72", 18, 9, 8)]
    [InlineData("vr200-nvl144", 18, 9, 0)]
    [InlineData("helios-mi455x", 18, 6, 0)]
    [InlineData("cloudmatrix-384", 48, 0, 0)]
    public void There_are_as_many_trays_as_the_maker_says(string id, int compute, int switches, int shelves)
    {
        IReadOnlyList<Tray> all = Node(id).TrayList!.All;
        all.Count(t => t.Model.Kind == TrayKind.Compute).ShouldBe(compute);
        all.Count(t => t.Model.Kind == TrayKind.Switch).ShouldBe(switches);
        all.Count(t => t.Model.Kind == TrayKind.Power).ShouldBe(shelves);
    }

    // DGX GB200 user guide: 4 ConnectX-7 and 2 dual-port BlueField-3 a tray; Supermicro's GB300 tray: 4 ConnectX-8, 1 BlueField-3.
    [Theory]
    [InlineData("gb200-nvl72", 4, 4, 4)]
    [InlineData("gb300-nvl72", 4, 4, 2)]
    [InlineData("vr200-nvl144", 4, 8, 2)]
    [InlineData("cloudmatrix-384", 8, 8, 2)]
    public void A_compute_tray_has_its_share_of_XPUs_and_ports(string id, int xpus, int backend, int frontend)
    {
        NodeModel node = Node(id);
        NodeTrays trays = node.TrayList!;
        (node.Xpus.Value / trays.Computes).ShouldBe(xpus);
        trays.CagesEach(node, "backend").ShouldBe(backend);
        trays.CagesEach(node, "frontend").ShouldBe(frontend);
    }

    [Fact]
    public void The_two_chips_of_each_of_nine_switch_trays_are_the_18_that_every_GPU_has_a_link_to()
    {
        // DGX SuperPOD GB200 reference architecture: 18 NVLink 5 links a GPU, one to each of the 18 switch chips.
        Tray[] switches = [.. Node("gb200-nvl72").TrayList!.All.Where(t => t.Model.Kind == TrayKind.Switch)];
        switches.Sum(t => t.Model.SwitchChips!.Value).ShouldBe(18);
    }

    [Fact]
    public void The_management_ports_of_all_trays_fit_the_two_48_port_switches_of_the_rack()
    {
        // 18 x (BMC and two BlueField-3 BMCs), 9 x (COMe0 and BMC), 8 power shelves.
        Node("gb200-nvl72").ManagementPorts!.Value.ShouldBe((18 * 3) + (9 * 2) + 8);
        Node("gb300-nvl72").ManagementPorts!.Value.ShouldBe((18 * 2) + (9 * 2) + 8);
    }

    [Fact]
    public void Cages_are_dealt_to_trays_in_order_and_counted_from_one_on_each()
    {
        NodeModel node = Node("gb200-nvl72");
        NodeTrays trays = node.TrayList!;
        (trays.Of(node, "backend", 1).Suffix, trays.NumberIn(node, "backend", 1)).ShouldBe(("c01", 1));
        (trays.Of(node, "backend", 4).Suffix, trays.NumberIn(node, "backend", 4)).ShouldBe(("c01", 4));
        (trays.Of(node, "backend", 5).Suffix, trays.NumberIn(node, "backend", 5)).ShouldBe(("c02", 1));
        (trays.Of(node, "backend", 72).Suffix, trays.NumberIn(node, "backend", 72)).ShouldBe(("c18", 4));
        (trays.Of(node, "oob", 54).Suffix, trays.NumberIn(node, "oob", 54)).ShouldBe(("c18", 3));
        (trays.Of(node, "oob", 55).Suffix, trays.NumberIn(node, "oob", 55)).ShouldBe(("nvsw01", 1));
        (trays.Of(node, "oob", 80).Suffix, trays.NumberIn(node, "oob", 80)).ShouldBe(("pwr08", 1));
    }

    [Theory]
    [InlineData("c: {kind: compute, units: [1, 2]}, s: {kind: switch, units: [2]}", "unit 2 of rack 1 is filled by c too")]
    [InlineData("c: {kind: compute, rack_units: 2, units: [1, 2]}", "unit 2 of rack 1 is filled by c too")]
    [InlineData("c: {kind: compute, units: [1, 2, 3]}", "8 xpus cannot be dealt evenly to 3 compute trays")]
    [InlineData("c: {kind: compute, units: [1, 2, 3, 4, 5, 6, 7, 8]}", "2 cages of the frontend cannot be dealt evenly to 8 compute trays")]
    [InlineData("s: {kind: switch, units: [1]}", "there is no tray of kind compute")]
    [InlineData("c: {kind: compute, units: [1], racks: [2]}", "there is no rack 2, the node fills 1")]
    [InlineData("c: {kind: compute, units: [1]}, c2: {kind: switch, units: [2]}", "two kinds of trays are labelled 'c'")]
    [InlineData("c: {kind: compute, units: [1], management_ports: 2, management_names: [a]}", "management_names lists 1, there are 2")]
    public void Trays_that_cannot_be_are_refused_with_what_is_wrong(string trays, string says)
    {
        DiagnosticBag diagnostics = new();
        Catalogue.Default.With(
            $"nodes: {{n: {{kind: rack, xpus: 8, backend: {{nics: 8, rate_gbps: 400}}, frontend: {{nics: 2, rate_gbps: 200}}, trays: {{{trays}}}}}}}",
            "my.yaml",
            diagnostics
        );
        Diagnostic one = diagnostics.ShouldHaveSingleItem();
        one.Id.ShouldBe("LL1009");
        one.Message.ShouldContain(says);
    }

    [Fact]
    public void Trays_of_a_server_are_refused()
    {
        DiagnosticBag diagnostics = new();
        Catalogue.Default.With("nodes: {n: {xpus: 8, trays: {c: {kind: compute, units: [1]}}}}", "my.yaml", diagnostics);
        diagnostics.ShouldHaveSingleItem().Message.ShouldContain("say kind: rack");
    }

    [Fact]
    public void What_the_maker_prints_on_a_tray_is_listed_once_and_holds_for_all()
    {
        DiagnosticBag diagnostics = new();
        Catalogue? read = Catalogue.Default.With(
            "nodes: {n: {kind: rack, xpus: 4, backend: {nics: 4, rate_gbps: 400, cage_names: [P1, P2]}, "
                + "trays: {c: {kind: compute, units: [1, 2]}}}}",
            "my.yaml",
            diagnostics
        );
        diagnostics.ShouldBeEmpty();
        read!.Nodes["n"].Backend!.CageNames!.Value.ShouldBe(["P1", "P2", "P1", "P2"]);
    }
}
