using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Shouldly;

namespace Lightloom.Tests.Design;

/// <summary>Frontends and further networks whose switches are left open, held against the same with switches named by hand.</summary>
public sealed class FrontendChoiceTest
{
    /// <summary>Of networks that are as close as estimates err, the simplest is taken.</summary>
    private const double Close = 0.035;

    private static readonly string[] Leaves =
    [
        "nvidia-sn2100",
        "nvidia-sn3700",
        "arista-7050sx3-48c8",
        "cisco-n93180yc-fx3",
        "dell-z9264f",
        "nvidia-sn5610",
    ];

    private static readonly string[] Spines =
    [
        "nvidia-sn2100",
        "arista-7050sx3-48yc12",
        "cisco-n93180yc-fx3",
        "arista-7050cx3-32s",
        "arista-7060dx4-32",
        "nvidia-sn5610",
    ];

    private static ClusterDesign? Design(string body)
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = SpecReader.Read("lightloom: 1\nname: x\n" + body + "\n", "x.yaml", Catalogue.Default, diagnostics);
        diagnostics.Where(d => d.Severity == Severity.Error).ShouldBeEmpty();
        return Designer.Design(spec!, diagnostics, worries: false);
    }

    private static string Nodes(int nodes, double rate, string frontend, string section = "frontend") =>
        $"pools: [{{name: cpu, node: n, nodes: {nodes}}}]\nbackend: {{enabled: false}}\noob: {{enabled: false}}\n"
        + (section == "frontend" ? $"frontend: {{{frontend}}}\n" : $"networks: {{{section}: {{{frontend}}}}}\n")
        + "catalog:\n  nodes:\n    n: {xpus: 1, backend: {nics: 0}, "
        + (section == "frontend" ? "" : $"frontend: {{nics: 0}}, networks: {{{section}: ")
        + (section == "frontend" ? "frontend: " : "")
        + $"{{nics: 2, rate_gbps: {rate}}}{(section == "frontend" ? "" : "}")}, power_w: 700, rack_units: 1}}";

    // The first is what a user met: 39 switches at $98.5 K where 13 at $68.7 K did, since one model was tried for both tiers.
    [Theory]
    [InlineData(132, 25, "external: [{name: border, tier: spine, links: 2, rate_gbps: 10}]", "frontend")]
    [InlineData(132, 25, "external: [{name: border, tier: leaf, links: 2, rate_gbps: 10}]", "frontend")]
    [InlineData(300, 25, "redundancy: {spine: 2}", "frontend")]
    [InlineData(240, 10, "", "frontend")]
    [InlineData(90, 100, "oversubscription: {leaf: 2}", "storage")]
    [InlineData(150, 200, "", "storage")]
    public void No_leaf_and_spine_that_are_named_by_hand_cost_less(int nodes, double rate, string keys, string section)
    {
        ClusterDesign open = Design(Nodes(nodes, rate, keys, section)).ShouldNotBeNull();
        double bill = open.Bill.Estimate.Total.Dollars;
        string beside = keys.Length > 0 ? ", " + keys : "";
        (string Leaf, string Spine, double Usd) best = ("", "", double.PositiveInfinity);
        foreach (string leaf in Leaves)
        {
            foreach (string spine in Spines)
            {
                if (
                    Design(Nodes(nodes, rate, $"leaf: {leaf}, spine: {spine}{beside}", section)) is { } named
                    && named.Bill.Estimate.Total.Dollars < best.Usd
                )
                {
                    best = (leaf, spine, named.Bill.Estimate.Total.Dollars);
                }
            }
        }

        best.Usd.ShouldBeLessThan(double.PositiveInfinity);
        bill.ShouldBeLessThanOrEqualTo(
            best.Usd * (1 + Close),
            $"{best} against {string.Join(", ", open.Network.Fabrics[0].Reasons.Take(4))}"
        );
    }

    private const string OffTheBackend = "pools: []\n";

    // Hosts of several rates beside slow lines from leaves: what a user met took minutes, was refused, or bought 22 small leaves where 8 do.
    [Theory]
    [InlineData(
        "{name: web, node: dell-r760, nodes: 180}, {name: db, node: cpu-2x100, nodes: 24}, {name: old, node: cpu-2x10-rj45, nodes: 30}",
        "[arista-7050cx3-32s, arista-7050sx3-48yc8, dell-s4348t]"
    )]
    [InlineData(
        "{name: a, node: cpu-2x10, nodes: 40}, {name: b, node: cpu-2x25, nodes: 60}, {name: c, node: cpu-2x100, nodes: 20}, "
            + "{name: d, node: cpu-2x200, nodes: 12}",
        "[nvidia-sn3700, arista-7050cx3-32s, arista-7050sx3-48yc8, arista-7050sx3-48c8]"
    )]
    [InlineData("{name: fast, node: cpu-2x200, nodes: 8}, {name: cpu, node: cpu-2x25, nodes: 20}", "[nvidia-sn3700, cisco-n93180yc-fx3]")]
    [InlineData(
        "{name: fast, node: cpu-2x200, nodes: 8}, {name: cpu, node: cpu-2x25, nodes: 20}",
        "[arista-7060x6-32pe, cisco-n93180yc-fx3]"
    )]
    public void No_leaves_of_several_rates_that_are_named_by_hand_cost_less(string services, string leaves)
    {
        string body =
            $"{OffTheBackend}services: [{services}]\nfloor: {{rack: {{power_kw: 17}}}}\nfrontend:\n  tiers: 2\n  external: "
            + "[{name: border, tier: spine, links: 4, rate_gbps: 100}, {name: isp, tier: leaf, links: 2, rate_gbps: 10}]\n";
        ClusterDesign open = Design(body).ShouldNotBeNull();
        ClusterDesign byHand = Design(body + $"  leaf: {leaves}\n").ShouldNotBeNull();
        open.Bill.Estimate.Total.Dollars.ShouldBeLessThanOrEqualTo(byHand.Bill.Estimate.Total.Dollars * (1 + Close));
    }

    [Fact]
    public void The_reasons_say_by_how_much_the_best_of_the_others_lost()
    {
        Fabric frontend = Design(Nodes(132, 25, "external: [{name: border, tier: spine, links: 2, rate_gbps: 10}]"))!
            .Network.Fabrics.Single();
        frontend.Reasons[0].ShouldContain("feasible choices of switches, by cost");
        frontend.Reasons.ShouldContain(r => r.StartsWith("the best of other leaves", StringComparison.Ordinal) && r.EndsWith("% higher"));
        frontend.Reasons.ShouldContain(r => r.StartsWith("the best of one model for all tiers", StringComparison.Ordinal));
    }

    // A spine that is left open is searched for although the leaf is named, and the other way round; those of slower lanes than the leaf's own, too.
    [Theory]
    [InlineData(300, 25, "leaf: cisco-n93180yc-fx3", "spine: arista-7050cx3-32s")]
    [InlineData(300, 25, "spine: nvidia-sn4600c", "leaf: nvidia-sn4600c")]
    [InlineData(200, 100, "leaf: nvidia-sn5610, redundancy: {spine: 2}", "spine: arista-7060dx4-32")]
    [InlineData(200, 100, "leaf: nvidia-sn5610, redundancy: {spine: 2}", "spine: nvidia-sn5400")]
    public void What_is_named_of_one_tier_stays_and_the_other_is_searched(int nodes, double rate, string named, string other)
    {
        ClusterDesign open = Design(Nodes(nodes, rate, named)).ShouldNotBeNull();
        Fabric frontend = open.Network.Fabrics.Single();
        string[] tier = named.Split(',')[0].Split(": ");
        TierOfSwitches[] kept = [.. frontend.Tiers.Where(t => t.Tier.ToWord() == tier[0])];
        kept.ShouldNotBeEmpty();
        kept.ShouldAllBe(t => t.Switch.Id == tier[1]);
        ClusterDesign byHand = Design(Nodes(nodes, rate, $"{named}, {other}")).ShouldNotBeNull();
        open.Bill.Estimate.Total.Dollars.ShouldBeLessThanOrEqualTo(byHand.Bill.Estimate.Total.Dollars * (1 + Close));
    }

    // Two boxes in stock cost nothing: as spines they save the spines that the cheapest search would buy.
    [Fact]
    public void Spines_in_stock_are_not_passed_over_for_what_they_would_cost()
    {
        static string Body(string keys) => "existing: {nvidia-sn5610: 2}\n" + Nodes(200, 25, keys);
        ClusterDesign open = Design(Body("redundancy: {spine: 2}")).ShouldNotBeNull();
        ClusterDesign byHand = Design(Body("redundancy: {spine: 2}, leaf: nvidia-sn2100, spine: nvidia-sn5610")).ShouldNotBeNull();
        open.Bill.Estimate.Total.Dollars.ShouldBeLessThanOrEqualTo(byHand.Bill.Estimate.Total.Dollars * (1 + Close));
    }

    // Spines that cost more and draw less are kept where power is limited.
    [Fact]
    public void A_limit_of_power_is_kept_by_a_spine_that_costs_more()
    {
        ClusterDesign design = Design(
                "objectives: {limits: {network_power_kw: 4.7}}\n" + Nodes(200, 100, "leaf: nvidia-sn5610, redundancy: {spine: 2}")
            )
            .ShouldNotBeNull();
        design.Bill.NetworkPowerTypical.Kilowatts.ShouldBeLessThanOrEqualTo(4.7);
    }

    // The backend changes and the own switch is its own then: nothing that was kept of the first file may be answered for the second.
    [Fact]
    public void Frontends_that_were_kept_are_those_of_files_in_which_the_same_switches_are_open()
    {
        const string Text = """
            lightloom: 1
            name: x
            pools: [{name: h, node: dgx-h100, nodes: 4}]
            catalog:
              switches:
                mine:
                  rack_units: 1
                  power_w: 100
                  protocols: [ethernet]
                  cages: [{count: 64, form_factor: osfp, rate_gbps: 800, lanes: 8, breakouts: [1x800, 2x400, 4x200]}]
            prices: {mine: 1000}
            """;
        DiagnosticBag diagnostics = new();
        ClusterSpec open = SpecReader.Read(Text + "\n", "x.yaml", Catalogue.Default, diagnostics).ShouldNotBeNull();
        ClusterSpec named = open with { Backend = open.Backend with { Switch = "mine" } };
        NetworkBuilder.Build(open, new()).ShouldNotBeNull();
        Network second = NetworkBuilder.Build(named, new()).ShouldNotBeNull();
        Network alone = NetworkBuilder
            .Build(SpecReader.Read(Text + "\nbackend: {switch: mine}\n", "x.yaml", Catalogue.Default, new())!, new())
            .ShouldNotBeNull();
        second
            .Fabrics.SelectMany(f => f.Tiers.Select(t => (f.Role, t.Tier, t.Switch.Id, t.Count)))
            .ShouldBe(alone.Fabrics.SelectMany(f => f.Tiers.Select(t => (f.Role, t.Tier, t.Switch.Id, t.Count))));
    }

    // The first has 6 cages of 100G, four of them for uplinks: twenty leaves of two ports would serve 40 hosts, where two of the second do.
    [Fact]
    public void Hosts_are_shared_among_leaves_of_a_list_so_that_the_bill_is_least()
    {
        ClusterDesign listed = Design(Nodes(40, 100, "leaf: [cisco-n93180yc-fx3, arista-7060dx4-32]")).ShouldNotBeNull();
        ClusterDesign second = Design(Nodes(40, 100, "leaf: arista-7060dx4-32")).ShouldNotBeNull();
        listed.Bill.Estimate.Total.Dollars.ShouldBeLessThanOrEqualTo(second.Bill.Estimate.Total.Dollars * (1 + Close));
    }

    // Alike in all but name: the order of the file decides.
    [Theory]
    [InlineData("arista-7060x6-32pe", "juniper-qfx5241-32od")]
    [InlineData("juniper-qfx5241-32od", "arista-7060x6-32pe")]
    public void The_first_of_a_list_comes_first_where_it_costs_about_as_much(string first, string second) =>
        Design(Nodes(90, 200, $"leaf: [{first}, {second}]"))!
            .Network.Fabrics.Single()
            .Tiers.Where(t => t.Tier == Tier.Leaf)
            .ShouldAllBe(t => t.Switch.Id == first);

    // 64 cages of 800G at 2.4:1: 90 ports of 400G go down and 19 of 800G up. 19 has no divisor; 18 of 86 has three and keeps the ratio.
    [Theory]
    [InlineData(400, "oversubscription: {leaf: 2.4}", 3)]
    [InlineData(60, "oversubscription: {leaf: 2.4}, redundancy: {spine: 2}", 2)]
    [InlineData(60, "oversubscription: {leaf: 1}, reserve: {leaf: 4}, redundancy: {spine: 2}", 2)]
    public void A_leaf_has_a_number_of_uplinks_that_divides_over_few_spines(int nodes, string keys, int spines)
    {
        Fabric frontend = Design(Nodes(nodes, 400, $"switch: nvidia-sn5610, {keys}"))!.Network.Fabrics.Single();
        TierOfSwitches leaf = frontend.Tiers.Single(t => t.Tier == Tier.Leaf);
        int built = frontend.Tiers.Single(t => t.Tier == Tier.Spine).Count;
        built.ShouldBe(spines);
        (leaf.UpPorts % built).ShouldBe(0);
        leaf.Oversubscription.ShouldBeLessThanOrEqualTo(keys.Contains("2.4") ? 2.4 : 1);
    }

    [Fact]
    public void That_uplinks_were_rounded_is_said() =>
        Design(Nodes(400, 400, "switch: nvidia-sn5610, oversubscription: {leaf: 2.4}"))!
            .Network.Fabrics.Single()
            .Reasons.ShouldContain("19 uplinks a leaf would divide over 19 spines only; 18 divide over 3");

    // 32 hosts on a rail each: one leaf would do, and a second without hosts is none.
    [Theory]
    [InlineData("plane_layout: rail, planes: 8, redundancy: {leaf: 2, spine: 2}", 32, 16, 16)]
    [InlineData("rail_optimized: false, redundancy: {leaf: 3, spine: 3}", 8, 3, 4)]
    public void Leaves_that_redundancy_asks_for_have_hosts(string backend, int nodes, int leaves, int spines)
    {
        ClusterDesign design = Design(
            $"pools: [{{name: a, node: dgx-h100, nodes: {nodes}}}]\nfrontend: {{enabled: false}}\noob: {{enabled: false}}\nbackend: {{switch: nvidia-sn5610, {backend}}}"
        )!;
        Fabric fabric = design.Network.Fabrics.Single();
        fabric.Tiers.Where(t => t.Tier == Tier.Leaf).Sum(t => t.Count).ShouldBe(leaves);
        fabric.Tiers.Where(t => t.Tier == Tier.Spine).Sum(t => t.Count).ShouldBe(spines);
        int[] ports =
        [
            .. fabric.LinkClasses.Where(c => c.From == Tier.Host).SelectMany(c => c.Links).GroupBy(l => l.Z).Select(g => g.Count()),
        ];
        ports.Length.ShouldBe(leaves);
        (ports.Max() - ports.Min()).ShouldBeLessThanOrEqualTo(2);
        NetworkAudit.FirstFault(design.Network).ShouldBeNull();
    }

    [Fact]
    public void Spines_that_are_asked_for_above_planes_of_one_leaf_are_said_to_be_missing_and_what_builds_them()
    {
        const string File =
            "pools: [{name: a, node: dgx-h100, nodes: 32}]\nfrontend: {enabled: false}\noob: {enabled: false}\n"
            + "backend: {switch: nvidia-sn5610, plane_layout: rail, planes: 8, redundancy: {spine: 2}}";
        DiagnosticBag diagnostics = new();
        ClusterSpec spec = SpecReader.Read("lightloom: 1\nname: x\n" + File + "\n", "x.yaml", Catalogue.Default, diagnostics)!;
        Designer.Design(spec, diagnostics).ShouldNotBeNull();
        string worry = diagnostics.Single(d => d.Id == "LL4206").Message;
        worry.ShouldEndWith("with backend.redundancy: {leaf: 2, spine: 2} it is 16 leaves and 16 spines of nvidia-sn5610");
    }

    // Two leaves of a backend joined by 4 links of 400G, 40 NICs of 400G on each: 10 to 1.
    [Fact]
    public void The_ratio_of_peer_links_is_the_leaves_oversubscription()
    {
        ClusterDesign design = Design(
            "pools: [{name: a, node: dgx-h100, nodes: 10}]\nfrontend: {enabled: false}\noob: {enabled: false}\n"
                + "backend: {switch: nvidia-qm9700, peer_links: 4}"
        )!;
        design.Network.Fabrics.Single().Oversubscription[Tier.Leaf].ShouldBe(10);
    }
}
