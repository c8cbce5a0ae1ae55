using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Verify.Tests;

/// <summary>
/// Holds refusals to what they promise: a value that is said to work makes a design when it is written into the file, one that is said to help
/// ends the error that it stands in, and neither is what the file says already.
/// </summary>
internal static class RefusalPromises
{
    /// <summary>The design of a file, or null.</summary>
    public static ClusterDesign? Design(string yaml, DiagnosticBag diagnostics) =>
        SpecReader.Read(yaml, "refused.yaml", Catalogue.Default, diagnostics) is { } spec ? Designer.Design(spec, diagnostics) : null;

    /// <summary>The promises that do not hold.</summary>
    /// <param name="yaml">The file.</param>
    /// <param name="errors">What it is refused with.</param>
    /// <param name="most">Promises that are looked at, for each takes a design.</param>
    public static IEnumerable<string> Broken(string yaml, IReadOnlyList<Diagnostic> errors, int most = int.MaxValue)
    {
        string asked = EditedYaml.With(yaml);
        foreach ((Diagnostic error, NamedChange change) in errors.SelectMany(e => NamedChange.Of(e).Select(c => (e, c))).Take(most))
        {
            string changed = EditedYaml.With(yaml, change.Keys);
            DiagnosticBag again = new();
            if (changed == asked)
            {
                yield return $"{change.Keys} is what the file says already: {error}";
            }
            else if (
                Design(changed, again) is null
                && again.FirstOrDefault(d => d.Severity == Severity.Error && (change.IsDesign || d.Where == error.Where)) is { } left
            )
            {
                yield return $"{change.Keys} is named and does not help: {left}";
            }
        }
    }
}
