using System.Globalization;
using Lightloom.Channels;
using Lightloom.Floor;

namespace Lightloom.Report.Workbooks;

/// <content>The fibre plant that is laid before any cord: patch panels and the trunks between them.</content>
public sealed partial class DesignWorkbook
{
    private void Plant(WorkbookFile file)
    {
        if (_design.Channels.Panels.Count == 0)
        {
            return;
        }

        PanelList(file);
        TrunkList(file);
    }

    private void PanelList(WorkbookFile file) =>
        file.AddSheet(
            "Panels",
            new([20, 12, 16, 6, 26, 28, 12, 8, 8], 1, true, _footer) { FrozenColumns = 1 },
            sheet =>
            {
                sheet.Heads("hall", "building", "bay", "U", "panel", "part", "front", "ports", "in use");
                foreach (PatchPanel panel in _design.Channels.Panels)
                {
                    Hall hall = _design.Placement.Halls[panel.Frame.Hall];
                    sheet
                        .NewRow()
                        .Text(hall.Name)
                        .Text(hall.Building)
                        .Text(panel.Bay)
                        .Integer(panel.Unit)
                        .Text(panel.Name)
                        .Text(panel.Id)
                        .Text(panel.HasCassettes ? "LC, cassettes" : "adapters")
                        .Integer(panel.Ports)
                        .Integer(panel.UsedPorts);
                }
            }
        );

    /// <summary>A row a plug: trunks are pulled first, then their plugs are set, then cassettes.</summary>
    private void TrunkList(WorkbookFile file)
    {
        int digits = CableNaming.PieceDigits(_design.Channels);
        using IEnumerator<Piece> next = _design.Channels.PlantPieces().GetEnumerator();
        bool more = next.MoveNext();
        do
        {
            file.AddSheet(
                "Trunks",
                new([12, 10, 44, 10, 10, 16, 6, 26, 9, 16, 6, 26, 9], 1, true, _footer) { FrozenColumns = 1, LargePaper = true },
                sheet =>
                {
                    sheet.Heads(
                        "piece",
                        "kind",
                        "order code",
                        "computed m",
                        "ordered m",
                        "A bay",
                        "A U",
                        "A panel",
                        "A port",
                        "Z bay",
                        "Z U",
                        "Z panel",
                        "Z port"
                    );
                    for (; more && sheet.Row < ExcelRows; more = next.MoveNext())
                    {
                        Piece piece = next.Current;
                        PieceArticle article = _design.Channels.Articles[piece.Article];
                        sheet.NewRow().Text(CableNaming.PieceId(piece.Number, digits)).Text(article.Kind.ToWord()).Text(article.OrderCode);
                        if (article.Kind == PieceKind.Cassette)
                        {
                            PanelEnd(sheet.Empty(CellStyle.Plain).Empty(CellStyle.Plain), piece.A);
                            continue;
                        }

                        sheet.Number(piece.LengthMillimetres / 1000.0).Number(article.OrderLength.Metres);
                        PanelEnd(PanelEnd(sheet, piece.A), piece.Z);
                    }
                }
            );
        } while (more);
    }

    private SheetWriter PanelEnd(SheetWriter sheet, in PieceEnd end)
    {
        PatchPanel panel = _design.Channels.Panels[end.Panel];
        return sheet
            .Text(panel.Bay)
            .Integer(panel.Unit)
            .Text(panel.Name)
            .Text(string.Create(CultureInfo.InvariantCulture, $"{(end.Rear ? "rear" : "front")}:{end.Port}"));
    }
}
