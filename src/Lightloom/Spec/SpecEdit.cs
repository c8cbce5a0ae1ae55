using Lightloom.Diagnostics;
using Lightloom.Yaml;

namespace Lightloom.Spec;

/// <summary>Changes single values of a cluster file and leaves all else as its author wrote it: order, comments, spaces.</summary>
public static class SpecEdit
{
    /// <summary>Sets keys of one section; the section and the keys are added where they are missing.</summary>
    /// <param name="text">The file's text, which must be a cluster file without errors.</param>
    /// <param name="section">A key of the top level whose value is a map, for example <c>backend</c>.</param>
    /// <param name="values">Keys and their new values, as YAML writes them, in the order in which missing ones are added.</param>
    /// <returns>The new text, or null where the section cannot be edited in place, as when it is an alias of another part.</returns>
    public static string? Set(string text, string section, IReadOnlyList<(string Key, string Value)> values)
    {
        if (YamlText.Parse(text, "", new DiagnosticBag()) is not YamlMap root)
        {
            return null;
        }

        int[] lines = LineStarts(text);
        int At(SourceMark mark) => lines[mark.Line - 1] + mark.Column - 1;
        string newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        YamlEntry? entry = root[section];
        if (entry is null or { Value: YamlScalar { IsNull: true } })
        {
            return WithSection(text, section, values, entry is null ? null : At(entry.Mark), At(root.Mark), newLine);
        }

        if (entry.Value is not YamlMap map || At(map.Mark) < At(entry.Mark))
        {
            return null;
        }

        if (map.Entries.Count == 0)
        {
            int brace = At(map.Mark) + 1;
            return text[..brace] + Joined(values) + text[brace..];
        }

        List<(int From, int Length, string Text)> edits = [];
        List<(string Key, string Value)> missing = [];
        foreach ((string key, string value) in values)
        {
            if (map[key] is not { } known)
            {
                missing.Add((key, value));
            }
            else if (Replacing(text, known, value, At) is { } edit)
            {
                edits.Add(edit);
            }
            else
            {
                return null;
            }
        }

        if (missing.Count > 0)
        {
            int first = At(map.Entries[0].Mark);
            bool flow = text[At(map.Mark)] == '{';
            string indent = newLine + new string(' ', map.Entries[0].Mark.Column - 1);
            edits.Add((first, 0, string.Concat(missing.Select(m => $"{m.Key}: {m.Value}{(flow ? ", " : indent)}"))));
        }

        foreach ((int from, int length, string put) in edits.OrderByDescending(e => e.From))
        {
            text = text[..from] + put + text[(from + length)..];
        }

        return text;
    }

    private static string WithSection(
        string text,
        string section,
        IReadOnlyList<(string Key, string Value)> values,
        int? empty,
        int root,
        string newLine
    )
    {
        string map = $"{{{Joined(values)}}}";
        if (empty is { } key)
        {
            int colon = text.IndexOf(':', key + section.Length);
            return text[..(colon + 1)] + " " + map + text[(colon + 1)..];
        }

        if (text[root] == '{')
        {
            return text[..(root + 1)] + $"{section}: {map}, " + text[(root + 1)..];
        }

        string lines = string.Concat(values.Select(v => $"  {v.Key}: {v.Value}{newLine}"));
        return text + (text.EndsWith('\n') ? "" : newLine) + $"{section}:{newLine}{lines}";
    }

    private static string Joined(IReadOnlyList<(string Key, string Value)> values) =>
        string.Join(", ", values.Select(v => $"{v.Key}: {v.Value}"));

    // The edit that gives a key another value; null where the value is more than a word.
    private static (int From, int Length, string Text)? Replacing(string text, YamlEntry entry, string value, Func<SourceMark, int> at)
    {
        switch (entry.Value)
        {
            case YamlScalar { IsNull: true, Text: "" }:
                int colon = text.IndexOf(':', at(entry.Mark) + entry.Key.Length);
                return (colon + 1, 0, " " + value);
            // A list stays if the word is the first of it: the others belong to it.
            case YamlList { Items: [YamlScalar first, ..] } when first.Text == value:
                return (at(entry.Mark), 0, "");
            case YamlScalar scalar:
                int from = at(scalar.Mark);
                char quote = text[from];
                int length =
                    quote is '"' or '\'' ? text.IndexOf(quote, from + 1) - from + 1
                    : string.CompareOrdinal(text, from, scalar.Text, 0, scalar.Text.Length) == 0 ? scalar.Text.Length
                    : 0;
                return from < at(entry.Mark) || length <= 0 ? null : (from, length, value);
            default:
                return null;
        }
    }

    private static int[] LineStarts(string text)
    {
        List<int> starts = [0];
        for (int i = 0; i < text.Length; i++)
        {
            // The parser's lines end as YAML's do: with either mark, or with both as one.
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }

        return [.. starts];
    }
}
