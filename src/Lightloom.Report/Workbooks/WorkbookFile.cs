using System.Globalization;
using System.IO.Packaging;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Lightloom.Report.Workbooks;

/// <summary>One workbook while it is written: its sheets one after another, the texts and styles that they share, print titles.</summary>
/// <remarks>Not safe for use from several threads at once.</remarks>
internal sealed partial class WorkbookFile : IDisposable
{
    private readonly SpreadsheetDocument _document;
    private readonly WorkbookPart _workbook;
    private readonly Sheets _sheets = new();
    private readonly DefinedNames _names = new();
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _texts = [];
    private readonly List<string> _textList = [];
    private readonly Stream _stream;
    private uint _number;

    /// <summary>
    /// Begins a workbook. The library would name relations by chance; they are named by number, so that the same design gives the same
    /// bytes.
    /// </summary>
    /// <param name="stream">Where it is written; readable and seekable.</param>
    public WorkbookFile(Stream stream)
    {
        _stream = stream;
        _document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook);
        _document.CompressionOption = CompressionOption.SuperFast;
        _workbook = _document.AddNewPart<WorkbookPart>(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "rId1"
        );
        WorkbookStylesPart styles = _workbook.AddNewPart<WorkbookStylesPart>("rIdStyles");
        styles.Stylesheet = StyleSheet.Make();
        styles.Stylesheet.Save();
    }

    /// <summary>Number of a text among those that the sheets share.</summary>
    public int Shared(string text)
    {
        ref int at = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_texts, text, out bool known);
        if (!known)
        {
            at = _textList.Count;
            _textList.Add(text);
        }

        return at;
    }

    /// <summary>Adds a sheet and writes it.</summary>
    /// <param name="name">Wanted name; made valid and unique.</param>
    /// <param name="layout">Columns and print settings.</param>
    /// <param name="rows">Writes the rows.</param>
    /// <returns>The name that the sheet got.</returns>
    public string AddSheet(string name, SheetLayout layout, Action<SheetWriter> rows)
    {
        name = ValidName(name);
        WorksheetPart part = _workbook.AddNewPart<WorksheetPart>(string.Create(CultureInfo.InvariantCulture, $"rId{_number + 1}"));
        using (Stream stream = part.GetStream(FileMode.Create, FileAccess.Write))
        {
            SheetWriter writer = new(this, part, stream, layout);
            rows(writer);
            writer.Finish();
        }

        _sheets.Append(
            new Sheet
            {
                Name = name,
                SheetId = ++_number,
                Id = _workbook.GetIdOfPart(part),
            }
        );
        if (layout.HeadRow > 0)
        {
            string quoted = name.Replace("'", "''");
            _names.Append(
                new DefinedName(string.Create(CultureInfo.InvariantCulture, $"'{quoted}'!${layout.HeadRow}:${layout.HeadRow}"))
                {
                    Name = "_xlnm.Print_Titles",
                    LocalSheetId = _number - 1,
                }
            );
        }

        return name;
    }

    /// <summary>Writes what the sheets share and closes the workbook.</summary>
    public void Dispose()
    {
        SharedStringTablePart strings = _workbook.AddNewPart<SharedStringTablePart>("rIdStrings");
        using (OpenXmlWriter writer = OpenXmlWriter.Create(strings))
        {
            writer.WriteStartElement(new SharedStringTable { UniqueCount = (uint)_textList.Count });
            foreach (string text in _textList)
            {
                writer.WriteElement(new SharedStringItem(new Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve }));
            }

            writer.WriteEndElement();
        }

        Workbook book = new(new BookViews(new WorkbookView()), _sheets);
        if (_names.HasChildren)
        {
            book.Append(_names);
        }

        _workbook.Workbook = book;
        _workbook.Workbook.Save();
        _document.Dispose();
        ZipTimes.Reset(_stream);
    }

    /// <summary>
    /// The text as a cell shows it: without what is not safe to show, and with what a reader would take for an escaped character
    /// (<c>_x000D_</c>) escaped itself.
    /// </summary>
    internal static string Clean(string text)
    {
        string plain = PlainText.Of(text);
        return plain.Contains("_x", StringComparison.Ordinal) ? EscapedCharacter().Replace(plain, "_x005F_x$1_") : plain;
    }

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex EscapedCharacter();

    private string ValidName(string wanted)
    {
        string clean = string.Concat(
                PlainText.Line(wanted).Select(c => c is '[' or ']' or ':' or '*' or '?' or '/' or '\\' or < ' ' ? '-' : c)
            )
            .Trim('\'', ' ');
        clean =
            clean.Length == 0 ? "sheet"
            : clean.Length > 31 ? clean[..31]
            : clean;
        string name = clean;
        for (int i = 2; !_taken.Add(name); i++)
        {
            string end = string.Create(CultureInfo.InvariantCulture, $" ({i})");
            name = clean[..Math.Min(clean.Length, 31 - end.Length)] + end;
        }

        return name;
    }
}
