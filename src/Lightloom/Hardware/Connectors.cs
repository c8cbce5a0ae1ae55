namespace Lightloom.Hardware;

/// <summary>The connectors that channels are built of. An MPO without a polish is completed by <see cref="MpoPolish"/>.</summary>
internal static class Connectors
{
    /// <summary>What an entry may name: pins, polarity, polish and loss of these are known, those of others (SN, CS, MDC, MMC) are not.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        "MPO-12",
        "MPO-12/APC",
        "MPO-12/UPC",
        "MPO-16",
        "MPO-16/APC",
        "MPO-16/UPC",
        "duplex LC",
        "RJ45",
        "integral",
    ];

    /// <summary>The usual connector of a fibre module that names none: LC where its lanes share a pair of fibres, else an MPO with room for them.</summary>
    /// <param name="optics">How its lanes share fibres.</param>
    /// <param name="lanes">Its lanes.</param>
    public static string Usual(Optics optics, int lanes) =>
        optics != Optics.Parallel ? "duplex LC"
        : lanes <= 4 ? "MPO-12"
        : "MPO-16";
}
