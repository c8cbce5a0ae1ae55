using Lightloom.Traces.Graph;

namespace Lightloom.Traces.Tests;

public sealed class GoalReaderTest : IDisposable
{
    private readonly TraceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Text(string text) => _folder.File("s.goal", text);

    private const string Ping = """
        /* a ping, as a
           comment of two lines says */
        num_ranks 2
        rank 0 {
          l1: calc 1000 cpu 0   // first
          l2: send 1000000b to 1 tag 7
          l2 requires l1
        }
        rank 1 {
          l1: recv 1000000b from 0 tag 7 cpu 0 nic 0
          l2: calc 5
          l2 requires l1
        }
        """;

    [Fact]
    public void A_ping_has_a_calculation_a_message_and_its_dependencies()
    {
        TraceGraph graph = TraceReading.Read(Text(Ping));
        graph.Kind.ShouldBe([TraceKind.Compute, TraceKind.Send, TraceKind.Receive, TraceKind.Compute]);
        graph.Value.ShouldBe([1000, 1_000_000, 1_000_000, 5]);
        graph.Partner[1].ShouldBe(2);
        graph.Edges.ShouldBe([(0, 1), (2, 3)]);
    }

    [Fact]
    public void A_small_send_is_over_when_it_begins_and_a_large_one_when_it_has_been_received()
    {
        foreach ((int bytes, bool eager) in ((int, bool)[])[(65535, true), (65536, false)])
        {
            TraceGraph graph = TraceReading.Read(
                Text($"num_ranks 2\nrank 0 {{\na: send {bytes}b to 1\nb: calc 1\nb requires a\n}}\nrank 1 {{\nr: recv {bytes}b from 0\n}}")
            );
            (graph.StartEdges.Length, graph.Edges.Length).ShouldBe(eager ? (1, 0) : (0, 1));
        }
    }

    [Fact]
    public void Receives_of_any_sender_and_tag_take_what_is_left_over()
    {
        TraceGraph graph = TraceReading.Read(
            Text(
                "num_ranks 3\nrank 0 {\nsend 1b to 2 tag 4\n}\nrank 1 {\nsend 1b to 2 tag 5\n}\nrank 2 {\nrecv 1b from -1 tag "
                    + "-1\nrecv 1b from 0 tag 4\n}"
            )
        );
        graph.Partner[0].ShouldBe(3);
        graph.Partner[1].ShouldBe(2);
    }

    [Theory]
    [InlineData("rank 0 {\n}", "LL3103", "num_ranks")]
    [InlineData("num_ranks 2\nrank 0 {\n}", "LL3110", "rank 1 is missing")]
    [InlineData("num_ranks 2\nrank 1 {\n}\nrank 0 {\n}", "LL3110", "rank 0 is next")]
    [InlineData("num_ranks 1\nrank 0 {\na: calc 1", "LL3104", "inside rank 0")]
    [InlineData("num_ranks 1\nrank 0 {\na requires b\n}", "LL3107", "'a'")]
    [InlineData("num_ranks 1\nrank 0 {\na: calc 1\na: calc 1\n}", "LL3106", "line 3")]
    [InlineData("num_ranks 1\nrank 0 {\na: calc -1\n}", "LL3103", "'-1'")]
    [InlineData("num_ranks 1\nrank 0 {\na: sned 1b to 0\n}", "LL3103", "'sned'")]
    [InlineData("num_ranks 2\nrank 0 {\na: send 1b to 2\n}\nrank 1 {\n}", "LL3109", "rank 2; ranks are 0 to 1")]
    [InlineData("num_ranks 2\nrank 0 {\na: recv 1b from 1\n}\nrank 1 {\n}", "LL3111", "rank 0")]
    [InlineData("num_ranks 1\nrank 0 {\na: calc 1\nb: calc 1\na requires b\nb requires a\n}", "LL3108", "wait for each other")]
    [InlineData("num_ranks 1\nrank 0 {\na: calc 1\na irequires a\n}", "LL3108", "waits for itself")]
    public void What_is_wrong_is_said_with_its_place(string text, string id, string words)
    {
        string said = TraceReading.Refused(Text(text));
        said.ShouldContain(id);
        said.ShouldContain(words);
        said.ShouldMatch(@"s\.goal:\d+:\d+: error ");
    }

    [Fact]
    public void Binary_and_text_are_the_same_schedule()
    {
        TraceGraph binary = TraceReading.Read(_folder.File("s.bin", BinaryPing()));
        TraceGraph text = TraceReading.Read(Text(Ping));
        binary.Kind.ShouldBe(text.Kind);
        binary.Value.ShouldBe(text.Value);
        binary.Edges.ShouldBe(text.Edges);
        binary.Partner.ShouldBe(text.Partner);
    }

    [Fact]
    public void A_schedule_that_a_simulator_has_written_into_is_refused()
    {
        byte[] bytes = BinaryPing();
        BitConverter.TryWriteBytes(bytes, 2342UL);
        TraceReading.Refused(_folder.File("s.bin", bytes)).ShouldContain("--save-mem");
    }

    /// <summary>The ping by the layout of LogGOPSim's files, written down apart from the reader.</summary>
    internal static byte[] BinaryPing()
    {
        using MemoryStream stream = new();
        using BinaryWriter w = new(stream);
        w.Write(4223UL);
        w.Write(2U);
        w.Write((byte)0);
        w.Write((byte)0);
        long jump = stream.Position;
        w.Write(new byte[4 * 8]);
        for (int rank = 0; rank < 2; rank++)
        {
            long start = stream.Position - 8;
            w.Write(2U);
            w.Write(1U);
            w.Write(0U);
            Node(w, 0, rank == 0 ? (byte)3 : (byte)2, 0, rank == 0 ? 1000UL : 1_000_000UL, rank == 0 ? 0U : 7U, 1, 0);
            Node(w, 1, rank == 0 ? (byte)1 : (byte)3, rank == 0 ? 1U : 0U, rank == 0 ? 1_000_000UL : 5UL, rank == 0 ? 7U : 0U, 0, 1);
            w.Write(1U);
            long end = stream.Position;
            stream.Position = jump + 16 * rank;
            w.Write((ulong)start);
            w.Write((ulong)end - 8);
            stream.Position = end;
        }

        return stream.ToArray();
    }

    private static void Node(BinaryWriter w, uint needs, byte type, uint peer, ulong size, uint tag, uint ends, uint first)
    {
        w.Write(needs);
        w.Write(type);
        w.Write(peer);
        w.Write(size);
        w.Write(tag);
        w.Write((ushort)0);
        w.Write(ends);
        w.Write(first);
        w.Write(0U);
        w.Write(first);
    }
}
