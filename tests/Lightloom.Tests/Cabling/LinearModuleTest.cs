using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Tests.Cabling;

/// <summary>Modules without a signal processor go into NICs whose makers say that they drive them, and into no other.</summary>
public sealed class LinearModuleTest
{
    // Broadcom claims linear-drive optics for Thor 2 and Thor Ultra; nothing of the kind was read of ConnectX-7.
    [Fact]
    public void A_400G_NIC_that_drives_linear_modules_meets_half_of_a_linear_800G_module()
    {
        const string Port = "rate_gbps: 400, form_factor: qsfp112, lanes: 4, nic: thor2-p2200g, max_planes: 1";
        DiagnosticBag diagnostics = new();
        ClusterSpec spec = SpecReader.Read(FileOf(Port), "cluster.yaml", Catalogue.Default, diagnostics).ShouldNotBeNull();
        ClusterDesign design = Designer.Design(spec, diagnostics).ShouldNotBeNull(string.Join('\n', diagnostics));
        LinkProduct product = design.Cables.Products.Single(p => p.A.IsLinear is { Value: true } || p.Z.IsLinear is { Value: true });
        new[] { product.A.Id, product.Z.Id }.ShouldBe(["lpo-400g-dr4", "lpo-800g-2dr4"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("rate_gbps: 800, form_factor: osfp, lanes: 8, nic: thor-ultra", true)]
    [InlineData("rate_gbps: 800, form_factor: osfp, lanes: 8, nic: connectx-8, single_port: true", true)]
    [InlineData("rate_gbps: 800, form_factor: osfp, lanes: 8, linear: true", true)]
    [InlineData("rate_gbps: 800, form_factor: osfp, lanes: 8, nic: thor-ultra, linear: false", false)]
    [InlineData("rate_gbps: 800, form_factor: osfp, lanes: 8, nic: connectx-7", false)]
    [InlineData("rate_gbps: 800, form_factor: osfp, lanes: 8, max_planes: 1", false)]
    public void A_linear_module_goes_into_a_NIC_that_is_said_to_drive_it(string port, bool drives)
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec spec = SpecReader.Read(FileOf(port), "cluster.yaml", Catalogue.Default, diagnostics).ShouldNotBeNull();
        ClusterDesign? design = Designer.Design(spec, diagnostics);
        if (drives)
        {
            design.ShouldNotBeNull(string.Join('\n', diagnostics));
            design.Cables.Products.Where(p => p.A.IsLinear is { Value: true } && p.Z.IsLinear is { Value: true }).ShouldNotBeEmpty();
        }
        else
        {
            design.ShouldBeNull();
            diagnostics.ShouldContain(d => d.Severity == Severity.Error);
        }
    }

    // Everything but linear modules and the management network's cords is excluded, so that a host's link has nothing else.
    private static string FileOf(string port)
    {
        IEnumerable<string> others = Catalogue
            .Default.Interconnects.Values.Where(i => i.IsLinear is not { Value: true } && i.Kind != InterconnectKind.Utp)
            .Select(i => i.Id);
        return $$"""
            lightloom: 1
            name: small
            pools:
              - {name: a, node: my-node, nodes: 4}
            backend: {switch: celestica-ds5000}
            interconnect: {exclude: [{{string.Join(", ", others)}}]}
            catalog:
              nodes:
                my-node:
                  xpus: 8
                  backend: {nics: 8, {{port}}}
                  power_w: 10000
                  rack_units: 8
            """;
    }
}
