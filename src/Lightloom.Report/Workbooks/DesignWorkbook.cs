using System.Globalization;
using Lightloom.Bill;
using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Report.Workbooks;

/// <summary>
/// Writes bom.xlsx: cover, bill, cable schedule, rack elevations, and a pull sheet for every rack. A cluster that is too large for
/// one workbook gets one for every row of racks in the folder <c>rows</c>, and bom.xlsx becomes their index.
/// </summary>
public sealed partial class DesignWorkbook
{
    /// <summary>Most racks, and so pull sheets, in one workbook.</summary>
    public const int MostRacks = 200;

    /// <summary>Most links in one workbook; Excel's own limit of 1,048,576 rows a sheet lies far above what opens quickly.</summary>
    public const int MostLinks = 60_000;

    /// <summary>Folder of the workbooks of rows.</summary>
    public const string RowFolder = "rows";

    private const int ExcelRows = 1_048_576;
    private const int RacksABlock = 8;

    // Rows of the elevations, in points.
    private const double HeadHeight = 18;
    private const double RemarkHeight = 13.5;
    private const double UnitHeight = 11;
    private readonly ClusterDesign _design;
    private readonly Network _network;
    private readonly RackLinks _links;
    private readonly string?[] _names;
    private readonly Dictionary<(int Group, FabricRole Fabric), string[]> _ports = [];
    private readonly string[] _products;
    private readonly string[] _kinds;
    private readonly string _footer;
    private readonly CableIds[] _cableIds;
    private readonly Lazy<ILookup<int, PatchPanel>> _rackPanels;
    private readonly RackContents _contents;

    private DesignWorkbook(ClusterDesign design)
    {
        _design = design;
        _network = design.Network;
        _links = new(design);
        _names = new string?[_network.DeviceCount];
        _contents = new(design.Network, design.Placement);
        _rackPanels = new(() => design.Channels.Panels.Where(p => p.Frame.Rack >= 0).ToLookup(p => p.Frame.Rack));
        _products = [.. design.Cables.Products.Select(p => p.Id)];
        _kinds = [.. design.Cables.Products.Select(CableNaming.KindWord)];
        _footer = design.Spec.Name;
        _cableIds = CableIds.Of(design);
        foreach (LinkClass links in _network.LinkClasses)
        {
            foreach (ref readonly Link link in links.Links.AsSpan())
            {
                AddPort(_network.GroupOfDevice[link.A], links.Fabric, link.ACage);
                AddPort(_network.GroupOfDevice[link.Z], links.Fabric, link.ZCage);
            }
        }
    }

    /// <summary>True when a design is too large for one workbook.</summary>
    public static bool IsSplit(ClusterDesign design) => design.Placement.Racks.Count > MostRacks || design.Network.LinkCount > MostLinks;

    /// <summary>Writes bom.xlsx, and the folder of row workbooks where needed.</summary>
    /// <param name="design">The design.</param>
    /// <param name="directory">Where to.</param>
    /// <param name="progress">Told the share that is done, or null.</param>
    /// <param name="cancel">Looked at between sheets.</param>
    public static void Write(ClusterDesign design, string directory, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        DesignWorkbook book = new(design);
        if (!IsSplit(design))
        {
            using FileStream stream = NewFile(Path.Combine(directory, "bom.xlsx"));
            using WorkbookFile file = new(stream);
            book.Cover(file, null);
            book.Orders(file);
            book.Bill(file);
            book.Plant(file);
            book.Schedule(file, Enumerable.Range(0, book._links.RackA.Length), cancel);
            Rack[] all = [.. design.Placement.Racks.Where(r => book._contents.Of(r.Index).Count > 0)];
            book.Elevations(file, all);
            for (int i = 0; i < all.Length; i++)
            {
                cancel.ThrowIfCancellationRequested();
                book.PullSheet(file, all[i]);
                progress?.Report((i + 1.0) / all.Length);
            }

            return;
        }

        book.WriteRows(directory, progress, cancel);
    }

    private static FileStream NewFile(string path) => new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);

    private void WriteRows(string directory, IProgress<double>? progress, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.Combine(directory, RowFolder));
        RowOfRacks[] rows =
        [
            .. _design
                .Placement.Racks.Where(r => _contents.Of(r.Index).Count > 0)
                .GroupBy(r => (r.Hall, r.Row))
                .OrderBy(g => g.Key)
                .Select(g => new RowOfRacks(_design.Placement.Halls[g.Key.Hall], g.Key.Row, [.. g.OrderBy(r => r.Position)])),
        ];
        int done = 0;
        long[] cables = new long[rows.Length];
        try
        {
            Parallel.For(
                0,
                rows.Length,
                new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount },
                i =>
                {
                    RowOfRacks row = rows[i];
                    using (FileStream stream = NewFile(Path.Combine(directory, RowFolder, row.FileName)))
                    using (WorkbookFile file = new(stream))
                    {
                        List<int> mine = [];
                        foreach (Rack rack in row.Racks)
                        {
                            foreach (int link in _links.Of(rack.Index))
                            {
                                if (_links.RackA[link] == rack.Index)
                                {
                                    mine.Add(link);
                                }
                            }
                        }

                        cables[i] = mine.Count;
                        Schedule(file, mine, cancel);
                        Elevations(file, row.Racks);
                        foreach (Rack rack in row.Racks)
                        {
                            cancel.ThrowIfCancellationRequested();
                            PullSheet(file, rack);
                        }
                    }

                    progress?.Report((double)Interlocked.Increment(ref done) / rows.Length);
                }
            );
        }
        catch (AggregateException several)
        {
            cancel.ThrowIfCancellationRequested();
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        using FileStream index = NewFile(Path.Combine(directory, "bom.xlsx"));
        using WorkbookFile book = new(index);
        Cover(book, rows.Length);
        Orders(book);
        Bill(book);
        Plant(book);
        book.AddSheet(
            "Index",
            new([14, 22, 22, 8, 10, 14, 16, 34], 2, false, _footer),
            sheet =>
            {
                sheet.NewRow(22).Text("One workbook a row of racks", CellStyle.Title);
                sheet.Heads("row", "building", "hall", "row no.", "racks", "devices", "links from here", "workbook");
                for (int i = 0; i < rows.Length; i++)
                {
                    RowOfRacks row = rows[i];
                    sheet
                        .NewRow()
                        .Text(row.Name)
                        .Text(row.Hall.Building)
                        .Text(row.Hall.Name)
                        .Integer(row.Row)
                        .Integer(row.Racks.Length)
                        .Integer(row.Racks.Sum(r => (long)_contents.Of(r.Index).Count))
                        .Integer(cables[i])
                        .Link(RowFolder + "/" + row.FileName, RowFolder + "/" + row.FileName);
                }
            }
        );
    }

    private void Schedule(WorkbookFile file, IEnumerable<int> links, CancellationToken cancel)
    {
        SheetLayout layout = new([13, 10, 7, 6, 13, 11, 6, 20, 9, 6, 11, 6, 20, 9, 6, 8, 26, 7, 10, 10, 9, 22, 9], 1, true, _footer)
        {
            FrozenColumns = 1,
            LargePaper = true,
        };
        using IEnumerator<int> next = links.GetEnumerator();
        bool more = next.MoveNext();
        do
        {
            file.AddSheet(
                "Cables",
                layout,
                sheet =>
                {
                    sheet.Heads(
                        "cable",
                        "network",
                        "plane",
                        "rail",
                        "tiers",
                        "A rack",
                        "A U",
                        "A device",
                        "A port",
                        "A lane",
                        "Z rack",
                        "Z U",
                        "Z device",
                        "Z port",
                        "Z lane",
                        "Gb/s",
                        "product",
                        "kind",
                        "computed m",
                        "ordered m",
                        "reach m",
                        "route",
                        "bundle"
                    );
                    while (more && sheet.Row < ExcelRows)
                    {
                        if ((sheet.Row & 0x1fff) == 0)
                        {
                            cancel.ThrowIfCancellationRequested();
                        }

                        ScheduleRow(sheet, next.Current);
                        more = next.MoveNext();
                    }
                }
            );
        } while (more);
    }

    private void ScheduleRow(SheetWriter sheet, int number)
    {
        (int c, int i) = _links.Find(number);
        LinkClass links = _network.LinkClasses[c];
        Link link = links.Links[i];
        int cableNumber = _design.Cables.CableOfLink[c][i];
        Cable cable = cableNumber < 0 ? new(-1, 0, 0, -1) : _design.Cables.Cables[cableNumber];
        sheet
            .NewRow()
            .Text(cableNumber < 0 ? null : _cableIds[links.Index].IdOf(cableNumber))
            .Text(links.Fabric.ToWord())
            .Integer(links.Plane);
        if (link.Rail >= 0)
        {
            sheet.Integer(link.Rail);
        }
        else
        {
            sheet.Empty(CellStyle.Integer);
        }

        sheet.Text(links.TierWord);
        End(sheet, _links.RackA[number], link.A, links.Fabric, link.ACage).Integer(link.ALane);
        End(sheet, _links.RackZ[number], link.Z, links.Fabric, link.ZCage).Integer(link.ZLane);
        sheet
            .Number(links.Rate.Gbps)
            .Text(cable.Product < 0 ? null : _products[cable.Product])
            .Text(cable.Product < 0 ? null : _kinds[cable.Product])
            .Number(_design.Cables.LengthOfLink[c][i] / 1000.0)
            .Number(cable.OrderLengthMillimetres / 1000.0)
            .Number(cable.Product < 0 ? null : _design.Cables.Products[cable.Product].Reach.Metres)
            .Text(_design.Router.RouteText(_links.RackA[number], _links.RackZ[number]))
            .Text(Bundle(cable));
    }

    private SheetWriter End(SheetWriter sheet, int rack, int device, FabricRole fabric, int cage) =>
        sheet
            .Text(_design.Placement.Racks[rack].Name)
            .Integer(_design.Placement.UnitOfPort(_network, device, fabric, cage))
            .Text(Name(device, fabric, cage))
            .Text(_ports[(_network.GroupOfDevice[device], fabric)][cage]);

    private static string? Bundle(Cable cable) =>
        cable.Bundle < 0 ? null : "B" + (cable.Bundle + 1).ToString("0000", CultureInfo.InvariantCulture);

    private void Elevations(WorkbookFile file, IReadOnlyList<Rack> racks)
    {
        int columns = Math.Min(RacksABlock, racks.Count);
        double[] widths = [5, .. Enumerable.Repeat(24.0, columns)];
        ILookup<int, PatchPanel> panels = _rackPanels.Value;
        int units = racks.Max(r => TopOf(r, panels));
        file.AddSheet(
            "Elevations",
            new(widths, 0, true, _footer)
            {
                // Eight racks a page, whole.
                Scale = SheetLayout.ScaleOnA4Across(
                    widths.Sum(SheetLayout.PointsOf),
                    HeadHeight + RemarkHeight + (units * UnitHeight) + RemarkHeight
                ),
            },
            sheet =>
            {
                for (int from = 0; from < racks.Count; from += RacksABlock)
                {
                    Rack[] block = [.. racks.Skip(from).Take(RacksABlock)];
                    Block(sheet, block);
                    if (from + RacksABlock < racks.Count)
                    {
                        sheet.NewRow();
                        sheet.Break();
                    }
                }
            }
        );
    }

    /// <summary>The highest unit of a rack; panels may stand above its own.</summary>
    private static int TopOf(Rack rack, ILookup<int, PatchPanel> panels) =>
        panels[rack.Index].Select(p => p.Unit + p.Units - 1).Append(rack.Units).Max();

    private void Block(SheetWriter sheet, Rack[] block)
    {
        sheet.NewRow(HeadHeight).Text("U", CellStyle.Head);
        foreach (Rack rack in block)
        {
            sheet.Text(rack.Name, CellStyle.Head);
        }

        sheet.NewRow().Skip();
        foreach (Rack rack in block)
        {
            sheet.Text(
                string.Create(CultureInfo.InvariantCulture, $"{rack.UsedUnits} of {rack.Units} U, {rack.UsedPower.Kilowatts:0.#} kW"),
                CellStyle.Remark
            );
        }

        ILookup<int, PatchPanel> panels = _rackPanels.Value;
        int units = block.Max(r => TopOf(r, panels));
        int top = sheet.Row + 1;
        (string Name, CellStyle Style)?[,] at = new (string, CellStyle)?[block.Length, units + 1];
        for (int b = 0; b < block.Length; b++)
        {
            foreach (PatchPanel panel in panels[block[b].Index])
            {
                for (int u = panel.Unit; u < panel.Unit + panel.Units; u++)
                {
                    at[b, u] = (u == panel.Unit ? panel.Name : "", CellStyle.Service);
                }
            }

            foreach (RackItem item in _contents.Of(block[b].Index))
            {
                DeviceGroup group = _network.GroupOf(item.Device);
                int low = item.Unit;
                int high = Math.Min(units, low + item.Units - 1);
                CellStyle style = group.IsNode
                    ? group.IsService || item.Tray is { HasPorts: false }
                        ? CellStyle.Service
                        : CellStyle.Node
                    : group.Tier switch
                    {
                        Tier.Leaf => CellStyle.Leaf,
                        Tier.Spine => CellStyle.Spine,
                        _ => CellStyle.SuperSpine,
                    };
                for (int u = low; u <= high; u++)
                {
                    at[b, u] = (
                        u == high
                            ? item.Tray is null
                                ? Name(item.Device)
                                : _contents.NameOf(item)
                            : "",
                        style
                    );
                }

                if (high > low)
                {
                    sheet.Merge(b + 2, top + units - high, top + units - low);
                }
            }
        }

        for (int u = units; u >= 1; u--)
        {
            sheet.NewRow(UnitHeight).Integer(u, CellStyle.UnitNumber);
            for (int b = 0; b < block.Length; b++)
            {
                if (at[b, u] is { } cell)
                {
                    sheet.Text(cell.Name, cell.Style);
                }
                else if (u <= block[b].Units)
                {
                    sheet.Empty(CellStyle.Free);
                }
                else
                {
                    sheet.Skip();
                }
            }
        }
    }

    // Several workbooks are written at once; two threads may make the same name, which does no harm.
    private string Name(int device) => _names[device] ??= _network.NameOf(device);

    private string Name(int device, FabricRole fabric, int cage) =>
        _network.TrayOf(device, fabric, cage) is null ? Name(device) : _network.NameOf(device, fabric, cage);

    private void AddPort(int group, FabricRole fabric, int cage)
    {
        ref string[]? names = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_ports, (group, fabric), out _);
        if (names is null || names.Length <= cage)
        {
            Array.Resize(ref names, Math.Max(cage + 1, 2 * (names?.Length ?? 0)));
        }

        names[cage] ??= _network.PortName(_network.Groups[group].First, fabric, cage);
    }

    private sealed record RowOfRacks(Hall Hall, int Row, Rack[] Racks)
    {
        public string Name => string.Create(CultureInfo.InvariantCulture, $"{Hall.Letter}{Row:00}");

        public string FileName => Name + ".xlsx";
    }
}
