using System.Globalization;
using System.Text.Json;
using Lightloom.Studio.Storage;

namespace Lightloom.Studio.Projects;

/// <summary>
/// The versions of a project as plain files: <c>.lightloom/versions/00017.yaml</c>, and what is known of it in <c>00017.json</c>.
/// </summary>
internal sealed class VersionFiles
{
    /// <summary>Of more versions the oldest are removed.</summary>
    public const int Most = 2000;

    private readonly ProjectFolder _folder;
    private readonly SortedDictionary<int, VersionRecord> _records = [];
    private readonly Lock _gate = new();

    public VersionFiles(ProjectFolder folder)
    {
        _folder = folder;
        string versions = Path.Combine(folder.Kept, "versions");
        if (!Directory.Exists(versions))
        {
            return;
        }

        foreach (string file in Directory.EnumerateFiles(versions, "*.json"))
        {
            if (ReadRecord(Path.GetFileName(file)) is { } record && File.Exists(Path.ChangeExtension(file, ".yaml")))
            {
                _records[record.N] = record;
            }
        }
    }

    /// <summary>All versions, newest first.</summary>
    public IReadOnlyList<VersionRecord> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _records.Values.Reverse()];
            }
        }
    }

    /// <summary>A version, or null.</summary>
    public VersionRecord? Find(int n)
    {
        lock (_gate)
        {
            return _records.GetValueOrDefault(n);
        }
    }

    /// <summary>Its text, or null.</summary>
    public string? TextOf(int n) => Find(n) is null ? null : _folder.Read(NameOf(n, "yaml"));

    /// <summary>Adds a version.</summary>
    public VersionRecord Add(string text, int? parent, string reason)
    {
        lock (_gate)
        {
            int n = _records.Count == 0 ? 1 : _records.Keys.Max() + 1;
            VersionRecord record = new()
            {
                N = n,
                At = DateTime.UtcNow,
                Reason = reason,
                Parent = parent,
            };
            _folder.Write(NameOf(n, "yaml"), text);
            Keep(record);
            if (_records.Count > Most)
            {
                int oldest = _records.Keys.First();
                _records.Remove(oldest);
                File.Delete(_folder.Resolve(NameOf(oldest, "yaml")));
                File.Delete(_folder.Resolve(NameOf(oldest, "json")));
            }

            return record;
        }
    }

    /// <summary>Replaces what is known of a version.</summary>
    public void Keep(VersionRecord record)
    {
        lock (_gate)
        {
            _records[record.N] = record;
            _folder.Write(NameOf(record.N, "json"), JsonSerializer.Serialize(record, ProjectJson.Default.VersionRecord) + "\n");
        }
    }

    private static string NameOf(int n, string kind) =>
        string.Create(CultureInfo.InvariantCulture, $".lightloom/versions/{n:00000}.{kind}");

    private VersionRecord? ReadRecord(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(_folder.Read(".lightloom/versions/" + file) ?? "null", ProjectJson.Default.VersionRecord);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // A file that someone else wrote or broke is no version; the others are.
            return null;
        }
    }
}
