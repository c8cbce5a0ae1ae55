namespace Lightloom.Units.Tests;

public class MoneyTest
{
    private static readonly Money Cable = Money.FromDollars(129.99);

    [Fact]
    public void A_default_amount_is_nothing() => default(Money).ShouldBe(Money.Zero);

    // Eighths of a dollar are exact in binary, so these are true halves of a cent.
    [Theory]
    [InlineData(129.99, 12_999)]
    [InlineData(0.125, 12)]
    [InlineData(0.375, 38)]
    [InlineData(-0.375, -38)]
    public void Dollars_are_rounded_to_the_nearest_cent_halves_to_even(double dollars, long cents) =>
        Money.FromDollars(dollars).ShouldBe(Money.FromCents(cents));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e17)]
    public void What_is_no_amount_is_refused(double dollars) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Money.FromDollars(dollars)).ParamName.ShouldBe("dollars");

    [Fact]
    public void A_thousand_prices_add_up_to_the_cent() =>
        Enumerable.Repeat(Cable, 1000).Aggregate(Money.Zero, (sum, price) => sum + price).ShouldBe(Money.FromDollars(129_990));

    [Fact]
    public void Amounts_have_differences_multiples_and_an_order()
    {
        (Money.Zero - Cable).ShouldBe(-Cable);
        (Cable * 3 / Cable).ShouldBe(3);
        (Cable > Money.Zero && Cable >= Money.FromCents(12_999)).ShouldBeTrue();
    }

    [Fact]
    public void An_amount_out_of_range_throws()
    {
        Should.Throw<OverflowException>(() => Money.MaxValue + Money.FromCents(1));
        Should.Throw<OverflowException>(() => Money.MinValue - Money.FromCents(1));
        Should.Throw<OverflowException>(() => Money.MaxValue * 2);
        Should.Throw<OverflowException>(() => -Money.MinValue);
        Should.Throw<DivideByZeroException>(() => Cable / Money.Zero);
    }

    [Fact]
    public void The_text_of_an_amount_has_its_currency() => Money.FromDollars(1_234_567.5).ToString().ShouldBe("$1,234,567.5");
}
