using System.Text;
using System.Text.Json;
using Lightloom.Studies.Points;

namespace Lightloom.Studies.Results;

/// <summary>
/// What came of one point, a function of its inputs alone: fields that report the run itself (time, threads, memory) are left out, so that
/// whoever runs the point writes the same bytes.
/// </summary>
/// <param name="Hash">The hash of its inputs.</param>
/// <param name="Status">How it ended.</param>
/// <param name="ExitCode">The command's exit code.</param>
/// <param name="Diagnostics">What the command said on standard error, a line each.</param>
/// <param name="Document">The JSON document that it printed, without what reports the run; null when there is none.</param>
public sealed record PointResult(
    string Hash,
    PointStatus Status,
    int ExitCode,
    IReadOnlyList<string> Diagnostics,
    ReadOnlyMemory<byte>? Document
)
{
    private static readonly HashSet<string> OfTheRun = ["wall_s", "threads", "peak_rss_mb"];

    /// <summary>Writes the point's file.</summary>
    /// <param name="inputs">The point's inputs.</param>
    /// <param name="version">The program's version.</param>
    public byte[] ToJson(PointInputs inputs, string version)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, JsonOutput.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("format", 1);
            json.WriteString("hash", Hash);
            json.WriteString("version", version);
            json.WriteStartArray("command");
            foreach (string argument in inputs.Arguments)
            {
                json.WriteStringValue(argument);
            }

            json.WriteEndArray();
            json.WriteString("status", Status.ToWord());
            json.WriteNumber("exit_code", ExitCode);
            json.WriteStartArray("diagnostics");
            foreach (string line in Diagnostics)
            {
                json.WriteStringValue(line);
            }

            json.WriteEndArray();
            json.WritePropertyName("document");
            if (Document is { } document)
            {
                json.WriteRawValue(document.Span);
            }
            else
            {
                json.WriteNullValue();
            }

            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>Reads a point's file; null when it is none, is cut off, or is another point's.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="hash">The hash that it must have.</param>
    public static PointResult? Read(ReadOnlyMemory<byte> bytes, string hash)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(bytes);
            JsonElement root = parsed.RootElement;
            if (
                root.ValueKind != JsonValueKind.Object
                || root.GetProperty("format").GetInt32() != 1
                || root.GetProperty("hash").GetString() != hash
                || !PointStatusWords.TryParse(root.GetProperty("status").GetString() ?? "", out PointStatus status)
            )
            {
                return null;
            }

            JsonElement document = root.GetProperty("document");
            return new(
                hash,
                status,
                root.GetProperty("exit_code").GetInt32(),
                [.. root.GetProperty("diagnostics").EnumerateArray().Select(d => d.GetString()!)],
                document.ValueKind == JsonValueKind.Null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(document.GetRawText())
            );
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>What a command printed as one document without what reports its run; null when it printed none that is whole.</summary>
    /// <param name="printed">Standard output: one JSON document, or several, which become a list.</param>
    public static ReadOnlyMemory<byte>? DocumentOf(ReadOnlySpan<byte> printed)
    {
        List<JsonElement> documents = [];
        try
        {
            Utf8JsonReader reader = new(printed, new JsonReaderOptions { AllowMultipleValues = true });
            while (reader.Read())
            {
                documents.Add(JsonElement.ParseValue(ref reader));
            }
        }
        catch (JsonException)
        {
            return null;
        }

        if (documents.Count == 0)
        {
            return null;
        }

        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, JsonOutput.Indented))
        {
            if (documents.Count == 1)
            {
                Copy(documents[0], json);
            }
            else
            {
                json.WriteStartArray();
                documents.ForEach(d => Copy(d, json));
                json.WriteEndArray();
            }
        }

        return stream.ToArray();
    }

    private static void Copy(JsonElement element, Utf8JsonWriter json)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (JsonProperty property in element.EnumerateObject().Where(p => !OfTheRun.Contains(p.Name)))
                {
                    json.WritePropertyName(property.Name);
                    Copy(property.Value, json);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Copy(item, json);
                }

                json.WriteEndArray();
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }
}
