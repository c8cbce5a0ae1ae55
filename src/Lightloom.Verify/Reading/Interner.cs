namespace Lightloom.Verify.Reading;

/// <summary>Gives every distinct text a number from 0.</summary>
internal sealed class Interner
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly List<string> _texts = [];

    public Interner() => _bySpan = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => _texts.Count;

    public string this[int number] => _texts[number];

    /// <summary>The number of a text, a new one where it was not seen before.</summary>
    public int Of(ReadOnlySpan<char> text)
    {
        if (_bySpan.TryGetValue(text, out int number))
        {
            return number;
        }

        string made = text.ToString();
        _numbers.Add(made, _texts.Count);
        _texts.Add(made);
        return _texts.Count - 1;
    }

    /// <summary>The number of a text, or -1.</summary>
    public int Find(ReadOnlySpan<char> text) => _bySpan.TryGetValue(text, out int number) ? number : -1;
}
