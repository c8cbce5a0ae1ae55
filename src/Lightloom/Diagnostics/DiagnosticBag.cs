using System.Collections;

namespace Lightloom.Diagnostics;

/// <summary>Collects diagnostics in the order they arise; several errors are reported at once instead of the first only.</summary>
/// <remarks>Not safe for use from several threads at once.</remarks>
public sealed class DiagnosticBag : IReadOnlyList<Diagnostic>
{
    private readonly List<Diagnostic> _items = [];

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <inheritdoc/>
    public Diagnostic this[int index] => _items[index];

    /// <summary>True when at least one entry is an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Adds a diagnostic.</summary>
    public void Add(Diagnostic diagnostic)
    {
        _items.Add(diagnostic);
        HasErrors |= diagnostic.Severity == Severity.Error;
    }

    /// <summary>Adds a note.</summary>
    public void Note(string id, string message, string? where = null, SourceMark? mark = null) =>
        Add(new(id, Severity.Note, message, where, mark));

    /// <summary>Adds a warning.</summary>
    public void Warning(string id, string message, string? where = null, SourceMark? mark = null) =>
        Add(new(id, Severity.Warning, message, where, mark));

    /// <summary>Adds an error.</summary>
    public void Error(string id, string message, string? where = null, SourceMark? mark = null) =>
        Add(new(id, Severity.Error, message, where, mark));

    /// <summary>Adds all of another bag.</summary>
    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (Diagnostic d in diagnostics)
        {
            Add(d);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Diagnostic> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
