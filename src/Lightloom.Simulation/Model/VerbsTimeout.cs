using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>
/// The verbs' local acknowledgement timeout, 4.096 us x 2^n: n has five bits, and 0 stands for no timeout (InfiniBand Architecture
/// Specification, volume 1, section 9.9.2.1.1; <c>ibv_qp_attr.timeout</c>).
/// </summary>
public static class VerbsTimeout
{
    /// <summary>The largest exponent.</summary>
    public const int MostExponent = 31;

    /// <summary>The exponent of no timeout at all.</summary>
    public const int Never = 0;

    /// <summary>The option of transports with this timeout.</summary>
    internal static TransportOption Option { get; } =
        new()
        {
            Name = "timeout-exponent",
            Help = "n of the retransmission timeout 4.096 us x 2^n; 0 for never",
            Least = Never,
            Most = MostExponent,
            Whole = true,
            Default = 2,
            Scale = ValueScale.VerbsExponent,
            Source = "InfiniBand volume 1, section 9.9.2.1.1; the default is Lightloom's, real systems run with 14 to 20",
        };

    private const long UnitPicoseconds = 4_096_000;

    /// <summary>The time that an exponent stands for.</summary>
    /// <param name="exponent">1 to <see cref="MostExponent"/>.</param>
    public static SimTime Of(int exponent) => SimTime.FromPicoseconds(UnitPicoseconds << exponent);

    /// <summary>The smallest exponent whose time is longer; the largest there is where none is.</summary>
    public static int LongerThan(SimTime time)
    {
        int exponent = 1;
        while (exponent < MostExponent && Of(exponent) <= time)
        {
            exponent++;
        }
        return exponent;
    }
}
