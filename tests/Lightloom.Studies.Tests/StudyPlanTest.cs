using System.Globalization;
using Lightloom.Studies.Points;

namespace Lightloom.Studies.Tests;

public sealed class StudyPlanTest
{
    [Fact]
    public void A_grid_has_every_combination_once_for_every_listed_point_and_seed()
    {
        using Written written = new(
            """
            points: [{backend.planes: 1}, {backend.planes: 2}]
            axes: [{vary: --size, values: [1, 2, 3]}, {vary: --load-balancing, values: [ecmp, oblivious]}]
            seeds: [5, 7]
            """
        );
        StudyPlan plan = written.Plan();
        plan.Count.ShouldBe(2 * 3 * 2 * 2);
        plan.Columns.ShouldBe(["backend.planes", "--size", "--load-balancing", "--seed"]);
        string[] all = [.. Enumerable.Range(0, plan.Count).Select(i => string.Join(' ', plan.CoordinatesOf(i).Select(c => c.Value.Shown)))];
        all.Distinct().Count().ShouldBe(plan.Count);
        all[0].ShouldBe("1 1 ecmp 5");
        all[^1].ShouldBe("2 3 oblivious 7");
        Enumerable.Range(0, plan.Count).Select(plan.HashOf).Distinct().Count().ShouldBe(plan.Count);
    }

    [Fact]
    public void A_Latin_hypercube_has_one_sample_in_every_part_of_every_axis()
    {
        const int samples = 50;
        using Written written = new(
            $"""
            sampling: latin-hypercube
            samples: {samples}
            axes:
              - vary: backend.oversubscription.leaf
                from: 1
                to: 3
              - vary: interconnect.derating
                from: 0.5
                to: 1
              - vary: --load-balancing
                values: [ecmp, oblivious]
            """.Replace("interconnect.derating", "workload.global_batch", StringComparison.Ordinal).Replace(
                "from: 0.5\n    to: 1",
                "from: 10\n    to: 1000\n    scale: log\n    whole: true",
                StringComparison.Ordinal
            )
        );
        StudyPlan plan = written.Plan();
        plan.Count.ShouldBe(samples);
        double[] linear = [.. Enumerable.Range(0, samples).Select(i => Number(plan, i, 0))];
        linear.Select(v => (int)((v - 1) / 2 * samples)).Order().ShouldBe(Enumerable.Range(0, samples));
        // Half of the samples have each of two words: the law for a list whose length divides their number.
        Enumerable.Range(0, samples).Count(i => plan.CoordinatesOf(i)[2].Value.Shown == "ecmp").ShouldBe(samples / 2);
        // The median of equal ratios is the geometric mean of the ends, here 100.
        double[] log = [.. Enumerable.Range(0, samples).Select(i => Number(plan, i, 1)).Order()];
        log[samples / 2 - 1].ShouldBeInRange(90, 100);
        log[samples / 2].ShouldBeInRange(100, 110);
    }

    [Fact]
    public void The_ends_of_a_range_are_among_a_grids_numbers()
    {
        using Written written = new("axes: [{vary: --seed, from: 64, to: 1024, count: 5, scale: log, whole: true}]");
        StudyPlan plan = written.Plan();
        Enumerable.Range(0, 5).Select(i => plan.CoordinatesOf(i)[0].Value.Shown).ShouldBe(["64", "128", "256", "512", "1024"]);
    }

    [Fact]
    public void A_point_has_the_cluster_file_with_its_values_in_place_and_the_rest_as_it_was()
    {
        using Written written = new("fixed: {\"pools[0].nodes\": 2, --scale-up: true}\naxes: [{vary: backend.planes, values: [2]}]");
        PointInputs point = written.Plan()[0];
        string text = point.Files[0].Text;
        text.ShouldContain("planes: 2");
        text.ShouldContain("nodes: 2}]   # four nodes");
        // But for the line that came and the number that changed, the file is as it was.
        string[] before = Written.Cluster.Split('\n'),
            after = text.TrimEnd('\n').Split('\n');
        after.Except(before).Count().ShouldBe(2);
        before.Except(after).Count().ShouldBe(1);
        point.Arguments.ShouldBe(["simulate", "tiny.yaml", "--scale-up", "--json"]);
    }

    [Fact]
    public void The_hash_is_of_the_text_the_options_and_the_version_and_not_of_the_order_of_the_axes()
    {
        using Written one = new("axes: [{vary: --size, values: [1]}, {vary: --seed, values: [2]}]"),
            other = new("fixed: {--seed: 2}\naxes: [{vary: --size, values: [1]}]"),
            text = new("fixed: {--seed: 2}\naxes: [{vary: --size, values: [1]}]", Written.Cluster + "\n"),
            option = new("fixed: {--seed: 3}\naxes: [{vary: --size, values: [1]}]");
        string hash = one.Plan().HashOf(0);
        hash.Length.ShouldBe(32);
        other.Plan().HashOf(0).ShouldBe(hash);
        text.Plan().HashOf(0).ShouldNotBe(hash);
        option.Plan().HashOf(0).ShouldNotBe(hash);
        one.Plan("2").HashOf(0).ShouldNotBe(hash);
    }

    [Fact]
    public void The_hash_is_of_what_stands_in_a_file_that_an_option_names()
    {
        using Written written = new("fixed: {--tm: a.cm}");
        string matrix = Path.Combine(written.Folder, "a.cm");
        File.WriteAllText(matrix, "Nodes 2");
        string before = written.Plan().HashOf(0);
        File.WriteAllText(matrix, "Nodes 3");
        written.Plan().HashOf(0).ShouldNotBe(before);
    }

    private static double Number(StudyPlan plan, int point, int axis) =>
        double.Parse(plan.CoordinatesOf(point)[axis].Value.Shown, CultureInfo.InvariantCulture);
}
