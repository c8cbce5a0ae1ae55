using System.Security.Cryptography;
using System.Text.Json;

namespace Lightloom.Report.Files;

/// <summary>
/// <c>manifest.json</c>: the files of a result, each with its SHA-256. It is written last, so that a folder without it, or one that does
/// not match it, is no result. Immutable.
/// </summary>
/// <param name="Entries">The files, in the order of their names.</param>
public sealed record Manifest(IReadOnlyList<ManifestEntry> Entries)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "manifest.json";

    private const int Format = 1;

    /// <summary>Reads a folder's manifest; null when it has none, or one that is not ours.</summary>
    public static Manifest? Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        if (FileStatus.Of(path).Kind != PathKind.RegularFile)
        {
            return null;
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
            return
                json.RootElement.GetProperty("format").GetInt32() == Format
                && json.RootElement.GetProperty("files") is { ValueKind: JsonValueKind.Array } files
                ? new([.. files.EnumerateArray().Select(Entry).Where(e => IsInside(e.File))])
                : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IOException)
        {
            return null;
        }
    }

    /// <summary>What speaks against a folder being the complete result of one run, a sentence each; empty when nothing does.</summary>
    public static IReadOnlyList<string> Contradictions(string directory)
    {
        if (Read(directory) is not { } manifest)
        {
            return [$"there is no {FileName}: the run that wrote the folder did not end, or wrote something else"];
        }

        List<string> found = [];
        foreach (ManifestEntry entry in manifest.Entries)
        {
            string path = Path.Combine(directory, entry.File);
            if (FileStatus.Of(path).Kind != PathKind.RegularFile)
            {
                found.Add($"{entry.File} is missing");
            }
            else if (!entry.Matches(path))
            {
                found.Add($"{entry.File} is not the file that {FileName} names");
            }
        }

        return found;
    }

    /// <summary>The entry of a file that a command wrote.</summary>
    internal static ManifestEntry EntryOf(string directory, string file, string command)
    {
        using FileStream stream = File.OpenRead(Path.Combine(directory, file));
        return new(file, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)), command);
    }

    /// <summary>Writes the document.</summary>
    internal void Write(Stream stream)
    {
        using (Utf8JsonWriter json = new(stream, JsonText.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteString("version", DesignJson.Version);
            json.WriteStartArray("files");
            foreach (ManifestEntry entry in Entries)
            {
                json.WriteStartObject();
                json.WriteString("file", entry.File);
                json.WriteNumber("bytes", entry.Bytes);
                json.WriteString("sha256", entry.Sha256);
                json.WriteString("command", entry.Command);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static ManifestEntry Entry(JsonElement json) =>
        new(
            json.GetProperty("file").GetString() ?? "",
            json.GetProperty("bytes").GetInt64(),
            json.GetProperty("sha256").GetString() ?? "",
            json.GetProperty("command").GetString() ?? ""
        );

    // A manifest comes from a folder that anybody may have written: no name in it may lead out of that folder.
    private static bool IsInside(string file) =>
        file.Length > 0 && !Path.IsPathRooted(file) && !file.Split('/', '\\').Any(part => part is "" or "." or "..");
}
