using System.Collections;

namespace Lightloom.Simulation.Memory;

/// <summary>
/// A list that grows. The framework's own, of our structs, has to be compiled anew in every process, which at a thousand hosts was a
/// seventh of a simulation's time; this one is compiled ahead, as it belongs to us.
/// </summary>
internal sealed class Rows<T> : IReadOnlyList<T>
    where T : struct
{
    private T[] _items;

    /// <param name="capacity">How many there is room for at first.</param>
    public Rows(int capacity = 4) => _items = new T[Math.Max(4, capacity)];

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public T this[int index]
    {
        get => index < Count ? _items[index] : throw new ArgumentOutOfRangeException(nameof(index));
        set => _items[index] = value;
    }

    /// <summary>Puts one more at the end.</summary>
    public void Add(T item)
    {
        if (Count == _items.Length)
        {
            var bigger = new T[Count * 2];
            Array.Copy(_items, bigger, Count);
            _items = bigger;
        }
        _items[Count++] = item;
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return _items[i];
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
