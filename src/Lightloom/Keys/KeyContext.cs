using Lightloom.Diagnostics;
using Lightloom.Yaml;

namespace Lightloom.Keys;

/// <summary>
/// What a reader may ask about the values of its file, and who receives its complaints. A catalogue entry has one that knows the sources and
/// the assumptions beside its figures; <see cref="KeyPlace"/> carries it to the types that wrap values.
/// </summary>
public class KeyContext
{
    /// <summary>The value to read for a key: what is written, or what stands for it elsewhere; null when there is none.</summary>
    /// <param name="property">The key.</param>
    /// <param name="path">The path of the key.</param>
    /// <param name="written">What is written at the key, or null when the section does not have it.</param>
    public virtual YamlNode? Find(KeyedProperty property, string path, YamlEntry? written) => written?.Value;

    /// <summary>True when the key belongs to the context itself, and so is no key of the section's type.</summary>
    public virtual bool Owns(string path) => false;

    /// <summary>What the outermost section is called in a complaint: <c>the file</c>.</summary>
    public virtual string Subject => "the file";

    /// <summary>True when <c>yes</c>, <c>no</c>, <c>on</c> and <c>off</c> are taken for true and false.</summary>
    public virtual bool TakesYesAndNo => false;

    /// <summary>Receives a complaint.</summary>
    /// <param name="diagnostics">What the reader was given to report to.</param>
    /// <param name="fault">What is wrong.</param>
    /// <param name="message">The same in words.</param>
    /// <param name="path">The path of the key.</param>
    /// <param name="mark">The place in the file.</param>
    public virtual void Report(DiagnosticBag diagnostics, KeyFault fault, string message, string path, SourceMark mark) =>
        diagnostics.Error(KeyProblem.Of(fault), message, path, mark);
}
