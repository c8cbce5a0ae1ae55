using System.IO.Compression;

namespace Lightloom.Traces.Reading;

/// <summary>
/// The bytes of a file from its first to its last, with the place of each: read in pieces, so that a file of any size takes the same memory.
/// Files that gzip has compressed are read as what they hold.
/// </summary>
internal sealed class ByteSource : IDisposable
{
    /// <summary>A longer line is no line of any of these formats.</summary>
    public const int LongestLine = 1 << 20;

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[1 << 16];
    private byte[] _line = new byte[256];
    private int _at;
    private int _end;
    private long _before;

    /// <param name="stream">What is read; closed with this.</param>
    public ByteSource(Stream stream) => _stream = stream;

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ByteSource Open(string path)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        bool zipped = file.CanSeek && file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        if (file.CanSeek)
        {
            file.Position = 0;
        }

        return new(zipped ? new GZipStream(file, CompressionMode.Decompress) : file);
    }

    /// <summary>The place of the next byte, from 0.</summary>
    public long Position => _before + _at;

    /// <summary>The number of the line that was last read, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The next byte; -1 at the end.</summary>
    public int Next() => _at < _end || Fill() ? _buffer[_at++] : -1;

    /// <summary>The next byte, which stays the next; -1 at the end.</summary>
    public int Peek() => _at < _end || Fill() ? _buffer[_at] : -1;

    private bool Fill()
    {
        _before += _end;
        _at = 0;
        try
        {
            _end = _stream.Read(_buffer);
        }
        catch (InvalidDataException e)
        {
            throw new IOException($"the file says it is compressed by gzip, and is not: {e.Message}", e);
        }

        return _end > 0;
    }

    /// <summary>So many bytes; false when there are fewer left.</summary>
    public bool TryRead(Span<byte> to)
    {
        while (to.Length > 0)
        {
            if (_at == _end && !Fill())
            {
                return false;
            }

            int count = Math.Min(to.Length, _end - _at);
            _buffer.AsSpan(_at, count).CopyTo(to);
            _at += count;
            to = to[count..];
        }

        return true;
    }

    /// <summary>Passes over bytes up to a place; false when the file ends before, or the place has been passed.</summary>
    public bool SkipTo(long position)
    {
        while (Position < position)
        {
            if (_at == _end && !Fill())
            {
                return false;
            }

            _at += (int)Math.Min(_end - _at, position - Position);
        }

        return Position == position;
    }

    /// <summary>
    /// The next line without its end; false when there is none. A line longer than <see cref="LongestLine"/> is cut there, and
    /// <paramref name="tooLong"/> says so.
    /// </summary>
    public bool TryReadLine(out ReadOnlySpan<byte> line, out bool tooLong)
    {
        int length = 0;
        tooLong = false;
        line = default;
        if (Peek() < 0)
        {
            return false;
        }

        Line++;
        while (_at < _end || Fill())
        {
            ReadOnlySpan<byte> rest = _buffer.AsSpan(_at, _end - _at);
            int count = rest.IndexOf((byte)'\n');
            int taken = count < 0 ? rest.Length : count;
            if (length + taken > LongestLine)
            {
                tooLong = true;
                line = _line.AsSpan(0, length);
                return true;
            }

            if (length + taken > _line.Length)
            {
                Array.Resize(ref _line, Math.Max(length + taken, 2 * _line.Length));
            }

            rest[..taken].CopyTo(_line.AsSpan(length));
            length += taken;
            _at += count < 0 ? taken : taken + 1;
            if (count >= 0)
            {
                break;
            }
        }

        line = _line.AsSpan(0, length > 0 && _line[length - 1] == '\r' ? length - 1 : length);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
