using System.Globalization;
using System.Text.RegularExpressions;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Topology;

namespace Lightloom.Verify.Tests;

/// <summary>What a refused file is told holds: whoever does what it says comes on, and nobody is told what is not so.</summary>
public sealed partial class RefusalsTest
{
    private const string Gaudi = """
        lightloom: 1
        name: refused
        pools: [{name: g, node: gaudi3-8, nodes: 32}]
        services: [{name: head, node: dell-r760, nodes: 5}]

        """;

    private static Diagnostic[] Refused(string yaml)
    {
        DiagnosticBag diagnostics = new();
        RefusalPromises.Design(yaml, diagnostics).ShouldBeNull(yaml);
        return [.. diagnostics.Where(d => d.Severity == Severity.Error)];
    }

    private static void Designs(string yaml)
    {
        DiagnosticBag diagnostics = new();
        RefusalPromises
            .Design(yaml, diagnostics)
            .ShouldNotBeNull(yaml + string.Join('\n', diagnostics.Where(d => d.Severity == Severity.Error)));
    }

    [Theory]
    // No cable joins the NICs to that leaf in one plane, nor any other in two behind panels.
    [InlineData(
        "backend: {leaf: arista-7060dx5-64s, tiers: 2, reserve: 2}\nfloor: {rack: {power_kw: 20, units: 48}, panels_at_racks: row}"
    )]
    [InlineData("backend: {leaf: arista-7060dx5-64s, tiers: 2}\nfloor: {rack: {power_kw: 20}}")]
    // A shuffle would join sockets behind panels to such behind none.
    [InlineData("backend: {tiers: 2, reserve: 2}\nfloor: {rack: {power_kw: 20, units: 48}, panels_at_racks: row}")]
    [InlineData("interconnect: {media: {host-leaf: [dac], leaf-spine: [dac]}}\nfloor: {rack: {power_kw: 20}}")]
    [InlineData("interconnect: {exclude: [sr, dr, vr, aoc, lr]}\nfloor: {rack: {power_kw: 20}}")]
    // Kinds are allowed one by one and excluded one by one, behind panels that no copper passes: two keys at least must give way.
    [InlineData("interconnect: {media: {host-leaf: [dac]}, exclude: [sr, dr]}\nfloor: {panels_at_racks: rack, rack: {power_kw: 20}}")]
    public void Every_value_that_is_named_helps_and_every_error_has_a_place_and_is_said_once(string keys)
    {
        string yaml = Gaudi + keys + "\n";
        Diagnostic[] errors = Refused(yaml);
        errors.ShouldContain(e => NamedChange.Of(e).Count > 0, string.Join<Diagnostic>('\n', errors));
        RefusalPromises.Broken(yaml, errors).ShouldBeEmpty();
        errors.Select(e => e.Message).ShouldBeUnique();
        errors.ShouldAllBe(e => e.Mark != null);
    }

    // A leaf of 25G cages serves the heads of 25G wherever they stand; cages of 800G would need copper that does not reach.
    [Theory]
    [InlineData("celestica-ds4101, arista-7050cx4m-48d8")]
    [InlineData("arista-7050cx4m-48d8, celestica-ds4101")]
    public void The_order_of_leaf_models_does_not_decide_whether_there_is_a_design(string leaves) =>
        Designs(Gaudi + $"frontend: {{leaf: [{leaves}]}}\nfloor: {{rack: {{power_kw: 20, units: 48}}}}\n");

    [Fact]
    public void Nothing_is_said_of_a_network_that_its_own_candidates_mend()
    {
        const string Floor = "floor: {rack: {power_kw: 20, units: 48}}\n";
        Designs(Gaudi + "backend: {tiers: 2, reserve: 2}\n" + Floor);
        Diagnostic[] errors = Refused(Gaudi + "backend: {leaf: arista-7060dx5-64s, tiers: 2, reserve: 2}\n" + Floor);
        errors.ShouldNotBeEmpty();
        errors.ShouldAllBe(e => e.Message.Contains("(backend "));
    }

    // Leaves for hosts of 200G have no plug of 10G or 25G; whoever asks for one gets a leaf that has, and the spines serve the rest.
    [Theory]
    [InlineData(10, "")]
    [InlineData(25, "")]
    [InlineData(10, "leaf: [nokia-7220-ixr-h5-32d, arista-7050sx3-48c8], ")]
    public void A_slow_link_to_the_outside_finds_a_leaf_that_serves_it(int gbps, string leaf)
    {
        string yaml = $$"""
            lightloom: 1
            name: border
            pools: [{name: train, node: dgx-h100, nodes: 8}]
            frontend:
              {{(leaf.Length > 0 ? leaf[..^2] : "homing: dual")}}
              tiers: 2
              external: [{name: wan, tier: spine, links: 4, rate_gbps: 100}, {name: office, tier: leaf, links: 2, rate_gbps: {{gbps}}}]

            """;
        DiagnosticBag diagnostics = new();
        ClusterDesign design = RefusalPromises.Design(yaml, diagnostics).ShouldNotBeNull(string.Join('\n', diagnostics));
        LinkClass office = design.Network.LinkClasses.Where(c => c is { From: Tier.Leaf, To: Tier.External }).ShouldHaveSingleItem();
        office.Rate.Gbps.ShouldBe(gbps);
        // Two links on two leaves, each in a cage of its own.
        office.Links.Length.ShouldBe(2);
        office.Links.Select(l => l.A).ShouldBeUnique();
        office.ACages.Ways.ShouldBe(1);
        using WrittenFolder folder = new(design);
        string.Join('\n', folder.Verify().Contradictions.Take(5)).ShouldBeEmpty();
    }

    // Where some hosts have leaves with such plugs, nobody buys others for the lines outside.
    [Theory]
    [InlineData("homing: dual")]
    [InlineData("leaf: [arista-7060x6-32pe, cisco-n93180yc-fx3]")]
    public void Slow_links_to_the_outside_start_from_leaves_that_hosts_have_already(string keys)
    {
        string yaml = $$"""
            lightloom: 1
            name: border
            pools: [{name: train, node: dgx-h100, nodes: 8}]
            services: [{name: cpu, node: cpu-2x25, nodes: 20}]
            frontend:
              {{keys}}
              tiers: 2
              external: [{name: office, tier: leaf, links: 2, rate_gbps: 10}, {name: lab, tier: leaf, links: 3, rate_gbps: 25}]

            """;
        ClusterDesign design = RefusalPromises.Design(yaml, new()).ShouldNotBeNull();
        HashSet<int> ofHosts =
        [
            .. design
                .Network.LinkClasses.Where(c => c.Fabric == FabricRole.Frontend && c.From == Tier.Host)
                .SelectMany(c => c.Links)
                .Select(l => l.Z),
        ];
        Link[] outside = [.. design.Network.LinkClasses.Where(c => c.To == Tier.External).SelectMany(c => c.Links)];
        outside.Length.ShouldBe(5);
        outside.ShouldAllBe(l => ofHosts.Contains(l.A));
    }

    [Fact]
    public void Of_two_links_to_the_outside_the_one_that_nothing_serves_is_blamed()
    {
        // A cage of 800G takes a line of 800G, and no plug of 10G.
        Diagnostic[] errors = Refused(
            """
            lightloom: 1
            name: border
            pools: [{name: train, node: dgx-h100, nodes: 8}]
            frontend:
              switch: celestica-ds4101
              tiers: 2
              external: [{name: wan, tier: spine, links: 4, rate_gbps: 800}, {name: office, tier: leaf, links: 2, rate_gbps: 10}]

            """
        );
        errors.ShouldAllBe(e => !e.Message.Contains("spine-external"));
    }

    // Whichever limits are told to give way, none of them could have stayed.
    [Fact]
    public void No_limit_is_told_to_give_way_that_could_be_kept()
    {
        const string Cluster = """
            lightloom: 1
            name: limits
            pools: [{name: train, node: dgx-b300, nodes: 64}]
            services: [{name: stor, node: storage-2x400, nodes: 12}]

            """;
        (string Key, string Value)[] limits = [("capex_usd", "1000000"), ("network_power_kw", "20"), ("racks", "20"), ("latency_us", "1")];
        string Text(IEnumerable<(string Key, string Value)> kept) =>
            $"{Cluster}objectives: {{limits: {{{string.Join(", ", kept.Select(l => $"{l.Key}: {l.Value}"))}}}}}\n";
        Diagnostic[] errors = Refused(Text(limits));
        RefusalPromises.Broken(Text(limits), errors).ShouldBeEmpty();
        string named = errors.SelectMany(NamedChange.Of).ShouldHaveSingleItem().Keys;
        (string Key, string Value)[] raised = [.. limits.Where(l => !named.Contains($"{l.Key}: {l.Value}"))];
        raised.Length.ShouldBe(errors.Length);
        foreach ((string Key, string Value) limit in raised)
        {
            Refused(Text(limits.Except(raised).Append(limit)));
        }
    }

    [GeneratedRegex("with (?<keys>[a-z.]+: .*) it is (?<words>.*)$")]
    private static partial Regex Becomes();

    [GeneratedRegex(@"(?<count>\d+) (?<tier>leaf|leaves|spine|spines)\b")]
    private static partial Regex Count();

    // One model has ports of every rate, and its cables are too short: what is said is what the next choice comes to.
    [Fact]
    public void What_a_worry_says_that_a_network_becomes_is_what_it_becomes()
    {
        const string Yaml = """
            lightloom: 1
            name: worry
            pools: [{name: train, node: hgx-h100-8, nodes: 24}]
            services: [{name: cpu, node: cpu-2x25, nodes: 40}, {name: fast, node: cpu-2x100, nodes: 20}]

            """;
        DiagnosticBag diagnostics = new();
        RefusalPromises.Design(Yaml, diagnostics).ShouldNotBeNull();
        Diagnostic worry = diagnostics.Single(d => d is { Id: "LL4202", Where: "frontend" });
        Match said = Becomes().Match(worry.Message);
        ClusterDesign design = RefusalPromises.Design(EditedYaml.With(Yaml, said.Groups["keys"].Value), new()).ShouldNotBeNull();
        TierOfSwitches[] tiers = [.. design.Network.Fabrics.Single(f => f.Role == FabricRole.Frontend).Tiers];
        foreach (Tier tier in new[] { Tier.Leaf, Tier.Spine })
        {
            Count()
                .Matches(said.Groups["words"].Value)
                .Where(m => m.Groups["tier"].Value.StartsWith(tier == Tier.Leaf ? "lea" : "spi", StringComparison.Ordinal))
                .Sum(m => int.Parse(m.Groups["count"].Value, CultureInfo.InvariantCulture))
                .ShouldBe((int)tiers.Where(t => t.Tier == tier).Sum(t => t.Count));
        }

        tiers.Select(t => t.Switch.Id).ShouldAllBe(id => said.Groups["words"].Value.Contains(id));
    }

    [Fact]
    public void A_reserve_for_every_tier_is_not_said_to_have_no_effect_where_there_is_no_such_tier()
    {
        DiagnosticBag diagnostics = new();
        RefusalPromises.Design(Gaudi + "backend: {tiers: 2, reserve: 2}\nfloor: {rack: {power_kw: 20}}\n", diagnostics);
        diagnostics.ShouldNotContain(d => d.Id == "LL2034");
        RefusalPromises.Design(Gaudi + "backend: {tiers: 2, reserve: {super_spine: 2}}\nfloor: {rack: {power_kw: 20}}\n", diagnostics);
        diagnostics.ShouldContain(d => d.Id == "LL2034");
    }
}
