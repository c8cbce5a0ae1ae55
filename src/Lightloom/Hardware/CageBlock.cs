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
