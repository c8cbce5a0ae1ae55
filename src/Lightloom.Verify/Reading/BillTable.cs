using Lightloom.Diagnostics;

namespace Lightloom.Verify.Reading;

/// <summary>bom.csv: the lines of the bill.</summary>
internal static class BillTable
{
    /// <summary>The file.</summary>
    public const string File = "bom.csv";

    private static readonly string[] Columns =
    [
        "category",
        "id",
        "quantity",
        "unit_price_usd",
        "total_usd",
        "unit_power_w",
        "total_power_w",
        "name",
    ];

    /// <summary>Reads the file; null when the diagnostics say what is wrong.</summary>
    public static IReadOnlyList<BillRow>? Read(string directory, DiagnosticBag diagnostics)
    {
        using CsvCursor? csv = CsvCursor.Open(Path.Combine(directory, File), Columns, diagnostics);
        if (csv is null)
        {
            return null;
        }

        int date = csv.PlaceOf("price_date");
        int source = csv.PlaceOf("source");
        List<BillRow> rows = [];
        while (csv.Next())
        {
            rows.Add(
                new(
                    csv.Line,
                    csv.Text(0).ToString(),
                    csv.Text(1).ToString(),
                    csv.Text(7).ToString(),
                    csv.Whole(2, 0, int.MaxValue),
                    Optional(csv, 3),
                    Optional(csv, 4),
                    Optional(csv, 5),
                    Optional(csv, 6),
                    csv.Optional(date).ToString(),
                    csv.Optional(source).ToString()
                )
            );
        }

        return diagnostics.HasErrors ? null : rows;
    }

    private static double? Optional(CsvCursor csv, int column) => csv.Thousandths(column, -1) is >= 0 and var value ? value / 1000.0 : null;
}
