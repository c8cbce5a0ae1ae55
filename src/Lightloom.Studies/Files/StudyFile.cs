namespace Lightloom.Studies.Files;

/// <summary>A study with the texts of the files that it names, all that its points are made of.</summary>
/// <param name="Spec">What it asks for.</param>
/// <param name="Path">The study file as the user named it.</param>
/// <param name="Text">Its text.</param>
/// <param name="Folder">The folder that its paths start at, absolute.</param>
/// <param name="Clusters">The cluster files by their names without folders, with their texts, in the study's order.</param>
public sealed record StudyFile(StudySpec Spec, string Path, string Text, string Folder, IReadOnlyList<ClusterText> Clusters)
{
    /// <summary>Where a file that an option names stands.</summary>
    public string Find(string file) => System.IO.Path.GetFullPath(System.IO.Path.Combine(Folder, file));
}
