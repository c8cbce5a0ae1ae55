namespace Lightloom.Report.Files;

/// <summary>What a folder of results does to files that others see; a test stops a run between any two of them.</summary>
internal interface IFolderOperations
{
    /// <summary>Removes a file.</summary>
    void Delete(string path);

    /// <summary>Puts a complete file in the place of another.</summary>
    void Replace(string complete, string path);

    /// <summary>Gives a folder its name; nothing of that name is there.</summary>
    void MoveFolder(string complete, string path);

    /// <summary>Removes a folder with all that is in it.</summary>
    void RemoveFolder(string path);
}
