using Lightloom.Cabling;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Tests.Cabling;

public partial class InterconnectSelectorTest
{
    [Theory]
    [InlineData(0.5, "passive-dac")]
    [InlineData(2.0, "passive-dac")]
    [InlineData(2.1, "active-dac")]
    [InlineData(3.0, "active-dac")]
    [InlineData(7.0, "active-dac")]
    [InlineData(7.001, "aoc-or-sr8")]
    [InlineData(42, "aoc-or-sr8")]
    [InlineData(50, "aoc-or-sr8")]
    [InlineData(50.001, "dr8")]
    [InlineData(500, "dr8")]
    [InlineData(500.001, "2xdr4-or-2fr4")]
    [InlineData(2000, "2xdr4-or-2fr4")]
    [InlineData(2000.001, "lr8")]
    [InlineData(10000, "lr8")]
    public void Takes_the_class_that_the_article_names_as_far_as_it_is_sold(double metres, string expected)
    {
        foreach (InterconnectObjective objective in Enum.GetValues<InterconnectObjective>())
        {
            Question.Selector(objective).Choose(Question.Of(metres))!.Class!.Id.ShouldBe(expected, $"by {objective}");
        }
    }

    [Fact]
    public void The_articles_table_comes_out_as_written_when_all_its_classes_are_sold()
    {
        // The article gives passive DAC 3 m and AOC 50 m; the catalogue's stop short.
        Catalogue all = Question.With(parts =>
            parts.Select(p =>
                p.Id switch
                {
                    "dac-800g-osfp" => p with
                    {
                        Reach = new Dictionary<Medium, Length> { [Medium.Copper] = Length.FromMetres(3) },
                        CatalogueLengths = Figures.Own<IReadOnlyList<Length>>([.. p.CatalogueLengths.OrEmpty(), Length.FromMetres(3)]),
                    },
                    "aoc-800g" => p with
                    {
                        CatalogueLengths = Figures.Own<IReadOnlyList<Length>>([.. p.CatalogueLengths.OrEmpty(), Length.FromMetres(50)]),
                    },
                    _ => p,
                }
            )
        );
        InterconnectSelector selector = Question.Selector(catalogue: all);
        foreach (ArticleClass c in selector.Table.Classes)
        {
            double from = c.Order == 1 ? 0.1 : selector.Table.Classes[c.Order - 2].MaxLength.Metres + 0.001;
            selector.Choose(Question.Of(from))!.Class.ShouldBe(c);
            selector.Choose(Question.Of((from + c.MaxLength.Metres) / 2))!.Class.ShouldBe(c);
            selector.Choose(Question.Of(c.MaxLength.Metres))!.Class.ShouldBe(c);
        }
    }

    [Fact]
    public void Tells_linear_and_retimed_active_copper_apart()
    {
        InterconnectCandidate power = Question.Selector(InterconnectObjective.Power).Choose(Question.Of(4))!;
        InterconnectCandidate far = Question.Selector(InterconnectObjective.Power).Choose(Question.Of(6))!;
        power.Head.Kind.ShouldBe(InterconnectKind.Acc);
        far.Head.Kind.ShouldBe(InterconnectKind.Aec);
        Question.Selector(InterconnectObjective.Latency).Choose(Question.Of(4))!.Head.Kind.ShouldBe(InterconnectKind.Acc);
        // Linear copper has no public price, so that it ranks last by cost.
        Question.Selector().Choose(Question.Of(4))!.Head.Kind.ShouldBe(InterconnectKind.Aec);
    }

    [Theory]
    [InlineData("2x400")]
    [InlineData("8x100")]
    public void Medium_reach_divides_as_2x400_and_8x100(string breakout)
    {
        Breakout.TryParse(breakout, out Breakout b).ShouldBeTrue();
        InterconnectCandidate chosen = Question
            .Selector()
            .Choose(
                Question.Of(
                    300,
                    Question.Cage(FormFactor.Osfp, 800, 8, b.Ways),
                    Question.Cage(FormFactor.Unknown, (int)b.Rate.Gbps, (int)b.Rate.Gbps / 100, 1)
                )
            )!;
        chosen.Head.Kind.ShouldBe(InterconnectKind.Dr);
        chosen.Class!.Id.ShouldBe("dr8");
    }

    [Fact]
    public void Cheaper_optics_do_not_displace_the_class_that_the_article_names()
    {
        Catalogue gift = Catalogue.Default.WithPrices(
            new Dictionary<string, Money> { ["2xdr4-800g"] = Money.FromDollars(1), ["2xlr4-800g"] = Money.FromDollars(1) }
        );
        Question.Selector(catalogue: gift).Choose(Question.Of(42))!.Class!.Id.ShouldBe("aoc-or-sr8");
        Question.Selector(catalogue: gift).Choose(Question.Of(300))!.Head.Id.ShouldBe("2xdr4-800g");
    }

    [Fact]
    public void Om3_stops_short_and_the_next_product_or_class_is_taken()
    {
        Question.Selector(fibre: "om3").Choose(Question.Of(29))!.Head.Id.ShouldBe("sr8-800g-2xsr4-50m");
        Question.Selector(fibre: "om3").Choose(Question.Of(40))!.Head.Id.ShouldBe("sr8-800g-ieee");
        Question
            .Selector(fibre: "om3", exclude: ["sr8-800g-ieee", "sr8-800g-2xsr4-100m"])
            .Choose(Question.Of(40))!
            .Class!.Id.ShouldBe("dr8");
        Question.Selector(fibre: "om5").Choose(Question.Of(50))!.Head.Id.ShouldBe("sr8-800g-2xsr4-50m");
        Question.Selector(fibre: "none").Choose(Question.Of(40))!.Class!.Id.ShouldBe("dr8");
    }

    [Fact]
    public void A_short_class_that_reaches_farther_than_the_article_says_comes_after_the_longer_ones()
    {
        InterconnectSelector selector = Question.Selector(exclude: ["dr", "fr", "lr"]);
        InterconnectCandidate chosen = selector.Choose(Question.Of(80))!;
        chosen.Head.Id.ShouldBe("sr8-800g-ieee");
        Question.Selector().Rank(Question.Of(80)).First(c => c.Head.Kind == InterconnectKind.Sr).Verdict.ShouldBe(ProductVerdict.Feasible);
    }

    [Fact]
    public void Beyond_the_table_only_coherent_modules_are_left_and_then_nothing()
    {
        Question.Selector().Choose(Question.Of(20_000))!.Head.Kind.ShouldBe(InterconnectKind.Er);
        InterconnectSelector none = Question.Selector(exclude: "er-800g");
        none.Choose(Question.Of(20_000)).ShouldBeNull();

        // Over a line with amplifiers a coherent module would reach; that line is not designed, and the refusal says so.
        InterconnectCandidate nearest = none.Rank(Question.Of(79_000))[0];
        nearest.Head.Id.ShouldBe("zr-800g");
        nearest.Rejections.Single().Code.ShouldBe(RejectionCode.LineSystem);
        nearest.Reasons.Single().ShouldContain("80000 m over a line system with amplifiers");
        none.Rejections(Question.Of(20_000), "2plr4-800g").Single().Excess.ShouldBe(10_000);
    }
}
