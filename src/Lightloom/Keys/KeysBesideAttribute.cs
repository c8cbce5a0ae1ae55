namespace Lightloom.Keys;

/// <summary>
/// On a property whose type has keys: they stand beside the section's own keys, not in a section below it. None of them is then required.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KeysBesideAttribute : Attribute;
