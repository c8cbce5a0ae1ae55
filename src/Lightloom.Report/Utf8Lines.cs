using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Lightloom.Report;

/// <summary>
/// Writes UTF-8 text into one large buffer and that to a stream. A caller reserves room for a line once and then appends without further
/// checks.
/// </summary>
/// <remarks>Not safe for use from several threads at once.</remarks>
internal sealed class Utf8Lines(Stream stream, int capacity = 1 << 20)
{
    private byte[] _buffer = new byte[capacity];
    private int _at;

    /// <summary>Makes sure that <paramref name="bytes"/> more bytes fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Reserve(int bytes)
    {
        if (_buffer.Length - _at < bytes)
        {
            MakeRoom(bytes);
        }
    }

    /// <summary>Appends bytes for which room was reserved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_at));
        _at += bytes.Length;
    }

    /// <summary>Appends one byte for which room was reserved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutByte(byte one) => _buffer[_at++] = one;

    /// <summary>Appends a whole number for which room was reserved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(int number)
    {
        if ((uint)number < 10)
        {
            _buffer[_at++] = (byte)('0' + number);
            return;
        }

        Utf8Formatter.TryFormat(number, _buffer.AsSpan(_at), out int written);
        _at += written;
    }

    /// <summary>Appends a number padded with zeros to <paramref name="digits"/> places, for which room was reserved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutPadded(int number, int digits)
    {
        for (int i = digits - 1; i >= 0; i--)
        {
            _buffer[_at + i] = (byte)('0' + number % 10);
            number /= 10;
        }

        _at += digits;
    }

    /// <summary>Appends thousandths as a decimal number without trailing zeros (12500 becomes 12.5), for which room was reserved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutThousandths(int thousandths)
    {
        if (thousandths < 0)
        {
            PutByte((byte)'-');
            thousandths = -thousandths;
        }

        Put(thousandths / 1000);
        int rest = thousandths % 1000;
        if (rest == 0)
        {
            return;
        }

        PutByte((byte)'.');
        PutByte((byte)('0' + rest / 100));
        if (rest % 100 != 0)
        {
            PutByte((byte)('0' + rest / 10 % 10));
            if (rest % 10 != 0)
            {
                PutByte((byte)('0' + rest % 10));
            }
        }
    }

    /// <summary>Appends ten-thousandths as a decimal number without trailing zeros (12500 becomes 1.25), for which room was reserved.</summary>
    public void PutTenThousandths(int tenThousandths)
    {
        Put(tenThousandths / 10_000);
        int rest = tenThousandths % 10_000;
        if (rest == 0)
        {
            return;
        }

        PutByte((byte)'.');
        int digits = 4;
        while (rest % 10 == 0)
        {
            rest /= 10;
            digits--;
        }

        PutPadded(rest, digits);
    }

    /// <summary>Hands everything appended so far to the stream.</summary>
    public void Flush()
    {
        stream.Write(_buffer, 0, _at);
        _at = 0;
    }

    private void MakeRoom(int bytes)
    {
        Flush();
        if (_buffer.Length < bytes)
        {
            _buffer = new byte[bytes];
        }
    }
}
