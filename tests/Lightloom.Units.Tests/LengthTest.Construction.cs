namespace Lightloom.Units.Tests;

public partial class LengthTest
{
    [Fact]
    public void A_default_length_is_zero_metres() => default(Length).ShouldBe(Length.Zero);

    [Fact]
    public void A_metre_is_a_thousand_millimetres() => Length.FromMetres(1).ShouldBe(Length.FromMillimetres(1000));

    // EIA-310: a rack unit is 1.75 inches of 25.4 mm, 44.45 mm.
    [Theory]
    [InlineData(0.04445, 44)]
    [InlineData(0.0005, 0)]
    [InlineData(0.0015, 2)]
    [InlineData(-0.0015, -2)]
    [InlineData(-0.00051, -1)]
    public void Metres_are_rounded_to_the_nearest_millimetre_halves_to_even(double metres, long millimetres) =>
        Length.FromMetres(metres).Millimetres.ShouldBe(millimetres);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(9.3e15)]
    [InlineData(-9.3e15)]
    public void What_is_no_length_is_refused(double metres) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Length.FromMetres(metres)).ParamName.ShouldBe("metres");

    [Fact]
    public void The_text_of_a_length_ends_in_its_unit() => Length.FromMillimetres(12_500).ToString().ShouldBe("12.5 m");
}
