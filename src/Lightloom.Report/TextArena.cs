using System.Text;

namespace Lightloom.Report;

/// <summary>Many short UTF-8 texts in one array, by number: what is said of a device once is copied into every row that names it.</summary>
internal sealed class TextArena
{
    private readonly int[] _start;
    private byte[] _bytes;

    /// <summary>Room for <paramref name="count"/> texts, filled by <paramref name="text"/> in order.</summary>
    public TextArena(int count, Func<int, string> text)
    {
        _start = new int[count + 1];
        _bytes = new byte[Math.Max(64, count * 48)];
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            string one = text(i);
            int most = Encoding.UTF8.GetMaxByteCount(one.Length);
            if (_bytes.Length - at < most)
            {
                Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, at + (long)most)));
            }

            at += Encoding.UTF8.GetBytes(one, _bytes.AsSpan(at));
            _start[i + 1] = at;
            Longest = Math.Max(Longest, at - _start[i]);
        }
    }

    /// <summary>Bytes of the longest text.</summary>
    public int Longest { get; }

    /// <summary>The text of number <paramref name="i"/>.</summary>
    public ReadOnlySpan<byte> this[int i] => _bytes.AsSpan(_start[i], _start[i + 1] - _start[i]);
}
