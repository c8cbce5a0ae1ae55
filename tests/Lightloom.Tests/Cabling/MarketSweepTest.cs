namespace Lightloom.Tests.Cabling;

public class MarketSweepTest
{
    private static readonly MarketSweep Sweep = new();
    private static readonly Lazy<IReadOnlyList<MarketSweep.Line>> Straight = new(Sweep.Straight);
    private static readonly Lazy<IReadOnlyList<MarketSweep.Line>> Split = new(Sweep.Split);
    private static readonly Lazy<IReadOnlyList<MarketSweep.Line>> Slower = new(Sweep.Slower);

    [Fact]
    public void Wherever_somebody_sells_a_straight_link_a_part_serves() => Holes(Straight.Value).ShouldBeEmpty();

    [Fact]
    public void Wherever_somebody_sells_a_division_of_a_cage_a_part_serves() => Holes(Split.Value).ShouldBeEmpty();

    [Fact]
    public void Wherever_somebody_sells_a_division_a_faster_cage_of_its_size_takes_it_at_its_lane_rate() =>
        Holes(Slower.Value).ShouldBeEmpty();

    [Fact]
    public void The_tables_of_the_documentation_are_those_of_this_run()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs/catalogue-coverage.md")).ReplaceLineEndings("\n");
        foreach (Lazy<IReadOnlyList<MarketSweep.Line>> lines in (Lazy<IReadOnlyList<MarketSweep.Line>>[])[Straight, Split, Slower])
        {
            page.ShouldContain(MarketSweep.Table(lines.Value), Case.Sensitive);
        }
    }

    // Modules of one family meet in more ways than a list of pairs names; an assembly is sold as it is or not at all.
    [Fact]
    public void An_assembly_is_offered_only_where_somebody_sells_one() =>
        Straight
            .Value.Concat(Split.Value)
            .Concat(Slower.Value)
            .SelectMany(line =>
                line.Answers.Where(a => a.Sign == '+' && Question.Part(a.Product!).IsAssembly)
                    .Select(a => $"{line.Name} {a.Metres} m: {a.Product}")
            )
            .ShouldBeEmpty();

    [Fact]
    public void What_needs_a_line_with_amplifiers_is_refused_in_words()
    {
        MarketSweep.Answer[] amplified = [.. Straight.Value.SelectMany(l => l.Answers).Where(a => a.Amplified)];
        amplified.ShouldNotBeEmpty();
        amplified.ShouldAllBe(a => a.Product == null && a.Refusal!.Contains("line system"));
    }

    private static IEnumerable<string> Holes(IReadOnlyList<MarketSweep.Line> lines) =>
        lines.SelectMany(line => line.Answers.Where(a => a.IsHole).Select(a => $"{line.Name} {a.Metres} m: {a.Refusal}"));
}
