namespace Lightloom.Routing;

/// <summary>The way over the trays between two racks.</summary>
/// <param name="Scope">How far apart they stand.</param>
/// <param name="Tray">Millimetres along trays.</param>
/// <param name="Duct">Millimetres through the campus duct, its drops included.</param>
/// <param name="SideA">The boundary between rack positions at which the cable enters the row's tray at the A end.</param>
/// <param name="SideZ">The boundary at which it leaves the tray at the Z end.</param>
/// <param name="Crossing">The crossing used inside one hall; between halls that by which the A end's is left, or -1 for its exit.</param>
/// <param name="ExitA">The long wall (0: smaller y) through which it leaves the A end's hall.</param>
/// <param name="ExitZ">The long wall through which it enters the Z end's hall.</param>
internal readonly record struct TrayPath(Scope Scope, int Tray, int Duct, int SideA, int SideZ, int Crossing, byte ExitA, byte ExitZ)
{
    /// <summary>Between halls the crossing by which the Z end's is entered, or -1 for its exit.</summary>
    public int CrossingZ { get; init; } = -1;
}
