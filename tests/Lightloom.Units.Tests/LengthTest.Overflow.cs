using System.Numerics;

namespace Lightloom.Units.Tests;

public partial class LengthTest
{
    [Fact]
    public void Sums_and_differences_are_exact_or_throw() =>
        Oracle.ForAll(
            Oracle.EveryMagnitude(),
            Oracle.EveryMagnitude(),
            (a, b) =>
            {
                Exact((BigInteger)a + b, () => Length.FromMillimetres(a) + Length.FromMillimetres(b));
                Exact((BigInteger)a - b, () => Length.FromMillimetres(a) - Length.FromMillimetres(b));
                Exact((BigInteger)a * b, () => Length.FromMillimetres(a) * b);
            }
        );

    [Fact]
    public void The_smallest_length_has_no_opposite() => Should.Throw<OverflowException>(() => -Length.MinValue);

    [Fact]
    public void No_length_goes_into_another_zero_times() => Should.Throw<DivideByZeroException>(() => Patch / Length.Zero);

    private static void Exact(BigInteger expected, Func<Length> operation)
    {
        if (Oracle.Fits(expected))
        {
            operation().Millimetres.ShouldBe((long)expected);
        }
        else
        {
            Should.Throw<OverflowException>(() => operation());
        }
    }
}
