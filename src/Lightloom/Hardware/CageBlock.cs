using System.Globalization;
using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>A run of like cages on a switch's faceplate, numbered one after another.</summary>
[Shorthand("count")]
public sealed record CageBlock : CageForm
{
    /// <summary>How many cages, at least 1.</summary>
    [Key("count", "How many cages.", Required = true, Minimum = 1, Maximum = 4096)]
    public required Figure<int> Count { get; init; }

    /// <summary>The rate of one electrical lane.</summary>
    public DataRate LaneRate => CageRate.Value / Lanes.Value;

    /// <summary>True when cage <paramref name="number"/> may run as <paramref name="breakout"/>.</summary>
    public bool Allows(int number, Breakout breakout) =>
        Breakouts.Value.Contains(breakout)
        && (Restrictions is null || !Restrictions.Value.TryGetValue(breakout, out CageNumbers? cages) || cages.Contains(number));

    /// <summary>
    /// True when cage <paramref name="number"/> may run as <paramref name="breakout"/> with its lanes at <paramref name="lane"/>.
    /// </summary>
    public bool Allows(int number, Breakout breakout, DataRate lane) =>
        lane == LaneRate ? Allows(number, breakout) : DivisionsAt(lane, number).Contains(breakout);

    /// <summary>
    /// The division with the most ports of <paramref name="rate"/> when the cage's lanes run at <paramref name="lane"/>; false when there is
    /// none.
    /// </summary>
    /// <param name="rate">Rate of a port.</param>
    /// <param name="lane">Rate of a lane: the cage's own, or a slower one.</param>
    /// <param name="division">The division.</param>
    public bool TryDivide(DataRate rate, DataRate lane, out Breakout division)
    {
        division = default;
        foreach (Breakout candidate in lane == LaneRate ? Breakouts.OrEmpty() : DivisionsAt(lane, number: null))
        {
            if (candidate.Rate == rate && candidate.Ways > division.Ways)
            {
                division = candidate;
            }
        }

        return division.Ways > 0;
    }

    /// <summary>
    /// Divisions of a cage whose lanes run slower than <see cref="LaneRate"/>: those that are listed and that its lanes can carry at that
    /// rate, and, where <see cref="CageForm.LaneRates"/> says that they run at it, every listed grouping of lanes at the slower rate.
    /// </summary>
    /// <param name="lane">Rate of a lane.</param>
    /// <param name="number">The cage, or null for what any cage of the block may do.</param>
    private List<Breakout> DivisionsAt(DataRate lane, int? number)
    {
        List<Breakout> divisions = [];
        IReadOnlyList<DataRate> rates = LaneRates.OrEmpty();
        if (lane <= DataRate.Zero || lane >= LaneRate || (rates.Count > 0 && !rates.Contains(lane)))
        {
            return divisions;
        }

        foreach (Breakout listed in Breakouts.OrEmpty())
        {
            if (number is { } cage && !Allows(cage, listed))
            {
                continue;
            }

            Add(listed);
            if (rates.Count > 0 && listed.Rate.BitsPerSecond % LaneRate.BitsPerSecond == 0)
            {
                Add(new(listed.Ways, lane * listed.Rate.DividedBy(LaneRate)));
            }
        }

        return divisions;

        void Add(Breakout division)
        {
            if (
                division.Rate.BitsPerSecond % lane.BitsPerSecond == 0
                && division.Ways * division.Rate.DividedBy(lane) <= Lanes.Value
                && !divisions.Contains(division)
            )
            {
                divisions.Add(division);
            }
        }
    }

    /// <summary>The block in words: <c>64 x 800G osfp (1x800, 2x400, 4x200)</c>.</summary>
    public override string ToString()
    {
        string limits = Restrictions is null ? "" : "; " + string.Join("; ", Restrictions.Value.Select(r => $"{r.Key} on {r.Value} only"));
        string purpose = Purpose == PortPurpose.Network ? "" : " " + Purpose.ToWord();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Count} x {CageRate}{purpose} {FormFactor.Value.ToWord()} ({string.Join(", ", Breakouts.Value)}{limits})"
        );
    }
}
