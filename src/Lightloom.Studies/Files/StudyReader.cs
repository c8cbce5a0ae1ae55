using System.Text;
using Lightloom.Diagnostics;
using Lightloom.Keys;
using Lightloom.Yaml;

namespace Lightloom.Studies.Files;

/// <summary>Reads a study file and the cluster files that it names; whatever is wrong becomes a diagnostic.</summary>
public static class StudyReader
{
    private const long MostBytes = 16 << 20;

    /// <summary>The study, or null when <paramref name="diagnostics"/> says what is wrong.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <param name="folder">The folder that paths start at; null for the file's own.</param>
    /// <param name="clusters">The texts of the cluster files; null to read them where the study says.</param>
    public static StudyFile? Read(
        string path,
        DiagnosticBag diagnostics,
        string? folder = null,
        IReadOnlyList<ClusterText>? clusters = null
    )
    {
        SourceMark start = new(path, 1, 1);
        if (TextOf(path, start, diagnostics) is not { } text || YamlText.Parse(text, path, diagnostics) is not { } root)
        {
            return null;
        }

        if (root is not YamlMap map)
        {
            diagnostics.Error(
                "LL2013",
                $"a study is a section of keys that starts with `lightloom_study: 1`, not {root.Noun}; docs/study.md has examples",
                mark: root.Mark
            );
            return null;
        }

        if (map["lightloom"] is { } other && map["lightloom_study"] is null)
        {
            diagnostics.Error("LL2012", "this is a cluster file; a study starts with `lightloom_study: 1` and names it", mark: other.Mark);
            return null;
        }

        StudySpec spec = KeyReader.Read(StudySpecKeys.Type, map, diagnostics);
        if (
            !diagnostics.HasErrors
            && (spec.Name.Length is 0 or > 64 || !spec.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        )
        {
            diagnostics.Error(
                "LL2021",
                $"'{Excerpt.Of(spec.Name)}' is no name: take letters, digits, - and _, at most 64",
                "name",
                map["name"]!.Mark
            );
        }

        string home = folder ?? Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        SourceMark place = map["cluster"]?.Mark ?? start;
        clusters ??=
        [
            .. spec
                .Clusters.Select(c => (Name: Path.GetFileName(c), Text: TextOf(Path.Combine(home, c), place, diagnostics)))
                .Where(c => c.Text is not null)
                .Select(c => new ClusterText(c.Name, c.Text!)),
        ];
        if (!diagnostics.HasErrors && spec.Command != "compare" && clusters.Count != 1)
        {
            diagnostics.Error(
                StudyProblem.NoFile,
                $"{spec.Command} takes one cluster file, not {clusters.Count}; compare takes several",
                mark: place
            );
        }

        if (clusters.Select(c => c.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() < clusters.Count)
        {
            diagnostics.Error(StudyProblem.NoFile, "two cluster files have one name; give them names of their own", mark: place);
        }

        return diagnostics.HasErrors ? null : new(spec, path, text, home, clusters);
    }

    private static string? TextOf(string path, SourceMark mark, DiagnosticBag diagnostics)
    {
        string? why =
            Directory.Exists(path) ? $"{path} is a directory; name a file in it"
            : !File.Exists(path) ? $"there is no file {path}"
            : new FileInfo(path).Length > MostBytes ? $"{path} is larger than 16 MiB; name another"
            : null;
        if (why is null)
        {
            try
            {
                return File.ReadAllText(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            }
            catch (DecoderFallbackException)
            {
                why = $"{path} is not UTF-8 text; save it as UTF-8";
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                why = $"{path} cannot be read: {e.Message}";
            }
        }

        diagnostics.Error(StudyProblem.NoFile, why, mark: mark);
        return null;
    }
}
