using Lightloom.Traces.Graph;

namespace Lightloom.Traces.Tests;

public sealed class ChakraReaderTest : IDisposable
{
    private readonly TraceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Bytes_of_a_shipped_trace_are_an_all_reduce_of_a_mebibyte()
    {
        // The first bytes of a file that comes with ASTRA-sim: metadata with version 0.0.4, then one collective of 8 ranks.
        byte[] node =
        [
            0x08,
            0x01,
            0x12,
            0x0a,
            .. "ALL_REDUCE"u8,
            0x18,
            0x07,
            0x52,
            0x0e,
            0x0a,
            0x09,
            .. "is_cpu_op"u8,
            0xd8,
            0x01,
            0x00,
            0x52,
            0x0d,
            0x0a,
            0x09,
            .. "comm_type"u8,
            0x48,
            0x00,
            0x52,
            0x0f,
            0x0a,
            0x09,
            .. "comm_size"u8,
            0x48,
            0x80,
            0x80,
            0x40,
        ];
        byte[] bytes = [0x07, 0x0a, 0x05, .. "0.0.4"u8, (byte)node.Length, .. node];
        for (int rank = 0; rank < 8; rank++)
        {
            _folder.File($"all_reduce.{rank}.et", bytes);
        }

        TraceGraph graph = TraceReading.Read(_folder.Path);
        graph.RankCount.ShouldBe(8);
        graph.Collectives.Single().Kind.ShouldBe(TraceCollective.AllReduce);
        graph.Collectives.Single().Bytes.ShouldBe(1 << 20);
    }

    [Fact]
    public void Folder_prefix_and_any_file_lead_to_the_same_trace()
    {
        Pair(new ChakraWriter().Send(1, 100, 1, 5), new ChakraWriter().Receive(1, 100, 0, 5));
        string prefix = Path.Combine(_folder.Path, "t");
        foreach (string path in (string[])[_folder.Path, prefix, prefix + ".0.et", prefix + ".1.et"])
        {
            TraceReading.Read(path).Count.ShouldBe(2);
        }
    }

    [Fact]
    public void Compressed_traces_are_read_as_what_they_hold()
    {
        using MemoryStream zipped = new();
        using (System.IO.Compression.GZipStream zip = new(zipped, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(new ChakraWriter().Compute(1, 5).Bytes);
        }

        TraceReading.Read(_folder.File("z.0.et", zipped.ToArray())).Count.ShouldBe(1);
    }

    [Fact]
    public void An_all_gather_counts_a_shard_and_an_all_reduce_the_buffer()
    {
        for (int rank = 0; rank < 4; rank++)
        {
            _folder.File($"t.{rank}.et", new ChakraWriter().Collective(1, 2, 1000).Collective(2, 0, 1000).Bytes);
        }

        TraceReading.Read(_folder.Path).Collectives.Select(c => c.Bytes).ShouldBe([4000L, 1000L]);
    }

    [Fact]
    public void A_node_that_waits_for_itself_by_way_of_others_is_named()
    {
        _folder.File("t.0.et", new ChakraWriter().Compute(7, 1, 9).Compute(8, 1, 7).Compute(9, 1, 8).Bytes);
        string said = TraceReading.Refused(_folder.Path);
        said.ShouldContain("LL3108");
        said.ShouldContain("node 7 of rank 0");
        said.ShouldContain("node 8 of rank 0");
        said.ShouldContain("node 9 of rank 0");
    }

    [Fact]
    public void Ranks_that_wait_for_each_others_messages_are_a_cycle_too()
    {
        Pair(new ChakraWriter().Receive(1, 8, 1, 0).Send(2, 8, 1, 0, 1), new ChakraWriter().Receive(1, 8, 0, 0).Send(2, 8, 0, 0, 1));
        TraceReading.Refused(_folder.Path).ShouldContain("LL3108");
    }

    [Fact]
    public void A_rank_without_a_file_is_named()
    {
        _folder.File("t.0.et", new ChakraWriter().Bytes);
        _folder.File("t.2.et", new ChakraWriter().Bytes);
        TraceReading.Refused(_folder.Path).ShouldContain("rank 1 is missing");
    }

    [Fact]
    public void A_receive_that_nobody_sends_names_its_node_and_byte()
    {
        Pair(new ChakraWriter().Compute(1, 1), new ChakraWriter().Compute(3, 1).Receive(17, 100, 0, 5));
        string said = TraceReading.Refused(_folder.Path);
        said.ShouldContain("LL3111");
        said.ShouldContain("node 17 of rank 1 at byte");
        said.ShouldStartWith(Path.Combine(_folder.Path, "t.1.et") + ":1:");
    }

    [Fact]
    public void A_trace_that_was_cut_off_says_where()
    {
        byte[] bytes = new ChakraWriter().Compute(1, 1).Compute(2, 300).Bytes;
        TraceReading.Refused(_folder.File("t.0.et", bytes[..^3])).ShouldContain("LL3104");
        // A length of two bytes, of which one is there.
        TraceReading
            .Refused(_folder.File("t.0.et", [.. bytes, 0x80]))
            .ShouldContain($"byte {bytes.Length}: the file ends inside the length");
    }

    [Fact]
    public void A_dependency_on_no_node_and_a_node_given_twice_are_refused()
    {
        TraceReading.Refused(_folder.File("t.0.et", new ChakraWriter().Compute(4, 1, 5).Bytes)).ShouldContain("no node 5");
        TraceReading.Refused(_folder.File("t.0.et", new ChakraWriter().Compute(4, 1).Compute(4, 1).Bytes)).ShouldContain("two nodes 4");
    }

    [Fact]
    public void Groups_are_inferred_from_who_calls_and_checked_where_a_file_says()
    {
        for (int rank = 0; rank < 4; rank++)
        {
            _folder.File($"t.{rank}.et", new ChakraWriter().Collective(1, 0, 1000, rank < 2 ? "1" : "2").Bytes);
        }

        TraceReading.Read(_folder.Path).Collectives.Select(c => string.Join(',', c.Ranks)).ShouldBe(["0,1", "2,3"]);
        RankGroups groups = RankGroups.Read("g.json", """{"1": [1, 0], "2": [2, 3, 0]}""", new())!;
        TraceReading.Refused(_folder.Path, groups).ShouldContain("rank 0 calls only 0");
    }

    [Fact]
    public void Ranks_that_ask_for_different_collectives_are_refused()
    {
        Pair(new ChakraWriter().Collective(1, 0, 1000), new ChakraWriter().Collective(1, 0, 2000));
        TraceReading.Refused(_folder.Path).ShouldContain("LL3113");
    }

    [Fact]
    public void Ids_far_apart_are_told_apart()
    {
        ulong far = ulong.MaxValue / 2;
        TraceReading
            .Read(_folder.File("t.0.et", new ChakraWriter().Compute(far, 1).Compute(1, 1, far).Compute(1L << 40, 1, 1).Bytes))
            .Edges.ShouldBe([(0, 1), (1, 2)]);
    }

    private void Pair(ChakraWriter first, ChakraWriter second)
    {
        _folder.File("t.0.et", first.Bytes);
        _folder.File("t.1.et", second.Bytes);
    }
}
