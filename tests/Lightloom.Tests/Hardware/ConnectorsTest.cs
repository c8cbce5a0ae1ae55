using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Tests.Hardware;

/// <summary>Connectors of a user's own modules: those whose pins, polish and polarity are known, and no other.</summary>
public class ConnectorsTest
{
    private static ClusterSpec? Read(string module, DiagnosticBag bag) =>
        SpecReader.Read(
            "lightloom: 1\nname: own\npools: [{name: t, node: dgx-h100, nodes: 4}]\ncatalog: {interconnects: {mine: {" + module + "}}}\n",
            "own.yaml",
            Catalogue.Default,
            bag
        );

    [Theory]
    [InlineData("duplex SN")]
    [InlineData("MMC-16")]
    [InlineData("mpo12")]
    public void A_connector_that_no_rule_knows_is_refused_with_those_that_are_known(string connector)
    {
        DiagnosticBag bag = new();
        Read($"kind: dr, rate_gbps: 800, reach_m: {{os2: 500}}, connector: {connector}", bag).ShouldBeNull();
        Diagnostic error = bag.Single(d => d.Severity == Severity.Error);
        error.Id.ShouldBe("LL1003");
        error.Message.ShouldContain(connector);
        error.Message.ShouldContain("duplex LC");
    }

    // 800GBASE-DR8 ends in an MPO-16 or two MPO-12, DR4 in an MPO-12 (IEEE 802.3df); FR and LR have a duplex LC. Single-mode MPO is angled.
    [Theory]
    [InlineData("kind: dr, rate_gbps: 800, lanes: 8", "MPO-16/APC")]
    [InlineData("kind: dr, rate_gbps: 400, lanes: 4", "MPO-12/APC")]
    [InlineData("kind: fr, rate_gbps: 400, lanes: 4", "duplex LC")]
    [InlineData("kind: lr, rate_gbps: 100, lanes: 4", "duplex LC")]
    public void A_module_that_names_none_has_the_usual_one_of_its_kind_marked_as_assumed(string module, string connector)
    {
        DiagnosticBag bag = new();
        ClusterSpec spec = Read(module + ", reach_m: {os2: 500}", bag).ShouldNotBeNull(string.Join('\n', bag));
        Figure<string> own = spec.Catalogue.Interconnects["mine"].Connector.ShouldNotBeNull();
        own.Value.ShouldBe(connector);
        own.IsAssumed.ShouldBeTrue();
    }
}
