using System.Buffers.Binary;

namespace Lightloom.Report.Workbooks;

/// <summary>Makes a zip archive independent of the clock: the same content, the same bytes.</summary>
internal static class ZipTimes
{
    private const uint EndOfDirectory = 0x06054b50,
        DirectoryEntry = 0x02014b50;

    // 1980-01-01 00:00:00, the first moment that the format knows.
    private const uint FirstMoment = 0x0021_0000;

    /// <summary>
    /// Sets the time of every entry to the first that the format knows. The stream must be readable and seekable; an archive that is not of
    /// the plain kind stays as it is.
    /// </summary>
    public static void Reset(Stream zip)
    {
        byte[] tail = new byte[(int)Math.Min(zip.Length, 22 + 65_535)];
        zip.Position = zip.Length - tail.Length;
        zip.ReadExactly(tail);
        int end = tail.Length - 22;
        while (end >= 0 && BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end)) != EndOfDirectory)
        {
            end--;
        }

        if (end < 0)
        {
            return;
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 12)),
            start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (start == uint.MaxValue || size == uint.MaxValue || start + (long)size > zip.Length)
        {
            return;
        }

        byte[] directory = new byte[size];
        zip.Position = start;
        zip.ReadExactly(directory);
        Span<byte> moment = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(moment, FirstMoment);
        int at = 0;
        for (
            int i = 0;
            i < count && at + 46 <= directory.Length && BinaryPrimitives.ReadUInt32LittleEndian(directory.AsSpan(at)) == DirectoryEntry;
            i++
        )
        {
            moment.CopyTo(directory.AsSpan(at + 12));
            zip.Position = BinaryPrimitives.ReadUInt32LittleEndian(directory.AsSpan(at + 42)) + 10L;
            zip.Write(moment);
            at +=
                46
                + BinaryPrimitives.ReadUInt16LittleEndian(directory.AsSpan(at + 28))
                + BinaryPrimitives.ReadUInt16LittleEndian(directory.AsSpan(at + 30))
                + BinaryPrimitives.ReadUInt16LittleEndian(directory.AsSpan(at + 32));
        }

        zip.Position = start;
        zip.Write(directory);
        zip.Position = zip.Length;
    }
}
