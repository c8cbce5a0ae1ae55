using System.Globalization;
using System.Text;
using Lightloom.Keys;
using Lightloom.Studies.Files;

namespace Lightloom.Studies.Tests;

/// <summary>
/// The tables of docs/study.md are made from the types that read a study; this compares them, and rewrites them when
/// LIGHTLOOM_UPDATE_DOCS is set.
/// </summary>
public sealed class StudyPageTest
{
    private const string Begin = "<!-- generated: keys -->\n";
    private const string End = "<!-- end -->";

    [Fact]
    public void The_tables_are_those_of_the_types()
    {
        DirectoryInfo root = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Lightloom.slnx")))
        {
            root = root.Parent!;
        }

        string path = Path.Combine(root.FullName, "docs", "study.md"),
            page = File.ReadAllText(path);
        int from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length,
            to = page.IndexOf(End, from, StringComparison.Ordinal);
        StringBuilder text = new();
        Write(StudySchema.Keys, "The file", text);
        string updated = page[..from] + text + page[to..];
        if (Environment.GetEnvironmentVariable("LIGHTLOOM_UPDATE_DOCS") is not null)
        {
            File.WriteAllText(path, updated);
            return;
        }

        page.ShouldBe(updated, "run `LIGHTLOOM_UPDATE_DOCS=1 dotnet test tests/Lightloom.Studies.Tests --filter StudyPage`");
    }

    private static void Write(KeyedType type, string heading, StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n### {heading}\n\n| key | example | |\n|---|---|---|\n");
        foreach (KeyedProperty p in type.Properties)
        {
            string example =
                p.Required ? $"`{p.Example}`, **required**"
                : p.Words.Count > 0 ? string.Join(", ", p.Words.Select(w => $"`{w}`"))
                : p.Example is { } shown ? $"`{shown}`"
                : "";
            string words = p.Required && p.Words.Count > 0 ? " One of " + string.Join(", ", p.Words) + "." : "";
            text.Append(CultureInfo.InvariantCulture, $"| `{p.Name}` | {example} | {p.Description}{words} |\n");
        }

        foreach (KeyedProperty p in type.Properties)
        {
            if ((p.Shape.Element ?? p.Shape) is { Kind: ValueKind.Section } shape)
            {
                Write(shape.Section, $"`{p.Name}{(p.Shape.Kind == ValueKind.List ? "[]" : "")}`", text);
            }
        }
    }
}
