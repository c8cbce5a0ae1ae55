namespace Lightloom.Studies.Files;

/// <summary>A cluster file.</summary>
/// <param name="Name">Its name without folders.</param>
/// <param name="Text">Its text.</param>
public sealed record ClusterText(string Name, string Text);
