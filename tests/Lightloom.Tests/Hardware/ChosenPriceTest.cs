using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Tests.Hardware;

/// <summary>Which of several prices a bill uses.</summary>
public class ChosenPriceTest
{
    private static Price Of(
        double usd,
        string? date,
        bool estimate = false,
        double? length = null,
        string source = "S1",
        double? high = null
    ) =>
        new()
        {
            Range = new(Money.FromDollars(usd), Money.FromDollars(high ?? usd)),
            Date = date,
            SourceId = source,
            IsEstimate = estimate,
            Length = length is { } metres ? Length.FromMetres(metres) : null,
        };

    private static double? Chosen(double? length, params Price[] prices) =>
        ChosenPrice.Of(prices, length is { } l ? Length.FromMetres(l) : null)?.Amount.Value.Dollars;

    [Fact]
    public void No_price_is_no_choice() => ChosenPrice.Of([]).ShouldBeNull();

    [Fact]
    public void The_newest_month_decides() =>
        Chosen(null, Of(100, "2025-12-31"), Of(200, "2026-09-01"), Of(300, "2026-08-30"), Of(400, null), Of(500, "2026")).ShouldBe(200);

    [Fact]
    public void The_median_is_taken_where_several_share_the_newest_month() =>
        Chosen(null, Of(100, "2026-09-22"), Of(900, "2026-09"), Of(200, "2026-09-01")).ShouldBe(200);

    [Fact]
    public void Of_an_even_number_the_middle_two_are_averaged() =>
        Chosen(null, Of(100, "2026"), Of(200, "2026"), Of(400, "2026"), Of(1000, "2026")).ShouldBe(300);

    [Fact]
    public void A_range_counts_as_its_middle() => Chosen(null, Of(100, "2026", high: 300)).ShouldBe(200);

    [Fact]
    public void An_estimate_counts_only_where_nobody_asks_a_price()
    {
        Chosen(null, Of(100, "2020"), Of(900, "2026", estimate: true)).ShouldBe(100);
        ChosenPrice.Of([Of(900, "2026", estimate: true)])!.Value.IsEstimate.ShouldBeTrue();
    }

    [Fact]
    public void The_price_book_beats_every_public_price() =>
        Chosen(null, Of(100, "2030"), Of(7, null, source: ChosenPrice.PriceBook)).ShouldBe(7);

    [Theory]
    [InlineData(0.5, 10)]
    [InlineData(0.8, 20)]
    [InlineData(1.0, 20)]
    [InlineData(1.5, 30)]
    [InlineData(9.0, 30)]
    public void A_length_takes_the_price_of_the_shortest_that_is_long_enough_or_the_longest(double length, double usd) =>
        Chosen(length, Of(10, "2026", length: 0.5), Of(20, "2026", length: 1), Of(30, "2026", length: 2)).ShouldBe(usd);

    [Fact]
    public void The_chosen_price_says_its_date_and_source()
    {
        ChosenPrice chosen = ChosenPrice.Of([Of(100, "2026-09-22", source: "S67"), Of(50, "2025", source: "S12")])!.Value;
        (chosen.Date, chosen.SourceId, chosen.IsEstimate).ShouldBe(("2026-09-22", "S67", false));
    }

    [Fact]
    public void Published_prices_come_out_as_the_median_of_the_newest_month()
    {
        Catalogue.Default.Interconnects["2xdr4-800g"].BestPrice()!.Value.Amount.Value.Dollars.ShouldBe(1319);
        Catalogue.Default.Interconnects["dac-800g-osfp"].BestPrice(Length.FromMetres(0.5))!.Value.Amount.Value.Dollars.ShouldBe(180);
        Catalogue.Default.Interconnects["dac-800g-osfp"].BestPrice(Length.FromMetres(1))!.Value.Amount.Value.Dollars.ShouldBe(186);
        Catalogue.Default.Interconnects["aec-400g"].BestPrice()!.Value.IsEstimate.ShouldBeTrue();
    }

    [Fact]
    public void The_middle_of_two_prices_cites_both()
    {
        ChosenPrice chosen = ChosenPrice.Of([Of(100, "2026-09", source: "S67"), Of(50, "2026-09", source: "S12")])!.Value;
        chosen.Amount.Value.Dollars.ShouldBe(75);
        chosen.Amount.SourceIds.ShouldBe(["S67", "S12"], ignoreOrder: true);
    }

    [Fact]
    public void A_book_price_for_one_length_leaves_the_public_prices_of_the_others()
    {
        Price[] prices =
        [
            Of(5000, null, length: 2, source: ChosenPrice.PriceBook),
            Of(100, "2026-07", length: 1, source: "S1"),
            Of(200, "2026-09", length: 2, source: "S2"),
        ];
        ChosenPrice.Holding(prices, Length.FromMetres(2))!.Value.Price.Amount.Value.Dollars.ShouldBe(5000);
        (ChosenPrice between, _) = ChosenPrice.Holding(prices, Length.FromMetres(1.5))!.Value;
        (between.Amount.Value.Dollars, between.SourceId, between.Date).ShouldBe((150, "S2 S1", "2026-07"));
    }

    [Fact]
    public void A_price_for_any_length_goes_before_one_of_another_length() =>
        Chosen(1, Of(500, "2026"), Of(700, "2026", length: 3)).ShouldBe(500);

    [Fact]
    public void The_middle_of_a_range_says_of_which() =>
        ChosenPrice.Of([Of(100, "2026", high: 300)])!.Value.Range!.Value.High.Dollars.ShouldBe(300);

    [Fact]
    public void A_price_of_another_jacket_or_polarity_counts_only_where_there_is_no_other_and_says_so()
    {
        Price plenum = Of(100, "2026") with { Jacket = FibreJacket.Ofnp };
        Price open = Of(60, "2026");
        Price turned = Of(110, "2026") with { Polarity = "A" };
        ChosenPrice
            .ForPiece([plenum, open], FibreJacket.Lszh, "B")
            .ShouldSatisfyAllConditions(c => c.Prices.ShouldBe([open]), c => c.Other.ShouldBeNull());
        ChosenPrice.ForPiece([plenum], FibreJacket.Lszh, "B").Other.ShouldBe("price: published for ofnp");
        ChosenPrice.ForPiece([turned], FibreJacket.Unknown, "B").Other.ShouldBe("price: published for type A");
        ChosenPrice.ForPiece([plenum], FibreJacket.Ofnp, "B").Other.ShouldBeNull();
    }
}
