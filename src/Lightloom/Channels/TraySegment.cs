using Lightloom.Floor;
using Lightloom.Units;

namespace Lightloom.Channels;

/// <summary>A stretch of tray between two neighbouring points of the grid, and what it carries.</summary>
/// <param name="Hall">Index of the hall.</param>
/// <param name="Row">Row of a row's tray, from 1; of a crossing the row it comes from, or 0 for the stretch from the hall's wall to row
/// 1.</param>
/// <param name="At">Rack position above which a row's tray runs, from 1; for a crossing its index in <see cref="Hall.CrossingX"/>.</param>
/// <param name="IsCrossing">True for a crossing.</param>
/// <param name="Cables">Cords, assemblies and trunks in it; where legs of one piece part each counts as its share.</param>
/// <param name="Fill">Share of the tray's cross-section that they take.</param>
/// <param name="KilogramsPerMetre">Their weight on a metre of tray.</param>
/// <param name="Length">Length of the stretch.</param>
public readonly record struct TraySegment(
    int Hall,
    int Row,
    int At,
    bool IsCrossing,
    double Cables,
    double Fill,
    double KilogramsPerMetre,
    Length Length
)
{
    /// <summary>Trays one above another; <see cref="Fill"/> and <see cref="KilogramsPerMetre"/> are those of one.</summary>
    public int Trays { get; init; } = 1;
}
