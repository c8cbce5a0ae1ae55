namespace Lightloom.Report.Files;

/// <summary>Writes the files of one run into a folder so that they are there together or the folder says that they are not.</summary>
/// <remarks>
/// All files are first written into a folder of their own beside the named one, or inside it where it exists, and get their
/// <c>manifest.json</c> there. A new folder then appears by one rename. In a folder that exists the old manifest is removed first, the
/// files are renamed into place, and the new manifest comes last: a run that is killed in between leaves a folder without a manifest,
/// which is no result. Files that the manifest did not name stay as they are; of the files that an earlier run of the same command named,
/// those that this run does not write are removed, unless somebody changed them. Files of other commands stay and stay in the manifest.
/// </remarks>
internal static class OutputFolder
{
    /// <summary>Writes a folder.</summary>
    /// <param name="directory">Its name; it and the folders above it are made when they do not exist.</param>
    /// <param name="command">The command that writes it: <c>design</c>, <c>simulate</c> ...</param>
    /// <param name="write">Writes all files into the folder whose path it is given.</param>
    /// <param name="cancel">Ends the writing and leaves the folder as it was; not looked at once files are renamed.</param>
    /// <param name="operations">The file system's, unless a test stands in for it.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was signalled.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Write(
        string directory,
        string command,
        Action<string> write,
        CancellationToken cancel = default,
        IFolderOperations? operations = null
    )
    {
        operations ??= FolderOperations.Instance;
        string target = Target(directory);
        string parent = Path.GetDirectoryName(target) ?? target;
        string name = Path.GetFileName(target);
        Directory.CreateDirectory(parent);
        bool exists = Directory.Exists(target);
        Partial.Clear(parent, name);
        Partial.Clear(target, "");
        string beside = exists ? Path.Combine(target, Partial.NameFor("")) : Path.Combine(parent, Partial.NameFor(name));
        try
        {
            Make(beside, directory);
            using (FileStream held = Partial.Lock(beside))
            {
                write(beside);
                cancel.ThrowIfCancellationRequested();
                Manifest manifest = Describe(beside, command, exists ? Manifest.Read(target) : null, out IReadOnlyList<ManifestEntry> old);
                OutputFile.Write(Path.Combine(beside, Manifest.FileName), manifest.Write);
                cancel.ThrowIfCancellationRequested();
                if (exists)
                {
                    Commit(beside, target, command, manifest, old, operations);
                    return;
                }
            }

            operations.MoveFolder(beside, target);
        }
        finally
        {
            if (Directory.Exists(beside))
            {
                operations.RemoveFolder(beside);
            }
        }
    }

    // The system's message would name a folder that only lives while files are written.
    private static void Make(string beside, string asked)
    {
        try
        {
            Directory.CreateDirectory(beside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"'{asked}' cannot be written: no folder can be made in {Path.GetDirectoryName(beside)}", e);
        }
    }

    // The new files and those that other commands left, and what the same command left and does not write any more.
    private static Manifest Describe(string beside, string command, Manifest? before, out IReadOnlyList<ManifestEntry> old)
    {
        string[] files =
        [
            .. Directory
                .EnumerateFiles(beside, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(beside, f).Replace('\\', '/'))
                .Where(f => f != Partial.LockName),
        ];
        ManifestEntry[] entries = new ManifestEntry[files.Length];
        Parallel.For(0, files.Length, i => entries[i] = Manifest.EntryOf(beside, files[i], command));
        HashSet<string> written = new(files, StringComparer.Ordinal);
        ILookup<bool, ManifestEntry> kept = (before?.Entries ?? [])
            .Where(e => !written.Contains(e.File))
            .ToLookup(e => e.Command != command);
        old = [.. kept[false]];
        return new([.. entries.Concat(kept[true]).OrderBy(e => e.File, StringComparer.Ordinal)]);
    }

    private static void Commit(
        string beside,
        string target,
        string command,
        Manifest manifest,
        IReadOnlyList<ManifestEntry> old,
        IFolderOperations operations
    )
    {
        string last = Path.Combine(target, Manifest.FileName);
        if (FileStatus.Of(last).Kind != PathKind.Nothing)
        {
            operations.Delete(last);
        }

        foreach (string file in manifest.Entries.Where(e => e.Command == command).Select(e => e.File))
        {
            string from = Path.Combine(beside, file);
            string to = Path.Combine(target, file);
            if (File.Exists(from))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                operations.Replace(from, to);
            }
        }

        foreach (ManifestEntry entry in old)
        {
            string path = Path.Combine(target, entry.File);
            if (FileStatus.Of(path).Kind == PathKind.RegularFile && entry.Matches(path))
            {
                operations.Delete(path);
                RemoveIfEmpty(Path.GetDirectoryName(path)!, target);
            }
        }

        operations.Replace(Path.Combine(beside, Manifest.FileName), last);
    }

    private static void RemoveIfEmpty(string folder, string target)
    {
        if (folder != target && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    private static string Target(string directory)
    {
        if (directory.Length == 0)
        {
            throw new IOException("an output folder needs a name");
        }

        string target = OutputFile.Target(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
        return FileStatus.Of(target).Kind is PathKind.Directory or PathKind.Nothing
            ? Path.TrimEndingDirectorySeparator(target)
            : throw new IOException($"{directory} is no folder; name one that can hold several files");
    }
}
