using System.Text.RegularExpressions;
using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;
using Shouldly;

namespace Lightloom.Tests.Design;

/// <content>Hosts of other lane rates than the switch's cages, and NICs with several cages.</content>
public sealed partial class NetworkCasesTest
{
    private const string Node100G =
        "{xpus: 8, backend: {nics: 8, rate_gbps: 400, form_factor: qsfp112, lanes: 4}, power_w: 10200, rack_units: 8}";

    private static string Under(string backend, string switches = "", int nodes = 32) =>
        $"lightloom: 1\nname: lanes\npools: [{{name: g, node: n, nodes: {nodes}}}]\nbackend: {{{backend}}}\nfrontend: {{enabled: false}}\n"
        + $"oob: {{enabled: false}}\ncatalog: {{nodes: {{n: {Node100G}}}{switches}}}\n";

    // Every plug of the class runs on lanes that both cages have.
    private static void MeetsOn(ClusterDesign design, LinkClass c, double laneGbps)
    {
        c.ZCages.LaneRate.Gbps.ShouldBe(laneGbps);
        foreach (int cable in design.Cables.CableOfLink[c.Index].Distinct())
        {
            LinkProduct product = design.Cables.Products[design.Cables.Cables[cable].Product];
            foreach (InterconnectModel end in (InterconnectModel[])[product.A, product.Z])
            {
                DataRate lane = end.HostLaneRate?.Value ?? end.LaneRate?.Value ?? end.Rate.Value / end.Lanes!.Value;
                lane.Gbps.ShouldBe(laneGbps, end.Id);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("nvidia-sn5610")]
    [InlineData("celestica-ds4101")]
    [InlineData("nexthop-nh-4010")]
    public void Hosts_on_lanes_of_50G_stand_under_cages_of_100G_lanes_that_run_at_theirs(string box)
    {
        string text = Case("qsfp56-nic-on-800g");
        ClusterDesign design = Designed(box.Length == 0 ? text : text.Replace("{switch: s}", $"{{switch: {box}}}"));
        Fabric frontend = FabricOf(design, FabricRole.Frontend);
        frontend.Tiers.Where(t => t.Tier == Tier.Leaf).ShouldAllBe(t => t.DownBreakout == new Breakout(2, DataRate.FromGbps(200)));
        LinkClass[] hosts = [.. frontend.LinkClasses.Where(c => c.From == Tier.Host)];
        hosts.Sum(c => c.Links.Length).ShouldBe(95);
        foreach (LinkClass c in hosts)
        {
            MeetsOn(design, c, 50);
        }
    }

    [Fact]
    public void Hosts_on_lanes_of_100G_stand_under_cages_of_200G_lanes_whose_maker_lets_them_run_so()
    {
        ClusterDesign design = Designed(Under("switch: nokia-7220-ixr-h6-64"));
        LinkClass hosts = FabricOf(design, FabricRole.Backend).LinkClasses.Single(c => c.From == Tier.Host);
        hosts.ZCages.Breakout.ShouldBe(new(2, DataRate.FromGbps(400)));
        MeetsOn(design, hosts, 100);
        FabricOf(design, FabricRole.Backend).Reasons.ShouldContain(r => r.Contains("on lanes of 100G", StringComparison.Ordinal));

        // Uplinks keep the lanes of their cages.
        FabricOf(design, FabricRole.Backend).LinkClasses.Single(c => c.From == Tier.Leaf).ACages.LaneRate.Gbps.ShouldBe(200);
    }

    [Fact]
    public void Spines_of_200G_lanes_run_at_those_of_the_leaves_below()
    {
        ClusterDesign design = Designed(Under("leaf: nvidia-sn5610, spine: micas-m2-w6951-64hc", nodes: 48));
        LinkClass up = FabricOf(design, FabricRole.Backend).LinkClasses.Single(c => c.From == Tier.Leaf);
        up.Rate.Gbps.ShouldBe(800);
        MeetsOn(design, up, 100);
    }

    // What the refusal names is written into the file, and the design comes about.
    [Theory]
    [InlineData("switch: dell-z9964f, planes: 1", "lane_rates_gbps: \\[200, 100\\]", 1600)]
    [InlineData("switch: dell-z9964f", "lane_rates_gbps: \\[200, 100\\]", 1600)]
    public void A_switch_whose_lane_rates_nobody_knows_is_refused_with_the_key_that_would_do(string backend, string key, int rate)
    {
        DiagnosticBag diagnostics = new();
        Designer.Design(Read(Under(backend)), diagnostics).ShouldBeNull();
        Diagnostic refusal = diagnostics.First(d => d.Severity == Severity.Error && Regex.IsMatch(d.Message, key));
        string value = Regex.Match(refusal.Message, key).Value;
        string own = $", switches: {{own: {{cages: 64, rate_gbps: {rate}, breakouts: [1x1600, 2x800, 4x400, 8x200], {value}}}}}";
        Designed(Under(backend.Replace("dell-z9964f", "own"), own))
            .Network.LinkClasses.Single(c => c.From == Tier.Host)
            .ZCages.Breakout.ShouldBe(new(2, DataRate.FromGbps(400)));
    }

    [Fact]
    public void A_box_of_ones_own_with_listed_divisions_runs_no_other_rate_than_its_list()
    {
        string text = Case("qsfp56-nic-on-800g")
            .Replace("{cages: 64, rate_gbps: 800}", "{cages: 64, rate_gbps: 800, breakouts: [1x800, 2x400, 4x200]}");
        DiagnosticBag diagnostics = new();
        Designer.Design(Read(text), diagnostics).ShouldBeNull();
        diagnostics.ShouldContain(d => d.Id == "LL6901" && d.Message.Contains("lane_rates_gbps: [100, 50]"));
    }

    [Fact]
    public void Nobody_runs_a_box_below_its_lanes_while_another_serves()
    {
        ClusterDesign design = Designed(Under("planes: auto"));
        foreach (LinkClass c in FabricOf(design, FabricRole.Backend).LinkClasses.Where(c => c.From == Tier.Host))
        {
            design.Network.GroupOf(c.Links[0].Z).Switch!.Cages[0].LaneRate.ShouldBe(c.ZCages.LaneRate);
        }
    }

    private static string TwoCages(string backend) =>
        Case("two-cages-a-nic").Replace("node: n,", "node: n2,").Replace("planes: 2}", backend + "}").Replace("nodes: 64", "nodes: 16");

    [Theory]
    [InlineData("planes: 2", 2)]
    [InlineData("planes: 1", 1)]
    [InlineData("plane_layout: rail", 8)]
    public void A_NIC_with_two_cages_of_200G_gives_one_to_each_of_two_planes_else_both_to_one(string backend, int planes)
    {
        ClusterDesign design = Designed(TwoCages(backend));
        Fabric fabric = FabricOf(design, FabricRole.Backend);
        fabric.Planes.ShouldBe(planes);
        Dictionary<(int Node, int Cage), (int Plane, int Nic)> cages = [];
        foreach (LinkClass c in fabric.LinkClasses.Where(c => c.From == Tier.Host))
        {
            c.Rate.Gbps.ShouldBe(200);
            c.ACages.Breakout.ShouldBe(new(1, DataRate.FromGbps(200)));
            c.ACages.Lanes.ShouldBe(2);
            foreach (Link link in c.Links)
            {
                cages.TryAdd((link.A, link.ACage), (c.Plane, link.Rail)).ShouldBeTrue("a cage is used twice");
            }
        }

        cages.Count.ShouldBe(16 * 16);
        foreach (((int _, int cage), (int plane, int nic)) in cages)
        {
            nic.ShouldBe((cage - 1) / 2);
            plane.ShouldBe(
                planes switch
                {
                    1 => 0,
                    2 => (cage - 1) % 2,
                    _ => nic,
                }
            );
        }
    }

    [Fact]
    public void The_case_as_it_stands_and_a_400G_NIC_on_two_planes_design()
    {
        Designed(Case("two-cages-a-nic")).Network.XpuCount.ShouldBe(512);
        Designed(Case("400g-nic-two-planes")).Network.LinkClasses.ShouldAllBe(c => c.Fabric == FabricRole.Oob || c.Rate.Gbps == 200);
    }

    [Fact]
    public void Planes_over_which_the_cages_of_a_NIC_do_not_divide_are_refused_with_a_count_that_does()
    {
        string text = TwoCages("planes: 4")
            .Replace("cages: 16", "cages: 24, lanes: 6")
            .Replace("rate_gbps: 400, cages", "rate_gbps: 600, cages");
        DiagnosticBag diagnostics = new();
        Designer.Design(Read(text), diagnostics).ShouldBeNull();
        diagnostics.ShouldContain(d =>
            d.Id == "LL4901" && d.Message.Contains("3 cages of a NIC of n2 do not divide evenly over 4 planes; over 3")
        );
    }
}
