namespace Lightloom.Keys;

/// <summary>
/// Lets a type be read from whatever is written, where neither a text nor a section would do: it then needs
/// <c>public static bool TryRead(YamlNode node, out T value)</c>.
/// </summary>
/// <param name="expected">What must be written, to follow "it must be": <c>odd, even or a list of cage numbers</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class KeyNodeAttribute(string expected) : Attribute
{
    /// <summary>What must be written, to follow "it must be".</summary>
    public string Expected { get; } = expected;
}
