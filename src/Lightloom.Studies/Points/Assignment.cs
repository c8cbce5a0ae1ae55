using Lightloom.Studies.Files;

namespace Lightloom.Studies.Points;

/// <summary>A value given to a place of the cluster file or to an option.</summary>
/// <param name="Target">A path, or an option with its dashes.</param>
/// <param name="Value">The value.</param>
public sealed record Assignment(string Target, StudyValue Value)
{
    /// <summary>Whether it is an option's.</summary>
    public bool IsOption => IsOptionName(Target);

    /// <summary>Whether a target is an option.</summary>
    public static bool IsOptionName(string target) => target.StartsWith('-');
}
