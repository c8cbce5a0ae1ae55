using System.Text.Json;

namespace Lightloom.Cli.Tests.Commands;

public class FaultsCommandTest
{
    private const string Small = """
        lightloom: 1
        name: small
        pools: [{name: train, node: my-node, nodes: 4}]
        backend: {planes: 2, switch: my-switch}
        catalog:
          nodes:
            my-node: {xpus: 4, backend: {nics: 4, rate_gbps: 800}, frontend: {nics: 2, rate_gbps: 200}, power_w: 10200, rack_units: 8}
          switches:
            my-switch: {cages: 16, rate_gbps: 400, breakouts: [1x400], rack_units: 1, power_w: 500}
        """;

    private static readonly string[] Quick =
    [
        "--runs",
        "1",
        "--size",
        "64KiB",
        "--workload",
        "permutation",
        "--years",
        "50",
        "--pairs",
        "none",
    ];

    [Fact]
    public void JsonHasEveryFaultWithItsFiguresAndLeavesUnknownRatesOut()
    {
        using Scratch scratch = new();
        string file = scratch.File("c.yaml", Small);
        Cli.Run run = Cli.Execute([
            "faults",
            file,
            "--json",
            "--classes",
            "leaf,plane",
            "--fail",
            "plane:0+port:3.1,link:5=0.5",
            "--rate",
            "leaf=0.5",
            .. Quick,
        ]);
        run.Code.ShouldBe(0, run.Error);
        using JsonDocument json = JsonDocument.Parse(run.Out);
        JsonElement root = json.RootElement;
        JsonElement[] faults = [.. root.GetProperty("faults").EnumerateArray()];
        faults.Select(f => f.GetProperty("fault").GetString()).ShouldBe(["leaf", "plane", "yours", "yours"]);
        faults[1].GetProperty("bandwidth_left").GetProperty("hosts").GetDouble().ShouldBe(0.5);
        faults[2].GetProperty("cut_off").GetInt32().ShouldBe(1);
        faults[3].GetProperty("bandwidth_left").GetProperty("worst_host").GetDouble().ShouldBe(0.75);
        foreach (JsonElement fault in faults)
        {
            JsonElement packets = fault.GetProperty("strike").GetProperty("packets");
            long Of(string name) => packets.GetProperty(name).GetInt64();
            Of("sent").ShouldBe(Of("delivered") + Of("trimmed") + Of("dropped") + Of("in_flight"));
        }

        JsonElement[] parts = [.. root.GetProperty("goodput").GetProperty("parts").EnumerateArray()];
        parts[0].GetProperty("failures_per_part_year").GetDouble().ShouldBe(0.5);
        parts[1].GetProperty("failures_per_part_year").ValueKind.ShouldBe(JsonValueKind.Null);
        parts[1].GetProperty("unknown").GetInt32().ShouldBe(2);
        root.GetProperty("goodput").GetProperty("mean").GetDouble().ShouldBeInRange(0.9, 1);
    }

    [Fact]
    public void TheSameBytesComeOutOnAnyNumberOfThreads()
    {
        using Scratch scratch = new();
        string file = scratch.File("c.yaml", Small);
        string[] args = ["faults", file, "--json", "--classes", "leaf,plane", "--rate", "all=assumed", .. Quick];
        Cli.Execute([.. args, "--threads", "3"]).Out.ShouldBe(Cli.Execute([.. args, "--threads", "1"]).Out);
    }

    [Fact]
    public void TablesSayWhatIsAssumedAndWhatIsUnknown()
    {
        using Scratch scratch = new();
        string file = scratch.File("c.yaml", Small);
        Cli.Run run = Cli.Execute(["faults", file, "--classes", "leaf", "--csv", scratch["f.csv"], "--series", scratch["s.csv"], .. Quick]);
        run.Code.ShouldBe(0, run.Error);
        run.Out.ShouldContain("unknown");
        run.Out.ShouldContain("no rate is known");
        run.Out.ShouldContain("--rate leaf=assumed");
        run.Out.Split('\n').ShouldAllBe(l => l.Length <= 101);
        File.ReadAllLines(scratch["f.csv"]).Length.ShouldBe(2);
        File.ReadAllLines(scratch["s.csv"]).Length.ShouldBeGreaterThan(50);
    }

    [Theory]
    [InlineData("--classes", "roof")]
    [InlineData("--fail", "link:99999")]
    [InlineData("--rate", "leaf=often")]
    [InlineData("--network-share", "1.5")]
    [InlineData("--years", "3")]
    public void AWrongCommandLineIsRefusedAtOnce(string option, string value)
    {
        using Scratch scratch = new();
        Cli.Run run = Cli.Execute("faults", scratch.File("c.yaml", Small), option, value);
        run.Code.ShouldBe(2, run.Error);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldStartWith("lightloom: ");
        run.Error.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public void AWrongFileIsNamedWithItsPlace()
    {
        using Scratch scratch = new();
        Cli.Run run = Cli.Execute("faults", scratch.File("c.yaml", "lightloom: 1\nname: x\npools: [{name: a, node: nothing, nodes: 2}]\n"));
        run.Code.ShouldBe(1);
        run.Error.ShouldContain("c.yaml:3:");
        run.Error.ShouldContain("error LL2");
    }
}
