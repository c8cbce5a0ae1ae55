using Lightloom.Traces.Graph;

namespace Lightloom.Traces.Tests;

public sealed class SimaiWorkloadTest : IDisposable
{
    private readonly TraceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Text(string text) => _folder.File("w.txt", text);

    [Fact]
    public void Groups_of_a_transformer_are_tensor_data_and_experts()
    {
        TraceGraph graph = TraceReading.Read(
            Text(
                "HYBRID_TRANSFORMER_FWD_IN_BCKWD model_parallel_NPU_group: 2 ep: 2 pp: 1 vpp: 1 ga: 1 all_gpus: 8 checkpoints: 0 "
                    + "checkpoint_initiates: 0\n1\nl -1 1000 ALLREDUCE 4096 10 ALLTOALL_EP 64 20 REDUCESCATTER 800 5\n"
            )
        );
        graph.RankCount.ShouldBe(8);
        string[] groups = [.. graph.Collectives.Select(c => $"{c.Kind}:{string.Join(',', c.Ranks)}").Order(StringComparer.Ordinal)];
        groups.ShouldBe([
            "AllReduce:0,1",
            "AllReduce:2,3",
            "AllReduce:4,5",
            "AllReduce:6,7",
            "AllToAll:0,2",
            "AllToAll:1,3",
            "AllToAll:4,6",
            "AllToAll:5,7",
            "ReduceScatter:0,2,4,6",
            "ReduceScatter:1,3,5,7",
        ]);
    }

    [Fact]
    public void The_older_format_counts_microseconds_and_takes_its_ranks_from_outside()
    {
        const string Old = "DATA\n2\na -1 3 NONE 0 4 NONE 0 5 ALLREDUCE 100 6\nb -1 3 NONE 0 4 NONE 0 5 ALLREDUCE 100 6\n";
        TraceReading.Refused(Text(Old)).ShouldContain("--xpus");
        TraceGraph graph = TraceReading.Read(Text(Old), ranks: 4);
        graph.RankCount.ShouldBe(4);
        graph.Value.Take(2).ShouldBe([3000L, 3000L]);
        graph.Collectives.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("HYBRID_TRANSFORMER all_gpus: 6 model_parallel_NPU_group: 4\n1\nl -1 1 NONE 0 1 NONE 0 1 NONE 0 1\n", "do not divide")]
    [InlineData("DATA all_gpus: 2\n2\nl -1 1 NONE 0 1 NONE 0 1 NONE 0 1\n", "ends after 1")]
    [InlineData("DATA all_gpus: 2\n1\nl -1 1 NONE 0 1 NONE 0 1 NONE 0\n", "12 columns and this line has 11")]
    [InlineData("DATA all_gpus: 2\n1\nl -1 1 ALLREDUCES 0 1 NONE 0 1 NONE 0 1\n", "'ALLREDUCES'")]
    [InlineData("HYBRID_DLRM all_gpus: 2\n1\n", "not replayed")]
    public void What_is_wrong_is_said(string text, string words) => TraceReading.Refused(Text(text)).ShouldContain(words);
}
