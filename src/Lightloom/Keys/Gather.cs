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
    public static IReadOnlyDictionary<string, T> Map<T>(IReadOnlyList<string> ids, IReadOnlyList<object> items) =>
        Map(ids, items, static (string id) => id, StringComparer.Ordinal, static value => (T)value);

    /// <summary>Words with their values as a map.</summary>
    public static IReadOnlyDictionary<TKey, T> Map<TKey, T>(
        IReadOnlyList<string> ids,
        IReadOnlyList<object> items,
        Func<string, TKey> keyOf
    )
        where TKey : notnull => Map(ids, items, keyOf, EqualityComparer<TKey>.Default, static value => (T)value);

    private static Dictionary<TKey, T> Map<TKey, T>(
        IReadOnlyList<string> ids,
        IReadOnlyList<object> items,
        Func<string, TKey> keyOf,
        IEqualityComparer<TKey> comparer,
        Func<object, T> valueOf
    )
        where TKey : notnull
    {
        var map = new Dictionary<TKey, T>(ids.Count, comparer);
        for (int i = 0; i < ids.Count; i++)
        {
            map[keyOf(ids[i])] = valueOf(items[i]);
        }

        return map;
    }
}
