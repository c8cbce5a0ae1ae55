using Lightloom.Diagnostics;

namespace Lightloom.Studies.Tests;

public sealed class StudyCheckTest
{
    [Theory]
    [InlineData("axes: [{vary: backend.plans, values: [1]}]", "LL8301", "did you mean 'backend.planes'?")]
    [InlineData("axes: [{vary: planes, values: [1]}]", "LL8301", "did you mean 'backend.planes'?")]
    [InlineData("axes: [{vary: pools.nodes, values: [1]}]", "LL8301", "pools[0].nodes")]
    [InlineData("axes: [{vary: backend.planes.x, values: [1]}]", "LL8301", "vary backend.planes itself")]
    [InlineData("axes: [{vary: size, values: [1]}]", "LL8301", "write it as --size")]
    [InlineData("axes: [{vary: --sized, values: [1]}]", "LL8302", "did you mean '--size'?")]
    [InlineData("fixed: {--json: true}", "LL8302", "every point prints it")]
    [InlineData("axes: [{vary: --size, values: [1, 77]}]", "LL8303", "--size must be 1 to 9")]
    [InlineData("axes: [{vary: --scale-up, values: [maybe]}]", "LL8303", "write true or false")]
    [InlineData("axes: [{vary: backend.planes, values: [1, 99]}]", "LL8303", "backend.planes: 99")]
    [InlineData("axes: [{vary: \"pools[3].nodes\", values: [1]}]", "LL8303", "there is no item [3]")]
    [InlineData("fixed: {--tm: none.cm}", "LL8303", "does not exist")]
    [InlineData("axes: [{vary: --size, from: 9, to: 1, count: 2}]", "LL8304", "the first must be the smaller")]
    [InlineData("axes: [{vary: --size, from: 1, to: 9}]", "LL8304", "add `count: 4`")]
    [InlineData("axes: [{vary: --size, from: 0, to: 9, count: 2, scale: log}]", "LL8304", "start above 0")]
    [InlineData("axes: [{vary: --size, values: [1], whole: true}]", "LL8304", "change nothing")]
    [InlineData("axes: [{vary: --size}]", "LL8304", "nothing to vary over")]
    [InlineData("sampling: latin-hypercube\naxes: [{vary: --size, from: 1, to: 9}]", "LL8304", "samples: 100")]
    [InlineData("samples: 4", "LL8304", "changes nothing")]
    [InlineData("seeds: 3\naxes: [{vary: --seed, values: [1]}]", "LL8306", "varied twice")]
    [InlineData("seeds: 1000000\naxes: [{vary: --size, values: [1, 2]}]", "LL8305", "2,000,000 points")]
    [InlineData("axis: []", "LL2010", "did you mean 'axes'?")]
    public void What_is_wrong_is_refused_before_anything_runs_with_its_place(string study, string id, string says)
    {
        using Written written = new(study);
        (_, IReadOnlyList<Diagnostic> said) = written.Checked();
        Diagnostic first = said.First(d => d.Severity == Severity.Error);
        first.Id.ShouldBe(id);
        first.Message.ShouldContain(says);
        first.Mark.ShouldNotBeNull().File.ShouldBe(written.Study);
    }

    [Fact]
    public void The_place_is_that_of_the_value()
    {
        using Written written = new("axes:\n  - vary: --size\n    values: [1, 2, 77]\n");
        written.Checked().Said[0].Mark.ShouldBe(new SourceMark(written.Study, 7, 20));
    }

    [Fact]
    public void A_value_that_only_another_value_contradicts_is_no_reason_to_refuse_the_study()
    {
        // Each is fine by itself; the point that has both is the command's to refuse.
        using Written written = new("axes: [{vary: --size, values: [1, 2]}, {vary: --scale-up, values: [false, true]}]");
        written.Plan().Count.ShouldBe(4);
    }
}
