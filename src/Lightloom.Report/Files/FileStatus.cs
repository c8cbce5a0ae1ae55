using System.Runtime.InteropServices;

namespace Lightloom.Report.Files;

/// <summary>Kind and owner of what a path leads to; .NET tells neither of them on Unix.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="User">Number of the owning user; 0 where the system has none.</param>
/// <param name="Group">Number of the owning group; 0 where the system has none.</param>
internal readonly partial record struct FileStatus(PathKind Kind, uint User, uint Group)
{
    private const int CurrentDirectory = -100;
    private const uint TypeModeOwner = 0x1 | 0x2 | 0x8 | 0x10;

    /// <summary>Looks at a path, links followed.</summary>
    public static FileStatus Of(string path)
    {
        if (OperatingSystem.IsLinux() && TryStatx(path, out Statx status))
        {
            PathKind kind = (status.Mode & 0xF000) switch
            {
                0x8000 => PathKind.RegularFile,
                0x4000 => PathKind.Directory,
                _ => PathKind.Special,
            };
            return new(kind, status.User, status.Group);
        }

        return new(
            Directory.Exists(path) ? PathKind.Directory
                : path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith(@"\\.\", StringComparison.Ordinal)
                    ? PathKind.Special
                : File.Exists(path) ? PathKind.RegularFile
                : PathKind.Nothing,
            0,
            0
        );
    }

    /// <summary>Gives a file the owner of this status, as far as the caller may; a file of one's own stays one's own.</summary>
    public void GiveOwnerTo(string path)
    {
        if (OperatingSystem.IsLinux() && Kind == PathKind.RegularFile && Of(path) is var now && (now.User != User || now.Group != Group))
        {
            _ = ChangeOwner(path, User, Group);
        }
    }

    // The call is the kernel's own and its structure the same on every processor, unlike stat(2)'s. An old C library may lack it.
    private static bool TryStatx(string path, out Statx status)
    {
        status = default;
        try
        {
            return StatxOf(CurrentDirectory, path, 0, TypeModeOwner, ref status) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int StatxOf(int directory, string path, int flags, uint mask, ref Statx status);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    // struct statx of linux/stat.h: 256 bytes, of which three fields are read.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(20)]
        public uint User;

        [FieldOffset(24)]
        public uint Group;

        [FieldOffset(28)]
        public ushort Mode;
    }
}
