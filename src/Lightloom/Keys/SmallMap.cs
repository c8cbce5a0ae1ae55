using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Lightloom.Keys;

/// <summary>A few values by key, in the order in which they were given.</summary>
/// <param name="keys">The keys, each once.</param>
/// <param name="values">Their values, in the same order.</param>
/// <param name="same">True for two equal keys.</param>
/// <remarks>
/// A plain dictionary keyed by an enum or a structure of ours would be compiled anew in every process that starts; this is compiled ahead of
/// time with the library. Immutable.
/// </remarks>
public sealed class SmallMap<TKey, T>(TKey[] keys, T[] values, Func<TKey, TKey, bool> same) : IReadOnlyDictionary<TKey, T>
    where TKey : struct
{
    /// <inheritdoc/>
    public int Count => keys.Length;

    /// <inheritdoc/>
    public IEnumerable<TKey> Keys => keys;

    /// <inheritdoc/>
    public IEnumerable<T> Values => values;

    /// <inheritdoc/>
    public T this[TKey key] => TryGetValue(key, out T? value) ? value : throw new KeyNotFoundException($"there is no {key}");

    /// <inheritdoc/>
    public bool ContainsKey(TKey key) => TryGetValue(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out T value)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            if (same(keys[i], key))
            {
                value = values[i];
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<TKey, T>> GetEnumerator()
    {
        for (int i = 0; i < keys.Length; i++)
        {
            yield return new(keys[i], values[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
