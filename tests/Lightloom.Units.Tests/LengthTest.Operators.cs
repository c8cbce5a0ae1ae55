using System.Numerics;

namespace Lightloom.Units.Tests;

public partial class LengthTest
{
    private static readonly Length Patch = Length.FromMetres(3);

    [Fact]
    public void Lengths_add_up()
    {
        (Patch + Patch).ShouldBe(Length.FromMetres(6));
        (Patch - Length.FromMetres(5)).ShouldBe(Length.FromMetres(-2));
        (Patch * 2).ShouldBe(Patch + Patch);
        (-Patch).ShouldBe(Length.Zero - Patch);
        (Length.FromMetres(12) / Patch).ShouldBe(4);
    }

    [Fact]
    public void Lengths_are_ordered()
    {
        (Patch < Length.FromMillimetres(3001)).ShouldBeTrue();
        (Patch <= Length.FromMetres(3)).ShouldBeTrue();
        Length.Max(Patch, Length.Zero).ShouldBe(Patch);
    }

    // The speed of light is 299,792,458 m/s by definition of the metre: 3,335.64 ps a metre in vacuum, and 1.4676 times that in
    // Corning SMF-28 fibre at 1310 nm (data sheet PI-1463, effective group index of refraction).
    [Theory]
    [InlineData(1, 299.792458, 1_000_000)]
    [InlineData(1.4676, 2000, 9_790_773)]
    public void Light_takes_its_time_over_a_length(double groupIndex, double metres, long picoseconds)
    {
        SimTime perMetre = SimTime.FromSeconds(groupIndex / 299_792_458);

        SimTime time = Length.FromMetres(metres).PropagationTime(perMetre);

        // A picosecond a metre is the grain of the figure per metre.
        Math.Abs(time.Picoseconds - picoseconds).ShouldBeLessThanOrEqualTo((long)Math.Ceiling(metres));
    }

    [Fact]
    public void Propagation_is_rounded_once_to_the_nearest_picosecond() =>
        Oracle.ForAll(
            Oracle.EveryMagnitude(),
            Oracle.EveryMagnitude(),
            (millimetres, perMetre) =>
            {
                BigInteger exact = Oracle.DivideToNearest((BigInteger)millimetres * perMetre, 1000);
                if (Oracle.Fits(exact))
                {
                    Length
                        .FromMillimetres(millimetres)
                        .PropagationTime(SimTime.FromPicoseconds(perMetre))
                        .Picoseconds.ShouldBe((long)exact);
                }
                else
                {
                    Should.Throw<OverflowException>(() =>
                        Length.FromMillimetres(millimetres).PropagationTime(SimTime.FromPicoseconds(perMetre))
                    );
                }
            }
        );
}
