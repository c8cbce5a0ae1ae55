using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Lightloom.Design;
using Lightloom.Report.Workbooks;

namespace Lightloom.Report.Tests;

public sealed class DesignWorkbookTest : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("lightloom-report-").FullName;

    [Fact]
    public void The_validator_finds_nothing_wrong_with_a_small_workbook() => Errors(Write(TestDesigns.Tiny)).ShouldBeEmpty();

    [Fact]
    public void Hostile_names_give_a_valid_workbook() => Errors(Write(TestDesigns.Hostile)).ShouldBeEmpty();

    [Fact]
    public void There_is_a_pull_sheet_for_every_rack_that_holds_something()
    {
        using SpreadsheetDocument book = SpreadsheetDocument.Open(Write(TestDesigns.OneK), false);
        string[] names = [.. book.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().Select(s => s.Name!.Value!)];
        names.Take(5).ShouldBe(["Cover", "Orders", "BOM", "Cables", "Elevations"]);
        names.Skip(5).ShouldBe(TestDesigns.OneK.Placement.Racks.Where(r => r.Devices.Count > 0).Select(r => r.Name));
    }

    /// <summary>What the two sheets list is what pieces.csv and the bill buy.</summary>
    [Fact]
    public void Panels_and_trunks_have_sheets_of_their_own()
    {
        ClusterDesign design = TestDesigns.TwoHalls;
        using SpreadsheetDocument book = SpreadsheetDocument.Open(Write(design), false);
        (Sheet(book, "Panels").Descendants<Row>().Count() - 1).ShouldBe(
            (int)design.Bill.Lines.Where(l => l.Category == "panel").Sum(l => l.Quantity)
        );
        Row[] plant = [.. Sheet(book, "Trunks").Descendants<Row>().Skip(1)];
        plant
            .Select(r => r.Elements<Cell>().First().InnerText)
            .Distinct()
            .Count()
            .ShouldBe((int)design.Bill.Lines.Where(l => l.Category is "trunk" or "cassette").Sum(l => l.Quantity));
        Errors(Write(design)).ShouldBeEmpty();
    }

    /// <summary>ISO 216: A4 is 297 by 210 mm, laid across; what is printed lies inside the sheet's own margins.</summary>
    [Fact]
    public void Every_block_of_elevations_fits_on_one_page()
    {
        using SpreadsheetDocument book = SpreadsheetDocument.Open(Write(TestDesigns.OneK), false);
        Worksheet sheet = Sheet(book, "Elevations");
        PageSetup page = sheet.Descendants<PageSetup>().Single();
        PageMargins margins = sheet.Descendants<PageMargins>().Single();
        // Where a sheet is fitted to a page, spreadsheet programs pass over breaks set by hand.
        sheet.Descendants<PageSetupProperties>().ShouldAllBe(p => p.FitToPage == null || !p.FitToPage.Value);
        page.PaperSize!.Value.ShouldBe(9u);
        double scale = page.Scale!.Value / 100.0;
        double high = (210 / 25.4 * 72) - (72 * (margins.Top!.Value + margins.Bottom!.Value));
        double wide = (297 / 25.4 * 72) - (72 * (margins.Left!.Value + margins.Right!.Value));
        // A character is 7 pixels of 96 to the inch in the default font, a cell has 5 more.
        (sheet.Descendants<Column>().Sum(c => ((7 * c.Width!.Value) + 5) * 72 / 96) * scale).ShouldBeLessThanOrEqualTo(wide);

        uint[] breaks = [0, .. sheet.Descendants<Break>().Select(b => b.Id!.Value), uint.MaxValue];
        Row[] rows = [.. sheet.Descendants<Row>()];
        breaks.Length.ShouldBe(((TestDesigns.OneK.Placement.Racks.Count(r => r.Devices.Count > 0) + 7) / 8) + 1);
        for (int i = 0; i + 1 < breaks.Length; i++)
        {
            double points = rows.Where(r => r.RowIndex! > breaks[i] && r.RowIndex! <= breaks[i + 1]).Sum(r => r.Height?.Value ?? 13.5);
            (points * scale).ShouldBeLessThanOrEqualTo(high);
        }
    }

    [Fact]
    public void A_name_that_is_ordered_by_is_not_cut_off_by_its_column()
    {
        using SpreadsheetDocument book = SpreadsheetDocument.Open(Write(TestDesigns.OneK), false);
        foreach (string name in (string[])["Orders", "BOM"])
        {
            double width = Sheet(book, name).Descendants<Column>().ElementAt(2).Width!.Value;
            TestDesigns.OneK.Bill.Lines.Max(l => l.Name.Length).ShouldBeLessThanOrEqualTo((int)width);
        }
    }

    [Fact]
    public void The_bill_adds_up_to_the_designs_cost()
    {
        using SpreadsheetDocument book = SpreadsheetDocument.Open(Write(TestDesigns.OneK), false);
        Row[] rows = [.. Sheet(book, "BOM").Descendants<Row>()];
        rows.Length.ShouldBe(TestDesigns.OneK.Bill.Lines.Count + 2);
        double sum = rows.Skip(1).SkipLast(1).Sum(r => Value(r, "F"));
        sum.ShouldBe(TestDesigns.OneK.Bill.Capex.Dollars, 0.01);
        Value(rows[^1], "F").ShouldBe(sum, 0.01);
    }

    [Fact]
    public void Every_link_is_on_the_schedule_once()
    {
        ClusterDesign design = TestDesigns.OneK;
        using SpreadsheetDocument book = SpreadsheetDocument.Open(Write(design), false);
        (Sheet(book, "Cables").Descendants<Row>().Count() - 1).ShouldBe((int)design.Network.LinkCount);
    }

    /// <summary>
    /// Somebody with a pull sheet plugs what pieces.csv says: every row of it with an end in the rack, its other end where the piece goes,
    /// which over panels is a panel.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pull_sheets_have_every_plug_of_the_pieces_in_their_rack(bool overPanels)
    {
        ClusterDesign design = overPanels ? TestDesigns.TwoHalls : TestDesigns.OneK;
        using MemoryStream stream = new();
        PieceCsv.Write(design, stream);
        List<string> expected = [];
        foreach (string line in System.Text.Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n').Skip(1))
        {
            List<string> f = CsvLine.Fields(line);

            // The ends' fields: hall, row, rack, unit, device, port, socket from 11 (A) and 18 (Z); labels at 25 and 26.
            (bool a, bool z) = (!InPanel(f, 11), !InPanel(f, 18));
            if (a)
            {
                expected.Add(Line(f, 11, 18, 25));
            }

            if (z && !(a && f[13] == f[20]))
            {
                expected.Add(Line(f, 18, 11, 26));
            }
        }

        List<string> listed = [];
        using SpreadsheetDocument book = SpreadsheetDocument.Open(Write(design), false);
        foreach (string rack in design.Placement.Racks.Where(r => r.Devices.Count > 0).Select(r => r.Name))
        {
            foreach (Row row in Sheet(book, rack).Descendants<Row>().Skip(3))
            {
                string[] c = [.. row.Elements<Cell>().Select(cell => Shown(book, cell))];
                listed.Add(string.Join('|', c[1], c[2], rack, c[4], c[5], c[6], c[8], c[9], c[10], c[11], c[15]));
            }
        }

        listed.Count.ShouldBeGreaterThan(100);
        listed.Order(StringComparer.Ordinal).ShouldBe(expected.Order(StringComparer.Ordinal));
        if (overPanels)
        {
            listed.ShouldContain(l => l.Contains("|panel-", StringComparison.Ordinal));
        }

        static bool InPanel(List<string> f, int at) => f[at + 5].Length == 0 || f[at + 5].Contains(':', StringComparison.Ordinal);
        static string Line(List<string> f, int here, int there, int label) =>
            string.Join(
                '|',
                f[0],
                f[3],
                f[here + 2],
                f[here + 3],
                f[here + 4],
                f[here + 5],
                f[there + 2],
                f[there + 3],
                f[there + 4],
                f[there + 5],
                f[label]
            );
    }

    [Fact]
    public void Tables_repeat_their_heads_in_print_and_keep_them_in_view()
    {
        using SpreadsheetDocument book = SpreadsheetDocument.Open(Write(TestDesigns.Tiny), false);
        book.WorkbookPart!.Workbook.DefinedNames!.Elements<DefinedName>().ShouldAllBe(n => n.Name == "_xlnm.Print_Titles");
        Worksheet cables = Sheet(book, "Cables");
        cables.Descendants<Pane>().Single().State!.Value.ShouldBe(PaneStateValues.Frozen);
        cables.Descendants<AutoFilter>().ShouldHaveSingleItem();
        cables.Descendants<PageSetup>().Single().Orientation!.Value.ShouldBe(OrientationValues.Landscape);
    }

    [Fact]
    public void A_large_cluster_gets_a_workbook_for_every_row_of_racks_and_an_index()
    {
        ClusterDesign design = TestDesigns.Large;
        DesignWorkbook.IsSplit(design).ShouldBeTrue();
        string index = Write(design);
        Errors(index).ShouldBeEmpty();
        string[] rows =
        [
            .. Directory
                .GetFiles(Path.Combine(_directory, DesignWorkbook.RowFolder))
                .Select(Path.GetFileNameWithoutExtension)
                .OfType<string>()
                .Order(StringComparer.Ordinal),
        ];
        rows.ShouldBe(
            design
                .Placement.Racks.Where(r => r.Devices.Count > 0)
                .Select(r => $"{design.Placement.Halls[r.Hall].Letter}{r.Row:00}")
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
        Errors(Path.Combine(_directory, DesignWorkbook.RowFolder, rows[0] + ".xlsx")).ShouldBeEmpty();
        long links = rows.Sum(r =>
        {
            using SpreadsheetDocument book = SpreadsheetDocument.Open(
                Path.Combine(_directory, DesignWorkbook.RowFolder, r + ".xlsx"),
                false
            );
            return Sheet(book, "Cables").Descendants<Row>().Count() - 1L;
        });
        links.ShouldBe(design.Network.LinkCount);
    }

    [Fact]
    public void The_workbooks_of_a_large_cluster_are_the_same_bytes_when_they_are_written_again()
    {
        string[] folders = [Path.Combine(_directory, "first"), Path.Combine(_directory, "second")];
        foreach (string folder in folders)
        {
            Directory.CreateDirectory(folder);
            DesignWorkbook.Write(TestDesigns.Large, folder);
        }

        string[] Names(string folder) =>
            [
                .. Directory
                    .GetFiles(folder, "*.xlsx", SearchOption.AllDirectories)
                    .Select(f => Path.GetRelativePath(folder, f))
                    .Order(StringComparer.Ordinal),
            ];
        string[] names = Names(folders[0]);
        names.Length.ShouldBeGreaterThan(2);
        Names(folders[1]).ShouldBe(names);
        names
            .Where(n =>
                !File.ReadAllBytes(Path.Combine(folders[0], n)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folders[1], n)))
            )
            .ShouldBeEmpty();
    }

    [Fact]
    public void No_sheet_holds_a_path_of_the_machine()
    {
        using ZipArchive zip = ZipFile.OpenRead(Write(TestDesigns.Tiny));
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            using StreamReader reader = new(entry.Open());
            reader.ReadToEnd().ShouldNotContain(_directory);
        }
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static Worksheet Sheet(SpreadsheetDocument book, string name)
    {
        Sheet sheet = book.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().First(s => s.Name == name);
        return ((WorksheetPart)book.WorkbookPart.GetPartById(sheet.Id!.Value!)).Worksheet;
    }

    private static string Shown(SpreadsheetDocument book, Cell cell) =>
        cell.DataType is { } type && type == CellValues.SharedString
            ? book.WorkbookPart!.SharedStringTablePart!.SharedStringTable.ElementAt(
                int.Parse(cell.CellValue!.Text, System.Globalization.CultureInfo.InvariantCulture)
            ).InnerText
            : cell.InnerText;

    private static double Value(Row row, string column) =>
        row.Elements<Cell>().First(c => c.CellReference!.Value!.StartsWith(column, StringComparison.Ordinal)).CellValue is { } value
            ? double.Parse(value.Text, System.Globalization.CultureInfo.InvariantCulture)
            : 0;

    private static string[] Errors(string path)
    {
        using SpreadsheetDocument book = SpreadsheetDocument.Open(path, false);
        return
        [
            .. new OpenXmlValidator(FileFormatVersions.Office2016)
                .Validate(book)
                .Take(5)
                .Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}"),
        ];
    }

    private string Write(ClusterDesign design)
    {
        string path = Path.Combine(_directory, "bom.xlsx");
        File.Delete(path);
        DesignWorkbook.Write(design, _directory);
        return path;
    }
}
