namespace Lightloom.Report.Files;

/// <summary>The operations on the computer's own file system.</summary>
internal sealed class FolderOperations : IFolderOperations
{
    /// <summary>The one instance; it holds nothing.</summary>
    public static FolderOperations Instance { get; } = new();

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(path);

    /// <inheritdoc/>
    public void Replace(string complete, string path) => OutputFile.Replace(complete, path);

    /// <inheritdoc/>
    public void MoveFolder(string complete, string path) => Directory.Move(complete, path);

    /// <inheritdoc/>
    public void RemoveFolder(string path) => Partial.Remove(path);
}
