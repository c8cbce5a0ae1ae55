using System.Globalization;
using System.Text;
using Lightloom.Keys;
using Lightloom.Spec;

namespace Lightloom.Tests.Spec;

/// <summary>
/// The tables of docs/cluster-file.md are made from the types that read the file; this compares them, and rewrites them when
/// LIGHTLOOM_UPDATE_DOCS is set.
/// </summary>
public class ClusterFilePageTest
{
    private const string Begin = "<!-- generated: keys -->\n";
    private const string End = "<!-- end -->";

    [Fact]
    public void The_tables_are_those_of_the_types()
    {
        string path = Path.Combine(Repository.Root, "docs", "cluster-file.md");
        string page = File.ReadAllText(path);
        int from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length,
            to = page.IndexOf(End, from, StringComparison.Ordinal);
        string updated = page[..from] + Tables() + page[to..];
        if (Environment.GetEnvironmentVariable("LIGHTLOOM_UPDATE_DOCS") is not null)
        {
            File.WriteAllText(path, updated);
        }

        (page == updated || Environment.GetEnvironmentVariable("LIGHTLOOM_UPDATE_DOCS") is not null).ShouldBeTrue(
            "run `LIGHTLOOM_UPDATE_DOCS=1 dotnet test tests/Lightloom.Tests --filter ClusterFilePage` and commit docs/cluster-file.md"
        );
    }

    [Fact]
    public void Every_example_is_named()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cluster-file.md"));
        foreach (string file in Repository.Files("examples", "*.yaml"))
        {
            page.ShouldContain(Path.GetFileName(file));
        }
    }

    private static string Tables()
    {
        var text = new StringBuilder();
        var done = new HashSet<KeyedType>();
        Write(ClusterSpecKeys.Type, "The file", text, done);
        return text.ToString();
    }

    private static void Write(KeyedType type, string heading, StringBuilder text, HashSet<KeyedType> done)
    {
        if (!done.Add(type))
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"\n### {heading}\n\n| key | value | default | |\n|---|---|---|---|\n");
        object defaults = type.DefaultValue;
        foreach (KeyedProperty p in type.Properties)
        {
            string fallback = p.Required ? "**required**" : Default(p, type.ValueOf(defaults, p));
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{p.Name}` | {Value(p, p.Shape)} | {fallback} | {p.Description.Replace("|", "\\|", StringComparison.Ordinal)} |\n"
            );
        }

        foreach (KeyedProperty p in type.Properties)
        {
            ValueShape shape = p.Shape.Element ?? p.Shape;
            if (shape.Kind == ValueKind.Section)
            {
                string path = heading == "The file" ? p.Name : $"{heading.Trim('`')}.{p.Name}";
                Write(shape.Section, $"`{path}{(p.Shape.Kind == ValueKind.List ? "[]" : "")}`", text, done);
            }
        }
    }

    private static string Value(KeyedProperty p, ValueShape shape) =>
        shape.Kind switch
        {
            ValueKind.Integer => "whole number" + Range(p),
            ValueKind.AutoInteger => "whole number" + Range(p) + ", or `auto`",
            ValueKind.Number => "number" + Range(p),
            ValueKind.Quantity => shape.Unit + Range(p),
            ValueKind.Flag => "`true` or `false`",
            ValueKind.Text or ValueKind.Word when p.Words.Count > 0 => string.Join(", ", p.Words.Select(w => $"`{w}`")),
            ValueKind.Size => "bytes, or with a unit: `4MiB`",
            ValueKind.List when shape.Element!.Kind == ValueKind.Section => "list",
            ValueKind.List => "list of " + Value(p, shape.Element!),
            ValueKind.Section => "section",
            ValueKind.Map => p.Name == "prices" ? "section of `id: dollars`" : "section of `id: word`",
            ValueKind.Raw => "section",
            _ => "text",
        };

    private static string Range(KeyedProperty key) =>
        !double.IsFinite(key.Minimum) ? ""
        : !double.IsFinite(key.Maximum) ? string.Create(CultureInfo.InvariantCulture, $" from {key.Minimum:0.####}")
        : key.Minimum == key.Maximum ? string.Create(CultureInfo.InvariantCulture, $", {key.Minimum}")
        : string.Create(
            CultureInfo.InvariantCulture,
            $" {(key.ExclusiveMinimum ? "above " : "")}{key.Minimum:#,0.####} to {key.Maximum:#,0.####}"
        );

    private static string Default(KeyedProperty p, object? value) =>
        value switch
        {
            int n => n.ToString(CultureInfo.InvariantCulture),
            double n => n.ToString(CultureInfo.InvariantCulture),
            bool b => b ? "`true`" : "`false`",
            AutoInt n => n.IsAuto ? "`auto`" : n.ToString(),
            Enum word => $"`{p.Shape.WordOf(word)}`",
            string { Length: > 0 } text => $"`{text}`",
            _ => "",
        };
}
