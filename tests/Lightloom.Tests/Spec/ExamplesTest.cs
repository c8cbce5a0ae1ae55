using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Tests.Spec;

/// <summary>Each example is designed: feasible, within its limits, its bill complete.</summary>
public class ExamplesTest
{
    [Theory]
    [InlineData("lab-8", 64)]
    [InlineData("hopper-1k", 1016)]
    [InlineData("blackwell-1k", 1024)]
    [InlineData("planes-16k", 16384)]
    [InlineData("campus-102k", 102400)]
    [InlineData("scheduled-4k", 4096)]
    [InlineData("two-vendors-2k", 2048)]
    [InlineData("inference-768", 768)]
    public void An_example_is_feasible_and_its_bill_complete(string name, int xpus)
    {
        ClusterDesign design = Designed(name);
        design.Spec.Pools.Sum(p => p.Xpus).ShouldBe(xpus);

        // How full a tray is moves with the placement, and a warning of it is no flaw of an example. Neither is that a small cluster has one
        // leaf or one spine: that is said (LL42xx) and left to whoever builds it.
        design
            .Diagnostics.Where(d =>
                d.Severity != Severity.Note
                && !d.Id.StartsWith("LL50", StringComparison.Ordinal)
                && !d.Id.StartsWith("LL42", StringComparison.Ordinal)
            )
            .Select(d => d.ToString())
            .ShouldBeEmpty();
        design.Bill.Lines.Where(l => l.UnitPrice is null).Select(l => l.Id).ShouldBeEmpty("the example's prices: should name these");
    }

    [Theory]
    [InlineData("gpt-175b-1k", 1024)]
    [InlineData("llama3-405b-16k", 16384)]
    [InlineData("deepseek-v3-2k", 2048)]
    public void An_example_of_training_is_feasible_though_nobody_quoted_prices(string name, int xpus)
    {
        ClusterDesign design = Designed(name);
        design.Spec.Pools.Sum(p => p.Nodes!.Value * 8).ShouldBe(xpus);
        design.Spec.Workload.Model.ShouldNotBeNull();
        design
            .Diagnostics.Where(d => d.Severity == Severity.Error || d.Id.StartsWith("LL4", StringComparison.Ordinal))
            .Where(d => d.Severity != Severity.Note && !d.Id.StartsWith("LL42", StringComparison.Ordinal))
            .Select(d => d.ToString())
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_campus_needs_every_class_of_optics()
    {
        string[] bought = [.. Designed("campus-102k").Bill.Lines.Select(l => l.PartId)];
        bought.ShouldContain(id => id.StartsWith("sr8-800g", StringComparison.Ordinal), "within a hall");
        bought.ShouldContain(
            id => id.StartsWith("dr8", StringComparison.Ordinal) || id.StartsWith("2xdr4", StringComparison.Ordinal),
            "between halls"
        );
        bought.ShouldContain(
            id => id.StartsWith("2xfr4-800g", StringComparison.Ordinal) || id.StartsWith("2xdr4-800g-2km", StringComparison.Ordinal),
            "the 2 km class"
        );
        bought.ShouldContain("2xlr4-800g", "the 10 km class");
    }

    [Fact]
    public void Every_example_is_tested() =>
        Repository.Files("examples", "*.yaml").Count().ShouldBe(11, "add the new example to the test above, and to docs/cluster-file.md");

    internal static ClusterDesign Designed(string name)
    {
        var bag = new DiagnosticBag();
        ClusterSpec? spec = SpecReader.Read(
            File.ReadAllText(Path.Combine(Repository.Root, "examples", name + ".yaml")),
            name + ".yaml",
            Catalogue.Default,
            bag
        );
        ClusterDesign? design = spec is null ? null : Designer.Design(spec, bag);
        return design ?? throw new ShouldAssertException(string.Join('\n', bag));
    }
}
