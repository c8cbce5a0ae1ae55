using System.Text.RegularExpressions;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Tests.Topology;

/// <summary>Ports that a file keeps free stay free on every switch of the tier, and a refusal names how many could.</summary>
public partial class ReservedPortsTest
{
    // A QM9700 has 64 ports of 400G (its data sheet); an SN2201 has 48 of 1G.
    private const int PortsOfQm9700 = 64;
    private const int PortsOfSn2201 = 48;

    [Theory]
    [InlineData(62, "{switch: nvidia-qm9700, reserve: {leaf: 2, spine: 3}}", 2, 3)]
    [InlineData(62, "{switch: nvidia-qm9700, reserve: 2}", 2, 2)]
    [InlineData(30, "{switch: nvidia-qm9700, reserve: {leaf: 2}, scalable_unit_nodes: 30}", 2, 0)]
    [InlineData(7, "{switch: nvidia-qm9700, reserve: {leaf: 8}}", 8, 0)]
    public void No_switch_uses_the_ports_that_its_tier_keeps_free(int nodes, string backend, int onLeaf, int onSpine)
    {
        ClusterDesign design = Design(nodes, backend).Design!;
        Dictionary<int, (int Down, int Up)> used = [];
        foreach (LinkClass c in design.Network.LinkClasses.Where(c => c.Fabric == FabricRole.Backend))
        {
            foreach (Link link in c.Links)
            {
                used[link.Z] = (used.GetValueOrDefault(link.Z).Down + 1, used.GetValueOrDefault(link.Z).Up);
                used[link.A] = (used.GetValueOrDefault(link.A).Down, used.GetValueOrDefault(link.A).Up + 1);
            }
        }

        foreach ((int device, (int down, int up)) in used.Where(u => !design.Network.GroupOf(u.Key).IsNode))
        {
            int kept = design.Network.GroupOf(device).Tier == Tier.Leaf ? onLeaf : onSpine;
            (down + up).ShouldBeLessThanOrEqualTo(PortsOfQm9700 - kept, design.Network.NameOf(device));
            // A host that takes a port that was kept finds an uplink of its own: the leaf is non-blocking with all its ports in use.
            if (design.Network.GroupOf(device).Tier == Tier.Leaf && up > 0)
            {
                up.ShouldBeGreaterThanOrEqualTo(down + kept);
            }
        }
    }

    [Fact]
    public void Every_network_keeps_ports_free()
    {
        ClusterDesign design = Design(40, "{switch: nvidia-qm9700}", "frontend: {reserve: {leaf: 4}}\noob: {reserve: {leaf: 20}}").Design!;
        Fabric frontend = design.Network.Fabrics.Single(f => f.Role == FabricRole.Frontend);
        frontend.Tiers[0].FreePorts.ShouldBe(4);
        MostBelow(design, FabricRole.Frontend).ShouldBeLessThanOrEqualTo(frontend.Tiers[0].DownPorts);
        MostBelow(design, FabricRole.Oob).ShouldBeLessThanOrEqualTo(PortsOfSn2201 - 20);
    }

    [Theory]
    [InlineData(8, "{switch: nvidia-qm9700, tiers: 1, reserve: {leaf: 2}}", "")]
    [InlineData(30, "{switch: nvidia-qm9700, tiers: 2, reserve: {leaf: 40, spine: 64}}", "")]
    [InlineData(8, "{switch: nvidia-qm9700}", "frontend: {switch: nvidia-sn5610, reserve: {leaf: 1000}}")]
    [InlineData(8, "{switch: nvidia-qm9700}", "oob: {reserve: {leaf: 48}}")]
    public void A_refusal_names_a_reserve_that_works(int nodes, string backend, string more)
    {
        (ClusterDesign? none, DiagnosticBag bag) = Design(nodes, backend, more);
        none.ShouldBeNull();
        string message = bag.First(d => d.Severity == Severity.Error).Message;
        Match named = Works().Match(message);
        named.Success.ShouldBeTrue(message);
        string mended = Reserve().Replace(backend + "\n" + more, "reserve: " + named.Groups["value"].Value);
        string[] parts = mended.Split('\n');
        Design(nodes, parts[0], parts[1]).Design.ShouldNotBeNull(mended);
    }

    // An SN3700 has 32 ports of 200G (its data sheet): at 3:1 twenty-four for hosts and eight for spines.
    [Theory]
    [InlineData(
        16,
        "{switch: nvidia-qm9700}",
        "frontend: {switch: nvidia-sn3700, reserve: {leaf: 30}}",
        "nvidia-sn3700 has 24 ports of 200G",
        30
    )]
    [InlineData(64, "{leaf: nvidia-qm9700, reserve: {leaf: 63}}", "", "nvidia-qm9700 has 32 ports of 400G", 63)]
    [InlineData(8, "{switch: nvidia-qm9700}", "oob: {reserve: {leaf: 60}}", "nvidia-sn2201 has 48 ports", 60)]
    public void A_reserve_that_does_not_fit_is_said_as_such(int nodes, string backend, string more, string has, int reserve)
    {
        string message = Design(nodes, backend, more).Bag.First(d => d.Severity == Severity.Error).Message;
        message.ShouldContain($"the reserve does not fit: {has}");
        message.ShouldContain($"and {reserve} are to stay free");
        message.ShouldContain("reserve: {leaf: ");
        message.ShouldNotContain("cannot carry");
    }

    [Fact]
    public void A_reserve_of_a_tier_that_the_file_excludes_is_said_to_have_no_effect() =>
        Design(4, "{switch: nvidia-qm9700, tiers: 1, reserve: {spine: 2}}")
            .Bag.ShouldContain(d => d.Id == "LL2034" && d.Message.Contains("reserve.spine"));

    private static int MostBelow(ClusterDesign design, FabricRole role) =>
        design
            .Network.LinkClasses.Where(c => c.Fabric == role && c.To == Tier.Leaf)
            .SelectMany(c => c.Links)
            .GroupBy(l => l.Z)
            .Max(g => g.Count());

    private static (ClusterDesign? Design, DiagnosticBag Bag) Design(int nodes, string backend, string more = "")
    {
        DiagnosticBag bag = new();
        string text = $"lightloom: 1\nname: reserve\npools: [{{name: t, node: dgx-h100, nodes: {nodes}}}]\nbackend: {backend}\n{more}\n";
        ClusterSpec spec = SpecReader.Read(text, "reserve.yaml", Catalogue.Default, bag)!;
        return (Designer.Design(spec, bag), bag);
    }

    [GeneratedRegex(@"(it works with [a-z]+\.reserve: (?<value>\{[^}]*\})|[a-z]+\.reserve: (?<value>\{[^}]*\}) works)")]
    private static partial Regex Works();

    [GeneratedRegex(@"reserve: \{[^}]*\}")]
    private static partial Regex Reserve();
}
