using System.Buffers.Binary;
using System.Text.Json;

namespace Lightloom.Studio.Views;

/// <summary>
/// Columns of numbers as bytes that a page reads without parsing: <c>LLC1</c>, the length of a header in JSON, the header, zeros up to a
/// multiple of eight, the columns, each at a multiple of eight. Little-endian. docs/studio-api.md has the format.
/// </summary>
internal sealed class Columns(int rows)
{
    /// <summary>Its media type.</summary>
    public const string MediaType = "application/vnd.lightloom.columns";

    private readonly List<(string Name, string Type, int Size, Action<Span<byte>> Fill)> _columns = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _words = [];

    public Columns Float(string name, Func<int, double> value) =>
        Add(name, "f32", 4, (at, row) => BinaryPrimitives.WriteSingleLittleEndian(at, (float)value(row)));

    public Columns Int(string name, Func<int, int> value) =>
        Add(name, "i32", 4, (at, row) => BinaryPrimitives.WriteInt32LittleEndian(at, value(row)));

    public Columns Short(string name, Func<int, int> value) =>
        Add(name, "u16", 2, (at, row) => BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)value(row)));

    public Columns Byte(string name, Func<int, int> value) => Add(name, "u8", 1, (at, row) => at[0] = (byte)value(row));

    /// <summary>Says what the numbers of a column stand for, or words a row where there is no such column.</summary>
    public Columns Words(string column, IReadOnlyList<string> words)
    {
        _words[column] = words;
        return this;
    }

    /// <summary>All of it.</summary>
    public byte[] ToBytes()
    {
        byte[] header = Header();
        int start = Up(8 + header.Length);
        byte[] bytes = new byte[start + _columns.Sum(c => Up(c.Size * rows))];
        "LLC1"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)header.Length);
        header.CopyTo(bytes, 8);
        int at = start;
        foreach ((_, _, int size, Action<Span<byte>> fill) in _columns)
        {
            fill(bytes.AsSpan(at, size * rows));
            at += Up(size * rows);
        }

        return bytes;
    }

    private delegate void Cell(Span<byte> at, int row);

    private Columns Add(string name, string type, int size, Cell cell)
    {
        _columns.Add(
            (
                name,
                type,
                size,
                bytes =>
                {
                    for (int row = 0; row < rows; row++)
                    {
                        cell(bytes[(row * size)..], row);
                    }
                }
            )
        );
        return this;
    }

    private byte[] Header()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("rows", rows);
            json.WriteStartArray("columns");
            int offset = 0;
            foreach ((string name, string type, int size, _) in _columns)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("type", type);
                json.WriteNumber("offset", offset);
                json.WriteEndObject();
                offset += Up(size * rows);
            }

            json.WriteEndArray();
            json.WriteStartObject("words");
            foreach ((string column, IReadOnlyList<string> words) in _words)
            {
                json.WriteStartArray(column);
                foreach (string word in words)
                {
                    json.WriteStringValue(word);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static int Up(int bytes) => (bytes + 7) & ~7;
}
