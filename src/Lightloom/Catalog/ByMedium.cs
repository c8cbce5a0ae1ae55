using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Lightloom.Catalog;

/// <summary>A few values by medium, in the order in which they were given.</summary>
/// <remarks>
/// A plain dictionary keyed by an enum would be compiled anew in every process that starts; this is compiled ahead of time with the
/// library. Immutable once filled.
/// </remarks>
internal sealed class ByMedium<T> : IReadOnlyDictionary<Medium, T>
{
    private readonly Medium[] _media = new Medium[6];
    private readonly T[] _values = new T[6];

    public int Count { get; private set; }

    public IEnumerable<Medium> Keys
    {
        get
        {
            for (int i = 0; i < Count; i++)
            {
                yield return _media[i];
            }
        }
    }

    public IEnumerable<T> Values
    {
        get
        {
            for (int i = 0; i < Count; i++)
            {
                yield return _values[i];
            }
        }
    }

    public T this[Medium medium] =>
        TryGetValue(medium, out T? value) ? value : throw new KeyNotFoundException($"nothing is known of {medium}");

    public Medium MediumAt(int index) => _media[index];

    public T ValueAt(int index) => _values[index];

    /// <summary>Sets the value of a medium.</summary>
    public void Set(Medium medium, T value)
    {
        int at = 0;
        while (at < Count && _media[at] != medium)
        {
            at++;
        }

        _media[at] = medium;
        _values[at] = value;
        Count = Math.Max(Count, at + 1);
    }

    public bool ContainsKey(Medium key) => TryGetValue(key, out _);

    public bool TryGetValue(Medium key, [MaybeNullWhen(false)] out T value)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_media[i] == key)
            {
                value = _values[i];
                return true;
            }
        }

        value = default;
        return false;
    }

    public IEnumerator<KeyValuePair<Medium, T>> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return new(_media[i], _values[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
