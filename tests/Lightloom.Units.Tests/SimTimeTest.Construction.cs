namespace Lightloom.Units.Tests;

public partial class SimTimeTest
{
    [Fact]
    public void A_default_time_is_zero() => default(SimTime).ShouldBe(SimTime.Zero);

    [Fact]
    public void Every_factory_counts_in_picoseconds()
    {
        SimTime.FromNanoseconds(1).Picoseconds.ShouldBe(1_000);
        SimTime.FromMicroseconds(1).Picoseconds.ShouldBe(1_000_000);
        SimTime.FromMilliseconds(1).Picoseconds.ShouldBe(1_000_000_000);
        SimTime.FromSeconds(1).Picoseconds.ShouldBe(SimTime.PicosecondsPerSecond);
    }

    [Fact]
    public void Every_unit_reads_back()
    {
        SimTime time = SimTime.FromSeconds(1.5);
        time.Seconds.ShouldBe(1.5);
        time.Milliseconds.ShouldBe(1_500);
        time.Microseconds.ShouldBe(1_500_000);
        time.Nanoseconds.ShouldBe(1_500_000_000);
    }

    [Theory]
    [InlineData(0.0005, 0)]
    [InlineData(0.0015, 2)]
    [InlineData(-0.0015, -2)]
    [InlineData(-0.00051, -1)]
    public void Nanoseconds_are_rounded_to_the_nearest_picosecond_halves_to_even(double nanoseconds, long picoseconds) =>
        SimTime.FromNanoseconds(nanoseconds).Picoseconds.ShouldBe(picoseconds);

    // 2^63 ps are 106.75 days.
    [Fact]
    public void A_hundred_days_fit_and_a_year_does_not()
    {
        SimTime.FromSeconds(100 * 86_400).Seconds.ShouldBe(8_640_000);
        Should.Throw<ArgumentOutOfRangeException>(() => SimTime.FromSeconds(365 * 86_400.0));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_no_time_is_refused_in_every_unit(double value)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => SimTime.FromNanoseconds(value)).ParamName.ShouldBe("nanoseconds");
        Should.Throw<ArgumentOutOfRangeException>(() => SimTime.FromMicroseconds(value)).ParamName.ShouldBe("microseconds");
        Should.Throw<ArgumentOutOfRangeException>(() => SimTime.FromMilliseconds(value)).ParamName.ShouldBe("milliseconds");
        Should.Throw<ArgumentOutOfRangeException>(() => SimTime.FromSeconds(value)).ParamName.ShouldBe("seconds");
    }

    [Fact]
    public void The_text_of_a_time_ends_in_its_unit() => SimTime.FromNanoseconds(1234).ToString().ShouldBe("1.234 us");
}
