using System.Buffers.Text;
using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml.Packaging;

namespace Lightloom.Report.Workbooks;

/// <summary>Streams the rows of one sheet as UTF-8 into its part; nothing of it is kept.</summary>
internal sealed class SheetWriter
{
    private readonly WorkbookFile _book;
    private readonly WorksheetPart _part;
    private readonly SheetLayout _layout;
    private readonly Utf8Lines _out;
    private readonly List<string> _merges = [];
    private readonly List<(string Cell, string Id)> _links = [];
    private readonly List<int> _breaks = [];
    private readonly byte[][] _columns;
    private int _row;
    private int _column;
    private bool _open;

    public SheetWriter(WorkbookFile book, WorksheetPart part, Stream stream, SheetLayout layout)
    {
        _book = book;
        _part = part;
        _layout = layout;
        _out = new(stream, 1 << 16);
        _columns = [.. Enumerable.Range(1, Math.Max(64, layout.Widths.Count)).Select(c => Encoding.ASCII.GetBytes(Letters(c)))];
        Begin();
    }

    /// <summary>The row being written, from 1.</summary>
    public int Row => _row;

    /// <summary>Begins the next row.</summary>
    public SheetWriter NewRow(double height = 0)
    {
        EndRow();
        _row++;
        _column = 0;
        _open = true;
        _out.Reserve(80);
        _out.Put("<row r=\""u8);
        _out.Put(_row);
        _out.PutByte((byte)'"');
        if (height > 0)
        {
            _out.Put(" ht=\""u8);
            _out.PutThousandths((int)(height * 1000));
            _out.Put("\" customHeight=\"1\""u8);
        }

        _out.PutByte((byte)'>');
        return this;
    }

    /// <summary>Leaves cells out.</summary>
    public SheetWriter Skip(int cells = 1)
    {
        _column += cells;
        return this;
    }

    /// <summary>A text that other cells repeat.</summary>
    public SheetWriter Text(string? text, CellStyle style = CellStyle.Text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Empty(style);
        }

        int shared = _book.Shared(text);
        Open(style);
        _out.Put("\" t=\"s\"><v>"u8);
        _out.Put(shared);
        _out.Put("</v></c>"u8);
        return this;
    }

    /// <summary>A text that stands nowhere else.</summary>
    public SheetWriter Once(string text, CellStyle style = CellStyle.Text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Markup.Escape(WorkbookFile.Clean(text)));
        _out.Reserve(bytes.Length + 160);
        Open(style);
        _out.Put("\" t=\"inlineStr\"><is><t>"u8);
        _out.Put(bytes);
        _out.Put("</t></is></c>"u8);
        return this;
    }

    /// <summary>A whole number.</summary>
    public SheetWriter Integer(long value, CellStyle style = CellStyle.Integer)
    {
        Open(style);
        _out.Put("\"><v>"u8);
        PutNumber(value);
        _out.Put("</v></c>"u8);
        return this;
    }

    /// <summary>A number, or an empty cell.</summary>
    public SheetWriter Number(double? value, CellStyle style = CellStyle.Decimal)
    {
        if (value is not { } number)
        {
            return Empty(style);
        }

        Open(style);
        _out.Put("\"><v>"u8);
        Span<byte> digits = stackalloc byte[40];
        Utf8Formatter.TryFormat(number, digits, out int length);
        _out.Put(digits[..length]);
        _out.Put("</v></c>"u8);
        return this;
    }

    /// <summary>A formatted cell without content.</summary>
    public SheetWriter Empty(CellStyle style)
    {
        Open(style);
        _out.Put("\"/>"u8);
        return this;
    }

    /// <summary>A link to a file beside the workbook.</summary>
    public SheetWriter Link(string text, string target)
    {
        // The library would name the relation by chance; numbered, the same design gives the same bytes.
        string id = string.Create(CultureInfo.InvariantCulture, $"rId{_links.Count + 1}");
        _part.AddHyperlinkRelationship(new Uri(target, UriKind.Relative), true, id);
        _links.Add((Letters(_column + 1) + _row.ToString(CultureInfo.InvariantCulture), id));
        return Text(text, CellStyle.Link);
    }

    /// <summary>Heads of a table.</summary>
    public SheetWriter Heads(params ReadOnlySpan<string> heads)
    {
        NewRow(28);
        foreach (string head in heads)
        {
            Text(head, CellStyle.Head);
        }

        return this;
    }

    /// <summary>Joins cells of a column.</summary>
    public void Merge(int column, int fromRow, int toRow) =>
        _merges.Add(string.Create(CultureInfo.InvariantCulture, $"{Letters(column)}{fromRow}:{Letters(column)}{toRow}"));

    /// <summary>Lets a new printed page begin after the current row.</summary>
    public void Break() => _breaks.Add(_row);

    /// <summary>Ends the sheet.</summary>
    public void Finish()
    {
        EndRow();
        StringBuilder end = new("</sheetData>");
        if (_layout.HeadRow > 0 && _row >= _layout.HeadRow)
        {
            end.Append(CultureInfo.InvariantCulture, $"<autoFilter ref=\"A{_layout.HeadRow}:{Letters(_layout.Widths.Count)}{_row}\"/>");
        }

        if (_merges.Count > 0)
        {
            end.Append(CultureInfo.InvariantCulture, $"<mergeCells count=\"{_merges.Count}\">");
            foreach (string merge in _merges)
            {
                end.Append("<mergeCell ref=\"").Append(merge).Append("\"/>");
            }

            end.Append("</mergeCells>");
        }

        if (_links.Count > 0)
        {
            end.Append("<hyperlinks>");
            foreach ((string cell, string id) in _links)
            {
                end.Append("<hyperlink ref=\"").Append(cell).Append("\" r:id=\"").Append(id).Append("\"/>");
            }

            end.Append("</hyperlinks>");
        }

        end.Append("<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>");
        end.Append("<pageSetup paperSize=\"")
            .Append(_layout.LargePaper ? '8' : '9')
            .Append("\" orientation=\"")
            .Append(_layout.Landscape ? "landscape" : "portrait")
            .Append(_layout.Scale is { } percent ? $"\" scale=\"{percent}\"/>" : "\" fitToWidth=\"1\" fitToHeight=\"0\"/>");
        end.Append("<headerFooter><oddFooter>&amp;L&amp;8")
            // A digit right after the code would belong to the size of the letters.
            .Append(_layout.Footer.Length > 0 && char.IsAsciiDigit(_layout.Footer[0]) ? " " : "")
            .Append(Markup.Escape(_layout.Footer.Replace("&", "&&")))
            .Append("&amp;R&amp;8&amp;P / &amp;N</oddFooter></headerFooter>");
        if (_breaks.Count > 0)
        {
            end.Append(CultureInfo.InvariantCulture, $"<rowBreaks count=\"{_breaks.Count}\" manualBreakCount=\"{_breaks.Count}\">");
            foreach (int after in _breaks)
            {
                end.Append(CultureInfo.InvariantCulture, $"<brk id=\"{after}\" max=\"16383\" man=\"1\"/>");
            }

            end.Append("</rowBreaks>");
        }

        PutAll(end.Append("</worksheet>").ToString());
        _out.Flush();
    }

    /// <summary>The letters of a column, from 1: A, B ... Z, AA ...</summary>
    internal static string Letters(int column)
    {
        string letters = "";
        for (; column > 0; column = (column - 1) / 26)
        {
            letters = (char)('A' + (column - 1) % 26) + letters;
        }

        return letters;
    }

    private void Begin()
    {
        StringBuilder start = new(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
                + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheetPr><pageSetUpPr "
                + $"fitToPage=\"{(_layout.Scale is null ? 1 : 0)}\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\""
        );
        if (_layout.HeadRow > 0)
        {
            string cell = Letters(_layout.FrozenColumns + 1) + (_layout.HeadRow + 1).ToString(CultureInfo.InvariantCulture);
            string columns =
                _layout.FrozenColumns > 0 ? string.Create(CultureInfo.InvariantCulture, $" xSplit=\"{_layout.FrozenColumns}\"") : "";
            string pane = _layout.FrozenColumns > 0 ? "bottomRight" : "bottomLeft";
            start.Append(
                CultureInfo.InvariantCulture,
                $"><pane{columns} ySplit=\"{_layout.HeadRow}\" topLeftCell=\"{cell}\" activePane=\"{pane}\" state=\"frozen\"/><selection "
                    + $"pane=\"{pane}\" activeCell=\"{cell}\" sqref=\"{cell}\"/></sheetView>"
            );
        }
        else
        {
            start.Append(" showGridLines=\"0\"/>");
        }

        start.Append("</sheetViews><sheetFormatPr defaultRowHeight=\"13.5\"/><cols>");
        for (int i = 0; i < _layout.Widths.Count; i++)
        {
            start.Append(
                CultureInfo.InvariantCulture,
                $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{_layout.Widths[i]:0.##}\" customWidth=\"1\"/>"
            );
        }

        PutAll(start.Append("</cols><sheetData>").ToString());
    }

    private void Open(CellStyle style)
    {
        _out.Reserve(160);
        _out.Put("<c r=\""u8);
        _out.Put(_columns[_column]);
        _out.Put(_row);
        _out.Put("\" s=\""u8);
        _out.Put((int)style);
        _column++;
    }

    private void PutNumber(long value)
    {
        Span<byte> digits = stackalloc byte[24];
        Utf8Formatter.TryFormat(value, digits, out int length);
        _out.Put(digits[..length]);
    }

    private void EndRow()
    {
        if (_open)
        {
            _out.Reserve(8);
            _out.Put("</row>"u8);
            _open = false;
        }
    }

    private void PutAll(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        _out.Reserve(bytes.Length);
        _out.Put(bytes);
    }
}
