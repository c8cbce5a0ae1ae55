using System.Text.RegularExpressions;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Tests.Topology;

/// <summary>A refusal of a network names a value that works: the file with that value in it is designed.</summary>
public partial class NearestBackendTest
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
