using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>
/// The polish of an MPO connector of which an entry says none: angled (APC), but flat (UPC) where a multimode module has at most four lanes
/// of at most 50 Gb/s. Both fit the same adapters and must never meet, so that nothing is left open.
/// </summary>
/// <remarks>Source of the rule: NVIDIA's cable overview, optical connectors (S282); for single mode S283.</remarks>
internal static class MpoPolish
{
    private const int FlatLanes = 4;
    private static readonly DataRate FlatLaneRate = DataRate.FromGbps(50);

    /// <summary>True for an MPO that says no polish: <c>MPO-12</c>, not <c>MPO-12/APC</c>.</summary>
    public static bool IsOpen(string? connector) =>
        connector?.StartsWith("MPO", StringComparison.OrdinalIgnoreCase) == true && !connector.Contains('/');

    /// <summary>The connector of a module with its polish, marked as assumed where the entry does not say it.</summary>
    public static Figure<string>? OfModule(Figure<string>? connector, IReadOnlyCollection<Medium> media, int? lanes, DataRate? laneRate)
    {
        if (!IsOpen(connector?.Value))
        {
            return connector;
        }

        string named = connector!.Value;
        if (media.Contains(Medium.Os2))
        {
            return Figures.Assume(named + "/APC", $"Its polish is not given ({named}): single-mode MPO is angled.");
        }

        bool isFlat =
            !named.Contains("16", StringComparison.Ordinal)
            && (lanes ?? FlatLanes) <= FlatLanes
            && laneRate is { } rate
            && rate <= FlatLaneRate;
        return Figures.Assume(
            named + (isFlat ? "/UPC" : "/APC"),
            $"Its polish is not given ({named}): multimode MPO is flat where up to four lanes run at 50G or slower, else angled."
        );
    }

    /// <summary>The connector of a cord, trunk or panel with its polish: angled where the entry does not say it.</summary>
    public static Figure<string>? OfPassive(Figure<string>? connector) =>
        IsOpen(connector?.Value)
            ? Figures.Assume(connector!.Value + "/APC", $"Its polish is not given ({connector.Value}): taken to be angled.")
            : connector;
}
