using System.Text.Json;
using Lightloom.Units;

namespace Lightloom.Report;

/// <summary>The document of <c>collective --json</c>.</summary>
/// <param name="Model">Whose closed form.</param>
/// <param name="Name">The collective.</param>
/// <param name="Run">How it is run, in the model's own words.</param>
/// <param name="Ranks">Ranks that take part.</param>
/// <param name="Size">The size that was asked for.</param>
/// <param name="Time">The answer.</param>
public sealed record CollectiveJson(string Model, string Name, string Run, int Ranks, DataSize Size, SimTime Time)
{
    /// <summary>Writes the document and a line end.</summary>
    public void Write(Stream output)
    {
        using (Utf8JsonWriter w = new(output, JsonText.Options))
        {
            w.WriteStartObject();
            w.WriteNumber("time_ns", Time.Nanoseconds);
            w.WriteString("model", Model);
            w.WriteString("name", Name);
            w.WriteString("algorithm", Run);
            w.WriteNumber("xpus", Ranks);
            w.WriteNumber("bytes", Size.Bytes);
            w.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
