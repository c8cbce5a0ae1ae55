using System.Text.RegularExpressions;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Tests.Topology;

/// <summary>A refusal of a network names a value that works: the file with that value in it is designed.</summary>
public partial class NearestNetworkTest
{
    [Theory]
    [InlineData("{switch: nvidia-sn2201}", "{nics: 2, rate_gbps: 100}", "backend")]
    [InlineData("{switch: nvidia-sn5610, planes: 4, plane_layout: nic-split}", "{nics: 2, rate_gbps: 100}", "backend")]
    [InlineData("{switch: nvidia-sn5610}", "{nics: 2, rate_gbps: 100}", "frontend")]
    public void The_value_that_a_refusal_names_works(string backend, string ports, string refused)
    {
        string frontend = refused == "frontend" ? "{switch: nvidia-q3450-ld}" : "{enabled: false}";
        (ClusterDesign? none, DiagnosticBag bag) = Design(Text(backend, ports, frontend));
        none.ShouldBeNull();
        Diagnostic refusal = bag.First(d => d.Severity == Severity.Error);
        Match named = Named().Match(refusal.Message);
        named.Success.ShouldBeTrue(refusal.Message);
        string value = "{" + named.Groups["key"].Value + ": " + named.Groups["value"].Value + "}";
        named.Groups["network"].Value.ShouldBe(refused);
        string mended = refused == "frontend" ? Text(backend, ports, value) : Text(value, ports, frontend);
        Design(mended).Design.ShouldNotBeNull(mended);
    }

    // Models that are named one by one override frontend.switch, so a value of that key would change nothing.
    [Fact]
    public void A_tier_that_is_named_is_mended_by_its_own_key()
    {
        (ClusterDesign? none, DiagnosticBag bag) = Design(
            Text("{}", "{nics: 2, rate_gbps: 200}", "{switch: celestica-ds4101, leaf: nvidia-sn2201, spine: nvidia-sn5600}")
        );
        none.ShouldBeNull();
        string message = bag.First(d => d.Id == "LL4902").Message;
        message.ShouldContain("it works with frontend.leaf: ");
        message.ShouldNotContain("frontend.switch: ");
    }

    // Eleven uplinks reach one spine or eleven; the oversubscription is a limit, and twelve keep it too.
    [Theory]
    [InlineData("{leaf: nvidia-sn4600c, spine: nvidia-sn5600, tiers: 2, redundancy: 2, homing: dual}")]
    [InlineData("{leaf: nvidia-sn4600c, spine: nvidia-sn4600c, tiers: 2, redundancy: {spine: 3}, homing: dual}")]
    public void Uplinks_that_do_not_divide_over_the_spines_are_made_more(string frontend)
    {
        ClusterDesign? design = Design(Text("{}", "{nics: 2, rate_gbps: 100}", frontend)).Design;
        Fabric fabric = design.ShouldNotBeNull().Network.Fabrics.Single(f => f.Role == FabricRole.Frontend);
        fabric.Oversubscription[Tier.Leaf].ShouldBeInRange(1, 3);
        foreach (var leaf in fabric.LinkClasses.Where(c => c.To == Tier.Spine).SelectMany(c => c.Links).GroupBy(l => l.A))
        {
            leaf.GroupBy(l => l.Z).Select(s => s.Count()).Distinct().ShouldHaveSingleItem();
        }
    }

    [Theory]
    [InlineData("{switch: nvidia-sn5600, tiers: 2, external: [{name: wan, tier: spine, links: 4, rate_gbps: 10}]}")]
    [InlineData("{switch: nvidia-sn5600, homing: dual, peer_links: 4, external: [{name: wan, tier: spine, links: 4, rate_gbps: 400}]}")]
    public void Links_to_the_outside_are_mended_by_their_own_key(string frontend)
    {
        (ClusterDesign? none, DiagnosticBag bag) = Design(Text("{}", "{nics: 2, rate_gbps: 200}", frontend));
        none.ShouldBeNull();
        string message = bag.First(d => d.Severity == Severity.Error).Message;
        Match named = External().Match(message);
        named.Success.ShouldBeTrue(message);
        string mended = frontend[..frontend.IndexOf("external", StringComparison.Ordinal)] + named.Groups["value"].Value + "}";
        Design(Text("{}", "{nics: 2, rate_gbps: 200}", mended)).Design.ShouldNotBeNull(mended);
    }

    [GeneratedRegex(@"it works with frontend\.(?<value>external: \[.*\])")]
    private static partial Regex External();

    [GeneratedRegex(@"it works with (?<network>[a-z]+)\.(?<key>[a-z_]+): (?<value>[\w-]+)")]
    private static partial Regex Named();

    private static (ClusterDesign? Design, DiagnosticBag Bag) Design(string text)
    {
        DiagnosticBag bag = new();
        ClusterSpec spec = SpecReader.Read(text, "nearest.yaml", Catalogue.Default, bag)!;
        return (Designer.Design(spec, bag), bag);
    }

    private static string Text(string backend, string ports, string frontend) =>
        $$"""
            lightloom: 1
            name: nearest
            pools: [{name: t, node: n, nodes: 8}]
            backend: {{backend}}
            frontend: {{frontend}}
            catalog:
              nodes:
                n: {xpus: 8, backend: {nics: 8, rate_gbps: 400, max_planes: 2}, frontend: {{ports}}, power_w: 9000, rack_units: 8}
            """;
}
