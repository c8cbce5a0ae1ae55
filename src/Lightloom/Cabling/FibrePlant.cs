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
    private readonly Dictionary<InterconnectKind, double> _classBudgets = [];

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
        foreach (InterconnectKind kind in Enum.GetValues<InterconnectKind>())
        {
            if (catalogue.Facts.TryGetValue($"loss-budget-{kind.ToWord()}-db", out Fact? budget))
            {
                _classBudgets[kind] = budget.Value;
            }
        }

        HostFec = SimTime.FromNanoseconds(catalogue.Fact("fec-kp4-ns").Value);
        _propagation = [.. Enum.GetValues<Medium>().Select(m => catalogue.Nanoseconds(m.PropagationFact()).Value)];
    }

    /// <summary>Forward error correction at the two hosts of a link.</summary>
    public SimTime HostFec { get; }

    /// <summary>Decibels that a channel loses: its fibre and the panels on its way; null for copper.</summary>
    /// <remarks>
    /// A channel ends at the modules' own sockets: their plugs are inside the modules' figures, so only panels count as mated pairs
    /// (ISO/IEC 11801, IEEE 802.3). Trunks end in MPO plugs: duplex LC meets them in cassettes, which have a pair of either kind.
    /// </remarks>
    /// <param name="medium">Fibre grade.</param>
    /// <param name="connector">The connector at the panels.</param>
    /// <param name="millimetres">Ordered length of all pieces.</param>
    /// <param name="panels">Panels on the way.</param>
    /// <param name="module">The module, whose wavelengths may lose another amount than the plant's figure.</param>
    public double? LossDb(Medium medium, string? connector, long millimetres, int panels, InterconnectModel module) =>
        medium.IsFibre() ? FibreLossDb(medium, millimetres, module) + PanelLossDb(medium, connector, panels) : null;

    /// <summary>Decibels that a length of fibre loses at the wavelengths of a module.</summary>
    public double FibreLossDb(Medium medium, long millimetres, InterconnectModel module) =>
        millimetres
        / 1e6
        * (
            module.AttenuationDbPerKm?.Value
            ?? medium switch
            {
                Medium.Os2 => _os2,
                Medium.Om5 => _om5,
                _ => _multimode,
            }
        );

    private double PanelLossDb(Medium medium, string? connector, int panels) =>
        (panels * PairLossDb(medium, connector)) + (FibreConnector.IsLc(connector) && panels > 1 ? 2 * PairLossDb(medium, null) : 0);

    /// <summary>Decibels that a mated pair of a connector loses; MPO unless it is LC.</summary>
    public double PairLossDb(Medium medium, string? connector) =>
        FibreConnector.IsLc(connector) ? _pairLc
        : medium == Medium.Os2 ? _pairSinglemode
        : _pairMultimode;

    /// <summary>
    /// The loss that the channel of a kind of module may have where the module's own figure is not published; null where its class has none.
    /// </summary>
    public double? ClassBudgetDb(InterconnectKind kind) => _classBudgets.TryGetValue(kind, out double budget) ? budget : null;

    /// <summary>The length of a piece between panels, or a cord to one: the next one sold.</summary>
    public long OrderCord(long millimetres) => millimetres == 0 ? 0 : NextSold(millimetres);

    /// <summary>The length of a trunk, which is made to measure: whole metres.</summary>
    public static long OrderTrunk(long millimetres) => (millimetres + 999) / 1000 * 1000;

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
