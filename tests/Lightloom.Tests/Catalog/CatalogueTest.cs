using Lightloom.Catalog;
using Lightloom.Diagnostics;

namespace Lightloom.Tests.Catalog;

/// <summary>The built-in catalogue as a whole.</summary>
public class CatalogueTest
{
    [Fact]
    public void The_built_in_catalogue_reads_without_a_complaint()
    {
        var diagnostics = new DiagnosticBag();
        Catalogue catalogue = Catalogue.Read(Catalogue.BuiltInFiles(), diagnostics);
        diagnostics.ShouldBeEmpty(string.Join("\n", diagnostics));
        catalogue.Switches.Count.ShouldBeGreaterThan(28);
        catalogue.Interconnects.Count.ShouldBeGreaterThan(45);
    }
}
