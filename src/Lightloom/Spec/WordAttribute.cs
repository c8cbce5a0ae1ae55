namespace Lightloom.Spec;

/// <summary>The word by which cluster.yaml names an enum value, for example <c>endpoint-scheduled</c>.</summary>
/// <param name="word">The word.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class WordAttribute(string word) : Attribute
{
    /// <summary>The word.</summary>
    public string Word { get; } = word;
}
