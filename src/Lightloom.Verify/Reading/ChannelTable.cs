using System.Runtime.InteropServices;
using Lightloom.Diagnostics;

namespace Lightloom.Verify.Reading;

/// <summary>channels.csv in memory, sorted by cable, leg, path and sequence.</summary>
internal sealed class ChannelTable
{
    /// <summary>The file.</summary>
    public const string File = "channels.csv";

    private static readonly string[] Columns = ["cable_id", "leg", "path", "seq", "piece_id", "loss_db"];

    private readonly List<ChannelRow> _rows = [];

    private ChannelTable() { }

    /// <summary>The rows, sorted.</summary>
    public ReadOnlySpan<ChannelRow> Rows => CollectionsMarshal.AsSpan(_rows);

    /// <summary>Rows whose cable cables.csv does not have: line and id.</summary>
    public List<(int Line, string Cable)> Strangers { get; } = [];

    /// <summary>Rows whose piece pieces.csv does not have: line and id.</summary>
    public List<(int Line, string Piece)> Missing { get; } = [];

    /// <summary>Reads the file; null when the diagnostics say what is wrong.</summary>
    public static ChannelTable? Read(string directory, CableTable cables, PieceTable pieces, DiagnosticBag diagnostics)
    {
        using CsvCursor? csv = CsvCursor.Open(Path.Combine(directory, File), Columns, diagnostics);
        if (csv is null)
        {
            return null;
        }

        ChannelTable table = new();
        while (csv.Next())
        {
            int cable = cables.Cables.Find(csv.Text(0));
            int piece = pieces.Pieces.Find(csv.Text(4));
            ChannelRow row = new(
                csv.Line,
                cable,
                csv.Whole(1, 0, 1 << 20),
                csv.Whole(2, 0, 1 << 20),
                csv.Whole(3, 0, 1 << 20),
                piece,
                csv.HundredThousandths(5)
            );
            if (cable < 0)
            {
                table.Strangers.Add((csv.Line, csv.Text(0).ToString()));
            }
            else if (piece < 0)
            {
                table.Missing.Add((csv.Line, csv.Text(4).ToString()));
            }
            else
            {
                table._rows.Add(row);
            }
        }

        table._rows.Sort(
            static (x, y) =>
                x.Cable != y.Cable ? x.Cable.CompareTo(y.Cable)
                : x.Leg != y.Leg ? x.Leg.CompareTo(y.Leg)
                : x.Path != y.Path ? x.Path.CompareTo(y.Path)
                : x.Sequence != y.Sequence ? x.Sequence.CompareTo(y.Sequence)
                : x.Line.CompareTo(y.Line)
        );
        return diagnostics.HasErrors ? null : table;
    }
}
