using Lightloom.Diagnostics;
using Lightloom.Yaml;

namespace Lightloom.Verify.Tests;

/// <summary>A cluster file with keys set as a message names them, as its reader would set them.</summary>
internal static class EditedYaml
{
    /// <summary>The file with <c>backend.leaf: x, backend.oversubscription: {leaf: 2}</c> written into it.</summary>
    public static string With(string yaml, string changes = "")
    {
        object? tree = TreeOf(YamlText.Parse(yaml, "", new DiagnosticBag())!);
        foreach (string change in TopLevel(changes).Where(c => c.Length > 0))
        {
            int colon = change.IndexOf(": ", StringComparison.Ordinal);
            string[] path = change[..colon].Split('.');
            Dictionary<string, object?> at = (Dictionary<string, object?>)tree!;
            foreach (string key in path[..^1])
            {
                if (at.GetValueOrDefault(key) is not Dictionary<string, object?> below)
                {
                    at[key] = below = [];
                }

                at = below;
            }

            at[path[^1]] = TreeOf(YamlText.Parse(change[(colon + 2)..], "", new DiagnosticBag())!);
        }

        return Flow(tree);
    }

    // At commas outside of braces and brackets.
    private static IEnumerable<string> TopLevel(string changes)
    {
        int depth = 0,
            start = 0;
        for (int i = 0; i < changes.Length; i++)
        {
            depth +=
                changes[i] is '{' or '[' ? 1
                : changes[i] is '}' or ']' ? -1
                : 0;
            if (depth == 0 && changes[i] == ',')
            {
                yield return changes[start..i].Trim();
                start = i + 1;
            }
        }

        yield return changes[start..].Trim();
    }

    private static object? TreeOf(YamlNode node) =>
        node switch
        {
            YamlMap map => map.Entries.ToDictionary(e => e.Key, e => TreeOf(e.Value)),
            YamlList list => list.Items.Select(TreeOf).ToList(),
            YamlScalar { IsNull: true } => null,
            YamlScalar { IsQuoted: true } scalar => "\"" + scalar.Text.Replace("\"", "\\\"") + "\"",
            YamlScalar scalar => scalar.Text,
            _ => null,
        };

    private static string Flow(object? tree) =>
        tree switch
        {
            Dictionary<string, object?> map => "{" + string.Join(", ", map.Select(e => e.Key + ": " + Flow(e.Value))) + "}",
            List<object?> list => "[" + string.Join(", ", list.Select(Flow)) + "]",
            string text => text,
            _ => "null",
        };
}
