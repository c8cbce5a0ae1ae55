namespace Lightloom.Keys;

/// <summary>
/// Lets a single value stand where a section of the file is expected: <c>redundancy: 2</c> for <c>{leaf: 2, spine: 2, super_spine: 2}</c>.
/// </summary>
/// <param name="key">The key whose value it is; null: of every key.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ShorthandAttribute(string? key = null) : Attribute
{
    /// <summary>The key whose value the single value is; null: of every key.</summary>
    public string? Key { get; } = key;
}
