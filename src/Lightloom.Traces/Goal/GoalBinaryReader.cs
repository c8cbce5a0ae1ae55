using System.Buffers.Binary;
using Lightloom.Traces.Graph;
using Lightloom.Traces.Reading;

namespace Lightloom.Traces.Goal;

/// <summary>
/// GOAL as LogGOPSim reads it: little-endian, a table of ranks, then for each rank its nodes of 39 bytes and a list of who waits for whom.
/// Ranks are read in the order of the file, a node at a time.
/// </summary>
internal sealed class GoalBinaryReader(ByteSource source, TraceFile file, ITraceSink sink, CancellationToken cancel)
{
    /// <summary>The first eight bytes of a schedule.</summary>
    public const ulong Cookie = 4223;

    /// <summary>The same where a simulator that writes into its input has been at it.</summary>
    public const ulong UsedCookie = 2342;

    private const int NodeBytes = 39;
    private const int LookEvery = 4096;

    // What offsets count from.
    private const int Base = 8;
    private readonly byte[] _node = new byte[NodeBytes];

    private readonly record struct Waits(uint Node, uint Ends, uint FirstEnd, uint Starts, uint FirstStart, bool IsEager);

    /// <summary>Reads to the end of the last rank.</summary>
    public void Read()
    {
        if (U64("the cookie") is var cookie && cookie != Cookie)
        {
            throw cookie == UsedCookie
                ? file.Stop(
                    TraceProblems.WrongFormat,
                    0,
                    "a simulator has written its state into this schedule (it ran with --save-mem); make it anew from the text"
                )
                : file.Stop(TraceProblems.WrongFormat, 0, $"the file begins with {cookie} instead of {Cookie}; this is no binary GOAL");
        }

        uint ranks = U32("the number of ranks");
        if (ranks is 0 or > TraceFile.MostRanks)
        {
            throw file.Stop(TraceProblems.Value, Base, $"byte {Base}: {ranks} ranks; a schedule has 1 to {TraceFile.MostRanks}");
        }

        Take(2, "the numbers of processors and cards");
        Column<ulong> start = new(),
            end = new();
        for (uint r = 0; r < ranks; r++)
        {
            start.Add(U64($"the place of rank {r}"));
            end.Add(U64($"the end of rank {r}"));
        }

        sink.Begin((int)ranks, gatherCountsShards: false);
        for (int r = 0; r < (int)ranks; r++)
        {
            cancel.ThrowIfCancellationRequested();
            if (start[r] > long.MaxValue - Base || !source.SkipTo((long)start[r] + Base))
            {
                throw file.Stop(
                    TraceProblems.Truncated,
                    source.Position,
                    $"byte {source.Position}: rank {r} should begin at byte {start[r] + Base}, which is beyond the end of the "
                        + $"file or before "
                        + "the end of the rank before it"
                );
            }

            Rank(r);
        }
    }

    private void Rank(int rank)
    {
        sink.BeginRank(rank, file.Path, isBinary: true);
        uint nodes = U32($"the number of nodes of rank {rank}");
        uint roots = U32($"the number of roots of rank {rank}");
        if (roots > nodes)
        {
            throw file.Stop(TraceProblems.Value, source.Position - 4, $"rank {rank} has {roots} roots and {nodes} nodes; it is damaged");
        }

        Take(4L * roots, $"the roots of rank {rank}");
        List<Waits> waits = [];
        for (uint n = 0; n < nodes; n++)
        {
            if (n % LookEvery == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            Node(rank, n, waits);
        }

        uint at = 0;
        foreach (Waits one in waits)
        {
            at = List(rank, one.Node, one.Ends, one.FirstEnd, nodes, at, one.IsEager);
            at = List(rank, one.Node, one.Starts, one.FirstStart, nodes, at, true);
        }

        sink.EndRank();
    }

    private void Node(int rank, uint node, List<Waits> waits)
    {
        long place = source.Position;
        if (!source.TryRead(_node))
        {
            throw Ends($"node {node} of rank {rank}", place);
        }

        ReadOnlySpan<byte> bytes = _node;
        byte type = bytes[4];
        uint peer = BinaryPrimitives.ReadUInt32LittleEndian(bytes[5..]);
        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(bytes[9..]);
        uint tag = BinaryPrimitives.ReadUInt32LittleEndian(bytes[17..]);
        byte cpu = bytes[21];
        uint ends = BinaryPrimitives.ReadUInt32LittleEndian(bytes[23..]),
            firstEnd = BinaryPrimitives.ReadUInt32LittleEndian(bytes[27..]);
        uint starts = BinaryPrimitives.ReadUInt32LittleEndian(bytes[31..]),
            firstStart = BinaryPrimitives.ReadUInt32LittleEndian(bytes[35..]);
        if (size > long.MaxValue / 1000)
        {
            file.Error(
                TraceProblems.Value,
                place,
                $"node {node} of rank {rank} at byte {place} has {size} bytes or nanoseconds, which is too many"
            );
            size = 0;
        }

        if (peer != uint.MaxValue && peer > int.MaxValue)
        {
            peer = int.MaxValue;
        }

        switch (type)
        {
            case 1:
                sink.Operation(new(node, TraceKind.Send, place, Bytes: (long)size, Peer: (int)peer, Tag: (int)(tag & int.MaxValue)));
                break;
            case 2:
                int wanted = tag == uint.MaxValue ? TraceNode.Any : (int)(tag & int.MaxValue);
                sink.Operation(new(node, TraceKind.Receive, place, Bytes: (long)size, Peer: (int)peer, Tag: wanted));
                break;
            case 3:
                sink.Operation(new(node, TraceKind.Compute, place, Nanoseconds: (long)size, Stream: cpu));
                break;
            default:
                throw file.Stop(
                    TraceProblems.Syntax,
                    place,
                    $"node {node} of rank {rank} at byte {place} is of type {type}; sends are 1, receives 2 and calculations 3"
                );
        }

        if (ends > 0 || starts > 0)
        {
            waits.Add(new(node, ends, firstEnd, starts, firstStart, type == 1 && size <= GoalTextReader.EagerBytes));
        }
    }

    // A node's own list follows that of the node before: those who wait for its end, then those who wait for its start.
    private uint List(int rank, uint node, uint count, uint first, uint nodes, uint at, bool start)
    {
        if (count == 0)
        {
            return at;
        }

        if (first != at)
        {
            throw file.Stop(
                TraceProblems.Value,
                source.Position,
                $"the list of those that wait for node {node} of rank {rank} should be at {at} and is said to be at {first}; it is damaged"
            );
        }

        for (uint i = 0; i < count; i++)
        {
            long place = source.Position;
            uint dependent = U32($"those that wait for node {node} of rank {rank}");
            if (dependent >= nodes)
            {
                file.Error(
                    TraceProblems.UnknownNode,
                    place,
                    $"byte {place}: node {dependent} waits for node {node} of rank {rank}, which has nodes 0 to {nodes - 1}"
                );
                continue;
            }

            sink.Requires(dependent, node, start, place);
        }

        return at + count;
    }

    private TraceStop Ends(string what, long place) =>
        file.Stop(TraceProblems.Truncated, place, $"byte {place}: the file ends inside {what}; it was cut off");

    private void Take(long count, string what)
    {
        long place = source.Position;
        if (!source.SkipTo(place + count))
        {
            throw Ends(what, place);
        }
    }

    private uint U32(string what)
    {
        long place = source.Position;
        Span<byte> bytes = stackalloc byte[4];
        return source.TryRead(bytes) ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : throw Ends(what, place);
    }

    private ulong U64(string what)
    {
        long place = source.Position;
        Span<byte> bytes = stackalloc byte[8];
        return source.TryRead(bytes) ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : throw Ends(what, place);
    }
}
