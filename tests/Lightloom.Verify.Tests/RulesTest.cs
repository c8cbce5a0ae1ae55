using Lightloom.Verify.Outcome;

namespace Lightloom.Verify.Tests;

public sealed class RulesTest
{
    [Fact]
    public void Every_rule_stands_in_the_documentation_with_what_it_proves()
    {
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "verify.md"));
        foreach (Rule rule in Rules.All)
        {
            page.ShouldContain($"| `{rule.Id}` | {rule.Proves} |");
        }
    }

    [Fact]
    public void No_two_rules_have_one_name() => Rules.All.Select(r => r.Id).Distinct().Count().ShouldBe(Rules.All.Count);
}
