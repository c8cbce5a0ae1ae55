using System.Text.Json;

namespace Lightloom.Verify.Outcome;

/// <summary>Writes a report as the JSON document that <c>verify --json</c> prints.</summary>
public static class VerifyJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    /// <summary>Writes the document.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(VerifyReport report, Stream stream)
    {
        using (Utf8JsonWriter json = new(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("name", report.Name);
            json.WriteBoolean("holds", report.Holds);
            json.WriteNumber("contradictions", report.Count);
            json.WriteStartArray("rules");
            foreach (RuleResult one in report.Rules)
            {
                json.WriteStartObject();
                json.WriteString("id", one.Rule.Id);
                json.WriteString("proves", one.Rule.Proves);
                json.WriteNumber("checked", one.Checked);
                json.WriteNumber("contradictions", one.Contradictions);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("found");
            foreach (Contradiction one in report.Contradictions)
            {
                json.WriteStartObject();
                json.WriteString("rule", one.Rule.Id);
                json.WriteString("file", one.File);
                if (one.Line > 0)
                {
                    json.WriteNumber("line", one.Line);
                }
                else
                {
                    json.WriteNull("line");
                }

                json.WriteString("text", one.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }
}
