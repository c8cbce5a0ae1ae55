using System.Text.Json;
using Lightloom.Hardware;

namespace Lightloom.Spec;

/// <summary>
/// The part of the JSON Schema that describes <c>catalog:</c> and the files of a catalogue directory, written from the keys of the
/// catalogue's types.
/// </summary>
internal static class CatalogueSchema
{
    /// <summary>The name of the definition of the whole section.</summary>
    public const string Root = "catalog";

    private const string Id = "^[a-z0-9._-]{1,64}$";
    private const string SourceId = "^[A-Za-z0-9._-]{1,64}$";

    /// <summary>Writes the definitions into the <c>$defs</c> of a schema: of one section's entry, or of everything.</summary>
    public static void WriteDefinitions(Utf8JsonWriter json, CatalogueSection? only = null)
    {
        if (only is not null)
        {
            WriteDefinition(json, only.Type, only, []);
            return;
        }

        json.WriteStartObject(Root);
        json.WriteString("description", "Parts of your own, by id, in the schema of the catalogue's files (docs/catalogue.md).");
        WriteSections(json);
        json.WriteEndObject();
        var written = new HashSet<KeyedType>();
        foreach (CatalogueSection section in CatalogueSection.All)
        {
            WriteDefinition(json, section.Type, section, written);
        }
    }

    /// <summary>Writes the sections of a catalogue file, each a map of ids to entries.</summary>
    public static void WriteSections(Utf8JsonWriter json)
    {
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("properties");
        foreach (CatalogueSection section in CatalogueSection.All)
        {
            json.WriteStartObject(section.Key);
            json.WriteStartArray("type");
            json.WriteStringValue("object");
            json.WriteStringValue("null");
            json.WriteEndArray();
            json.WriteStartObject("propertyNames");
            json.WriteString("pattern", section.Key == "sources" ? SourceId : Id);
            json.WriteEndObject();
            json.WriteStartObject("additionalProperties");
            json.WriteString("$ref", "#/$defs/" + NameOf(section.Type));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>The name of a type's definition: types of the catalogue have a prefix, those of the cluster file lose their ending.</summary>
    public static string NameOf(KeyedType type)
    {
        bool isSpec = type.Name.EndsWith("Spec", StringComparison.Ordinal);
        string name = JsonNamingPolicy.KebabCaseLower.ConvertName(isSpec ? type.Name[..^4] : type.Name);
        return CatalogueSection.All.Any(s => s.Type == type || s.Type.Properties.Any(p => IsOf(p.Shape.Element ?? p.Shape, type)))
            ? "catalog-" + name
            : name;
    }

    private static bool IsOf(ValueShape shape, KeyedType type) => shape.Kind == ValueKind.Section && shape.Section == type;

    private static void WriteDefinition(Utf8JsonWriter json, KeyedType type, CatalogueSection? section, HashSet<KeyedType> written)
    {
        if (!written.Add(type))
        {
            return;
        }

        json.WriteStartObject(NameOf(type));
        if (section is not null)
        {
            json.WriteString("description", section.Description);
        }

        SpecSchema.WriteKeys(json, type, section is { HasSources: true });
        json.WriteEndObject();
        foreach (KeyedProperty property in type.Properties)
        {
            if ((property.Shape.Element ?? property.Shape) is { Kind: ValueKind.Section } below)
            {
                WriteDefinition(json, below.Section, null, written);
            }
        }
    }
}
