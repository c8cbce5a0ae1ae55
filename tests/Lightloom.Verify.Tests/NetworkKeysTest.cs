using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Verify.Tests;

/// <summary>Folders of networks with ports kept free, peer links, links to the outside and stock verify clean.</summary>
public class NetworkKeysTest
{
    [Theory]
    [InlineData("backend: {switch: nvidia-qm9700, peer_links: 4}\nfrontend: {peer_links: 2}")]
    [InlineData("backend: {switch: nvidia-qm9700, reserve: 2}\nfrontend: {reserve: {leaf: 4}}\noob: {reserve: {leaf: 8}}")]
    [InlineData(
        "backend: {switch: nvidia-qm9700, external: [{name: store, tier: leaf, links: 5, rate_gbps: 400}]}\n"
            + "frontend: {external: [{name: border, links: 8, rate_gbps: 400}, {name: wan, links: 4, rate_gbps: 100}]}"
    )]
    [InlineData("backend: {switch: nvidia-qm9700, tiers: 2}\nexisting: {nvidia-qm9700: {count: 5, used_ports: 8}, sr8-800g-2xsr4-50m: 40}")]
    public void They_verify_clean(string networks)
    {
        DiagnosticBag bag = new();
        string text = $"lightloom: 1\nname: keys\npools: [{{name: t, node: dgx-h100, nodes: 12}}]\n{networks}\n";
        ClusterSpec spec = SpecReader.Read(text, "keys.yaml", Catalogue.Default, bag)!;
        using WrittenFolder folder = new(Designer.Design(spec, bag)!);
        string.Join('\n', folder.Verify().Contradictions).ShouldBeEmpty();
    }
}
