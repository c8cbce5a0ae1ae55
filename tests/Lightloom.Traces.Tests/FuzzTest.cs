using System.Text;
using Lightloom.Traces.Graph;

namespace Lightloom.Traces.Tests;

/// <summary>Whatever a file holds, a reader says what is wrong with it or takes it; it never fails.</summary>
public sealed class FuzzTest : IDisposable
{
    private const int Tries = 800;
    private readonly TraceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("chakra")]
    [InlineData("goal")]
    [InlineData("binary")]
    [InlineData("simai")]
    [InlineData("groups")]
    public void Damaged_traces_are_taken_or_refused_in_words(string which)
    {
        byte[] whole = which switch
        {
            "chakra" => new ChakraWriter()
                .Compute(1, 5)
                .Send(2, 100, 0, 3, 1)
                .Receive(3, 100, 0, 3)
                .Collective(4, 0, 4096, "g", 3)
                .Node(5, 1, 0, [4, 2], [("is_cpu_op", 1)])
                .Bytes,
            "binary" => GoalReaderTest.BinaryPing(),
            "goal" => "num_ranks 2\nrank 0 {\nl1: calc 10 cpu 1\nl2: send 5b to 1 tag 3\nl2 requires l1\n}\n"u8
                .ToArray()
                .Concat("rank 1 {\nl1: recv 5b from 0 tag 3\n/* c */}\n"u8.ToArray())
                .ToArray(),
            "simai" => "HYBRID_TRANSFORMER model_parallel_NPU_group: 2 ep: 1 pp: 1 all_gpus: 4\n1\n"u8
                .ToArray()
                .Concat("l -1 1 ALLREDUCE 9 1 NONE 0 1 ALLGATHER 7 1\n"u8.ToArray())
                .ToArray(),
            _ => "{\"1\": [0, 1], \"2\": [2, 3]}"u8.ToArray(),
        };
        Random random = new(which.Length * 7919);
        int refused = 0;
        for (int i = 0; i < Tries; i++)
        {
            byte[] damaged = Damage.Damaged(whole, random);
            string[] said;
            if (which == "groups")
            {
                Diagnostics.DiagnosticBag bag = new();
                RankGroups? groups = RankGroups.Read("g.json", Encoding.UTF8.GetString(damaged), bag);
                said = groups is null ? [.. bag.Select(d => d.ToString())] : [];
                (groups is null).ShouldBe(said.Length > 0);
            }
            else
            {
                TraceGraph? graph = TraceReading.Read(_folder.File(which == "chakra" ? "f.0.et" : "f", damaged), out said);
                (graph is null).ShouldBe(said.Any(s => s.Contains(" error ", StringComparison.Ordinal)));
            }

            refused += said.Length > 0 ? 1 : 0;
            foreach (string line in said)
            {
                line.ShouldMatch(@"^[^\n]+:\d+:\d+: (error|warning) LL31\d\d: [^\n]+$");
            }
        }

        refused.ShouldBeGreaterThan(Tries / 4);
    }
}
