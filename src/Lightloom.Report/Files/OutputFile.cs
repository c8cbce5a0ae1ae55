using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Lightloom.Report.Files;

/// <summary>Writes one file that the user named, whole or not at all.</summary>
/// <remarks>
/// A regular file is written beside its place and renamed over it, so that no interruption and no full disk leaves half of it; it keeps the
/// mode and owner of the file that it replaces. A symbolic link stays, and what it leads to is replaced. A device, a named pipe or one of
/// the process's own streams (<c>/dev/stdout</c>, <c>/dev/fd/3</c>) is written through.
/// </remarks>
public static class OutputFile
{
    private const int MostLinks = 40;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Why the file cannot be written, in words, or null: a long run should not end with nowhere to write. Finds what can be found without
    /// writing: a full disk shows later.
    /// </summary>
    public static string? Problem(string path)
    {
        if (path.Length == 0)
        {
            return "an output file needs a name";
        }

        string target;
        try
        {
            target = Target(path);
        }
        catch (IOException e)
        {
            return $"{path} cannot be written: {e.Message}";
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(target)) ?? "/";
        return FileStatus.Of(target).Kind == PathKind.Directory ? $"{path} is a directory; give the name of a file"
            : IsOwnStream(target) || Directory.Exists(folder) ? null
            : $"there is no directory {folder} for {Path.GetFileName(target)}";
    }

    /// <summary>Writes a file of bytes.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="write">Writes the content; the stream reads and seeks only where the file is a regular one.</param>
    /// <exception cref="IOException">It cannot be written; a regular file that was there before is as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = Target(path);
        if (OwnStream(target) is { } own)
        {
            using (own)
            {
                write(own);
                own.Flush();
            }

            return;
        }

        FileStatus status = FileStatus.Of(target);
        switch (status.Kind)
        {
            case PathKind.Directory:
                throw new IOException($"{path} is a directory; give the name of a file");
            case PathKind.Special:
                using (FileStream through = new(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 1 << 16))
                {
                    write(through);
                }

                break;
            default:
                WriteBeside(target, status, write);
                break;
        }
    }

    /// <summary>Writes a file of text in UTF-8 without a byte order mark.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="write">Writes the text.</param>
    /// <exception cref="IOException">It cannot be written; a regular file that was there before is as it was.</exception>
    public static void WriteText(string path, Action<TextWriter> write) =>
        Write(
            path,
            stream =>
            {
                using StreamWriter text = new(stream, Utf8, 1 << 16, leaveOpen: true) { NewLine = "\n" };
                write(text);
            }
        );

    /// <summary>Puts a complete file in the place of another, by the rules of <see cref="Write"/>.</summary>
    /// <param name="complete">The file; gone afterwards.</param>
    /// <param name="path">Its place.</param>
    internal static void Replace(string complete, string path)
    {
        string target = Target(path);
        FileStatus status = FileStatus.Of(target);
        bool sameFolder = Path.GetDirectoryName(target) == Path.GetDirectoryName(path);
        if (status.Kind is PathKind.Nothing or PathKind.RegularFile && sameFolder)
        {
            KeepModeAndOwner(complete, target, status);
            File.Move(complete, target, overwrite: true);
            return;
        }

        Write(
            path,
            to =>
            {
                using FileStream from = File.OpenRead(complete);
                from.CopyTo(to);
            }
        );
        File.Delete(complete);
    }

    private static void WriteBeside(string target, FileStatus status, Action<Stream> write)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(target)) ?? "/";
        string hidden = "." + Path.GetFileName(target);
        Partial.Clear(folder, hidden);
        string beside = Path.Combine(folder, Partial.NameFor(hidden));
        try
        {
            using (FileStream stream = new(beside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16))
            {
                KeepModeAndOwner(beside, target, status);
                write(stream);
            }

            File.Move(beside, target, overwrite: true);
        }
        catch
        {
            Partial.Remove(beside);
            throw;
        }
    }

    private static void KeepModeAndOwner(string file, string target, FileStatus status)
    {
        if (status.Kind == PathKind.RegularFile && !OperatingSystem.IsWindows())
        {
            status.GiveOwnerTo(file);
            File.SetUnixFileMode(file, File.GetUnixFileMode(target));
        }
    }

    /// <summary>
    /// The place that links lead to. The process's own streams are links too, to a pipe or to a file that somebody else holds open; they
    /// stay.
    /// </summary>
    internal static string Target(string path)
    {
        for (int links = 0; links < MostLinks; links++)
        {
            if (IsOwnStream(path))
            {
                return path;
            }

            if (new FileInfo(path).LinkTarget is not { } next)
            {
                return path;
            }

            path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/", next));
        }

        throw new IOException($"{path} leads through more than {MostLinks} symbolic links");
    }

    private static bool IsOwnStream(string path) => StreamNumber(path) >= 0;

    private static int StreamNumber(string path)
    {
        if (path is "/dev/stdout")
        {
            return 1;
        }

        if (path is "/dev/stderr")
        {
            return 2;
        }

        foreach (string folder in (ReadOnlySpan<string>)["/dev/fd/", "/proc/self/fd/", $"/proc/{Environment.ProcessId}/fd/"])
        {
            if (
                path.StartsWith(folder, StringComparison.Ordinal)
                && int.TryParse(path.AsSpan(folder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            )
            {
                return number;
            }
        }

        return -1;
    }

    private static Stream? OwnStream(string path) =>
        StreamNumber(path) switch
        {
            < 0 => null,
            1 => Console.OpenStandardOutput(),
            2 => Console.OpenStandardError(),
            int number => new FileStream(new SafeFileHandle(number, ownsHandle: false), FileAccess.Write),
        };
}
