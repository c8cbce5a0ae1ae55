using Lightloom.Units;

namespace Lightloom.Routing;

/// <summary>Where the metres of one cable go, from the port at its A end to the port at its Z end.</summary>
/// <param name="AFaceplate">From the A port sideways to the rack's vertical manager.</param>
/// <param name="AVertical">Up or down the manager to the tray; for a cable inside one rack, to the height of the other port.</param>
/// <param name="Tray">Along trays, inside halls and between the halls of a building.</param>
/// <param name="Duct">Between buildings: down from the tray, through the campus duct, up again. Zero otherwise.</param>
/// <param name="ZVertical">From the tray down the manager at the Z end.</param>
/// <param name="ZFaceplate">From the manager to the Z port.</param>
/// <param name="Slack">The share added for slack, and both service loops.</param>
/// <param name="Scope">How far apart the ends stand.</param>
/// <param name="Route">Tray segments on the way, as <c>cables.csv</c> names them.</param>
public sealed record RouteBreakdown(
    Length AFaceplate,
    Length AVertical,
    Length Tray,
    Length Duct,
    Length ZVertical,
    Length ZFaceplate,
    Length Slack,
    Scope Scope,
    string Route
)
{
    /// <summary>The computed length of the cable: the sum of all parts.</summary>
    public Length Total => Parts.Aggregate(Length.Zero, (sum, part) => sum + part.Length);

    /// <summary>Down from the tray to the panels of the frames on the way, and up again; zero where none is passed.</summary>
    public Length Frames { get; init; }

    /// <summary>
    /// Every part with its name, from the A end to the Z end, those of no length too. Whoever shows where the metres go shows these, so that what
    /// is shown adds up to <see cref="Total"/>.
    /// </summary>
    public IReadOnlyList<(string Name, Length Length)> Parts =>
        [
            ("port to the manager of its rack, A", AFaceplate),
            (Scope == Scope.SameRack ? "manager between the ports" : "manager to tray, A", AVertical),
            ("along trays", Tray),
            ("campus duct", Duct),
            ("down to panels and up again", Frames),
            ("tray to manager, Z", ZVertical),
            ("manager to port, Z", ZFaceplate),
            ("slack and service loops", Slack),
        ];
}
