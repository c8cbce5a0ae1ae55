using Lightloom.Design;
using Lightloom.Report.Tests;
using Lightloom.Verify.Outcome;

namespace Lightloom.Verify.Tests;

/// <summary>What the designer writes holds, whatever is asked of it.</summary>
public sealed class ExamplesTest
{
    public static TheoryData<string> Examples =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "examples"), "*.yaml").Select(f => Path.GetFileName(f)!).Order()];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_verifies(string example)
    {
        string yaml = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "examples", example));
        using WrittenFolder folder = new(TestDesigns.Of(yaml));
        Holds(folder);
    }

    [Fact]
    public void Designs_with_odd_names_halls_and_planes_verify()
    {
        foreach (ClusterDesign design in TestDesigns.All)
        {
            using WrittenFolder folder = new(design);
            Holds(folder);
        }
    }

    [Fact]
    public void No_rule_is_idle_on_an_example_a_design_with_panels_and_a_rack_of_trays()
    {
        string yaml = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "examples", "hopper-1k.yaml"));
        using WrittenFolder folder = new(TestDesigns.Of(yaml));
        using WrittenFolder panels = new(TestDesigns.TwoHalls);
        using WrittenFolder trays = new(
            TestDesigns.Of(
                "lightloom: 1\nname: racks\npools: [{name: gb, node: gb300-nvl72, nodes: 2}]\nfrontend: {reserve: {leaf: 1}}\nexisting: {nvidia-sn2201: {count: 2}}\n"
            )
        );
        IEnumerable<RuleResult> results = folder.Verify().Rules.Concat(panels.Verify().Rules).Concat(trays.Verify().Rules);
        results.GroupBy(r => r.Rule).Where(g => g.All(r => r.Checked == 0)).Select(g => g.Key.Id).ShouldBeEmpty();
    }

    private static void Holds(WrittenFolder folder) => string.Join('\n', folder.Verify().Contradictions.Take(20)).ShouldBeEmpty();
}
