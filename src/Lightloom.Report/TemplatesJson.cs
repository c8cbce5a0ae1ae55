using System.Text.Json;
using Lightloom.Spec;

namespace Lightloom.Report;

/// <summary>The document of <c>init --list --json</c>: the starter files with a line about each.</summary>
public static class TemplatesJson
{
    /// <summary>Writes the document and a line end.</summary>
    /// <param name="templates">The starter files, in the order of the list.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(IReadOnlyList<SpecTemplate> templates, Stream stream)
    {
        using (Utf8JsonWriter writer = new(stream, JsonText.Options))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("templates");
            foreach (SpecTemplate template in templates)
            {
                writer.WriteStartObject();
                writer.WriteString("name", template.Name);
                writer.WriteString("summary", template.Summary);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }
}
