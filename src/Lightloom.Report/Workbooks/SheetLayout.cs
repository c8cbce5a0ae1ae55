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
}
