namespace Lightloom.Report.Workbooks;

/// <summary>How a sheet looks and prints.</summary>
/// <param name="Widths">Column widths in characters.</param>
/// <param name="HeadRow">The row of column heads, from 1: frozen with what is above it, repeated on every printed page, with a filter; 0
/// for none.</param>
/// <param name="Landscape">True to print across.</param>
/// <param name="Footer">What every printed page says at its foot, beside its number.</param>
internal sealed record SheetLayout(IReadOnlyList<double> Widths, int HeadRow, bool Landscape, string Footer)
{
    /// <summary>Columns to keep in view, from the left.</summary>
    public int FrozenColumns { get; init; }

    /// <summary>True for A3 instead of A4.</summary>
    public bool LargePaper { get; init; }

    /// <summary>
    /// Percent at which the sheet is printed, page by page at its breaks; null to fit its width, by which spreadsheet programs pass over breaks.
    /// </summary>
    public int? Scale { get; init; }

    /// <summary>The scale at which something fits on a page of A4 laid across, inside the margins: at most 100.</summary>
    /// <param name="width">Its width in points.</param>
    /// <param name="height">Its height in points.</param>
    public static int ScaleOnA4Across(double width, double height) =>
        (int)Math.Clamp(Math.Floor(98 * Math.Min((A4Long - AcrossMargins) / width, (A4Short - UprightMargins) / height)), 10, 100);

    /// <summary>Width of a column in points: a character is seven pixels at 96 to the inch, and a cell has five for its edges.</summary>
    public static double PointsOf(double characters) => ((7 * characters) + 5) * 0.75;

    private const double A4Long = 841.9;
    private const double A4Short = 595.3;
    private const double AcrossMargins = 0.8 * 72;
    private const double UprightMargins = 1.1 * 72;
}
