using System.Buffers.Binary;
using System.Text;
using Lightloom.Traces.Goal;
using Lightloom.Traces.Reading;
using Lightloom.Traces.Simai;

namespace Lightloom.Traces.Formats;

/// <summary>Tells formats apart by their content, whatever the file is called.</summary>
public static class TraceFormats
{
    private const int Looked = 4096;

    /// <summary>What a format is, in words that follow "this is".</summary>
    public static string InWords(TraceFormat format) =>
        format switch
        {
            TraceFormat.Chakra => "a Chakra trace",
            TraceFormat.Goal => "a GOAL schedule",
            TraceFormat.GoalBinary => "a binary GOAL schedule",
            TraceFormat.SimaiWorkload => "a SimAI or ASTRA-sim workload",
            TraceFormat.SimaiTopology => "a SimAI or ns-3 topology",
            TraceFormat.AstraNetwork => "an ASTRA-sim network",
            TraceFormat.Json => "a JSON file",
            TraceFormat.HtsimTopology => "an htsim topology",
            TraceFormat.HtsimMatrix => "an htsim connection matrix",
            _ => "nothing that Lightloom knows",
        };

    /// <summary>The format of a file, by its first bytes.</summary>
    /// <param name="path">The file; compressed with gzip or not.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TraceFormat Of(string path)
    {
        using ByteSource source = ByteSource.Open(path);
        var head = new byte[Looked];
        int count = 0;
        while (count < head.Length && source.Next() is >= 0 and var value)
        {
            head[count++] = (byte)value;
        }

        return Of(head.AsSpan(0, count));
    }

    /// <summary>The format that some first bytes are of.</summary>
    public static TraceFormat Of(ReadOnlySpan<byte> head)
    {
        if (head.Length >= 8 && BinaryPrimitives.ReadUInt64LittleEndian(head) is GoalBinaryReader.Cookie or GoalBinaryReader.UsedCookie)
        {
            return TraceFormat.GoalBinary;
        }

        if (IsText(head))
        {
            return OfText(Encoding.UTF8.GetString(head));
        }

        return LooksLikeChakra(head) ? TraceFormat.Chakra : TraceFormat.Unknown;
    }

    private static bool IsText(ReadOnlySpan<byte> head)
    {
        // The first message of a Chakra trace may consist of printable bytes and one length before them.
        foreach (byte b in head)
        {
            if (b < 32 && b is not ((byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return false;
            }
        }

        return head.Length > 0 && !LooksLikeChakra(head);
    }

    // Metadata first: a length, then field 1 (a text) or 2 (an attribute), inside of it.
    private static bool LooksLikeChakra(ReadOnlySpan<byte> head)
    {
        int at = 0;
        if (!Varint(head, ref at, out ulong length) || length > int.MaxValue)
        {
            return false;
        }

        if (length == 0)
        {
            return at < head.Length && head[at] != 0 && head.Length > at + 2;
        }

        return at < head.Length
            && head[at] is 0x0a or 0x12
            && at + 1 < head.Length
            && (ulong)head[at + 1] + 2 <= length
            && (head[at] == 0x12 || length < 128);
    }

    private static bool Varint(ReadOnlySpan<byte> bytes, ref int at, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            byte b = bytes[at++];
            value |= (ulong)(b & 127) << shift;
            if (b < 128)
            {
                return true;
            }
        }

        return false;
    }

    private static TraceFormat OfText(string text)
    {
        string bare = GoalTextReader.WithoutComments(text).TrimStart();
        string[] words = bare.Split((char[])[' ', '\t', '\r', '\n'], 64, StringSplitOptions.RemoveEmptyEntries);
        string first = words.FirstOrDefault("");
        if (first is "num_ranks" or "rank")
        {
            return TraceFormat.Goal;
        }

        if (first.StartsWith('{'))
        {
            return TraceFormat.Json;
        }

        if (SimaiWorkloadReader.IsParallelism(first))
        {
            return TraceFormat.SimaiWorkload;
        }

        string[] bareLines = [.. text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#')];
        if (
            bareLines.Any(l => l.StartsWith("topology:", StringComparison.Ordinal) || l.StartsWith("npus_count:", StringComparison.Ordinal))
        )
        {
            return TraceFormat.AstraNetwork;
        }

        string head = bareLines.FirstOrDefault("").Split(' ', '\t')[0];
        if (head.Equals("Nodes", StringComparison.OrdinalIgnoreCase))
        {
            return bareLines.Any(l => l.StartsWith("Connections", StringComparison.Ordinal) || l.Contains("->", StringComparison.Ordinal))
                ? TraceFormat.HtsimMatrix
                : TraceFormat.HtsimTopology;
        }

        return SimaiTopology.IsHeader(bareLines.FirstOrDefault("")) ? TraceFormat.SimaiTopology : TraceFormat.Unknown;
    }
}
