using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lightloom.Report;

/// <summary>
/// How every JSON document of ours is laid out: indented, lines end with a line feed, letters of all scripts as they are.
/// </summary>
internal static class JsonText
{
    /// <summary>The options of the writer.</summary>
    public static JsonWriterOptions Options { get; } =
        new()
        {
            Indented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
}
