using System.Text;

namespace Lightloom.Studio.Storage;

/// <summary>
/// The folder of a project: the cluster file that a person and git see, and <c>.lightloom/</c> beside it with versions, runs and the
/// database.
/// </summary>
/// <remarks>
/// Every path that is asked for is resolved, links included, and refused when it leads out of the folder. Files are written beside their
/// place and moved over it, so that a killed server leaves the old or the new one.
/// </remarks>
public sealed class ProjectFolder
{
    /// <summary>Larger cluster files are refused.</summary>
    public const long MostBytes = 16 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly string _root;

    /// <summary>Opens a folder, which is made when it does not exist.</summary>
    /// <param name="path">A folder, or a cluster file in it.</param>
    /// <exception cref="IOException">The folder cannot be made or resolved, or two cluster files are in it.</exception>
    public ProjectFolder(string path)
    {
        string full = Path.GetFullPath(path);
        string? named = null;
        if (File.Exists(full) || (full.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(full)))
        {
            named = Path.GetFileName(full);
            full = Path.GetDirectoryName(full) ?? full;
        }

        Directory.CreateDirectory(full);
        _root = Real(full);
        SpecName = named ?? FindSpec();
        Name = Path.GetFileName(_root.TrimEnd(Path.DirectorySeparatorChar)) is { Length: > 0 } name ? name : "project";
    }

    /// <summary>The folder's name.</summary>
    public string Name { get; }

    /// <summary>The folder's full path, links resolved.</summary>
    public string Root => _root;

    /// <summary>Name of the cluster file.</summary>
    public string SpecName { get; }

    /// <summary>The folder of what the Studio keeps, beside the cluster file; made when it does not exist.</summary>
    public string Kept
    {
        get
        {
            string kept = Resolve(".lightloom");
            if (!Directory.Exists(kept))
            {
                Directory.CreateDirectory(kept);
                // Versions are for git to keep, runs and their database are not.
                File.WriteAllText(Path.Combine(kept, ".gitignore"), "runs/\n*.db\n*.db-*\n");
            }

            return kept;
        }
    }

    /// <summary>The full path of a name in the folder.</summary>
    /// <exception cref="UnauthorizedAccessException">The name leads out of the folder, by dots, as a full path or over a link.</exception>
    public string Resolve(string name)
    {
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(name))
        {
            throw Outside(name);
        }

        string full = Path.GetFullPath(Path.Combine(_root, name));
        if (!IsInside(full))
        {
            throw Outside(name);
        }

        // The last part may not exist yet; whatever does may be a link.
        string existing = full;
        while (!Path.Exists(existing) && existing.Length > _root.Length)
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        return IsInside(Real(existing)) ? full : throw Outside(name);
    }

    /// <summary>The text of a file of the folder, or null when there is none.</summary>
    /// <exception cref="IOException">It is too large, or not UTF-8.</exception>
    public string? Read(string name)
    {
        string path = Resolve(name);
        if (!File.Exists(path))
        {
            return null;
        }

        if (new FileInfo(path).Length > MostBytes)
        {
            throw new IOException($"{name} is larger than 16 MiB, which no cluster file is");
        }

        try
        {
            // Not by what its first bytes look like: a file in UTF-16 is refused as well.
            return Strict.GetString(File.ReadAllBytes(path)).TrimStart('\ufeff');
        }
        catch (DecoderFallbackException)
        {
            throw new IOException($"{name} is not UTF-8 text; save it as UTF-8");
        }
    }

    /// <summary>Writes a file of the folder, whole or not at all.</summary>
    public void Write(string name, string text)
    {
        string path = Resolve(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string beside = path + ".new";
        if (File.Exists(beside) && new FileInfo(beside).LinkTarget is not null)
        {
            File.Delete(beside);
        }

        using (FileStream stream = new(beside, FileMode.Create, FileAccess.Write))
        {
            stream.Write(Strict.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }

    private string FindSpec()
    {
        string[] files =
        [
            .. Directory
                .EnumerateFiles(_root)
                .Where(f => Path.GetExtension(f) is ".yaml" or ".yml")
                .Select(f => Path.GetFileName(f))
                .Order(StringComparer.Ordinal),
        ];
        return files.Contains("cluster.yaml") ? "cluster.yaml"
            : files.Length == 1 ? files[0]
            : files.Length == 0 ? "cluster.yaml"
            : throw new IOException(
                $"'{_root}' has no cluster.yaml but {files.Length} other YAML files; name one: lightloom studio "
                    + Path.Combine(_root, files[0])
            );
    }

    private bool IsInside(string full) =>
        full == _root || full.StartsWith(Path.TrimEndingDirectorySeparator(_root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // Links of every part resolved, not of the last alone.
    private static string Real(string full)
    {
        string? parent = Path.GetDirectoryName(full);
        string path = parent is null ? full : Path.Combine(Real(parent), Path.GetFileName(full));
        FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return info.LinkTarget is null ? path : info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
    }

    private static UnauthorizedAccessException Outside(string name) =>
        new($"'{Yaml.Excerpt.Of(name)}' is not in the project's folder; name a file in it");
}
