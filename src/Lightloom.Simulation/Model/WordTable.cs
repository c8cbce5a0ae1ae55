namespace Lightloom.Simulation.Model;

/// <summary>
/// The words of an enum's values in files, on command lines and in JSON: one table, read in both directions. Immutable.
/// </summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class WordTable<T>
    where T : struct, Enum
{
    private readonly (T Value, string Word)[] _rows;

    /// <summary>The words, in the order of lists.</summary>
    public IReadOnlyList<string> All { get; }

    /// <param name="rows">Every value of the enum once, each with a word of its own.</param>
    /// <exception cref="RefusedException">A value or a word is missing or stands twice.</exception>
    internal WordTable(params (T Value, string Word)[] rows)
    {
        _rows = rows;
        All = [.. rows.Select(r => r.Word)];
        if (
            rows.Select(r => r.Value).Distinct().Count() != Enum.GetValues<T>().Length
            || rows.Length != Enum.GetValues<T>().Length
            || All.Distinct(StringComparer.OrdinalIgnoreCase).Count() != rows.Length
        )
        {
            throw new ArgumentException($"every value of {typeof(T).Name} needs one word of its own", nameof(rows));
        }
    }

    /// <summary>The word of a value.</summary>
    public string Of(T value) => Array.Find(_rows, r => EqualityComparer<T>.Default.Equals(r.Value, value)).Word;

    /// <summary>The value of a word in whatever case; null when there is none.</summary>
    public T? TryFind(string word)
    {
        foreach ((T value, string own) in _rows)
        {
            if (own.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }
        return null;
    }

    /// <summary>The value of a word in whatever case.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public T Find(string word) => TryFind(word) ?? throw new ArgumentException($"'{word}' is none of {string.Join(", ", All)}");
}
