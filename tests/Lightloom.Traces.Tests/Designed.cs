using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Experiments;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Traces.Tests;

/// <summary>Designs for tests.</summary>
internal static class Designed
{
    /// <summary>A network of eight-XPU nodes with 400G cards, leaves and spines.</summary>
    public static Testbed Network(int nodes, string backend = "tiers: 2", bool scaleUp = false, int nics = 8, string more = "")
    {
        string text = $$"""
            lightloom: 1
            name: test
            pools:
              - {name: train, node: my-node, nodes: {{nodes}}}
            backend: {switch: my-switch, {{backend}}}
            {{more}}
            catalog:
              nodes:
                my-node:
                  xpus: 8
                  backend: {nics: {{nics}}, rate_gbps: 400}
                  frontend: {nics: 0}
                  power_w: 10200
                  rack_units: 8
                  scale_up_gbytes_s: 450
                  scale_up_domain: 8
              switches:
                my-switch: {cages: 64, rate_gbps: 400, breakouts: [1x400], rack_units: 2, power_w: 1700}
            """;
        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = SpecReader.Read(text, "test.yaml", Catalogue.Default, diagnostics);
        ClusterDesign? design = spec is null ? null : Designer.Design(spec, diagnostics);
        design.ShouldNotBeNull(string.Join('\n', diagnostics));
        return Testbed.Of(design, scaleUp: scaleUp);
    }
}
