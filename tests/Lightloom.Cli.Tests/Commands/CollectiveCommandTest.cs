using System.Text.Json;

namespace Lightloom.Cli.Tests.Commands;

public class CollectiveCommandTest
{
    [Fact]
    public void PrintsTheTimeThatAstraSimPrints()
    {
        // ASTRA-sim printed 1508608 for this run; tests/reference/collectives has it as sw1d_RS_ring_64_64M.
        Cli.Run run = Cli.Execute([
            .. "collective --json --name reduce-scatter --algorithm ring --xpus 64 --bytes 67108864 --topology switch".Split(' '),
            .. "--gbytes-s 46.5661287307739 --latency-ns 500 --model astra".Split(' '),
        ]);
        run.Code.ShouldBe(0, run.Error);
        using JsonDocument json = JsonDocument.Parse(run.Out);
        json.RootElement.GetProperty("time_ns").GetDouble().ShouldBe(1508608);
    }

    [Theory]
    [InlineData("--model simai --splits 4", "--splits")]
    [InlineData("--nodes 2", "--nodes")]
    [InlineData("--model simai --nodes 3", "--xpus 6")]
    [InlineData("--name broadcast", "all-gather")]
    [InlineData("--model nccl --cross-nic yes", "--model simai")]
    public void RefusesWhatChangesNothingOrHasNoAnswer(string more, string says)
    {
        string[] usual = more.StartsWith("--name", StringComparison.Ordinal) ? [] : ["--name", "all-reduce"];
        Cli.Run run = Cli.Execute(["collective", .. usual, "--xpus", "8", "--bytes", "1MiB", "--gbytes-s", "50", .. more.Split(' ')]);
        run.Code.ShouldBe(2);
        run.Error.ShouldContain(says);
    }
}
