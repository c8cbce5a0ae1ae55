using System.Globalization;
using System.Text.Json;
using Lightloom.Verify.Outcome;

namespace Lightloom.Cli.Tests.Commands;

public class VerifyCommandTest
{
    private const string Small = """
        lightloom: 1
        name: small
        pools: [{name: train, node: dgx-h100, nodes: 8}]
        backend: {switch: nvidia-qm9700}
        objectives: {limits: {latency_us: 50}}
        """;

    [Fact]
    public void All_well_is_two_lines_and_every_rule_has_one_where_they_are_asked_for()
    {
        using Scratch scratch = new();
        Cli.Run designed = Cli.Execute("design", scratch.File("small.yaml", Small), "-o", scratch["out"]);
        designed.Code.ShouldBe(0, designed.Error);

        Cli.Run brief = Cli.Execute("verify", scratch["out"]);
        brief.Code.ShouldBe(0, brief.Error);
        string[] lines = brief.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBeLessThanOrEqualTo(2);

        // What the last line counts is what the document of --json holds.
        JsonElement json = JsonDocument.Parse(Cli.Execute("verify", scratch["out"], "--json").Out).RootElement;
        JsonElement[] rules = [.. json.GetProperty("rules").EnumerateArray()];
        rules.Length.ShouldBe(Rules.All.Count);
        int held = rules.Count(r => r.GetProperty("checked").GetInt64() > 0);
        string checks = rules.Sum(r => r.GetProperty("checked").GetInt64()).ToString("N0", CultureInfo.InvariantCulture);
        lines[^1].TrimEnd().ShouldBe($"small: {held} rules hold, {checks} checks");

        string[] all = Cli.Execute("verify", scratch["out"], "--verbose").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (Rule rule in Rules.All)
        {
            all.Count(l =>
                    l.StartsWith(rule.Id + " ", StringComparison.Ordinal) && l.TrimEnd().EndsWith(rule.Proves, StringComparison.Ordinal)
                )
                .ShouldBe(1, rule.Id);
        }
    }

    [Fact]
    public void A_limit_on_latency_has_its_line_beside_the_other_limits()
    {
        using Scratch scratch = new();
        string file = scratch.File("small.yaml", Small);
        Cli.Run run = Cli.Execute("design", file);
        run.Code.ShouldBe(0, run.Error);
        double longest = JsonDocument
            .Parse(Cli.Execute("design", file, "--json").Out)
            .RootElement.GetProperty("fabrics")
            .EnumerateArray()
            .Single(f => f.GetProperty("role").GetString() == "backend")
            .GetProperty("latency_us")
            .GetProperty("max")
            .GetDouble();
        string line = run.Out.Split('\n').Single(l => l.Contains("latency_us", StringComparison.Ordinal));
        line.ShouldContain("within latency_us 50 us: ");
        double said = double.Parse(line.Split("us: ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        said.ShouldBe(longest, 0.001);
    }
}
