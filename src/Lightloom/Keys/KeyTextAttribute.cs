namespace Lightloom.Keys;

/// <summary>
/// Lets a type be read from a single text: it then needs <c>public static bool TryParse(string text, out T value)</c>.
/// </summary>
/// <param name="expected">What the text must be, to follow "it must be": <c>a breakout such as 2x400</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class KeyTextAttribute(string expected) : Attribute
{
    /// <summary>What the text must be, to follow "it must be".</summary>
    public string Expected { get; } = expected;

    /// <summary>A regular expression of such texts for the JSON Schema, or null.</summary>
    public string? Pattern { get; init; }
}
