using System.Globalization;
using Lightloom.Channels;
using Lightloom.Floor;
using Lightloom.Topology;

namespace Lightloom.Report.Workbooks;

/// <content>
/// What to plug in each rack: a row a plug of a cord, harness, shuffle or assembly, with where its other end goes, which over a patch panel
/// is the panel and not the far device.
/// </content>
public sealed partial class DesignWorkbook
{
    private void PullSheet(WorkbookFile file, Rack rack)
    {
        Hall hall = _design.Placement.Halls[rack.Hall];
        Plug[] plugs = PlugsIn(rack);
        int digits = CableNaming.PieceDigits(_design.Channels);
        file.AddSheet(
            rack.Name,
            new([6, 10, 40, 9, 6, 20, 10, 7, 14, 6, 22, 10, 7, 13, 9, 50], 3, true, $"{_footer}, rack {rack.Name}") { LargePaper = true },
            sheet =>
            {
                sheet.NewRow(22).Text($"Pull sheet {rack.Name}", CellStyle.Title);
                sheet
                    .NewRow()
                    .Text(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{hall.Site} / {hall.Building} / {hall.Name}, row {rack.Row}, position {rack.Position}: "
                                + $"{_contents.Of(rack.Index).Count} devices, {rack.UsedUnits} of {rack.Units} U, {rack.UsedPower.Kilowatts:0.#} kW, "
                                + $"{plugs.Length} plugs"
                        ),
                        CellStyle.Remark
                    );
                sheet.Heads(
                    "done",
                    "piece",
                    "order code",
                    "order m",
                    "U",
                    "device here",
                    "port",
                    "socket",
                    "other end",
                    "U",
                    "device",
                    "port",
                    "socket",
                    "for cable",
                    "bundle",
                    "label at this end"
                );
                foreach (Plug plug in plugs)
                {
                    PlugRow(sheet, plug, digits);
                }
            }
        );
    }

    /// <summary>The plugs of a rack's devices, from the top unit down; of a piece within the rack the A end only.</summary>
    private Plug[] PlugsIn(Rack rack)
    {
        ChannelWalk walk = _design.Channels.Walk();
        HashSet<int> taken = [];
        List<Plug> plugs = [];
        foreach (int number in _links.Of(rack.Index))
        {
            (int c, int i) = _links.Find(number);
            int cable = _design.Cables.CableOfLink[c][i];
            if (cable < 0 || !taken.Add(cable))
            {
                continue;
            }

            walk.Take(cable);
            foreach (Piece piece in walk.Pieces)
            {
                if (RackOf(piece.A) == rack.Index)
                {
                    plugs.Add(new(piece, piece.A, piece.Z, cable, walk.Class.Index));
                }
                else if (RackOf(piece.Z) == rack.Index)
                {
                    plugs.Add(new(piece, piece.Z, piece.A, cable, walk.Class.Index));
                }
            }
        }

        Plug[] sorted = [.. plugs];
        Array.Sort(Array.ConvertAll(sorted, Key), sorted);
        return sorted;
    }

    private (int Unit, int Device, int Fabric, int Port, int Socket, long Piece) Key(Plug plug) =>
        (-UnitOf(plug.Here), plug.Here.Device, plug.Here.Fabric.Index, plug.Here.Port, plug.Here.Socket, plug.Piece.Number);

    private int UnitOf(in PieceEnd end) => _design.Placement.UnitOfPort(_network, end.Device, end.Fabric, end.Port);

    private int RackOf(in PieceEnd end) => end.Panel >= 0 ? -1 : _design.Placement.RackOfPort(_network, end.Device, end.Fabric, end.Port);

    private void PlugRow(SheetWriter sheet, in Plug plug, int digits)
    {
        PieceArticle article = _design.Channels.Articles[plug.Piece.Article];
        sheet
            .NewRow()
            .Empty(CellStyle.Text)
            .Text(CableNaming.PieceId(plug.Piece.Number, digits))
            .Text(article.OrderCode)
            .Number(article.OrderLength.Metres)
            .Integer(UnitOf(plug.Here))
            .Text(Name(plug.Here.Device, plug.Here.Fabric, plug.Here.Port));
        Socket(sheet.Text(PortOf(plug.Here)), plug.Here);
        if (plug.There.Panel >= 0)
        {
            PanelEnd(sheet, plug.There).Empty(CellStyle.Integer);
        }
        else
        {
            sheet
                .Text(_design.Placement.Racks[RackOf(plug.There)].Name)
                .Integer(UnitOf(plug.There))
                .Text(Name(plug.There.Device, plug.There.Fabric, plug.There.Port))
                .Text(PortOf(plug.There));
            Socket(sheet, plug.There);
        }

        sheet
            .Text(_cableIds[plug.Class].IdOf(plug.Cable))
            .Text(Bundle(_design.Cables.Cables[plug.Cable]))
            .Once(CableNaming.PlugLabel(_design, plug.Here, PortOf(plug.Here)));
    }

    private string PortOf(in PieceEnd end) => _ports[(_network.GroupOfDevice[end.Device], end.Fabric)][end.Port];

    private static void Socket(SheetWriter sheet, in PieceEnd end)
    {
        if (end.Socket >= 0)
        {
            sheet.Integer(end.Socket);
        }
        else
        {
            sheet.Empty(CellStyle.Integer);
        }
    }

    /// <summary>One end of a piece in a rack.</summary>
    private readonly record struct Plug(Piece Piece, PieceEnd Here, PieceEnd There, int Cable, int Class);
}
