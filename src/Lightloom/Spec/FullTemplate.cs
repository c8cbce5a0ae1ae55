using System.Globalization;
using System.Text;

namespace Lightloom.Spec;

/// <summary>Writes the starter file that holds every key: those with a default live, with that default; the others as comments, with a
/// value to start from.
/// Made from the types that read the file, so that it cannot go stale.</summary>
internal sealed class FullTemplate
{
    private const int CommentColumn = 44;

    private const string Header = """
        # Every key of the format, with its default; a key that has none, or stays out by default, is a comment with a value to start from.
        # `lightloom init --schema` writes a JSON Schema, by which editors complete and check this file.

        """;

    private const string CatalogExample = """
        #   nodes:
        #     my-node: {xpus: 8, backend: {nics: 8, rate_gbps: 400}, frontend: {nics: 2, rate_gbps: 200}, power_w: 10200, rack_units: 8}
        #   switches:
        #     my-leaf: {cages: 64, rate_gbps: 800, breakouts: [1x800, 2x400, 4x200, 8x100], rack_units: 2, power_w: 1700}

        """;

    private readonly StringBuilder _text = new();

    private FullTemplate() { }

    /// <summary>The file's text.</summary>
    public static string Generate()
    {
        var template = new FullTemplate();
        template._text.Append(Header);
        template.WriteRoot();
        return template._text.ToString();
    }

    private void WriteRoot()
    {
        KeyedType root = ClusterSpecKeys.Type;
        object defaults = root.DefaultValue;
        foreach (KeyedProperty property in root.Properties)
        {
            if (property.Shape.Kind is ValueKind.Section or ValueKind.List or ValueKind.Map or ValueKind.Raw)
            {
                _text.Append('\n');
            }

            switch (property.Name)
            {
                case "pools":
                    WriteList(property, 0, commented: false);
                    break;
                case "services":
                    WriteComment("", "services:", property.Description, commented: true);
                    WriteComment(
                        "  ",
                        "- {name: storage, node: storage-2x200, nodes: 16}",
                        "Same keys as a pool, but counted in nodes.",
                        commented: true
                    );
                    break;
                case "networks":
                    WriteComment("", "networks:", property.Description, commented: true);
                    WriteComment("  ", "storage: {switch: nvidia-sn5610, homing: dual}", null, commented: true);
                    break;
                case "existing":
                    WriteComment("", "existing:", property.Description, commented: true);
                    WriteComment("  ", "nvidia-sn5600:", null, commented: true);
                    foreach (KeyedProperty key in StockSpecKeys.Type.Properties)
                    {
                        WriteComment("    ", $"{key.Name}: {(key.Name == "count" ? 12 : 0)}", key.Description, commented: true);
                    }

                    break;
                case "prices":
                    WriteComment("", "prices:", property.Description, commented: true);
                    WriteComment("  ", "nvidia-sn5600: 48000", null, commented: true);
                    break;
                case "catalog":
                    WriteComment("", "catalog:", property.Description, commented: true);
                    _text.Append(CatalogExample);
                    break;
                default:
                    WriteProperty(property, root.ValueOf(defaults, property), 0, commented: false);
                    break;
            }
        }
    }

    private void WriteProperty(KeyedProperty property, object? value, int depth, bool commented)
    {
        switch (property.Shape.Kind)
        {
            case ValueKind.Section:
                bool absent = commented || value is null;
                WriteComment(Indent(depth), property.Name + ":", property.Description, absent);
                WriteSection(property.Shape.Section, value ?? property.Shape.Section.DefaultValue, depth + 1, absent);
                break;
            case ValueKind.List when property.Shape.Element!.Kind == ValueKind.Section:
                WriteList(property, depth, commented: true);
                break;
            default:
                string? shown = property.Required ? null : Show(property, value);
                string description = property.Description + Range(property);
                WriteComment(
                    Indent(depth),
                    $"{property.Name}: {shown ?? property.Example ?? property.Words.FirstOrDefault() ?? "..."}",
                    description,
                    commented || (shown is null && !property.Required)
                );
                break;
        }
    }

    private void WriteSection(KeyedType type, object defaults, int depth, bool commented)
    {
        foreach (KeyedProperty property in type.Properties)
        {
            WriteProperty(property, type.ValueOf(defaults, property), depth, commented);
        }
    }

    // One item, so that its keys can be seen; a key that would contradict another one stays a comment.
    private void WriteList(KeyedProperty property, int depth, bool commented)
    {
        WriteComment(Indent(depth), property.Name + ":", property.Description, commented);
        KeyedType item = property.Shape.Element!.Section;
        object defaults = item.DefaultValue;
        string dash = "- ";
        foreach (KeyedProperty key in item.Properties)
        {
            bool shown = key.Required || key.Name == "nodes";
            if (shown && key.Shape.Kind is not (ValueKind.List or ValueKind.Section))
            {
                string indent = Indent(depth + 1) + dash;
                WriteComment(
                    indent,
                    $"{key.Name}: {key.Example ?? key.Words.FirstOrDefault() ?? "..."}",
                    key.Description + Range(key),
                    commented
                );
                dash = "  ";
            }
            else
            {
                WriteProperty(key, item.ValueOf(defaults, key), depth + 2, commented || !key.Required);
            }
        }
    }

    private void WriteComment(string indent, string content, string? comment, bool commented)
    {
        string line = commented ? "# " + indent + content : indent + content;
        _text.Append(line);
        if (comment is not null)
        {
            _text.Append(' ', Math.Max(1, CommentColumn - line.Length)).Append("# ").Append(comment);
        }

        _text.Append('\n');
    }

    private static string Indent(int depth) => new(' ', depth * 2);

    private static string? Show(KeyedProperty property, object? value) =>
        value switch
        {
            null => null,
            int number => number.ToString(CultureInfo.InvariantCulture),
            double number => number.ToString("0.0###########", CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            AutoInt number => number.ToString(),
            Enum word => property.Shape.WordOf(word),
            string text => text.Length > 0 ? text : null,
            System.Collections.ICollection { Count: 0 } => null,
            _ => throw new InvalidOperationException($"{property.Name}: a default of type {value.GetType().Name} cannot be shown"),
        };

    private static string Range(KeyedProperty property)
    {
        if (property.Words.Count > 1)
        {
            return " " + string.Join(" | ", property.Words);
        }

        KeyedProperty key = property;
        bool told = key.Description.Contains("auto", StringComparison.Ordinal);
        return told || !double.IsFinite(key.Maximum) || key.Minimum == key.Maximum
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $" {(key.ExclusiveMinimum ? "more than " : "")}{key.Minimum:0.####} to {key.Maximum:0.####}"
            );
    }
}
