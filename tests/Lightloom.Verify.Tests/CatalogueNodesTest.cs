using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Verify.Tests;

/// <summary>Every node of the catalogue can be designed with, or is refused in words that name it.</summary>
public sealed class CatalogueNodesTest
{
    public static TheoryData<string> Usable => [.. Nodes.Where(n => n.Backend is not null || n.Xpus.Value == 0).Select(n => n.Id)];

    public static TheoryData<string> NotPublished => [.. Nodes.Where(n => n.Backend is null && n.Xpus.Value > 0).Select(n => n.Id)];

    private static IEnumerable<NodeModel> Nodes => Catalogue.Default.Nodes.Values.OrderBy(n => n.Id, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Usable))]
    public void Four_of_a_node_are_designed_with_nothing_else_said_and_verify(string id)
    {
        NodeModel node = Catalogue.Default.Nodes[id];
        DiagnosticBag diagnostics = new();
        ClusterSpec spec = SpecReader.Read(FileOf(node), "cluster.yaml", Catalogue.Default, diagnostics).ShouldNotBeNull(Text(diagnostics));
        ClusterDesign design = Designer.Design(spec, diagnostics).ShouldNotBeNull(Text(diagnostics));
        design.Network.Groups.Where(g => g.Node?.Id == id).Sum(g => g.Count).ShouldBe(4);
        using WrittenFolder folder = new(design);
        string.Join('\n', folder.Verify().Contradictions.Take(20)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(NotPublished))]
    public void A_node_whose_ports_nobody_published_is_shown_and_refused_by_name(string id)
    {
        DiagnosticBag diagnostics = new();
        SpecReader.Read(FileOf(Catalogue.Default.Nodes[id]), "cluster.yaml", Catalogue.Default, diagnostics).ShouldBeNull();
        diagnostics.ShouldHaveSingleItem().Id.ShouldBe("LL2029");
        diagnostics.Single().Message.ShouldContain($"does not know the backend ports of '{id}'");
    }

    [Fact]
    public void TPU_Trainium_and_NVL576_have_no_published_scale_out_ports_and_are_not_usable()
    {
        // Google and AWS publish no cages of the hosts' scale-out NICs, NVIDIA not yet those of NVL576; a figure here would be invented.
        string[] clouds =
        [
            .. Nodes
                .Where(n => n.Id == "rubin-ultra-nvl576" || (n.Xpu is { } xpu && (xpu.Contains("TPU") || xpu.Contains("Trainium"))))
                .Select(n => n.Id),
        ];
        clouds.Length.ShouldBeGreaterThanOrEqualTo(7);
        Nodes.Where(n => n.Backend is null && n.Xpus.Value > 0).Select(n => n.Id).ShouldBe(clouds);
    }

    private static string Text(DiagnosticBag diagnostics) => string.Join('\n', diagnostics.Where(d => d.Severity == Severity.Error));

    // A service node stands beside XPUs that have no frontend ports, so that its own decide the network.
    private static string FileOf(NodeModel node) =>
        node.Xpus.Value > 0
            ? $"lightloom: 1\nname: small\npools:\n  - {{name: a, node: {node.Id}, nodes: 4}}\n"
            : "lightloom: 1\nname: small\npools:\n  - {name: a, node: bare, nodes: 4}\n"
                + $"services:\n  - {{name: s, node: {node.Id}, nodes: 4}}\n"
                + "catalog: {nodes: {bare: {xpus: 8, backend: {nics: 8, rate_gbps: 400}, power_w: 9000, rack_units: 8}}}\n";
}
