namespace Lightloom.Catalog;

/// <summary>Collects values into an array of the right size.</summary>
/// <remarks>
/// Takes the place of a list of structures, which would be compiled anew in every process that starts; this is compiled ahead of time with
/// the library.
/// </remarks>
internal sealed class Gathering<T>(int capacity)
{
    private readonly T[] _items = new T[capacity];
    private int _count;

    /// <summary>Adds one; no more than the capacity.</summary>
    public void Add(T item) => _items[_count++] = item;

    /// <summary>What was collected.</summary>
    public T[] ToArray()
    {
        if (_count == _items.Length)
        {
            return _items;
        }

        var result = new T[_count];
        for (int i = 0; i < _count; i++)
        {
            result[i] = _items[i];
        }

        return result;
    }
}
