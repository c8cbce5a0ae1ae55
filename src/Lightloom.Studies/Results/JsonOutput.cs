using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lightloom.Studies.Results;

/// <summary>How this assembly writes JSON.</summary>
internal static class JsonOutput
{
    public static JsonWriterOptions Indented { get; } =
        new()
        {
            Indented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NewLine = "\n",
        };
}
