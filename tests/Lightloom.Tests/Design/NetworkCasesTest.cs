using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Shouldly;

namespace Lightloom.Tests.Design;

/// <summary>Everyday clusters of several rates, buildings and switches: where a design must not end at a wall.</summary>
public sealed partial class NetworkCasesTest
{
    private static string Case(string name) =>
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "Lightloom.Tests", "Cases", "networks", name + ".yaml"));

    private static ClusterSpec Read(string text)
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = SpecReader.Read(text, "case.yaml", Catalogue.Default, diagnostics);
        diagnostics.Where(d => d.Severity == Severity.Error).ShouldBeEmpty();
        return spec!;
    }

    private static ClusterDesign Designed(string text)
    {
        DiagnosticBag diagnostics = new();
        ClusterDesign? design = Designer.Design(Read(text), diagnostics);
        design.ShouldNotBeNull(string.Join("\n", diagnostics.Where(d => d.Severity == Severity.Error)));
        return design;
    }

    private static Fabric FabricOf(ClusterDesign design, FabricRole role) => design.Network.Fabrics.Single(f => f.Role == role);

    [Fact]
    public void A_switch_of_the_file_serves_where_it_is_named_and_nowhere_else()
    {
        ClusterDesign design = Designed(Case("brownfield-400g-leaf"));
        FabricOf(design, FabricRole.Backend).Tiers[0].Switch.Id.ShouldBe("tor-400");
        FabricOf(design, FabricRole.Frontend).Tiers.ShouldAllBe(t => t.Switch.Id != "tor-400");
        FabricOf(design, FabricRole.Oob).Tiers.ShouldAllBe(t => t.Switch.Id != "tor-400");
    }

    [Fact]
    public void A_switch_of_the_file_that_is_named_nowhere_is_a_candidate_like_any_other()
    {
        string text = """
            lightloom: 1
            name: open
            pools: [{name: t, node: dgx-h100, nodes: 16}]
            prices: {mine: 10}
            catalog: {switches: {mine: {cages: 64, rate_gbps: 800, breakouts: [1x800, 2x400, 4x200], rack_units: 2, power_w: 900}}}
            """;
        Designed(text).Alternatives.Single(a => a.Chosen).Leaf.ShouldBe("mine");
    }

    [Theory]
    [InlineData("backend: {nics: 0, rate_gbps: 400}")]
    [InlineData("backend: {nics: 0}")]
    public void Nodes_with_no_backend_ports_are_on_the_frontend_alone(string none)
    {
        ClusterDesign design = Designed(Case("frontend-only-pool").Replace("backend: {nics: 0, rate_gbps: 400}", none));
        foreach (DeviceGroup group in design.Network.Groups.Where(g => g is { IsNode: true, IsService: false }))
        {
            HashSet<FabricRole> fabrics =
            [
                .. design
                    .Network.LinkClasses.Where(c => c.Links.Any(l => l.A >= group.First && l.A < group.First + group.Count))
                    .Select(c => c.Fabric),
            ];
            fabrics.ShouldBe(
                group.Node!.Id == "feonly" ? [FabricRole.Frontend] : [FabricRole.Backend, FabricRole.Frontend],
                ignoreOrder: true
            );
        }

        design.Network.XpuCount.ShouldBe((96 + 32) * 8);
        FabricOf(design, FabricRole.Backend).MaxXpus.ShouldBeGreaterThanOrEqualTo(32 * 8);
    }

    // Eight ports of 200G on two leaves, whichever way the file says that there is no backend.
    [Theory]
    [InlineData("pools: [{name: t, node: n, nodes: 4}]", "backend: {nics: 0}")]
    [InlineData("pools: []\nservices: [{name: t, node: n, nodes: 4}]", "backend: {nics: 0}")]
    [InlineData("pools: [{name: t, node: n, nodes: 4}]\nbackend: {enabled: false}", "backend: {nics: 8, rate_gbps: 400}")]
    [InlineData("pools: [{name: t, node: n, nodes: 4}]\nbackend: {enabled: false}", "backend: {nics: 0}")]
    public void A_cluster_without_a_backend_is_its_other_networks(string pools, string ports)
    {
        string node = $"xpus: 8, {ports}, frontend: {{nics: 2, rate_gbps: 200}}, power_w: 900, rack_units: 2";
        ClusterDesign design = Designed($"lightloom: 1\nname: none\n{pools}\ncatalog: {{nodes: {{n: {{{node}}}}}}}\n");
        design.Network.Fabrics.Select(f => f.Role).ShouldBe([FabricRole.Frontend, FabricRole.Oob]);
        design.Network.LinkClasses.Where(c => c.From == Tier.Host && c.Fabric == FabricRole.Frontend).Sum(c => c.Links.Length).ShouldBe(8);
        design.Alternatives.ShouldBeEmpty();
        design.Latency.ShouldAllBe(l => l.Fabric != FabricRole.Backend);
    }

    [Theory]
    [InlineData("pools: [{name: t, node: n, nodes: 4}]", "xpus: 8", "backend: {nics: 0}", "LL2029")]
    [InlineData("pools: [{name: t, node: n, nodes: 4}]", "xpus: 8, backend: {nics: 0}", "frontend: {nics: 2, rate_gbps: 100}", "LL4001")]
    public void Nodes_that_say_too_little_are_told_the_one_thing_to_write(string pools, string node, string remedy, string id)
    {
        string Text(string keys) =>
            $"lightloom: 1\nname: none\n{pools}\ncatalog: {{nodes: {{n: {{{keys}, power_w: 900, rack_units: 2{(id == "LL2029" ? ", frontend: {nics: 2, rate_gbps: 200}" : "")}}}}}}}\n";
        DiagnosticBag diagnostics = new();
        (
            SpecReader.Read(Text(node), "none.yaml", Catalogue.Default, diagnostics) is { } spec ? Designer.Design(spec, diagnostics) : null
        ).ShouldBeNull();
        Diagnostic refusal = diagnostics.Single(d => d.Severity == Severity.Error);
        refusal.Id.ShouldBe(id);
        refusal.Message.ShouldContain($"`{remedy}`");
        Designed(Text($"{node}, {remedy}"));
    }

    [Theory]
    [InlineData("pools: []\nservices: [{name: s, node: dell-r760, nodes: 4}]", "frontend: {enabled: false}", "frontend: {enabled: true}")]
    [InlineData("pools: [{name: t, node: bare, nodes: 4}]", "backend: {enabled: false}", "backend: {enabled: true}")]
    public void A_network_that_is_switched_off_and_needed_is_named(string pools, string off, string on)
    {
        string Text(string keys) =>
            $"lightloom: 1\nname: off\n{pools}\n{keys}\n"
            + "catalog: {nodes: {bare: {xpus: 8, backend: {nics: 8, rate_gbps: 400}, power_w: 900, rack_units: 2}}}\n";
        DiagnosticBag diagnostics = new();
        Designer.Design(Read(Text(off)), diagnostics).ShouldBeNull();
        diagnostics.Single(d => d.Severity == Severity.Error).Message.ShouldContain($"say `{on}`");
        Designed(Text(on));
    }

    [Fact]
    public void What_asks_for_backends_alone_says_that_there_is_none()
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec spec = Read("lightloom: 1\nname: none\npools: [{name: t, node: dgx-h100, nodes: 4}]\nbackend: {enabled: false}\n");
        Designer.Explore(spec, diagnostics).ShouldBeEmpty();
        diagnostics.Single(d => d.Severity == Severity.Error).Id.ShouldBe("LL4005");

        // While a file is written, it is not wrong for having none.
        DiagnosticBag sizing = new();
        Designer.Size(spec, everything: false, sizing).ShouldBeEmpty();
        sizing.ShouldNotContain(d => d.Severity == Severity.Error);
    }

    [Fact]
    public void Nodes_with_no_frontend_ports_are_on_the_backend_alone()
    {
        string text = """
            lightloom: 1
            name: none
            pools: [{name: t, node: n, nodes: 4}]
            catalog: {nodes: {n: {xpus: 8, backend: {nics: 8, rate_gbps: 400}, frontend: {nics: 0}, power_w: 900, rack_units: 2}}}
            """;
        Designed(text).Network.LinkClasses.ShouldAllBe(c => c.Fabric != FabricRole.Frontend);
    }

    // At eight nodes the frontend's links are longer than the 3 m of the one copper assembly that the cheap switch is left with.
    private const string FrontendWithoutCables = """
        lightloom: 1
        name: late
        pools: [{name: t, node: n, nodes: 8}]
        backend: {switch: celestica-ds5000}
        prices: {cheap: 10}
        catalog:
          nodes:
            n:
              xpus: 8
              backend: {nics: 8, rate_gbps: 400}
              frontend: {nics: 2, rate_gbps: 200, form_factor: qsfp56}
              power_w: 10200
              rack_units: 8
          switches:
            cheap: {cages: 64, rate_gbps: 200, breakouts: [1x200], form_factor: qsfp56, rack_units: 1, power_w: 300}
        interconnect:
          exclude: [aec-200g-qsfp56, aoc-200g-qsfp56, sr4-200g, dr4-200g, fr4-200g-qsfp56, lr4-200g-qsfp56, er4-200g-qsfp56]
        """;

    [Fact]
    public void A_leaf_whose_cables_do_not_reach_the_hosts_gives_way_to_the_next()
    {
        ClusterDesign design = Designed(FrontendWithoutCables);
        FabricOf(design, FabricRole.Frontend).Tiers.Where(t => t.Tier == Tier.Leaf).ShouldAllBe(t => t.Switch.Id != "cheap");
        FabricOf(design, FabricRole.Frontend).Tiers.ShouldContain(t => t.Tier == Tier.Leaf);
    }

    [Fact]
    public void A_frontend_that_the_file_names_is_refused_and_not_replaced()
    {
        DiagnosticBag diagnostics = new();
        Designer.Design(Read(FrontendWithoutCables + "\nfrontend: {switch: cheap}"), diagnostics).ShouldBeNull();
        diagnostics.ShouldContain(d => d.Id == "LL6901" && d.Severity == Severity.Error);
    }

    // What explore calls the best is asked of design word for word.
    [Theory]
    [InlineData("explore-feasible-design-refuses", "")]
    [InlineData("explore-feasible-design-refuses", "interconnect: {exclude: [sr, aoc, aec]}")]
    [InlineData("explore-feasible-design-refuses", "interconnect: {exclude: [sr, dr, fr, lr, aoc, acc, aec]}")]
    [InlineData("explore-feasible-design-refuses", "interconnect: {exclude: [dac, acc, aec, aoc, sr, dr, fr, lr, er, zr]}")]
    [InlineData("brownfield-400g-leaf", "interconnect: {exclude: [sr, aoc]}")]
    [InlineData("brownfield-400g-leaf", "objectives: {limits: {network_power_kw: 60}}")]
    public void What_explore_calls_feasible_after_carrying_it_through_design_accepts(string name, string more)
    {
        string text = Case(name) + more + "\n";
        DiagnosticBag diagnostics = new();
        IReadOnlyList<Alternative> all = Designer.Explore(Read(text), diagnostics);
        Alternative? best = all.FirstOrDefault(a => a.Feasible);
        if (best is null)
        {
            Designer.Design(Read(text), new()).ShouldBeNull();
            return;
        }

        best.Chosen.ShouldBeTrue();
        best.Proven.ShouldBeTrue();
        ClusterSpec spec = Read(text);
        foreach (Alternative a in all.Where(a => a.Feasible && (a.Pareto || a.Chosen)))
        {
            ClusterSpec named = spec with
            {
                Backend = spec.Backend with
                {
                    Switch = null,
                    Leaf = [a.Leaf],
                    Spine = a.Spine,
                    Planes = new(a.Planes),
                    PlaneLayout = a.PlaneLayout,
                    Paradigm = a.Paradigm,
                },
            };
            DiagnosticBag said = new();
            Designer.Design(named, said).ShouldNotBeNull($"{a}\n" + string.Join("\n", said.Where(d => d.Severity == Severity.Error)));
        }
    }
}
