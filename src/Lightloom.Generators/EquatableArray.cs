using System.Collections;

namespace Lightloom.Generators;

/// <summary>
/// An array that equals another of equal items, so that the compiler can tell that a type is unchanged and skip generating its code again.
/// </summary>
/// <param name="items">The items; kept, not copied.</param>
internal readonly struct EquatableArray<T>(T[] items) : System.IEquatable<EquatableArray<T>>, IReadOnlyList<T>
    where T : System.IEquatable<T>
{
    private readonly T[]? _items = items;

    /// <inheritdoc/>
    public int Count => _items?.Length ?? 0;

    /// <inheritdoc/>
    public T this[int index] => _items![index];

    /// <inheritdoc/>
    public bool Equals(EquatableArray<T> other) => (_items ?? []).SequenceEqual(other._items ?? []);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (_items ?? []).Aggregate(17, static (hash, item) => (hash * 31) + item.GetHashCode());

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)(_items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
