using Lightloom.Yaml;

namespace Lightloom.Keys;

/// <summary>
/// What a reader may ask about the values of its file. A catalogue entry has one that knows the sources and the assumptions beside its
/// figures; <see cref="KeyPlace"/> carries it to the types that wrap values.
/// </summary>
public class KeyContext
{
    /// <summary>The value to read for a key: what is written, or what stands for it elsewhere; null when there is none.</summary>
    /// <param name="path">The path of the key.</param>
    /// <param name="written">What is written at the key, or null when the section does not have it.</param>
    public virtual YamlNode? Find(string path, YamlNode? written) => written;

    /// <summary>True when the key belongs to the context itself, and so is no key of the section's type.</summary>
    public virtual bool Owns(string path) => false;
}
