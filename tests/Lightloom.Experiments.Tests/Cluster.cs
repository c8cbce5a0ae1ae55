using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Experiments.Tests;

/// <summary>Small clusters to experiment on.</summary>
internal static class Cluster
{
    /// <summary>Eight nodes of eight XPUs at 800G on small switches, with further sections of a cluster file.</summary>
    public static ClusterDesign Design(string sections, int nodes = 8) =>
        Read(
            $$"""
            lightloom: 1
            name: small
            pools: [{name: train, node: my-node, nodes: {{nodes}}}]
            {{sections}}
            catalog:
              nodes:
                my-node: {xpus: 8, backend: {nics: 8, rate_gbps: 800}, frontend: {nics: 2, rate_gbps: 200}, power_w: 10200, rack_units: 8}
            """
        );

    /// <summary>The design of a whole cluster file.</summary>
    public static ClusterDesign Read(string text)
    {
        var diagnostics = new DiagnosticBag();
        ClusterSpec? spec = SpecReader.Read(text, "test.yaml", Catalogue.Default, diagnostics);
        ClusterDesign? design = spec is null ? null : Designer.Design(spec, diagnostics);
        return design ?? throw new InvalidOperationException(string.Join(Environment.NewLine, diagnostics));
    }
}
