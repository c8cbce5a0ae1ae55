using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Verify.Tests;

/// <summary>The small files that once failed: each is refused, or what is written of it verifies clean.</summary>
public class CasesTest
{
    private static string Folder
    {
        get
        {
            for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            {
                if (Path.Combine(at.FullName, "tests", "Lightloom.Tests", "Cases") is var cases && Directory.Exists(cases))
                {
                    return cases;
                }
            }

            throw new DirectoryNotFoundException("tests/Lightloom.Tests/Cases");
        }
    }

    public static TheoryData<string> Cases =>
        [
            .. Directory
                .GetFiles(Folder, "*.yaml", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Folder, f))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_written_of_a_case_verifies_clean(string file)
    {
        DiagnosticBag bag = new();
        string text = File.ReadAllText(Path.Combine(Folder, file));
        if (SpecReader.Read(text, file, Catalogue.Default, bag) is not { } spec || Designer.Design(spec, bag) is not { } design)
        {
            bag.ShouldContain(d => d.Severity == Severity.Error);
            return;
        }

        using WrittenFolder folder = new(design);
        string.Join('\n', folder.Verify().Contradictions.Take(5)).ShouldBeEmpty();
    }
}
