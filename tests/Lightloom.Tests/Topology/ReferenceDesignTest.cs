using System.Text.Json;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Tests.Topology;

/// <summary>
/// Published designs, by their counts. The expectations come from tests/reference/designs.json; here stands only how each is said in a
/// cluster file.
/// </summary>
public class ReferenceDesignTest
{
    private const string Boxes = """
        catalog:
          nodes:
            xpu8x400: {xpus: 8, backend: {nics: 8, rate_gbps: 400}, frontend: {nics: 2, rate_gbps: 200}, power_w: 10200, rack_units: 8}
            xpu8x800: {xpus: 8, backend: {nics: 8, rate_gbps: 800}, frontend: {nics: 2, rate_gbps: 200}, power_w: 10200, rack_units: 8}
            xpu8x200: {xpus: 8, backend: {nics: 8, rate_gbps: 200}, frontend: {nics: 2, rate_gbps: 100}, power_w: 6500, rack_units: 6}
            xpu8x2x200: {xpus: 8, backend: {nics: 8, rate_gbps: 400}, frontend: {nics: 2, rate_gbps: 200}, power_w: 10200, rack_units: 8}
          switches:
            e32x400: {cages: 32, rate_gbps: 400, breakouts: [1x400, 2x200, 4x100], rack_units: 1, power_w: 500}
            e64x400: {cages: 64, rate_gbps: 400, breakouts: [1x400, 2x200, 4x100], rack_units: 2, power_w: 800}
            e64x800: {cages: 64, rate_gbps: 800, breakouts: [1x800, 2x400, 4x200, 8x100], rack_units: 2, power_w: 1700}
            e512x200: {cages: 64, rate_gbps: 1600, breakouts: [1x1600, 2x800, 4x400, 8x200], rack_units: 3, power_w: 2500}
        """;

    private static readonly Dictionary<string, string> Said = new()
    {
        ["h100-su1"] = Pool("dgx-h100", 31) + "backend: {switch: nvidia-qm9700, scalable_unit_nodes: 32, tiers: 2}",
        ["h100-su2"] = Pool("dgx-h100", 63) + "backend: {switch: nvidia-qm9700, scalable_unit_nodes: 32, tiers: 2}",
        ["b200-su4"] = Pool("dgx-b200", 128) + "backend: {switch: nvidia-qm9700, scalable_unit_nodes: 32}",
        ["b200-su16"] = Pool("dgx-b200", 512) + "backend: {switch: nvidia-qm9700, scalable_unit_nodes: 32}",
        ["b300-spx-su1"] = Pool("dgx-b300", 64) + "backend: {switch: nvidia-sn5600, planes: 2}",
        ["b300-spx-su4"] = Pool("dgx-b300", 256) + "backend: {switch: nvidia-sn5600, planes: 2}",
        ["b300-xdr-su1"] = Pool("dgx-b300", 72) + "backend: {switch: nvidia-q3400-ra}",
        ["b300-xdr-su4"] = Pool("dgx-b300", 288) + "backend: {switch: nvidia-q3400-ra}",
        ["opg-64"] =
            Pool("xpu8x400", 8)
            + "backend: {switch: celestica-ds5000, tiers: 2}\nfrontend: {switch: celestica-ds5000, oversubscription: {leaf: 1.0}}\n"
            + Boxes,
        ["opg-256"] =
            Pool("xpu8x400", 32)
            + "backend: {switch: celestica-ds5000}\nfrontend: {switch: celestica-ds5000, oversubscription: {leaf: 1.0}}\n"
            + Boxes,
        ["opg-256-dualplane"] =
            Pool("xpu8x800", 32)
            + "backend: {switch: celestica-ds5000, planes: 2}\nfrontend: {switch: celestica-ds5000, oversubscription: {leaf: 1.0}}\n"
            + Boxes,
        ["apstra-64xA100"] = Pool("xpu8x200", 64) + "backend: {switch: e32x400}\n" + Boxes,
        ["apstra-128xH100"] = Pool("xpu8x400", 128) + "backend: {leaf: e32x400, spine: e64x400}\n" + Boxes,
        ["fse-216"] =
            Pool("xpu8x800", 27) + "backend: {paradigm: switch-scheduled, leaf: arista-7700r4c-38pe, spine: arista-7720r4-128pe}\n" + Boxes,
        ["fse-576"] =
            Pool("xpu8x800", 72) + "backend: {paradigm: switch-scheduled, leaf: drivenets-5300r, spine: drivenets-9300f}\n" + Boxes,
        ["fse-4608"] =
            Pool("xpu8x800", 576) + "backend: {paradigm: switch-scheduled, leaf: drivenets-5300r, spine: drivenets-9300f}\n" + Boxes,
        ["hpn7-pod"] =
            Pool("xpu8x2x200", 1920)
            + "backend: {switch: e64x800, planes: 2, scalable_unit_nodes: 128, oversubscription: {leaf: 1.067}}\n"
            + Boxes,
        ["ds-mpft"] = Pool("xpu8x400", 2048) + "backend: {switch: e64x400, planes: 8, plane_layout: rail, tiers: 2}\n" + Boxes,
        ["ds-ft2"] = Pool("xpu8x400", 256) + "backend: {switch: e64x400, tiers: 2}\n" + Boxes,
        ["mrc-131072-switches"] = Pool("xpu8x800", 16384) + "backend: {switch: e64x800, planes: 8, tiers: 2}\n" + Boxes,
        ["simai-spx-4096"] =
            Pool("xpu8x400", 512)
            + "backend: {leaf: e128x400, spine: e64x400, scalable_unit_nodes: 64}\n"
            + Boxes
            + "\n    e128x400: {cages: 128, rate_gbps: 400, breakouts: [1x400], rack_units: 4, power_w: 1800}",
    };

    private static string Pool(string node, int nodes) =>
        $"lightloom: 1\nname: reference\npools: [{{name: train, node: {node}, nodes: {nodes}}}]\n";

    public static TheoryData<string> Cases() => [.. Said.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_published_design_comes_out_with_its_counts(string id)
    {
        JsonElement expected = Reference(id).GetProperty("expect");
        Network network = Built(Said[id]);
        Fabric backend = network.Fabrics.Single(f => f.Role == FabricRole.Backend);
        Fabric? frontend = network.Fabrics.SingleOrDefault(f => f.Role == FabricRole.Frontend);
        Dictionary<string, long> got = new()
        {
            ["leaf"] = Count(backend, Tier.Leaf),
            ["be_leaf"] = Count(backend, Tier.Leaf),
            ["ncp"] = Count(backend, Tier.Leaf),
            ["tor"] = Count(backend, Tier.Leaf),
            ["asw"] = Count(backend, Tier.Leaf),
            ["spine"] = Count(backend, Tier.Spine),
            ["be_spine"] = Count(backend, Tier.Spine),
            ["ncf"] = Count(backend, Tier.Spine),
            ["agg"] = Count(backend, Tier.Spine),
            ["psw"] = Count(backend, Tier.Spine),
            ["core"] = Count(backend, Tier.SuperSpine),
            ["switches"] = backend.Tiers.Sum(t => (long)t.Count),
            ["endpoints"] = network.XpuCount,
            ["gpus"] = network.XpuCount,
            ["leaf_spine"] = Links(backend, Tier.Leaf),
            ["be_leaf_spine"] = Links(backend, Tier.Leaf),
            ["spine_core"] = Links(backend, Tier.Spine),
            ["server_be"] = Links(backend, Tier.Host),
            ["fe_leaf"] = frontend is null ? 0 : Count(frontend, Tier.Leaf),
            ["fe_spine"] = frontend is null ? 0 : Count(frontend, Tier.Spine),
            ["server_fe"] = frontend is null ? 0 : Links(frontend, Tier.Host),
            ["fe_leaf_spine"] = frontend is null ? 0 : Links(frontend, Tier.Leaf),
        };
        got["total_links"] = got["server_be"] + got["server_fe"] + got["be_leaf_spine"] + got["fe_leaf_spine"];
        // A published cable of 800G over two planes carries two logical links.
        got["node_leaf"] = Links(backend, Tier.Host) / (backend.PlaneLayout == PlaneLayout.NicSplit ? backend.Planes : 1);
        int compared = 0;
        foreach (JsonProperty property in expected.EnumerateObject())
        {
            if (got.TryGetValue(property.Name, out long value) && property.Value.ValueKind == JsonValueKind.Number)
            {
                value.ShouldBe(property.Value.GetInt64(), $"{id}: {property.Name}\n{string.Join('\n', backend.Reasons)}");
                compared++;
            }
        }

        compared.ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData(54, 24, 4)]
    [InlineData(108, 48, 8)]
    [InlineData(144, 64, 10)]
    [InlineData(288, 128, 20)]
    public void A_cell_fabric_has_the_fewest_elements_that_carry_all_fabric_ports_evenly(int nodes, int leaves, int elements)
    {
        Fabric fabric = Built(
            Pool("xpu8x800", nodes) + "backend: {paradigm: switch-scheduled, leaf: drivenets-5300r, spine: drivenets-9300f}\n" + Boxes
        ).Fabrics[0];
        Count(fabric, Tier.Leaf).ShouldBe(leaves);
        Count(fabric, Tier.Spine).ShouldBe(elements);
    }

    // The textbook fat tree: two tiers of k-port switches end at k squared over two, three tiers at k cubed over four.
    [Theory]
    [InlineData(95, 24, 16, 0)]
    [InlineData(256, 64, 32, 0)]
    [InlineData(1024, 256, 256, 128)]
    [InlineData(384, 96, 96, 48)]
    [InlineData(8192, 2048, 2048, 1024)]
    public void Nodes_of_eight_400G_ports_on_64_port_switches_need_the_textbooks_counts(int nodes, int leaf, int spine, int core)
    {
        Fabric fabric = Built(Pool("xpu8x400", nodes) + "backend: {switch: e64x400, scalable_unit_nodes: 32}\n" + Boxes).Fabrics[0];
        Count(fabric, Tier.Leaf).ShouldBe(leaf);
        Count(fabric, Tier.Spine).ShouldBe(spine);
        Count(fabric, Tier.SuperSpine).ShouldBe(core);
    }

    [Theory]
    [InlineData(257)]
    [InlineData(259)]
    [InlineData(513)]
    [InlineData(1025)]
    [InlineData(2080)]
    [InlineData(4100)]
    [InlineData(8191)]
    public void Any_size_up_to_what_three_tiers_reach_is_feasible(int nodes)
    {
        foreach (string unit in new[] { "", ", scalable_unit_nodes: 32" })
        {
            Network network = Built(
                Pool("xpu8x400", nodes)
                    + $"backend: {{switch: e64x400{unit}}}\nfrontend: {{enabled: false}}\noob: {{enabled: false}}\n"
                    + Boxes
            );
            NetworkAudit.FirstFault(network).ShouldBeNull();
            network.Fabrics[0].Tiers.Count.ShouldBe(3);
        }
    }

    [Fact]
    public void Two_thousand_and_eighty_nodes_have_the_textbooks_super_spines_although_their_last_pod_is_small()
    {
        Fabric fabric = Built(
            Pool("xpu8x400", 2080)
                + "backend: {switch: e64x400, scalable_unit_nodes: 32}\nfrontend: {enabled: false}\noob: {enabled: false}\n"
                + Boxes
        ).Fabrics[0];
        (Count(fabric, Tier.Leaf), Count(fabric, Tier.Spine), Count(fabric, Tier.SuperSpine)).ShouldBe((520, 520, 260));
    }

    [Theory]
    [InlineData("nodes: 1000", "planes: 3, rail_optimized: false")]
    [InlineData("nodes: 9", "planes: 4")]
    [InlineData("nodes: 150", "planes: 16")]
    public void Pods_take_nodes_that_do_not_divide_evenly_over_the_planes(string nodes, string planes)
    {
        Network network = Built(
            $"lightloom: 1\nname: pods\npools: [{{name: train, node: xpu8x400, {nodes}}}]\nbackend: {{switch: e64x800, plane_layout: pods, {planes}}}\n"
                + Boxes
        );
        NetworkAudit.FirstFault(network).ShouldBeNull();
        int[] perPlane =
        [
            .. network
                .Fabrics[0]
                .LinkClasses.Where(c => c.From == Tier.Host)
                .GroupBy(c => c.Plane)
                .Select(g => g.SelectMany(c => c.Links).Select(l => l.A).Distinct().Count()),
        ];
        (perPlane.Max() - perPlane.Min()).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void A_frontend_leaf_too_small_for_a_nodes_ports_is_refused_and_not_tried_for_ever()
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec spec = SpecReader.Read(
            "lightloom: 1\nname: a\npools: [{name: train, node: many, nodes: 4}]\nfrontend: {switch: tiny}\ncatalog:\n  nodes:\n    many: {xpus: 8, backend: {nics: 8, rate_gbps: 400}, frontend: {nics: 36, rate_gbps: 200}, power_w: 1000, rack_units: 8}\n  switches:\n    tiny: {cages: 16, rate_gbps: 200, breakouts: [1x200], rack_units: 1, power_w: 100}\n",
            "tiny.yaml",
            Catalogue.Default,
            diagnostics
        )!;
        NetworkBuilder.Build(spec, diagnostics).ShouldBeNull();
        diagnostics.ShouldContain(d => d.Id == "LL4902");
    }

    [Fact]
    public void Nodes_with_one_frontend_port_fill_both_leaves_of_a_pair()
    {
        Network network = Built(
            "lightloom: 1\nname: a\npools: [{name: train, node: dgx-h100, nodes: 4}]\nservices: [{name: one, node: single, nodes: 90}]\nbackend: {switch: nvidia-qm9700}\nfrontend: {switch: e64x400}\ncatalog:\n  nodes:\n    single: {xpus: 0, frontend: {nics: 1, rate_gbps: 200}, power_w: 1000, rack_units: 1}\n  switches:\n    e64x400: {cages: 64, rate_gbps: 400, breakouts: [1x400, 2x200, 4x100], rack_units: 2, power_w: 800}\n"
        );
        Fabric frontend = network.Fabrics.Single(f => f.Role == FabricRole.Frontend);
        Count(frontend, Tier.Leaf).ShouldBe(2);
        NetworkAudit.FirstFault(network).ShouldBeNull();
    }

    [Fact]
    public void A_switch_without_fabric_ports_is_no_leaf_of_a_cell_fabric()
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec spec = SpecReader.Read(
            Pool("xpu8x400", 4) + "backend: {paradigm: switch-scheduled, switch: nvidia-qm9700}\n" + Boxes,
            "cells.yaml",
            Catalogue.Default,
            diagnostics
        )!;
        NetworkBuilder.Build(spec, diagnostics).ShouldBeNull();
        diagnostics.ShouldContain(d => d.Message.Contains("no fabric ports"));
    }

    [Fact]
    public void The_switch_of_a_cell_fabric_names_its_leaf_and_the_elements_are_found()
    {
        Fabric fabric = Built(Pool("xpu8x800", 27) + "backend: {paradigm: switch-scheduled, switch: drivenets-5300r}\n" + Boxes).Fabrics[0];
        fabric.Tiers.Select(t => (t.Switch.Id, t.Count)).ShouldBe([("drivenets-5300r", 12), ("drivenets-9300f", 2)]);
    }

    [Fact]
    public void Redundancy_deals_the_rails_of_a_single_unit_to_more_leaves()
    {
        Network network = Built(Pool("xpu8x400", 4) + "backend: {switch: e64x800, redundancy: 2}\n" + Boxes);
        Count(network.Fabrics[0], Tier.Leaf).ShouldBe(2);
        Count(network.Fabrics[0], Tier.Spine).ShouldBe(2);
        network.Fabrics[0].LinkClasses.Single(c => c.From == Tier.Host).Links.GroupBy(l => l.Z).Select(g => g.Count()).ShouldBe([16, 16]);
    }

    [Fact]
    public void Sixteen_nodes_of_eight_rails_share_two_leaves_of_four_rails()
    {
        Network network = Built(Pool("xpu8x400", 16) + "backend: {switch: e64x800, tiers: 2}\n" + Boxes);
        LinkClass hosts = network.Fabrics[0].LinkClasses.Single(c => c.From == Tier.Host);
        hosts
            .Links.GroupBy(l => l.Z)
            .Select(g => g.Select(l => (int)l.Rail).Distinct().Order().ToArray())
            .ShouldBe([
                [0, 1, 2, 3],
                [4, 5, 6, 7],
            ]);
    }

    [Theory]
    [InlineData("celestica-ds5000", false)]
    [InlineData("nvidia-sn5600", false)]
    [InlineData("asterfusion-cx864e-n", true)]
    [InlineData("cisco-n9364e-sg2", true)]
    public void Only_some_boxes_carry_a_plane_of_512_ports_of_100G_and_the_others_say_why(string box, bool can)
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec spec = SpecReader.Read(
            Pool("xpu8x800", 16384) + $"backend: {{switch: {box}, planes: 8, tiers: 2}}\n" + Boxes,
            "planes.yaml",
            Catalogue.Default,
            diagnostics
        )!;
        (NetworkBuilder.Build(spec, diagnostics) is not null).ShouldBe(can);
        if (!can)
        {
            diagnostics.ShouldContain(d => d.Id == "LL4901" && d.Message.Contains(box));
        }
    }

    [Fact]
    public void Every_wired_port_is_used_once_and_ends_agree_in_all_published_designs()
    {
        foreach (string text in Said.Values)
        {
            NetworkChecks.EveryPortLaneIsUsedAtMostOnce(Built(text));
        }
    }

    private static long Count(Fabric fabric, Tier tier) => fabric.Tiers.Where(t => t.Tier == tier).Sum(t => t.Count);

    private static long Links(Fabric fabric, Tier from) => fabric.LinkClasses.Where(c => c.From == from).Sum(c => (long)c.Links.Length);

    private static JsonElement Reference(string id) =>
        JsonDocument
            .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "reference", "designs.json")))
            .RootElement.EnumerateArray()
            .Single(e => e.GetProperty("id").GetString() == id);

    internal static Network Built(string text)
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = SpecReader.Read(text, "reference.yaml", Catalogue.Default, diagnostics);
        spec.ShouldNotBeNull(string.Join('\n', diagnostics));
        Network? network = NetworkBuilder.Build(spec, diagnostics);
        network.ShouldNotBeNull(string.Join('\n', diagnostics));
        return network;
    }
}
