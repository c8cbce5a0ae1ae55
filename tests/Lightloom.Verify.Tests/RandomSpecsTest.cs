using System.Text.RegularExpressions;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Xunit.Abstractions;

namespace Lightloom.Verify.Tests;

/// <summary>What the designer writes for two hundred files drawn at random contradicts nothing; what it refuses it explains.</summary>
public sealed partial class RandomSpecsTest(ITestOutputHelper output)
{
    private const int Files = 200;

    [Fact]
    public void Whatever_is_asked_at_random_is_refused_with_a_reason_or_verifies()
    {
        int designed = 0;
        List<string> wrong = [];
        for (int number = 0; number < Files; number++)
        {
            string yaml = RandomSpecs.Of(number);
            DiagnosticBag diagnostics = new();
            ClusterSpec? spec = SpecReader.Read(yaml, "random.yaml", Catalogue.Default, diagnostics);
            ClusterDesign? design = spec is null ? null : Designer.Design(spec, diagnostics);
            if (design is null)
            {
                if (!diagnostics.Any(d => d.Severity == Severity.Error && NamesAKey(d)))
                {
                    string errors = string.Join(" | ", diagnostics.Where(d => d.Severity == Severity.Error));
                    wrong.Add($"random-{number} is refused and no key with a value is named: {errors}");
                }

                output.WriteLine($"refused {number}: {string.Join(" | ", diagnostics.Where(d => d.Severity == Severity.Error).Take(1))}");
                continue;
            }

            designed++;
            using WrittenFolder folder = new(design);
            wrong.AddRange(folder.Verify().Contradictions.Take(3).Select(c => $"random-{number}: {c}"));
        }

        output.WriteLine($"{designed} of {Files} designed");
        string.Join('\n', wrong).ShouldBeEmpty();
        designed.ShouldBeGreaterThanOrEqualTo(Files / 2);
    }

    // A key of the file or an option, and beside it a value that was found to work, the nearest miss, or that there is none.
    private static bool NamesAKey(Diagnostic error) => Key().IsMatch(error.Message) && Value().IsMatch(error.Message);

    [GeneratedRegex(
        @"\b(backend|frontend|oob|floor|interconnect|objectives|catalog|pools|services|networks|prices)(\.[a-z_]+)+\b|'(interconnect|catalog):'|"
            + @"`(planes|plane_layout|plane_xpus)\b|(^| )--[a-z]"
    )]
    private static partial Regex Key();

    [GeneratedRegex(@"[a-z_]: [\w\-\[{]|closest: |\bno (other|value|pool)\b|no [a-z]+ of the catalogue")]
    private static partial Regex Value();
}
