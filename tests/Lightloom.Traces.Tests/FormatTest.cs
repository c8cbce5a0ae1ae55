using Lightloom.Traces.Formats;

namespace Lightloom.Traces.Tests;

public sealed class FormatTest : IDisposable
{
    private readonly TraceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_known_by_what_they_hold()
    {
        (TraceFormat Format, byte[] Bytes)[] files =
        [
            (TraceFormat.Chakra, new ChakraWriter().Compute(1, 5).Bytes),
            (TraceFormat.GoalBinary, GoalReaderTest.BinaryPing()),
            (TraceFormat.Goal, "/* x */ // y\nnum_ranks 2\n"u8.ToArray()),
            (TraceFormat.SimaiWorkload, "HYBRID_TRANSFORMER all_gpus: 8\n1\n"u8.ToArray()),
            (TraceFormat.AstraNetwork, "# a switch\ntopology: [ Switch ]\nnpus_count: [ 8 ]\n"u8.ToArray()),
            (TraceFormat.Json, "{ \"scheduling-policy\": \"LIFO\" }"u8.ToArray()),
            (TraceFormat.HtsimMatrix, "Nodes 16\nConnections 1\n0->1 id 1 start 0 size 5\n"u8.ToArray()),
            (TraceFormat.HtsimTopology, "Nodes 16\nTiers 2\n"u8.ToArray()),
            (TraceFormat.Unknown, "lightloom: 1\nname: x\n"u8.ToArray()),
        ];
        foreach ((TraceFormat format, byte[] bytes) in files)
        {
            TraceFormats.Of(bytes).ShouldBe(format);
            TraceFormats.Of(_folder.File("f", bytes)).ShouldBe(format);
        }
    }

    [Fact]
    public void What_is_no_trace_is_called_by_its_name()
    {
        TraceReading.Refused(_folder.File("n.yml", "topology: [ Switch ]\n")).ShouldContain("this is an ASTRA-sim network, not a trace");
        TraceReading
            .Refused(_folder.File("x.cm", "Nodes 2\nConnections 0\n"))
            .ShouldContain("this is an htsim connection matrix, not a trace");
        TraceReading.Refused(Path.Combine(_folder.Path, "nothing")).ShouldContain("no such file");
    }
}
