namespace Lightloom.Traces.Graph;

/// <summary>A list of values that grows by half, so that of a long one little is unused.</summary>
internal sealed class Column<T>
    where T : unmanaged
{
    private T[] _items = [];

    public int Count { get; private set; }

    public ref T this[int index] => ref _items[index];

    public void Add(T item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, checked(Math.Max(16, Count + Count / 2)));
        }

        _items[Count++] = item;
    }

    public void Clear() => Count = 0;

    public ReadOnlySpan<T> Span => _items.AsSpan(0, Count);

    public T[] ToArray() => Count == _items.Length ? _items : [.. Span];
}
