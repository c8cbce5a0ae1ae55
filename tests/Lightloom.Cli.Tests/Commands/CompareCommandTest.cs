using System.Text.Json;

namespace Lightloom.Cli.Tests.Commands;

public class CompareCommandTest
{
    private static string Cluster(string name, string backend) =>
        $$"""
            lightloom: 1
            name: {{name}}
            pools: [{name: train, node: my-node, nodes: 4}]
            backend: {{backend}}
            frontend: {enabled: false}
            oob: {enabled: false}
            catalog:
              nodes:
                my-node: {xpus: 8, backend: {nics: 8, rate_gbps: 800}, power_w: 10200, rack_units: 8}
            """;

    [Fact]
    public void Clusters_without_a_backend_are_refused_in_words()
    {
        using Scratch scratch = new();
        string farm = scratch.File(
            "farm.yaml",
            "lightloom: 1\nname: farm\npools: []\nservices: [{name: s, node: dell-r760, nodes: 4}]\nbackend: {enabled: false}\n"
        );
        Cli.Run run = Cli.Execute("compare", farm, farm);
        run.Code.ShouldBe(2, run.Error);
        run.Error.ShouldContain("farm has no backend");
    }

    [Fact]
    public void Paradigms_are_compared_as_json_with_every_row_and_a_verdict_and_written_as_a_page()
    {
        using Scratch scratch = new();
        string file = scratch.File("a.yaml", Cluster("a", "{planes: 1, tiers: 2}"));
        Cli.Run run = Cli.Execute("compare", "--paradigms", file, "--quick", "--size", "256KiB", "--json", "-o", scratch["out"]);
        run.Code.ShouldBe(0, run.Error);
        using JsonDocument json = JsonDocument.Parse(run.Out);
        JsonElement root = json.RootElement;
        root.GetProperty("designs").GetArrayLength().ShouldBe(2);
        root.GetProperty("columns")
            .EnumerateArray()
            .Select(c => c.GetProperty("label").GetString())
            .ShouldBe(["endpoint-scheduled", "under ECMP", "switch-scheduled"]);
        foreach (
            string key in new[]
            {
                "permutation",
                "incast",
                "all-to-all",
                "all-reduce-ring",
                "all-reduce-halving-doubling",
                "two-jobs",
                "two-pools",
                "cable-lost",
                "spine-lost",
            }
        )
        {
            JsonElement scenario = root.GetProperty("scenarios").EnumerateArray().Single(s => s.GetProperty("key").GetString() == key);
            scenario.GetProperty("results").EnumerateArray().ShouldAllBe(r => r.GetProperty("time_us").GetDouble() > 0);
        }

        root.GetProperty("verdict").GetArrayLength().ShouldBeGreaterThan(5);
        File.ReadAllText(scratch["out/compare.html"]).ShouldContain("switch-scheduled");
        Directory
            .GetFiles(scratch["out"])
            .Select(Path.GetFileName)
            .Order()
            .ShouldBe(["buffers.svg", "compare.html", "compare.json", "completion.svg", "manifest.json", "utilisation.svg"]);
        File.ReadAllText(scratch["out/compare.json"]).ShouldBe(run.Out);
    }

    [Fact]
    public void Files_are_compared_under_their_names_without_simulation_when_asked()
    {
        using Scratch scratch = new();
        Cli.Run run = Cli.Execute(
            "compare",
            "--static",
            scratch.File("a.yaml", Cluster("one-plane", "{planes: 1}")),
            scratch.File("b.yaml", Cluster("two-planes", "{planes: 2}"))
        );
        run.Code.ShouldBe(0, run.Error);
        run.Out.ShouldContain("one-plane");
        run.Out.ShouldContain("2 (nic-split)");
        run.Out.Split('\n').ShouldAllBe(l => l.Length <= 100);
    }

    [Theory]
    [InlineData("name two or more", "compare", "A")]
    [InlineData("name one", "compare", "--paradigms", "A", "A")]
    [InlineData("--size 'x' must be a size", "compare", "--paradigms", "A", "--size", "x")]
    [InlineData(
        "must be one or more, each once, divided by commas, of permutation",
        "compare",
        "--paradigms",
        "A",
        "--scenarios",
        "nothing"
    )]
    [InlineData("--planes '0..3' must be", "compare", "--planes", "0..3", "A")]
    [InlineData("either --paradigms or --planes", "compare", "--planes", "1,2", "--paradigms", "A")]
    [InlineData("--xpus 64 is more than the 32", "compare", "--paradigms", "A", "--xpus", "64")]
    public void A_wrong_command_line_says_what_is_wrong(string message, params string[] args)
    {
        using Scratch scratch = new();
        string file = scratch.File("a.yaml", Cluster("a", "{planes: 1}"));
        Cli.Run run = Cli.Execute([.. args.Select(a => a == "A" ? file : a)]);
        run.Code.ShouldBe(2);
        run.Error.ShouldContain(message);
        run.Out.ShouldBeEmpty();
    }

    [Fact]
    public void A_mistake_in_a_file_has_its_line()
    {
        using Scratch scratch = new();
        string good = scratch.File("a.yaml", Cluster("a", "{planes: 1}")),
            bad = scratch.File("b.yaml", Cluster("b", "{plans: 1}"));
        Cli.Run run = Cli.Execute("compare", good, bad);
        run.Code.ShouldBe(1);
        run.Error.ShouldContain("b.yaml:4:");
        run.Error.ShouldContain("LL2010");
    }

    [Fact]
    public void Files_none_of_which_can_be_built_end_with_their_diagnostics()
    {
        using Scratch scratch = new();
        string file = scratch.File(
            "a.yaml",
            Cluster("a", "{tiers: 1, switch: tiny}").TrimEnd()
                + "\n  switches:\n    tiny: {cages: 2, rate_gbps: 800, breakouts: [1x800], rack_units: 1, power_w: 500}\n"
        );
        Cli.Run run = Cli.Execute("compare", file, file, "--json");
        run.Code.ShouldBe(3, run.Error);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain("a.yaml:4:");
        run.Error.ShouldContain("error LL4901");
    }

    [Fact]
    public void Designs_of_one_name_are_told_apart_and_one_card_has_nobody_to_send_to()
    {
        using Scratch scratch = new();
        string file = scratch.File(
            "a.yaml",
            Cluster("a", "{planes: 1}").Replace("nodes: 4", "nodes: 1").Replace("xpus: 8, backend: {nics: 8", "xpus: 1, backend: {nics: 1")
        );
        Cli.Run run = Cli.Execute("compare", file, file, "--quick", "--scenarios", "permutation");
        run.Code.ShouldBe(0, run.Error);
        run.Out.ShouldContain("a (2)");
        run.Out.ShouldContain("nobody to send to");
        Cli.Run grown = Cli.Execute("compare", "--planes", "1,2", file, "--quick");
        grown.Code.ShouldNotBe(70, grown.Error);
        grown.Out.ShouldContain("nobody to send to");
    }
}
