using Lightloom.Bill;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;
using Shouldly;

namespace Lightloom.Tests.Design;

public sealed partial class NetworkCasesTest
{
    private static readonly Lazy<ClusterDesign> FourRacks = new(() => Designed(Case("four-nvl72")));

    // The same node as one device: what the trays must not change.
    private const string Whole = """
        lightloom: 1
        name: whole
        pools: [{name: gb, node: whole, nodes: 4}]
        catalog:
          nodes:
            whole:
              kind: rack
              xpus: 72
              backend: {nics: 72, rate_gbps: 400, form_factor: osfp, lanes: 4, nic: connectx-7, max_planes: 2}
              frontend: {nics: 72, rate_gbps: 200, form_factor: qsfp112, nic: bluefield-3}
              width_mm: 600
              depth_mm: 1200
              power_w: 120000
              power_max_w: 132000
        """;

    [Fact]
    public void Every_tray_of_four_NVL72_has_its_management_links_and_stands_on_two_leaves_of_the_frontend()
    {
        Network network = FourRacks.Value.Network;
        Dictionary<string, int> management = Links(FabricRole.Oob).GroupBy(l => l.Tray).ToDictionary(g => g.Key, g => g.Count());
        management.Count.ShouldBe(4 * (18 + 9 + 8));
        management.Where(t => t.Key.Contains("-c")).ShouldAllBe(t => t.Value == 3);
        management.Where(t => t.Key.Contains("-nvsw")).ShouldAllBe(t => t.Value == 2);
        management.Where(t => t.Key.Contains("-pwr")).ShouldAllBe(t => t.Value == 1);

        ILookup<string, int> frontend = Links(FabricRole.Frontend).ToLookup(l => l.Tray, l => l.Leaf);
        frontend.Count.ShouldBe(4 * 18);
        foreach (IGrouping<string, int> tray in frontend)
        {
            tray.GroupBy(leaf => leaf).Select(leaf => leaf.Count()).ShouldBe([2, 2], tray.Key);
        }

        Links(FabricRole.Backend).GroupBy(l => l.Tray).Select(g => g.Count()).ShouldAllBe(count => count == 4);

        IEnumerable<(string Tray, int Leaf)> Links(FabricRole role) =>
            network
                .LinkClasses.Where(c => c.Fabric == role && c.From == Tier.Host)
                .SelectMany(c => c.Links.Where(l => l.A < network.NodeCount).Select(l => (network.NameOf(l.A, role, l.ACage), l.Z)));
    }

    [Fact]
    public void The_switches_of_a_racks_management_stand_in_the_units_that_its_maker_left_for_them()
    {
        ClusterDesign design = FourRacks.Value;
        foreach (int node in Enumerable.Range(0, 4))
        {
            int[] leaves =
            [
                .. design
                    .Network.LinkClasses.Where(c => c.Fabric == FabricRole.Oob && c.From == Tier.Host)
                    .SelectMany(c => c.Links)
                    .Where(l => l.A == node)
                    .Select(l => l.Z)
                    .Distinct(),
            ];
            leaves.Select(l => design.Placement.RackOfDevice[l]).Distinct().ShouldBe([design.Placement.RackOfDevice[node]]);
            leaves.Select(l => (int)design.Placement.UnitOfDevice[l]).ShouldBe([44, 45], ignoreOrder: true);
        }
    }

    [Fact]
    public void Nothing_in_a_rack_of_trays_stands_in_the_same_unit()
    {
        ClusterDesign design = FourRacks.Value;
        RackContents contents = new(design.Network, design.Placement);
        foreach (Rack rack in design.Placement.Racks)
        {
            IReadOnlyList<RackItem> items = contents.Of(rack.Index);
            int[] units = [.. items.SelectMany(i => Enumerable.Range(i.Unit, i.Units))];
            units.Distinct().Count().ShouldBe(units.Length);
            units.Max().ShouldBeLessThanOrEqualTo(rack.Units);
            units.Length.ShouldBe(rack.UsedUnits);
        }

        // 18 compute and 9 switch trays, 8 power shelves and 2 management switches of the 48 units.
        design.Placement.Racks.Count(r => r.Use == RackUse.RackScale && r.UsedUnits == 37 && r.Units == 48).ShouldBe(4);
    }

    [Fact]
    public void Trays_change_nothing_of_which_NIC_goes_to_which_leaf_of_the_backend()
    {
        Link[] trays = Backend(FourRacks.Value);
        Link[] whole = Backend(Designed(Whole));
        trays
            .Select(l => (l.A, l.ACage, l.Z, l.ZCage, l.ZLane, l.Rail))
            .ShouldBe(whole.Select(l => (l.A, l.ACage, l.Z, l.ZCage, l.ZLane, l.Rail)));

        static Link[] Backend(ClusterDesign design) =>
            [.. design.Network.LinkClasses.Where(c => c.Fabric == FabricRole.Backend && c.From == Tier.Host).SelectMany(c => c.Links)];
    }

    [Fact]
    public void A_cable_to_a_tray_is_as_high_as_the_tray()
    {
        // Two ports of one tray side by side and a port of the next tray up: the way to a leaf differs by a unit of 44.45 mm at most,
        // beside the width of the faceplate.
        ClusterDesign design = FourRacks.Value;
        design.Placement.UnitOfPort(design.Network, 0, FabricRole.Backend, 4).ShouldBe(11);
        design.Placement.UnitOfPort(design.Network, 0, FabricRole.Backend, 5).ShouldBe(12);
        design.Placement.UnitOfPort(design.Network, 0, FabricRole.Oob, 55).ShouldBe(19);
    }

    [Fact]
    public void A_tray_that_loses_all_its_frontend_ports_with_one_leaf_is_a_worry()
    {
        string many = Case("four-nvl72").Replace("nodes: 4", "nodes: 8");
        Designed(many).Diagnostics.ShouldNotContain(d => d.Id == "LL4204");
        ClusterDesign single = Designed(many + "frontend: {homing: single}\n");
        Diagnostic worry = single.Diagnostics.Where(d => d.Id == "LL4204").ShouldHaveSingleItem();
        worry.Severity.ShouldBe(Severity.Warning);
        worry.Message.ShouldContain("frontend.homing: dual");
    }

    [Fact]
    public void Trays_have_the_names_that_the_file_asks_for()
    {
        ClusterDesign design = Designed(
            Case("four-nvl72") + "names: {tray: \"{rack}-{ru:02}-{pool}{n}-{label}{t:02}\", node_ports: maker}\n"
        );
        Network network = design.Network;
        network.NameOf(0, FabricRole.Backend, 1).ShouldBe($"{design.Placement.Racks[design.Placement.RackOfDevice[0]].Name}-11-gb1-c01");
        network.PortName(0, FabricRole.Oob, 2).ShouldBe("BF3-1 BMC");
        network.PortName(0, FabricRole.Oob, 55).ShouldBe("COMe0");
    }

    [Fact]
    public void A_scale_up_domain_that_is_cabled_between_racks_has_its_lines_in_the_bill_and_a_backplane_has_none()
    {
        ClusterDesign design = Designed("lightloom: 1\nname: cm\npools: [{name: cm, node: cloudmatrix-384, nodes: 2}]\n");
        design
            .Bill.Lines.Where(l => l.Category == "scale-up")
            .Select(l => (l.Quantity, l.UnitPrice, l.UnitPower))
            .ShouldBe([(2 * 2688, Money.Zero, Power.Zero), (2 * 5376, Money.Zero, Power.Zero)]);
        FourRacks.Value.Bill.Lines.ShouldNotContain(l => l.Category == "scale-up");
        ScaleUpDomains domains = ScaleUpDomains.Of(design.Spec, design.Network).ShouldHaveSingleItem();
        (domains.Domains, domains.Modules, domains.SwitchChips).ShouldBe((2, 2 * 5376, 2 * 448));
    }

    [Fact]
    public void Modules_that_are_not_sold_with_the_node_draw_power_and_have_no_price()
    {
        string own = """
            lightloom: 1
            name: own
            pools: [{name: p, node: own, nodes: 2}]
            catalog:
              nodes:
                own:
                  kind: rack
                  xpus: 64
                  backend: {nics: 64, rate_gbps: 400}
                  frontend: {nics: 4, rate_gbps: 200}
                  power_w: 100000
                  scale_up_domain: 128
                  scale_up: {network: ualink, medium: fibre, modules: 256, module_power_w: 8, cables: 128, reach_m: 50}
            """;
        ClusterDesign design = Designed(own);
        BillLine modules = design.Bill.Lines.Single(l => l.Id == "own-scale-up-module");
        (modules.Quantity, modules.UnitPrice).ShouldBe((512, (Money?)null));
        modules.TotalPower!.Value.Watts.ShouldBe(512 * 8, 1e-6);
        // Two nodes of 64 XPUs are one domain of 128.
        ScaleUpDomains.Of(design.Spec, design.Network).ShouldHaveSingleItem().Domains.ShouldBe(1);
    }
}
