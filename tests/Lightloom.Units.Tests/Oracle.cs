using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Lightloom.Units.Tests;

/// <summary>Arithmetic in whole numbers of any size, which the quantities are compared with.</summary>
internal static class Oracle
{
    public static BigInteger DivideRoundingDown(BigInteger a, BigInteger b) => a / b;

    public static BigInteger DivideRoundingUp(BigInteger a, BigInteger b) => (a + b - 1) / b;

    /// <summary>For a <paramref name="b"/> above zero; halves to even.</summary>
    public static BigInteger DivideToNearest(BigInteger a, BigInteger b)
    {
        BigInteger down = BigInteger.Divide(BigInteger.Abs(a), b);
        BigInteger twice = 2 * (BigInteger.Abs(a) - (down * b));
        return a.Sign * (twice > b || (twice == b && !down.IsEven) ? down + 1 : down);
    }

    public static bool Fits(BigInteger value) => value >= long.MinValue && value <= long.MaxValue;

    /// <summary>Whole numbers of every magnitude up to 2^63 - 1, the small ones as often as the large ones.</summary>
    public static Arbitrary<long> EveryMagnitude(bool negative = true) =>
        Arb.From(
            from bits in Gen.Choose(0, 63)
            from high in Gen.Choose(0, int.MaxValue)
            from low in Gen.Choose(0, int.MaxValue)
            from sign in Gen.Elements(negative ? [1L, -1L] : new[] { 1L })
            select sign * (long)(((ulong)high << 32 | (uint)low) >> (63 - bits) & long.MaxValue)
        );

    /// <summary>Runs a property over many cases and throws on the first that breaks it.</summary>
    public static void ForAll(Arbitrary<long> a, Arbitrary<long> b, Action<long, long> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(a, b, property));
}
