using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Tests.Topology;

public class PoolReaderTest
{
    [Fact]
    public void Assumed_ports_are_said_once_for_a_model_with_the_number_of_its_pools()
    {
        string text = """
            lightloom: 1
            name: pools
            pools:
              - {name: one, node: dgx-h100, nodes: 4}
              - {name: two, node: dgx-h100, nodes: 4}
              - {name: three, node: dgx-h100, nodes: 4}
            backend: {switch: nvidia-qm9700}
            """;
        Catalogue.Default.Nodes["dgx-h100"].Frontend!.Nics.Assumed.ShouldNotBeNull("another node must be taken for this test");
        DiagnosticBag diagnostics = new();
        ClusterSpec spec = SpecReader.Read(text, "test.yaml", Catalogue.Default, diagnostics)!;
        Designer.Design(spec, diagnostics).ShouldNotBeNull();

        Diagnostic said = diagnostics.Single(d => d.Id == "LL4101");
        said.Message.ShouldEndWith("(3 pools)");
        said.Where.ShouldBe("one");
    }
}
