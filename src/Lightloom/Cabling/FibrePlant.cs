using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>
/// Figures of fibre and copper that the catalogue holds as facts: attenuation, mated pairs, propagation, forward error correction, lengths
/// that are sold.
/// </summary>
/// <remarks>Immutable; safe to use from several threads.</remarks>
public sealed class FibrePlant
{
    private readonly int[] _ladder;
    private readonly double _os2;
    private readonly double _multimode;
    private readonly double _om5;
    private readonly double _pairSinglemode;
    private readonly double _pairMultimode;
    private readonly double _pairLc;
    private readonly SimTime[] _propagation;

    /// <summary>Reads the facts.</summary>
    /// <exception cref="KeyNotFoundException">The catalogue lacks one of them.</exception>
    public FibrePlant(Catalogue catalogue)
    {
        _ladder = [.. catalogue.Fact("fibre-lengths-m").Values.Select(m => (int)Math.Round(m * 1000)).Order()];
        _os2 = catalogue.Fact("attenuation-os2-db-per-km").Value;
        _multimode = catalogue.Fact("attenuation-multimode-db-per-km").Value;
        _om5 = catalogue.Fact("attenuation-om5-db-per-km").Value;
        _pairSinglemode = catalogue.Fact("mpo-loss-singlemode-db").Value;
        _pairMultimode = catalogue.Fact("mpo-loss-multimode-db").Value;
        _pairLc = catalogue.Fact("lc-loss-db").Value;
        HostFec = SimTime.FromNanoseconds(catalogue.Fact("fec-kp4-ns").Value);
        _propagation = new SimTime[(int)Medium.Os2 + 1];
        _propagation[(int)Medium.Copper] = SimTime.FromNanoseconds(catalogue.Fact("propagation-twinax-ns-per-m").Value);
        _propagation[(int)Medium.TwistedPair] = SimTime.FromNanoseconds(catalogue.Fact("propagation-twisted-pair-ns-per-m").Value);
        SimTime multimode = SimTime.FromNanoseconds(catalogue.Fact("propagation-multimode-ns-per-m").Value);
        _propagation[(int)Medium.Om3] = _propagation[(int)Medium.Om4] = _propagation[(int)Medium.Om5] = multimode;
        _propagation[(int)Medium.Os2] = SimTime.FromNanoseconds(catalogue.Fact("propagation-singlemode-ns-per-m").Value);
        TrunkFibres = (int)catalogue.Fact("trunk-fibres-default").Value;
    }

    /// <summary>Forward error correction at the two hosts of a link.</summary>
    public SimTime HostFec { get; }

    /// <summary>Fibres of a trunk between halls.</summary>
    public int TrunkFibres { get; }

    /// <summary>True for fibre.</summary>
    public static bool IsFibre(Medium medium) => medium is not (Medium.Copper or Medium.TwistedPair);

    /// <summary>Decibels that fibre of this length and the panels on its way lose; null for copper.</summary>
    /// <remarks>
    /// A channel ends at the modules' own sockets: their plugs are inside the modules' figures, so only panels count as mated pairs
    /// (ISO/IEC 11801, IEEE 802.3).
    /// </remarks>
    public double? LossDb(Medium medium, string? connector, long millimetres, int panels) =>
        medium switch
        {
            Medium.Copper or Medium.TwistedPair => null,
            Medium.Os2 => (_os2 * millimetres / 1e6) + (panels * PairLossDb(medium, connector)),
            Medium.Om5 => (_om5 * millimetres / 1e6) + (panels * PairLossDb(medium, connector)),
            _ => (_multimode * millimetres / 1e6) + (panels * PairLossDb(medium, connector)),
        };

    /// <summary>Decibels of one mated pair of the connector: LC, or MPO where it is not said.</summary>
    public double PairLossDb(Medium medium, string? connector) =>
        connector?.Contains("LC", StringComparison.Ordinal) == true ? _pairLc
        : medium == Medium.Os2 ? _pairSinglemode
        : _pairMultimode;

    /// <summary>Time that a signal needs for one metre.</summary>
    public SimTime PropagationPerMetre(Medium medium) => _propagation[(int)medium];

    /// <summary>The lengths of fibre cables that are sold, ascending, in millimetres; above the last, whole metres.</summary>
    public ReadOnlySpan<int> Ladder => _ladder;

    /// <summary>
    /// The length of fibre to order: the next one sold, whole metres above the longest. Where that would pass the reach, it is made as long
    /// as the reach allows.
    /// </summary>
    /// <param name="millimetres">What the route needs.</param>
    /// <param name="reach">What must not be passed.</param>
    /// <param name="minimum">The shortest that the modules allow.</param>
    public long Order(long millimetres, long reach, long minimum = 0)
    {
        long need = Math.Max(millimetres, minimum);
        long sold = NextSold(need);
        if (sold <= reach)
        {
            return sold;
        }

        // One length for all that come this close to the reach: as long as it allows.
        foreach (int step in (ReadOnlySpan<int>)[1000, 500, 100, 10])
        {
            long cut = reach / step * step;
            if (cut >= need)
            {
                return cut;
            }
        }

        return need;
    }

    /// <summary>The next length that is sold, whole metres above the longest.</summary>
    internal long NextSold(long millimetres)
    {
        int[] ladder = _ladder;
        if (ladder.Length == 0 || millimetres > ladder[^1])
        {
            return (millimetres + 999) / 1000 * 1000;
        }

        int low = 0;
        int high = ladder.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (ladder[middle] < millimetres)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return ladder[low];
    }
}
