namespace Lightloom.Units.Tests;

public class PowerTest
{
    private static readonly Power Switch = Power.FromWatts(2_123.5);

    [Fact]
    public void A_default_power_is_zero() => default(Power).ShouldBe(Power.Zero);

    [Fact]
    public void Every_unit_reads_back()
    {
        Switch.Milliwatts.ShouldBe(2_123_500);
        Switch.Watts.ShouldBe(2_123.5);
        Power.FromKilowatts(2.1235).ShouldBe(Switch);
        Power.FromMilliwatts(2_123_500).Kilowatts.ShouldBe(2.1235);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e16)]
    public void What_is_no_power_is_refused(double watts)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Power.FromWatts(watts)).ParamName.ShouldBe("watts");
        Should.Throw<ArgumentOutOfRangeException>(() => Power.FromKilowatts(watts)).ParamName.ShouldBe("kilowatts");
    }

    [Fact]
    public void Powers_add_up_and_may_be_saved()
    {
        (Switch + Switch).ShouldBe(Switch * 2);
        (Power.Zero - Switch).ShouldBe(-Switch);
        (Switch * 4 / Switch).ShouldBe(4);
        (Switch > Power.Zero && Switch <= Power.FromWatts(2_123.5)).ShouldBeTrue();
    }

    [Fact]
    public void A_power_out_of_range_throws()
    {
        Should.Throw<OverflowException>(() => Power.MaxValue + Power.FromMilliwatts(1));
        Should.Throw<OverflowException>(() => Power.MinValue - Power.FromMilliwatts(1));
        Should.Throw<OverflowException>(() => Power.MaxValue * 2);
        Should.Throw<OverflowException>(() => -Power.MinValue);
        Should.Throw<DivideByZeroException>(() => Switch / Power.Zero);
    }

    [Theory]
    [InlineData(9_999.99, "9999.99 W")]
    [InlineData(10_000, "10 kW")]
    public void From_ten_kilowatts_up_the_text_is_in_kilowatts(double watts, string text) =>
        Power.FromWatts(watts).ToString().ShouldBe(text);
}
