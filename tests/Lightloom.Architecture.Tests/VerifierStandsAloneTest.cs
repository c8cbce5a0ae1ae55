using Mono.Cecil;

namespace Lightloom.Architecture.Tests;

/// <summary>
/// <c>verify</c> judges what the designer wrote, so it must not ask the designer. The catalogue lies in the designer's assembly; what the
/// verifier refers to is therefore held type by type.
/// </summary>
public sealed class VerifierStandsAloneTest
{
    private static readonly string[] Allowed = ["Lightloom.Units", "Lightloom.Hardware", "Lightloom.Diagnostics", "Lightloom.Verify"];

    [Fact]
    public void The_verifier_refers_to_units_and_the_catalogue_and_to_nothing_else_of_ours()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, "Lightloom.Verify.dll"));
        TypeReference[] ours = [.. module.GetTypeReferences().Where(t => t.Namespace.StartsWith("Lightloom", StringComparison.Ordinal))];
        ours.ShouldContain(t => t.FullName == "Lightloom.Hardware.Catalogue", "the list below would prove nothing");
        ours.Where(t => !Allowed.Contains(t.Namespace)).Select(t => t.FullName).Order().ShouldBeEmpty();
    }

    [Fact]
    public void No_assembly_of_the_designer_or_the_report_refers_to_the_verifier()
    {
        foreach (string other in (string[])["Lightloom.dll", "Lightloom.Report.dll"])
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, other));
            module.AssemblyReferences.ShouldNotContain(a => a.Name == "Lightloom.Verify");
        }
    }
}
