namespace Lightloom.Units.Tests;

/// <summary>Figures beside a bound never look equal to it when they are not.</summary>
public class ApartTest
{
    [Theory]
    [InlineData(89.97, 90, 1, "89.97")]
    [InlineData(89.9999, 90, 1, "89.9999")]
    [InlineData(90.04, 90, 1, "90.04")]
    [InlineData(71.66, 90, 1, "71.7")]
    [InlineData(90, 90, 1, "90.0")]
    [InlineData(3.004, 3, 2, "3.004")]
    public void Decimals_are_as_many_as_it_takes(double value, double bound, int decimals, string shown) =>
        Apart.Of(value, bound, decimals).ShouldBe(shown);
}
