using System.Diagnostics;
using System.Globalization;

namespace Lightloom.Report.Files;

/// <summary>
/// The names of files and folders that are not complete yet, <c>NAME.partial-PROCESS-RANDOM</c>, and the removal of those that a killed run
/// left behind.
/// </summary>
internal static class Partial
{
    private const string Mark = ".partial-";

    /// <summary>A name that nobody else uses, and that says whose it is.</summary>
    /// <param name="name">What it will be called when it is complete; may be empty.</param>
    public static string NameFor(string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}{Mark}{Environment.ProcessId}-{Path.GetRandomFileName()}");

    /// <summary>Removes what runs that are gone left in <paramref name="folder"/> for <paramref name="name"/>.</summary>
    /// <remarks>
    /// A run is gone when no process has its number and, as that number may belong to another container, when nobody holds the lock in its
    /// folder. What cannot be removed stays: it is not this run's business to fail for it.
    /// </remarks>
    public static void Clear(string folder, string name)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        string start = name + Mark;
        foreach (string path in Directory.EnumerateFileSystemEntries(folder, "*" + Mark + "*"))
        {
            string own = Path.GetFileName(path);
            if (own.StartsWith(start, StringComparison.Ordinal) && IsGone(own.AsSpan(start.Length)) && Unlocked(path))
            {
                Remove(path);
            }
        }
    }

    /// <summary>Removes a file or folder; false when that is not possible.</summary>
    public static bool Remove(string path)
    {
        try
        {
            if (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null)
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Takes the lock of a folder that is being written; the operating system releases it however the run ends.</summary>
    public static FileStream Lock(string folder) =>
        new(Path.Combine(folder, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);

    /// <summary>Name of the file whose lock says that a folder is being written.</summary>
    public const string LockName = ".lock";

    private static bool IsGone(ReadOnlySpan<char> processAndRandom)
    {
        int dash = processAndRandom.IndexOf('-');
        if (dash < 0 || !int.TryParse(processAndRandom[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out int process))
        {
            // A name of an older version, or of nobody: only names that say whose they are can be judged.
            return false;
        }

        try
        {
            using Process running = Process.GetProcessById(process);
            return running.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static bool Unlocked(string path)
    {
        string locked = Directory.Exists(path) ? Path.Combine(path, LockName) : path;
        try
        {
            using FileStream stream = new(locked, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
