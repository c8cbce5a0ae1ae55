namespace Lightloom.Units.Tests;

public class MassTest
{
    private static readonly Mass Switch = Mass.FromKilograms(24.85);

    [Fact]
    public void A_default_mass_is_zero() => default(Mass).ShouldBe(Mass.Zero);

    [Fact]
    public void Kilograms_are_a_thousand_grams()
    {
        Switch.ShouldBe(Mass.FromGrams(24_850));
        Switch.Kilograms.ShouldBe(24.85);
        Switch.ToString().ShouldBe("24.85 kg");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.001)]
    [InlineData(1e16)]
    public void What_is_no_mass_is_refused(double kilograms) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Mass.FromKilograms(kilograms)).ParamName.ShouldBe("kilograms");

    [Fact]
    public void Masses_add_up_and_are_ordered()
    {
        (Switch + Switch - Switch).ShouldBe(Switch);
        (Switch * 10 / Switch).ShouldBe(10);
        (Switch > Mass.FromKilograms(24)).ShouldBeTrue();
    }

    [Fact]
    public void A_mass_out_of_range_throws()
    {
        Should.Throw<OverflowException>(() => Mass.MaxValue + Mass.FromGrams(1));
        Should.Throw<OverflowException>(() => Mass.Zero - Mass.FromGrams(1));
        Should.Throw<OverflowException>(() => Switch * -1);
        Should.Throw<ArgumentOutOfRangeException>(() => Mass.FromGrams(-1));
    }
}
