namespace Lightloom.Studio.Projects;

/// <summary>Somebody else saved since the revision that a change started from.</summary>
public sealed class ConflictException(string message) : Exception(message);
