using Lightloom.Cli.Output;
using Lightloom.Experiments.Compare;
using Lightloom.Simulation.Model;

namespace Lightloom.Cli.Tests.Output;

public class ComparisonTableTest
{
    // A run of which 3 flows never ended said "never 91.8%": the share of line rate that the others had.
    [Fact]
    public void A_row_that_never_ends_has_no_rate_beside_it()
    {
        Outcome ended = Outcome.None("") with { TimeUs = 100, BoundUs = 91.8 };
        Comparison comparison = new()
        {
            Contenders = [],
            Options = new(),
            Xpus = 8,
            Columns = [new(0, "first", new(), false), new(1, "second", new(), false)],
            Scenarios = [Scenario.All[0]],
            Outcomes =
            [
                [ended],
                [ended with { Unfinished = 3, Lost = 17 }],
            ],
        };
        using StringWriter text = new();
        ComparisonTable.Print(comparison, text, 100);
        string[] rows = text.ToString().Split('\n');
        rows.Single(r => r.StartsWith("  first", StringComparison.Ordinal)).ShouldContain("91.8%");
        string never = rows.Single(r => r.StartsWith("  second", StringComparison.Ordinal));
        never.ShouldContain("never: 3 flows did not end; 17 packets lost, 0 trimmed");
        never.ShouldNotContain("%");
    }
}
