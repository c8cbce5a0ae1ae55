namespace Lightloom.Units.Tests;

public class DiameterTest
{
    [Fact]
    public void A_default_diameter_is_zero() => default(Diameter).ShouldBe(Diameter.Zero);

    // The circle of diameter 2 has the area pi.
    [Fact]
    public void The_cross_section_is_that_of_a_circle() => Diameter.FromMillimetres(2).SquareMillimetres.ShouldBe(Math.PI, 1e-12);

    [Theory]
    [InlineData(9.43, 9430)]
    [InlineData(0.00051, 1)]
    public void Millimetres_are_rounded_to_the_nearest_micrometre(double millimetres, long micrometres) =>
        Diameter.FromMillimetres(millimetres).ShouldBe(Diameter.FromMicrometres(micrometres));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void What_is_no_diameter_is_refused(double millimetres) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Diameter.FromMillimetres(millimetres)).ParamName.ShouldBe("millimetres");

    [Fact]
    public void Diameters_are_ordered_and_shown_with_their_unit()
    {
        (Diameter.FromMillimetres(3) < Diameter.FromMillimetres(3.001)).ShouldBeTrue();
        Diameter.FromMillimetres(9.43).ToString().ShouldBe("9.43 mm");
    }
}
