namespace Lightloom.Report.Files;

/// <summary>What a path leads to once every symbolic link is followed.</summary>
internal enum PathKind
{
    /// <summary>Nothing is there.</summary>
    Nothing,

    /// <summary>A regular file: it can be replaced by renaming another over it.</summary>
    RegularFile,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A device, a named pipe or a socket: it can only be written through.</summary>
    Special,
}
