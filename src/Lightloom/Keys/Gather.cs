namespace Lightloom.Keys;

/// <summary>Makes the lists and maps of a property's own type from values that were read one by one.</summary>
public static class Gather
{
    /// <summary>The values as a list.</summary>
    public static IReadOnlyList<T> Array<T>(IReadOnlyList<object> items)
    {
        var array = new T[items.Count];
        for (int i = 0; i < array.Length; i++)
        {
            array[i] = (T)items[i];
        }

        return array;
    }

    /// <summary>Ids with their values as a map.</summary>
    public static IReadOnlyDictionary<string, T> Map<T>(IReadOnlyList<string> ids, IReadOnlyList<object> items)
    {
        var map = new Dictionary<string, T>(ids.Count, StringComparer.Ordinal);
        for (int i = 0; i < ids.Count; i++)
        {
            map[ids[i]] = (T)items[i];
        }

        return map;
    }

    /// <summary>Words, or texts that a type reads itself, with their values as a map.</summary>
    /// <param name="ids">The words.</param>
    /// <param name="items">Their values.</param>
    /// <param name="keyOf">The key of a word.</param>
    /// <param name="same">True for two equal keys.</param>
    public static IReadOnlyDictionary<TKey, T> Map<TKey, T>(
        IReadOnlyList<string> ids,
        IReadOnlyList<object> items,
        Func<string, TKey> keyOf,
        Func<TKey, TKey, bool> same
    )
        where TKey : struct
    {
        var keys = new TKey[ids.Count];
        var values = new T[ids.Count];
        for (int i = 0; i < keys.Length; i++)
        {
            (keys[i], values[i]) = (keyOf(ids[i]), (T)items[i]);
        }

        return new SmallMap<TKey, T>(keys, values, same);
    }
}
