using System.Globalization;
using Lightloom.Bill;
using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Floor;
using Lightloom.Topology;

namespace Lightloom.Report.Workbooks;

/// <content>The cover, what to order, and the bill.</content>
public sealed partial class DesignWorkbook
{
    private const int NoteColumn = 80;
    private const double LineHeight = 13;

    private void Cover(WorkbookFile file, int? rowBooks)
    {
        file.AddSheet(
            "Cover",
            new([34, 24, NoteColumn], 0, false, _footer),
            sheet =>
            {
                sheet.NewRow(26).Text(_design.Spec.Name, CellStyle.Title);
                sheet.NewRow().Text($"Network design by Lightloom {DesignJson.Version}", CellStyle.Remark);
                sheet.NewRow();
                foreach ((string name, string value, string remark) in CoverFacts())
                {
                    sheet
                        .NewRow(LineHeight * Math.Max(1, (remark.Length + NoteColumn - 1) / NoteColumn))
                        .Text(name, CellStyle.Bold)
                        .Text(value, CellStyle.Plain)
                        .Text(remark, CellStyle.Note);
                }

                sheet.NewRow();
                sheet.NewRow().Text("Sheets", CellStyle.Bold);
                sheet
                    .NewRow()
                    .Text("Orders", CellStyle.Plain)
                    .Text("what to order, spares included, a line an order code", CellStyle.Remark);
                sheet
                    .NewRow()
                    .Text("BOM", CellStyle.Plain)
                    .Text("what is bought, spares apart, with power and assumptions", CellStyle.Remark);
                if (_design.Channels.Panels.Count > 0)
                {
                    sheet.NewRow().Text("Panels", CellStyle.Plain).Text("every patch panel, its place and its ports", CellStyle.Remark);
                    sheet
                        .NewRow()
                        .Text("Trunks", CellStyle.Plain)
                        .Text("every trunk and cassette, plug by plug: pull these first", CellStyle.Remark);
                }

                if (rowBooks is { } books)
                {
                    sheet
                        .NewRow()
                        .Text("Index", CellStyle.Plain)
                        .Text(
                            $"the {Words.Count(books)} workbooks of the rows of racks, in the folder {RowFolder}: cable schedule, "
                                + $"elevations and pull sheets",
                            CellStyle.Remark
                        );
                }
                else
                {
                    sheet.NewRow().Text("Cables", CellStyle.Plain).Text("every logical link with both ends", CellStyle.Remark);
                    sheet.NewRow().Text("Elevations", CellStyle.Plain).Text("every rack from the front", CellStyle.Remark);
                    sheet
                        .NewRow()
                        .Text("a sheet for every rack", CellStyle.Plain)
                        .Text("what to pull and where to plug it, sorted by unit and port", CellStyle.Remark);
                }
            }
        );
    }

    /// <summary>The cover's lines: name, figure, what to know of it.</summary>
    private (string Name, string Value, string Remark)[] CoverFacts()
    {
        BillOfMaterials bill = _design.Bill;
        return
        [
            ("XPUs", Words.Count(_network.XpuCount), ""),
            ("nodes, services included", Words.Count(_network.NodeCount), ""),
            (
                "switches",
                Words.Count(bill.Switches),
                string.Join(", ", _network.Fabrics.Select(f => $"{f.Role.ToWord()} {Words.Count(f.Tiers.Sum(t => (long)t.Count))}"))
            ),
            ("logical links", Words.Count(bill.LogicalLinks), "MAC to MAC, after breakout"),
            ("cages in use", Words.Count(bill.Cages), "port openings at both ends"),
            ("transceivers", Words.Count(bill.Transceivers), "pluggable modules; the ends of an assembly are not among them"),
            ("cables", Words.Count(bill.Cables), "assemblies that a technician pulls"),
            ("fibres", Words.Count(bill.Fibres), ""),
            ("racks", Words.Count(bill.Racks), ""),
            (
                "purchase of the network",
                "$" + bill.Capex.Dollars.ToString("#,0.00", CultureInfo.InvariantCulture),
                bill.UnpricedLines == 0 ? "every item has a price" : $"{Words.Of(bill.UnpricedLines, "item")} without a price count zero"
            ),
            (
                "estimate with missing prices",
                "$" + bill.Estimate.Total.Dollars.ToString("#,0.00", CultureInfo.InvariantCulture),
                bill.UnpricedLines == 0 ? "nothing is missing" : bill.Estimate.Basis
            ),
            ("of which at assumed prices", "$" + bill.CapexAssumed.Dollars.ToString("#,0.00", CultureInfo.InvariantCulture), ""),
            ("of which spares", "$" + bill.CapexSpares.Dollars.ToString("#,0.00", CultureInfo.InvariantCulture), bill.SparesRule),
            ("network power, typical", Words.Watts(bill.NetworkPowerTypical), $"{Words.Watts(bill.NetworkPowerAssumed)} of it assumed"),
            ("network power, maximum", Words.Watts(bill.NetworkPowerMaximum), ""),
            ("nodes and network, maximum", Words.Watts(bill.ItPower), ""),
            (
                "weight of the network",
                Words.Number(bill.Weight.Kilograms, 0) + " kg",
                bill.WeightUnknownLines == 0 ? "" : $"without {Words.Of(bill.WeightUnknownLines, "item")} whose weight is not known"
            ),
        ];
    }

    /// <summary>What a buyer sends out: one line an order code, spares included, lead times left to the distributor.</summary>
    private void Orders(WorkbookFile file) =>
        file.AddSheet(
            "Orders",
            new([16, 42, 76, 10, 10, 10, 10, 13, 16, 16, 13, 16], 1, true, _footer) { FrozenColumns = 2 },
            sheet =>
            {
                sheet.Heads(
                    "category",
                    "order code",
                    "name",
                    "in use",
                    "in stock",
                    "spares",
                    "to order",
                    "unit price",
                    "total",
                    "source",
                    "price date",
                    "lead time"
                );
                foreach (OrderLine order in OrderLine.Of(_design.Bill))
                {
                    sheet
                        .NewRow()
                        .Text(order.Line.Kind)
                        .Text(order.Line.Id)
                        .Text(order.Line.Name)
                        .Integer(order.InUse)
                        .Integer(order.Stock)
                        .Integer(order.Spares)
                        .Integer(order.Quantity)
                        .Number(order.Line.UnitPrice?.Dollars, CellStyle.Dollars)
                        .Number(order.Total?.Dollars, CellStyle.Dollars)
                        .Text(order.Line.UnitPrice is null ? "no price" : order.Line.Source)
                        .Text(order.Line.PriceDate)
                        .Empty(CellStyle.Plain);
                }

                sheet.NewRow().Text("total", CellStyle.Head);
                for (int i = 0; i < 7; i++)
                {
                    sheet.Empty(CellStyle.Head);
                }

                sheet.Number(_design.Bill.Capex.Dollars, CellStyle.Total);
                if (_design.Bill.UnpricedLines > 0)
                {
                    sheet.NewRow().Text("estimate", CellStyle.Bold).Text(_design.Bill.Estimate.Basis, CellStyle.Remark);
                    for (int i = 0; i < 6; i++)
                    {
                        sheet.Empty(CellStyle.Plain);
                    }

                    sheet.Number(_design.Bill.Estimate.Total.Dollars, CellStyle.Dollars);
                }
            }
        );

    private void Bill(WorkbookFile file) =>
        file.AddSheet(
            "BOM",
            new([16, 42, 76, 10, 13, 16, 11, 13, 12, 16, 60], 1, true, _footer) { FrozenColumns = 2 },
            sheet =>
            {
                sheet.Heads(
                    "category",
                    "id",
                    "name",
                    "quantity",
                    "unit price",
                    "total",
                    "unit W",
                    "total W",
                    "price date",
                    "source",
                    "assumed"
                );
                foreach (BillLine line in _design.Bill.Lines)
                {
                    // A wrapped cell is not made higher by itself when a program wrote the file.
                    int high = Math.Max(1, ((line.Assumed?.Length ?? 0) + 64) / 65);
                    sheet
                        .NewRow(high > 1 ? high * 13.5 : 0)
                        .Text(line.Category)
                        .Text(line.Id)
                        .Text(line.Name)
                        .Integer(line.Quantity)
                        .Number(line.UnitPrice?.Dollars, CellStyle.Dollars)
                        .Number(line.Total?.Dollars, CellStyle.Dollars)
                        .Number(line.UnitPower?.Watts)
                        .Number(line.TotalPower?.Watts)
                        .Text(line.PriceDate)
                        .Text(line.Source)
                        .Text(line.Assumed, CellStyle.Wrapped);
                }

                sheet
                    .NewRow()
                    .Text("total", CellStyle.Head)
                    .Empty(CellStyle.Head)
                    .Empty(CellStyle.Head)
                    .Empty(CellStyle.Head)
                    .Empty(CellStyle.Head)
                    .Number(_design.Bill.Capex.Dollars, CellStyle.Total)
                    .Empty(CellStyle.Head)
                    .Number(_design.Bill.NetworkPowerTypical.Watts);
            }
        );
}
