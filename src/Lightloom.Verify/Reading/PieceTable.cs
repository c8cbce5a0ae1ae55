using System.Runtime.InteropServices;
using Lightloom.Diagnostics;

namespace Lightloom.Verify.Reading;

/// <summary>pieces.csv in memory.</summary>
internal sealed class PieceTable
{
    /// <summary>The file.</summary>
    public const string File = "pieces.csv";

    private static readonly string[] Columns =
    [
        "piece_id",
        "kind",
        "product",
        "order_code",
        "length_m",
        "order_length_m",
        "fibres",
        "polarity",
        "gender_a",
        "gender_z",
        "polish",
        "a_hall",
        "a_row",
        "a_rack",
        "a_ru",
        "a_device",
        "a_port",
        "a_socket",
        "z_hall",
        "z_row",
        "z_rack",
        "z_ru",
        "z_device",
        "z_port",
        "z_socket",
        "label_a",
        "label_z",
        "jacket",
    ];

    private readonly List<PieceRow> _rows = [];
    private readonly Names _names;

    private PieceTable(Names names) => _names = names;

    /// <summary>Piece ids.</summary>
    public Interner Pieces { get; } = new();

    /// <summary>Order codes.</summary>
    public Interner OrderCodes { get; } = new();

    /// <summary>Labels that are wrong or there twice.</summary>
    public LabelBook Labels { get; } = new();

    /// <summary>The rows in the file's order.</summary>
    public ReadOnlySpan<PieceRow> Rows => CollectionsMarshal.AsSpan(_rows);

    /// <summary>Reads the file; null when the diagnostics say what is wrong.</summary>
    public static PieceTable? Read(string directory, Names names, DiagnosticBag diagnostics)
    {
        using CsvCursor? csv = CsvCursor.Open(Path.Combine(directory, File), Columns, diagnostics);
        if (csv is null)
        {
            return null;
        }

        PieceTable table = new(names);
        int last = -1;
        while (csv.Next())
        {
            PieceRow row = table.Row(csv);
            table._rows.Add(row);
            // A plug that several rows of a piece share has one label.
            table.Take(csv, row, row.Piece == last ? table._rows : []);
            last = row.Piece;
        }

        return diagnostics.HasErrors ? null : table;
    }

    private void Take(CsvCursor csv, in PieceRow row, List<PieceRow> before)
    {
        bool newA = true;
        bool newZ = true;
        for (int i = before.Count - 2; i >= 0 && before[i].Piece == row.Piece; i--)
        {
            newA &= before[i].A != row.A;
            newZ &= before[i].Z != row.Z;
        }

        if (newA)
        {
            Labels.Take(_names, csv.Line, row.A, csv.Text(25));
        }

        if (newZ)
        {
            Labels.Take(_names, csv.Line, row.Z, csv.Text(26));
        }
    }

    private PieceRow Row(CsvCursor csv) =>
        new()
        {
            Line = csv.Line,
            Piece = Pieces.Of(csv.Text(0)),
            Kind = _names.Words.Of(csv.Text(1)),
            Product = _names.Words.Of(csv.Text(2)),
            OrderCode = OrderCodes.Of(csv.Text(3)),
            Length = csv.Thousandths(4, 0),
            Ordered = csv.Thousandths(5, 0),
            Fibres = csv.Whole(6, 0, 1 << 20, 0),
            Polarity = _names.Words.Of(csv.Text(7)),
            GenderA = _names.Words.Of(csv.Text(8)),
            GenderZ = _names.Words.Of(csv.Text(9)),
            Polish = _names.Words.Of(csv.Text(10)),
            Jacket = _names.Words.Of(csv.Text(27)),
            A = End(csv, 11),
            Z = End(csv, 18),
        };

    private PieceEnd End(CsvCursor csv, int from) =>
        new(
            new(
                _names.Halls.Of(csv.Text(from)),
                csv.Whole(from + 1, 0, 1 << 24, 0),
                _names.Racks.Of(csv.Text(from + 2)),
                csv.Whole(from + 3, 0, 1000, 0)
            ),
            _names.Devices.Of(csv.Text(from + 4)),
            csv.Text(from + 5).IsEmpty ? -1 : _names.Ports.Of(csv.Text(from + 5)),
            csv.Whole(from + 6, -1, 1000, -1)
        );
}
