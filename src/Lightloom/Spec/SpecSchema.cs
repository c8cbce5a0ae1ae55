using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lightloom.Hardware;

namespace Lightloom.Spec;

/// <summary>
/// The JSON Schema of cluster.yaml, generated from the types that read it, so that editors complete and check what Lightloom accepts.
/// </summary>
public static class SpecSchema
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <summary>The schema (draft 2020-12) as JSON text, ending in a line break.</summary>
    public static string Generate()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Indented))
        {
            WriteSchema(json);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>The schema (draft 2020-12) of a file of a catalogue directory as JSON text, ending in a line break.</summary>
    /// <param name="section">A section of the catalogue whose entry is described alone; null for a whole file.</param>
    /// <exception cref="ArgumentException">There is no such section.</exception>
    public static string GenerateCatalogue(string? section = null)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Indented))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", "Lightloom catalogue file");
            json.WriteString("description", "Hardware for Lightloom's designs: the files of a directory given by --catalog.");
            CatalogueSection? one = section is null
                ? null
                : CatalogueSection.Of(section) ?? throw new ArgumentException($"the catalogue has no section '{section}'", nameof(section));
            if (one is null)
            {
                CatalogueSchema.WriteSections(json);
            }
            else
            {
                json.WriteString("$ref", "#/$defs/" + CatalogueSchema.NameOf(one.Type));
            }

            json.WriteStartObject("$defs");
            CatalogueSchema.WriteDefinitions(json, one);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>The schema (draft 2020-12) of another file that is read by keys, as JSON text, ending in a line break.</summary>
    /// <param name="type">The keys of the file.</param>
    /// <param name="title">What the file is called.</param>
    /// <param name="description">What it is for.</param>
    public static string Generate(KeyedType type, string title, string description)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Indented))
        {
            var sections = new List<KeyedType>();
            Collect(type, sections);
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", title);
            json.WriteString("description", description);
            WriteKeys(json, type);
            json.WriteStartObject("$defs");
            foreach (KeyedType section in sections.Skip(1))
            {
                json.WriteStartObject(CatalogueSchema.NameOf(section));
                WriteKeys(json, section);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteSchema(Utf8JsonWriter json)
    {
        var sections = new List<KeyedType>();
        Collect(ClusterSpecKeys.Type, sections);
        json.WriteStartObject();
        json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
        json.WriteString("title", "Lightloom cluster file");
        json.WriteString("description", "An AI cluster's networks, designed by Lightloom. Format version 1.");
        WriteKeys(json, sections[0]);
        json.WriteStartObject("$defs");
        foreach (KeyedType section in sections.Skip(1))
        {
            json.WriteStartObject(CatalogueSchema.NameOf(section));
            WriteKeys(json, section);
            json.WriteEndObject();
        }

        CatalogueSchema.WriteDefinitions(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Collect(KeyedType type, List<KeyedType> into)
    {
        into.Add(type);
        foreach (KeyedProperty property in type.Properties)
        {
            ValueShape shape = property.Shape.Element ?? property.Shape;
            if (shape.Kind == ValueKind.Section && !into.Contains(shape.Section))
            {
                Collect(shape.Section, into);
            }
        }
    }

    /// <summary>Writes the keys of a section.</summary>
    /// <param name="json">Where to, within the section's object.</param>
    /// <param name="type">The section.</param>
    /// <param name="inCatalogue">True for a catalogue's entry: it may have <c>source</c> and <c>assumed</c>.</param>
    internal static void WriteKeys(Utf8JsonWriter json, KeyedType type, bool inCatalogue = false)
    {
        object defaults = type.DefaultValue;
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        string[] required = [.. type.Properties.Where(p => p.Required).Select(p => p.Name)];
        if (required.Length > 0 && inCatalogue)
        {
            // An assumption may stand for what is required.
            json.WriteStartArray("anyOf");
            json.WriteStartObject();
            WriteRequired(json, required);
            json.WriteEndObject();
            json.WriteStartObject();
            WriteRequired(json, ["assumed"]);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        else if (required.Length > 0)
        {
            WriteRequired(json, required);
        }

        json.WriteStartObject("properties");
        if (inCatalogue)
        {
            json.WriteStartObject("source");
            json.WriteString("description", EntryContext.SourceDescription);
            json.WriteEndObject();
            json.WriteStartObject("assumed");
            json.WriteString("description", EntryContext.AssumedDescription);
            json.WriteEndObject();
        }

        foreach (KeyedProperty property in type.Properties)
        {
            json.WriteStartObject(property.Name);
            json.WriteString("description", property.Description);
            WriteShape(json, property, property.Shape, nullable: !property.Required);
            WriteDefault(json, property, type.ValueOf(defaults, property));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteRequired(Utf8JsonWriter json, IEnumerable<string> keys)
    {
        json.WriteStartArray("required");
        foreach (string key in keys)
        {
            json.WriteStringValue(key);
        }

        json.WriteEndArray();
    }

    private static void WriteShape(Utf8JsonWriter json, KeyedProperty property, ValueShape shape, bool nullable)
    {
        switch (shape.Kind)
        {
            case ValueKind.Integer:
                WriteType(json, nullable, "integer");
                WriteBounds(json, property);
                break;
            case ValueKind.AutoInteger:
                json.WriteStartArray("anyOf");
                json.WriteStartObject();
                WriteType(json, nullable, "integer");
                WriteBounds(json, property);
                json.WriteEndObject();
                json.WriteStartObject();
                json.WriteString("const", "auto");
                json.WriteEndObject();
                json.WriteEndArray();
                break;
            case ValueKind.Number or ValueKind.Quantity:
                WriteType(json, nullable, "number");
                WriteBounds(json, property);
                break;
            case ValueKind.Flag:
                WriteType(json, nullable, "boolean");
                break;
            case ValueKind.Size:
                WriteType(json, nullable, "integer", "string");
                json.WriteNumber("minimum", 0);
                json.WriteString("pattern", "^[0-9.]+([eE][+-]?[0-9]+)? *(([KMGTkmgt][iI]?)?[bB])?$");
                break;
            case ValueKind.Text or ValueKind.Word when property.Words.Count > 0:
                WriteWords(json, property.Words, nullable);
                break;
            // A number is a text, too, where the catalogue says what was published: an availability of 2026.
            case ValueKind.Text when shape.IsWrapped || property.Shape.IsWrapped:
                WriteType(json, nullable, "string", "number");
                break;
            case ValueKind.Text or ValueKind.Word:
                WriteType(json, nullable, "string");
                break;
            case ValueKind.Own:
                break;
            case ValueKind.Parsed:
                WriteType(json, nullable, "string");
                if (shape.Pattern is { } pattern)
                {
                    json.WriteString("pattern", pattern);
                }

                break;
            case ValueKind.List when property.OneOrMany:
                json.WriteStartArray("anyOf");
                json.WriteStartObject();
                WriteShape(json, property, shape.Element!, nullable);
                json.WriteEndObject();
                json.WriteStartObject();
                WriteList(json, property, shape, nullable: false);
                json.WriteEndObject();
                json.WriteEndArray();
                break;
            case ValueKind.List:
                WriteList(json, property, shape, nullable);
                break;
            case ValueKind.Map:
                WriteType(json, nullable, "object");
                if (shape.MapWords is { } ids)
                {
                    json.WriteStartObject("propertyNames");
                    WriteWords(json, ids, nullable: false);
                    json.WriteEndObject();
                }

                json.WriteStartObject("additionalProperties");
                WriteShape(json, property, shape.Element!, nullable: false);
                json.WriteEndObject();
                break;
            case ValueKind.Raw:
                WriteReference(json, CatalogueSchema.Root, nullable, null);
                break;
            default:
                WriteReference(
                    json,
                    CatalogueSchema.NameOf(shape.Section),
                    nullable,
                    shape.Section.Shorthand is { } shorthand ? ShorthandOf(shape.Section, shorthand) : null
                );
                break;
        }
    }

    private static void WriteList(Utf8JsonWriter json, KeyedProperty property, ValueShape shape, bool nullable)
    {
        WriteType(json, nullable, "array");
        json.WriteStartObject("items");
        WriteShape(json, property, shape.Element!, nullable: false);
        json.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter json, string name, bool nullable, KeyedProperty? shorthand)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        json.WriteString("$ref", "#/$defs/" + name);
        json.WriteEndObject();
        if (shorthand is not null)
        {
            json.WriteStartObject();
            WriteShape(json, shorthand, shorthand.Shape, nullable: false);
            json.WriteEndObject();
        }

        if (nullable)
        {
            json.WriteStartObject();
            json.WriteString("type", "null");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static KeyedProperty ShorthandOf(KeyedType section, Shorthand shorthand) =>
        shorthand.Key is { } key ? section[key]! : section.Properties[0];

    private static void WriteType(Utf8JsonWriter json, bool nullable, params ReadOnlySpan<string> types)
    {
        if (!nullable && types.Length == 1)
        {
            json.WriteString("type", types[0]);
            return;
        }

        json.WriteStartArray("type");
        foreach (string type in types)
        {
            json.WriteStringValue(type);
        }

        if (nullable)
        {
            json.WriteStringValue("null");
        }

        json.WriteEndArray();
    }

    private static void WriteWords(Utf8JsonWriter json, IReadOnlyList<string> words, bool nullable)
    {
        json.WriteStartArray("enum");
        foreach (string word in words)
        {
            // To whoever reads the file by the schema, these are no text.
            if (bool.TryParse(word, out bool value))
            {
                json.WriteBooleanValue(value);
            }
            else
            {
                json.WriteStringValue(word);
            }
        }

        if (nullable)
        {
            json.WriteNullValue();
        }

        json.WriteEndArray();
    }

    private static void WriteBounds(Utf8JsonWriter json, KeyedProperty key)
    {
        if (double.IsFinite(key.Minimum))
        {
            json.WriteNumber(key.ExclusiveMinimum ? "exclusiveMinimum" : "minimum", key.Minimum);
        }

        if (double.IsFinite(key.Maximum))
        {
            json.WriteNumber("maximum", key.Maximum);
        }
    }

    private static void WriteDefault(Utf8JsonWriter json, KeyedProperty property, object? value)
    {
        if (property.Required)
        {
            return;
        }

        switch (value)
        {
            case int number:
                json.WriteNumber("default", number);
                break;
            case double number:
                json.WriteNumber("default", number);
                break;
            case bool flag:
                json.WriteBoolean("default", flag);
                break;
            case AutoInt { Value: { } number }:
                json.WriteNumber("default", number);
                break;
            case AutoInt:
                json.WriteString("default", "auto");
                break;
            case string text when text.Length > 0:
                json.WriteString("default", text);
                break;
            case Enum word:
                json.WriteString("default", property.Shape.WordOf(word));
                break;
        }
    }
}
