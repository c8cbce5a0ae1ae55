using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Tests.Channels;
using Lightloom.Topology;

namespace Lightloom.Tests.Topology;

/// <summary>Hosts of several lane rates on leaves of one model.</summary>
public class MixedLanesTest
{
    [Theory]
    [InlineData("storage")]
    [InlineData("frontend")]
    public void Hosts_that_each_design_alone_design_together(string network)
    {
        string[][] kinds =
        [
            ["slow"],
            ["old"],
            ["slow", "old"],
        ];
        foreach (string[] pools in kinds)
        {
            ClusterDesign design = PolarityTest.Designed(Text(network, pools, ""), "mixed.yaml");
            LinkClass[] hosts = [.. design.Network.LinkClasses.Where(c => c.Fabric.Name == network && c.From == Tier.Host)];
            // 200G over four lanes of 50G is two ports of a cage on its slower lanes; 100G needs the gearbox of its module.
            hosts
                .Select(c => (c.Rate.Gbps, c.ZCages.LaneRate.Gbps))
                .Distinct()
                .ShouldBe(
                    [
                        .. pools.Contains("slow") ? [(200.0, 50.0)] : Array.Empty<(double, double)>(),
                        .. pools.Contains("old") ? [(100.0, 100.0)] : Array.Empty<(double, double)>(),
                    ],
                    ignoreOrder: true
                );
        }
    }

    [Fact]
    public void Where_one_model_cannot_serve_both_a_second_one_is_named_that_works()
    {
        DiagnosticBag bag = new();
        Designer
            .Design(
                SpecReader.Read(
                    Text("storage", ["slow", "old"], "interconnect: {media: {host-leaf: [aoc, sr]}}"),
                    "m.yaml",
                    Catalogue.Default,
                    bag
                )!,
                bag
            )
            .ShouldBeNull();
        string refusal = bag.Single(d => d.Id == "LL6901").Message;
        string named = refusal[(refusal.IndexOf("networks.storage.leaf: [", StringComparison.Ordinal) + 24)..];
        string[] models = named[..named.IndexOf(']', StringComparison.Ordinal)].Split(", ");
        models.Length.ShouldBe(2);

        ClusterDesign design = PolarityTest.Designed(
            Text("storage", ["slow", "old"], "interconnect: {media: {host-leaf: [aoc, sr]}}")
                .Replace(
                    "storage: {switch: nvidia-sn5600",
                    $"storage: {{leaf: [{string.Join(", ", models)}], spine: nvidia-sn5600",
                    StringComparison.Ordinal
                ),
            "m.yaml"
        );
        design.Network.LinkClasses.Count(c => c.Fabric.Name == "storage" && c.From == Tier.Host).ShouldBe(2);
    }

    private static string Text(string network, IReadOnlyCollection<string> pools, string more)
    {
        string services = string.Join(", ", pools.Select(p => $"{{name: {p}, node: my-{p}, nodes: 12}}"));
        string frontend = network == "frontend" ? "true" : "false";
        string further = network == "storage" ? "networks: {storage: {switch: nvidia-sn5600, homing: dual}}" : "";
        string slow = Ports(network, "{nics: 2, rate_gbps: 200, form_factor: qsfp56, lanes: 4}");
        string old = Ports(network, "{nics: 2, rate_gbps: 100, form_factor: qsfp28, lanes: 4}");
        return $$"""
            lightloom: 1
            name: mixed
            pools: [{name: x, node: my-xpu, nodes: 8}]
            services: [{{services}}]
            backend: {switch: nvidia-sn5600}
            frontend: {switch: nvidia-sn5600, homing: dual, enabled: {{frontend}} }
            oob: {enabled: false}
            {{further}}
            floor: {rack: {max_nodes: 4} }
            {{more}}
            catalog:
              nodes:
                my-xpu:
                  xpus: 8
                  backend: {nics: 8, rate_gbps: 400, form_factor: osfp, lanes: 4, nic: connectx-7}
                  frontend: {nics: 0}
                  power_w: 6000
                  rack_units: 6
                my-slow: {xpus: 0, {{slow}}, power_w: 900, rack_units: 2}
                my-old: {xpus: 0, {{old}}, power_w: 900, rack_units: 2}
            """;
    }

    private static string Ports(string network, string ports) =>
        network == "frontend" ? $"frontend: {ports}" : $"networks: {{storage: {ports}}}, frontend: {{nics: 0}}";
}
