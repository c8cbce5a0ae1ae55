using Google.Protobuf;

namespace Lightloom.Traces.Tests;

/// <summary>Writes Chakra's wire format with the library's own writer: an oracle for the reader.</summary>
internal sealed class ChakraWriter
{
    private readonly List<byte> _bytes = [];

    public ChakraWriter()
    {
        Message(m =>
        {
            m.WriteTag(1, WireFormat.WireType.LengthDelimited);
            m.WriteString("0.0.4");
        });
    }

    public byte[] Bytes => [.. _bytes];

    public ChakraWriter Compute(ulong id, ulong microseconds, params ulong[] after) => Node(id, 4, microseconds, after, [("is_cpu_op", 0)]);

    public ChakraWriter Send(ulong id, long bytes, int to, int tag, params ulong[] after) =>
        Node(id, 5, 0, after, [("comm_size", bytes), ("comm_dst", to), ("comm_tag", tag)]);

    public ChakraWriter Receive(ulong id, long bytes, int from, int tag, params ulong[] after) =>
        Node(id, 6, 0, after, [("comm_size", bytes), ("comm_src", from), ("comm_tag", tag)]);

    public ChakraWriter Collective(ulong id, int type, long bytes, string? group = null, params ulong[] after) =>
        Node(id, 7, 0, after, [("comm_type", type), ("comm_size", bytes)], group);

    public ChakraWriter Node(
        ulong id,
        int type,
        ulong microseconds,
        ulong[] after,
        (string Name, long Value)[] attributes,
        string? group = null
    )
    {
        Message(m =>
        {
            m.WriteTag(1, WireFormat.WireType.Varint);
            m.WriteUInt64(id);
            m.WriteTag(2, WireFormat.WireType.LengthDelimited);
            m.WriteString($"node {id}");
            m.WriteTag(3, WireFormat.WireType.Varint);
            m.WriteInt32(type);
            if (after.Length > 0)
            {
                m.WriteTag(5, WireFormat.WireType.LengthDelimited);
                m.WriteLength(after.Sum(a => CodedOutputStream.ComputeUInt64Size(a)));
                foreach (ulong on in after)
                {
                    m.WriteUInt64(on);
                }
            }

            m.WriteTag(7, WireFormat.WireType.Varint);
            m.WriteUInt64(microseconds);
            foreach ((string name, long value) in attributes)
            {
                Inner(
                    m,
                    10,
                    a =>
                    {
                        a.WriteTag(1, WireFormat.WireType.LengthDelimited);
                        a.WriteString(name);
                        a.WriteTag(name == "is_cpu_op" ? 27 : 9, WireFormat.WireType.Varint);
                        a.WriteInt64(value);
                    }
                );
            }

            if (group is not null)
            {
                Inner(
                    m,
                    10,
                    a =>
                    {
                        a.WriteTag(1, WireFormat.WireType.LengthDelimited);
                        a.WriteString("pg_name");
                        a.WriteTag(29, WireFormat.WireType.LengthDelimited);
                        a.WriteString(group);
                    }
                );
            }
        });
        return this;
    }

    private static void Inner(CodedOutputStream to, int field, Action<CodedOutputStream> write)
    {
        to.WriteTag(field, WireFormat.WireType.LengthDelimited);
        to.WriteBytes(ByteString.CopyFrom(Written(write)));
    }

    private static byte[] Written(Action<CodedOutputStream> write)
    {
        using MemoryStream bytes = new();
        using (CodedOutputStream output = new(bytes, leaveOpen: true))
        {
            write(output);
        }

        return bytes.ToArray();
    }

    private void Message(Action<CodedOutputStream> write)
    {
        byte[] message = Written(write);
        _bytes.AddRange(Written(o => o.WriteLength(message.Length)));
        _bytes.AddRange(message);
    }
}
