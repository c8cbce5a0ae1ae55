using System.Globalization;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Yaml;

namespace Lightloom.Spec;

/// <summary>
/// Reads cluster.yaml. Whatever is wrong becomes a diagnostic with a line, a column, an id and a remedy, several in one run; no input makes
/// it throw.
/// </summary>
public static class SpecReader
{
    /// <summary>The version of the format that this Lightloom reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>More problems than this are counted, not listed.</summary>
    public const int MostProblems = 100;

    /// <summary>Reads a cluster file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">The file's path as the user gave it, for the diagnostics.</param>
    /// <param name="baseCatalogue">The catalogue that the file's own parts and prices are laid over.</param>
    /// <param name="diagnostics">Takes what there is to say.</param>
    /// <returns>The specification, or null when there was an error.</returns>
    public static ClusterSpec? Read(string text, string file, Catalogue baseCatalogue, DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        ClusterSpec? spec = ReadAll(text, file, baseCatalogue, found);
        Pass(found, diagnostics, file);
        return found.HasErrors ? null : spec;
    }

    // In the file's order, as the user reads it; errors before anything else when not all can be shown, since they are what stops the user.
    private static void Pass(DiagnosticBag found, DiagnosticBag diagnostics, string file)
    {
        if (found.Count > 1)
        {
            Diagnostic[] errors = [.. found.Where(d => d.Severity == Severity.Error)];
            IEnumerable<Diagnostic> shown =
                found.Count <= MostProblems ? found : errors.Concat(found.Where(d => d.Severity != Severity.Error)).Take(MostProblems);
            diagnostics.AddRange(shown.OrderBy(d => d.Mark?.Line ?? int.MaxValue).ThenBy(d => d.Mark?.Column ?? 0));
            if (found.Count > MostProblems)
            {
                Severity rest = errors.Length > MostProblems ? Severity.Error : Severity.Warning;
                diagnostics.Add(
                    new(
                        SpecProblem.TooManyProblems,
                        rest,
                        $"{found.Count - MostProblems} more problems are not shown; mend these first",
                        Mark: new SourceMark(file, 1, 1)
                    )
                );
            }
        }
        else
        {
            diagnostics.AddRange(found);
        }
    }

    private static ClusterSpec? ReadAll(string text, string file, Catalogue baseCatalogue, DiagnosticBag diagnostics)
    {
        switch (YamlText.Parse(text, file, diagnostics))
        {
            case null:
                return null;
            case YamlMap root when HasKnownVersion(root, diagnostics):
                return ReadRoot(root, file, baseCatalogue, diagnostics);
            case YamlMap:
                return null;
            case var other:
                diagnostics.Error(
                    KeyProblem.WrongType,
                    $"a cluster file is a section of keys that starts with `lightloom: 1`, not {other.Noun}; "
                        + $"`lightloom init` writes a starter file",
                    mark: other.Mark
                );
                return null;
        }
    }

    // A file of another version would give a hundred misleading errors; it gets the one that matters.
    private static bool HasKnownVersion(YamlMap root, DiagnosticBag diagnostics)
    {
        if (
            root["lightloom"]?.Value is not YamlScalar { IsQuoted: false } version
            || !int.TryParse(version.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            || number == FormatVersion
        )
        {
            return true;
        }

        string remedy =
            number > FormatVersion ? "use a newer Lightloom, or write `lightloom: 1` and keep to its keys" : "write `lightloom: 1`";
        diagnostics.Error(
            SpecProblem.Version,
            $"the file is of format version {number}, and this Lightloom reads version {FormatVersion}; {remedy}",
            "lightloom",
            version.Mark
        );
        return false;
    }

    private static ClusterSpec ReadRoot(YamlMap root, string file, Catalogue baseCatalogue, DiagnosticBag diagnostics)
    {
        ClusterSpec spec = KeyReader.Read(ClusterSpecKeys.Type, root, diagnostics);
        Catalogue catalogue = baseCatalogue.With(spec.CatalogAdditions, diagnostics).WithPrices(spec.Prices);
        var top = new SourceMark(file, 1, 1);
        spec = spec with
        {
            File = file,
            Source = root,
            Catalogue = catalogue,
            Backend = spec.Backend.Mark == default ? spec.Backend with { Mark = top } : spec.Backend,
            Frontend = spec.Frontend.Mark == default ? spec.Frontend with { Mark = top } : spec.Frontend,
            Oob = spec.Oob.Mark == default ? spec.Oob with { Mark = top } : spec.Oob,
        };
        return new SpecCheck(spec, diagnostics).Run();
    }
}
