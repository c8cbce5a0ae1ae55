using System.Text.Json;
using Lightloom.Simulation.Model;

namespace Lightloom.Report;

/// <summary>The transports' constants and published sets as JSON.</summary>
public static class TransportOptionsJson
{
    /// <summary>Writes one object a transport: its options with unit, range, default and source, and its presets.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="transports">The transports.</param>
    public static void Write(Stream stream, IReadOnlyList<TransportDescription> transports)
    {
        using var json = new Utf8JsonWriter(stream, JsonText.Options);
        json.WriteStartObject();
        json.WriteStartArray("transports");
        foreach (TransportDescription transport in transports)
        {
            json.WriteStartObject();
            json.WriteString("name", transport.Name);
            json.WriteString("help", transport.Help);
            json.WriteStartArray("options");
            foreach (TransportOption option in transport.Options)
            {
                json.WriteStartObject();
                json.WriteString("name", option.Name);
                json.WriteString("help", option.Help);
                json.WriteString("unit", option.Unit);
                json.WriteNumber("least", option.Least);
                json.WriteNumber("most", option.Most);
                json.WriteBoolean("whole", option.Whole);
                json.WriteNumber("default", option.Default);
                json.WriteString("default_of", WordOf(option.Scale));
                json.WriteString("source", option.Source);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WritePresets(json, transport);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void WritePresets(Utf8JsonWriter json, TransportDescription transport)
    {
        json.WriteStartArray("presets");
        foreach (TransportPreset preset in transport.Presets)
        {
            json.WriteStartObject();
            json.WriteString("name", preset.Name);
            json.WriteString("help", preset.Help);
            json.WriteString("source", preset.Source);
            json.WriteStartArray("values");
            foreach (PresetValue value in preset.Values)
            {
                json.WriteStartObject();
                json.WriteString("option", value.Option.Name);
                json.WriteNumber("figure", value.Figure);
                json.WriteString("figure_of", WordOf(value.Scale));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string WordOf(ValueScale scale) =>
        scale switch
        {
            ValueScale.LineRate => "line-100gbps",
            ValueScale.RoundTrip => "round-trip",
            ValueScale.BandwidthDelay => "bandwidth-delay",
            ValueScale.VerbsExponent => "verbs-exponent-beyond-loaded-round-trips",
            ValueScale.BandwidthDelayPackets => "bandwidth-delay-packets",
            _ => "as-is",
        };
}
