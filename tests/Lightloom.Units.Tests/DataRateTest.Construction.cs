namespace Lightloom.Units.Tests;

public partial class DataRateTest
{
    [Fact]
    public void A_default_rate_is_zero() => default(DataRate).ShouldBe(DataRate.Zero);

    [Fact]
    public void Gigabits_are_decimal() => DataRate.FromGbps(400).BitsPerSecond.ShouldBe(400_000_000_000);

    // IEEE 802.3: a lane of 100GAUI-1 signals at 53.125 GBd with two bits a symbol.
    [Fact]
    public void A_rate_with_a_fraction_is_exact_in_bits_per_second() => DataRate.FromGbps(106.25).BitsPerSecond.ShouldBe(106_250_000_000);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e10)]
    [InlineData(-1)]
    public void What_is_no_rate_is_refused(double gbps) =>
        Should.Throw<ArgumentOutOfRangeException>(() => DataRate.FromGbps(gbps)).ParamName.ShouldBe("gbps");

    [Fact]
    public void A_negative_number_of_bits_per_second_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => DataRate.FromBitsPerSecond(-1));

    [Theory]
    [InlineData(400, "400G")]
    [InlineData(2.5, "2.5G")]
    public void The_text_of_a_rate_is_that_on_a_port(double gbps, string text) => DataRate.FromGbps(gbps).ToString().ShouldBe(text);
}
