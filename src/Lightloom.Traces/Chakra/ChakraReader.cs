using System.Globalization;
using Google.Protobuf;
using Lightloom.Traces.Graph;
using Lightloom.Traces.Reading;

namespace Lightloom.Traces.Chakra;

/// <summary>
/// A rank's Chakra execution trace: messages with their lengths before them, the first of which is metadata and the others nodes. Reads one
/// message at a time.
/// </summary>
/// <remarks>The wire format is Google.Protobuf's to read; which field means what is here, as no more than a tenth of them are looked
/// at.</remarks>
internal sealed class ChakraReader(ByteSource source, TraceFile file, ITraceSink sink, CancellationToken cancel)
{
    /// <summary>A longer message is no node: the longest seen hold some thousand attributes.</summary>
    private const int LongestMessage = 64 << 20;

    private const int LookEvery = 4096;

    /// <summary>What an attribute says, of those that matter.</summary>
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly List<ulong> _after = [];
    private byte[] _message = new byte[1024];
    private string _group = "";
    private string _name = "";

    private enum NodeType
    {
        Invalid = 0,
        Metadata = 1,
        Load = 2,
        Store = 3,
        Compute = 4,
        Send = 5,
        Receive = 6,
        Collective = 7,
    }

    /// <summary>Reads to the end of the file.</summary>
    public void Read()
    {
        bool first = true;
        for (long nodes = 0; source.Peek() >= 0; nodes++)
        {
            if (nodes % LookEvery == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            long start = source.Position;
            int length = Length(start);
            if (length > _message.Length)
            {
                Array.Resize(ref _message, Math.Max(length, 2 * _message.Length));
            }

            if (!source.TryRead(_message.AsSpan(0, length)))
            {
                throw file.Stop(
                    TraceProblems.Truncated,
                    start,
                    $"byte {start}: a message of {length} bytes begins here and the file ends after "
                        + $"{source.Position - start} of them; the trace was cut off"
                );
            }

            CodedInputStream input = new(_message, 0, length);
            try
            {
                if (first)
                {
                    Metadata(input, start);
                    first = false;
                }
                else
                {
                    Node(input, start);
                }
            }
            catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException)
            {
                throw file.Stop(
                    TraceProblems.Syntax,
                    start,
                    $"byte {start}: this message is no Chakra "
                        + $"node{(_name.Length > 0 ? $" (as far as read, '{Yaml.Excerpt.Of(_name)}')" : "")}: "
                        + e.Message.TrimEnd('.')
                );
            }
        }

        if (first)
        {
            throw file.Stop(TraceProblems.Truncated, 0, "the file is empty; a Chakra trace begins with its metadata");
        }
    }

    private int Length(long start)
    {
        ulong length = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int b = source.Next();
            if (b < 0)
            {
                throw file.Stop(
                    TraceProblems.Truncated,
                    start,
                    $"byte {start}: the file ends inside the length of a message; the trace was cut off"
                );
            }

            length |= (ulong)(b & 127) << shift;
            if (b < 128)
            {
                if (length > LongestMessage)
                {
                    break;
                }

                return (int)length;
            }
        }

        throw file.Stop(
            TraceProblems.Syntax,
            start,
            $"byte {start}: a message of {length} bytes is announced, and none is longer than {LongestMessage}; this is no "
                + $"Chakra trace, or damaged"
        );
    }

    // Version and attributes: nothing in them changes what the nodes mean.
    private static void Metadata(CodedInputStream input, long start)
    {
        _ = start;
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagWireType(tag) != WireFormat.WireType.LengthDelimited)
            {
                throw new InvalidDataException("the first message is not the metadata that a trace begins with");
            }

            input.SkipLastField();
        }
    }

    private void Node(CodedInputStream input, long start)
    {
        _numbers.Clear();
        _after.Clear();
        (_group, _name) = ("", "");
        ulong id = 0,
            duration = 0;
        int type = 0;
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case ChakraField.NodeId:
                    id = Varint(input, tag);
                    break;
                case ChakraField.NodeName:
                    _name = input.ReadString();
                    break;
                case ChakraField.NodeType:
                    type = (int)Math.Min(int.MaxValue, Varint(input, tag));
                    break;
                case ChakraField.ControlDependencies or ChakraField.DataDependencies:
                    Dependencies(input, tag);
                    break;
                case ChakraField.DurationMicroseconds:
                    duration = Varint(input, tag);
                    break;
                case ChakraField.Attribute:
                    Attribute(input);
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        if (id > long.MaxValue || duration > long.MaxValue / 1000)
        {
            throw file.Stop(TraceProblems.Value, start, $"node {id} at byte {start}: an id or a duration of {duration} us is out of range");
        }

        Hand((long)id, type, (long)duration, start);
        foreach (ulong on in _after)
        {
            sink.Requires((long)id, on > long.MaxValue ? -1 : (long)on, start: false, start);
        }
    }

    private static ulong Varint(CodedInputStream input, uint tag) =>
        WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint
            ? input.ReadUInt64()
            : throw new InvalidDataException($"field {WireFormat.GetTagFieldNumber(tag)} is no whole number");

    private void Dependencies(CodedInputStream input, uint tag)
    {
        if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint)
        {
            _after.Add(input.ReadUInt64());
            return;
        }

        if (WireFormat.GetTagWireType(tag) != WireFormat.WireType.LengthDelimited)
        {
            throw new InvalidDataException("dependencies are no list of ids");
        }

        long end = input.ReadLength() + input.Position;
        while (input.Position < end)
        {
            _after.Add(input.ReadUInt64());
        }
    }

    private void Attribute(CodedInputStream input)
    {
        long end = input.ReadLength() + input.Position;
        string name = "";
        while (input.Position < end)
        {
            uint tag = input.ReadTag();
            if (tag == 0)
            {
                throw new InvalidDataException("an attribute goes on beyond its node");
            }

            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case ChakraField.AttributeName:
                    name = input.ReadString();
                    break;
                case ChakraField.Text:
                    string text = input.ReadString();
                    _group = name == "pg_name" ? text : _group;
                    if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
                    {
                        _numbers[name] = number;
                    }

                    break;
                case var field when Number(input, field) is { } value:
                    _numbers[name] = value;
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }
    }

    // Writers differ in which kind of number they give, so any is taken.
    private static long? Number(CodedInputStream input, int field) =>
        field switch
        {
            ChakraField.Double => (long)Math.Clamp(input.ReadDouble(), long.MinValue / 2, long.MaxValue / 2),
            ChakraField.Float => (long)Math.Clamp(input.ReadFloat(), long.MinValue / 2f, long.MaxValue / 2f),
            ChakraField.Int32 => input.ReadInt32(),
            ChakraField.Int64 => input.ReadInt64(),
            ChakraField.UInt32 => input.ReadUInt32(),
            ChakraField.UInt64 => (long)Math.Min(long.MaxValue, input.ReadUInt64()),
            ChakraField.SInt32 => input.ReadSInt32(),
            ChakraField.SInt64 => input.ReadSInt64(),
            ChakraField.Fixed32 => input.ReadFixed32(),
            ChakraField.Fixed64 => (long)Math.Min(long.MaxValue, input.ReadFixed64()),
            ChakraField.SFixed32 => input.ReadSFixed32(),
            ChakraField.SFixed64 => input.ReadSFixed64(),
            ChakraField.Bool => input.ReadBool() ? 1 : 0,
            _ => null,
        };

    private void Hand(long id, int type, long microseconds, long start)
    {
        switch ((NodeType)type)
        {
            case NodeType.Send:
                sink.Operation(new(id, TraceKind.Send, start, Bytes: Size(id, start), Peer: Rank("comm_dst", id, start), Tag: Tag()));
                break;
            case NodeType.Receive:
                sink.Operation(new(id, TraceKind.Receive, start, Bytes: Size(id, start), Peer: Rank("comm_src", id, start), Tag: Tag()));
                break;
            case NodeType.Collective:
                TraceCollective kind = Collective(id, start);
                sink.Operation(new(id, TraceKind.Collective, start, Bytes: Size(id, start), Collective: kind, Group: _group));
                break;
            case NodeType.Compute or NodeType.Load or NodeType.Store:
                bool onCpu = _numbers.GetValueOrDefault("is_cpu_op") != 0;
                byte stream = (NodeType)type == NodeType.Compute ? (byte)(onCpu ? 1 : 0) : (byte)2;
                sink.Operation(new(id, TraceKind.Compute, start, Nanoseconds: microseconds * 1000, Stream: stream));
                if (microseconds == 0 && _numbers.GetValueOrDefault("num_ops") > 0)
                {
                    Untimed(id, start);
                }

                break;
            case NodeType.Invalid or NodeType.Metadata:
                sink.Operation(new(id, TraceKind.Join, start));
                break;
            default:
                file.Error(TraceProblems.Unsupported, start, $"node {id} at byte {start} is of type {type}; types are 0 to 7");
                break;
        }
    }

    private bool _untimedSaid;

    private void Untimed(long id, long start)
    {
        if (!_untimedSaid)
        {
            _untimedSaid = true;
            file.Warning(
                TraceProblems.NoDuration,
                start,
                $"node {id} at byte {start} has operations (num_ops) and no duration, and takes no time here; give duration_micros"
            );
        }
    }

    private int Tag() => (int)(_numbers.GetValueOrDefault("comm_tag") & int.MaxValue);

    private long Size(long id, long start)
    {
        if (_numbers.TryGetValue("comm_size", out long bytes) && bytes >= 0)
        {
            return bytes;
        }

        file.Error(
            TraceProblems.Value,
            start,
            $"node {id} at byte {start} communicates and has no comm_size of at least 0; add the attribute"
        );
        return 0;
    }

    private int Rank(string attribute, long id, long start)
    {
        if (_numbers.TryGetValue(attribute, out long rank) && rank is >= 0 and < TraceFile.MostRanks)
        {
            return (int)rank;
        }

        file.Error(
            TraceProblems.Value,
            start,
            $"node {id} at byte {start} sends or receives and has no rank as {attribute}; add the attribute"
        );
        return 0;
    }

    private TraceCollective Collective(long id, long start)
    {
        long type = _numbers.GetValueOrDefault("comm_type", -1);
        TraceCollective? known = type switch
        {
            0 => TraceCollective.AllReduce,
            2 => TraceCollective.AllGather,
            5 => TraceCollective.Broadcast,
            6 => TraceCollective.AllToAll,
            7 or 8 => TraceCollective.ReduceScatter,
            9 => TraceCollective.Barrier,
            _ => null,
        };
        if (known is { } kind)
        {
            return kind;
        }

        file.Error(
            TraceProblems.Unsupported,
            start,
            $"node {id} at byte {start} is a collective with comm_type {type}; all-reduce (0), all-gather (2), broadcast (5), "
                + "all-to-all (6), reduce-scatter (7, 8) and barrier (9) are replayed"
        );
        return TraceCollective.AllReduce;
    }
}
