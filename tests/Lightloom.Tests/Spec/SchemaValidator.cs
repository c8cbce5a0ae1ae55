using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lightloom.Yaml;

namespace Lightloom.Tests.Spec;

/// <summary>
/// Checks a parsed YAML file against a JSON Schema: the keywords that ours uses, and a complaint about any other, so that none is silently
/// passed over.
/// </summary>
internal sealed class SchemaValidator(JsonElement root)
{
    public List<string> Problems { get; } = [];

    public static IReadOnlyList<string> Validate(string schema, YamlNode document)
    {
        using JsonDocument parsed = JsonDocument.Parse(schema);
        var validator = new SchemaValidator(parsed.RootElement);
        validator.Check(parsed.RootElement, document, "");
        return validator.Problems;
    }

    private bool Passes(JsonElement schema, YamlNode node, string path)
    {
        var inner = new SchemaValidator(root);
        inner.Check(schema, node, path);
        return inner.Problems.Count == 0;
    }

    private void Check(JsonElement schema, YamlNode node, string path)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            JsonElement value = keyword.Value;
            bool ok = keyword.Name switch
            {
                "$schema" or "$defs" or "title" or "description" or "default" => true,
                "$ref" => Passes(Resolve(value.GetString()!), node, path),
                "anyOf" => value.EnumerateArray().Any(s => Passes(s, node, path)),
                "type" => value.ValueKind == JsonValueKind.String
                    ? IsType(value.GetString()!, node)
                    : value.EnumerateArray().Any(t => IsType(t.GetString()!, node)),
                "enum" => value
                    .EnumerateArray()
                    .Any(v =>
                        v.ValueKind == JsonValueKind.Null
                            ? node is YamlScalar { IsNull: true }
                            : node is YamlScalar s && s.Text == v.GetString()
                    ),
                "const" => node is YamlScalar constant && constant.Text == value.GetString(),
                "minimum" => NumberOf(node) is not { } n || n >= value.GetDouble(),
                "exclusiveMinimum" => NumberOf(node) is not { } n || n > value.GetDouble(),
                "maximum" => NumberOf(node) is not { } n || n <= value.GetDouble(),
                "pattern" => NumberOf(node) is not null
                    || node is not YamlScalar text
                    || text.IsNull
                    || Regex.IsMatch(text.Text, value.GetString()!),
                "required" => node is not YamlMap map || value.EnumerateArray().All(k => map[k.GetString()!] is not null),
                "items" => node is not YamlList list || list.Items.All(i => Passes(value, i, path + "[]")),
                "properties" => node is not YamlMap || CheckProperties(value, (YamlMap)node, path),
                "propertyNames" => node is not YamlMap map
                    || map.Entries.All(e => Passes(value, new YamlScalar(e.Key, quoted: true, e.Mark), path)),
                "additionalProperties" => node is not YamlMap map || CheckAdditional(schema, value, map, path),
                _ => throw new NotSupportedException(keyword.Name),
            };
            if (!ok)
            {
                Problems.Add($"{path} (line {node.Mark.Line}): {keyword.Name}");
            }
        }
    }

    private bool CheckProperties(JsonElement properties, YamlMap map, string path)
    {
        foreach (YamlEntry entry in map.Entries)
        {
            if (properties.TryGetProperty(entry.Key, out JsonElement schema))
            {
                Check(schema, entry.Value, $"{path}.{entry.Key}");
            }
        }

        return true;
    }

    private bool CheckAdditional(JsonElement schema, JsonElement rule, YamlMap map, string path)
    {
        IEnumerable<YamlEntry> additional = map.Entries.Where(e =>
            !(schema.TryGetProperty("properties", out JsonElement known) && known.TryGetProperty(e.Key, out _))
        );
        return rule.ValueKind == JsonValueKind.False ? !additional.Any() : additional.All(e => Passes(rule, e.Value, $"{path}.{e.Key}"));
    }

    private JsonElement Resolve(string reference)
    {
        JsonElement at = root;
        foreach (string step in reference.TrimStart('#', '/').Split('/'))
        {
            at = at.GetProperty(step);
        }

        return at;
    }

    private static bool IsType(string type, YamlNode node) =>
        type switch
        {
            "object" => node is YamlMap,
            "array" => node is YamlList,
            "null" => node is YamlScalar { IsNull: true },
            "boolean" => node is YamlScalar { IsQuoted: false, Text: "true" or "false" },
            "number" => NumberOf(node) is not null,
            "integer" => NumberOf(node) is { } n && n == Math.Floor(n),
            _ => node is YamlScalar { IsNull: false } && NumberOf(node) is null && !IsType("boolean", node),
        };

    private static double? NumberOf(YamlNode node) =>
        node is YamlScalar { IsQuoted: false } scalar
        && scalar.Text.Length > 0
        && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double n)
        && double.IsFinite(n)
            ? n
            : null;
}
