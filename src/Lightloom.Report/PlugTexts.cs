using System.Globalization;
using System.Text;
using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Floor;

namespace Lightloom.Report;

/// <summary>Where plugs go, as fields of pieces.csv: into the socket of a device of the network, or a port of a patch panel.</summary>
internal sealed class PlugTexts
{
    private const int LongestPort = 64;
    private readonly EndTexts _ends;
    private readonly ushort[] _groups;
    private readonly TextArena _panels;
    private readonly TextArena _panelLabels;
    private readonly bool[] _quotePanel;

    /// <summary>Makes the texts of all devices and panels.</summary>
    public PlugTexts(ClusterDesign design)
    {
        _ends = new(design);
        _groups = design.Network.GroupOfDevice;
        IReadOnlyList<PatchPanel> panels = design.Channels.Panels;
        _quotePanel = new bool[panels.Count];
        _panels = new(panels.Count, p => PlaceOf(design, panels[p]));
        _panelLabels = new(
            panels.Count,
            p =>
            {
                string label = Csv.Neutral(LabelOf(design, panels[p]));
                _quotePanel[p] = Csv.NeedsQuotes(label);
                return label.Replace("\"", "\"\"");
            }
        );
    }

    /// <summary>Most bytes of one end: place, port and label.</summary>
    public int Longest => Math.Max(_ends.Longest, _panels.Longest + _panelLabels.Longest) + (2 * LongestPort);

    /// <summary>Appends hall, row, rack, unit, device, port and socket, a comma after each.</summary>
    public void Put(Utf8Lines lines, in PieceEnd end)
    {
        if (end.Panel >= 0)
        {
            lines.Put(_panels[end.Panel]);
            if (end.Socket >= 0)
            {
                PutPort(lines, end);
            }
        }
        else
        {
            _ends.PutPlace(lines, _ends.Rack(end.Device, end.Fabric, end.Port), _ends.Stand(end.Device, end.Fabric, end.Port));
            lines.Put(_ends.Port(_groups[end.Device], end.Fabric, end.Port));
        }

        lines.PutByte((byte)',');
        if (end.Socket >= 0)
        {
            lines.Put(end.Socket);
        }

        lines.PutByte((byte)',');
    }

    /// <summary>Appends the label of a plug; a cassette has none.</summary>
    public void PutLabel(Utf8Lines lines, in PieceEnd end)
    {
        if (end.Panel >= 0)
        {
            PutPanelLabel(lines, end);
            return;
        }

        bool quote = _ends.OpenLabel(lines, _ends.Rack(end.Device, end.Fabric, end.Port), _ends.Stand(end.Device, end.Fabric, end.Port));
        lines.Put(_ends.Port(_groups[end.Device], end.Fabric, end.Port));
        if (end.Socket >= 0)
        {
            lines.Put(":s"u8);
            lines.Put(end.Socket);
        }

        EndTexts.CloseLabel(lines, quote);
    }

    private static void PutPort(Utf8Lines lines, in PieceEnd end)
    {
        lines.Put(end.Rear ? "rear:"u8 : "front:"u8);
        lines.Put(end.Port);
    }

    private void PutPanelLabel(Utf8Lines lines, in PieceEnd end)
    {
        if (end.Socket < 0)
        {
            return;
        }

        if (_quotePanel[end.Panel])
        {
            lines.PutByte((byte)'"');
        }

        lines.Put(_panelLabels[end.Panel]);
        PutPort(lines, end);
        if (_quotePanel[end.Panel])
        {
            lines.PutByte((byte)'"');
        }
    }

    private static string PlaceOf(ClusterDesign design, PatchPanel panel)
    {
        string hall = Csv.Field(design.Placement.Halls[panel.Frame.Hall].Name);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{hall},{panel.Frame.Row},{Csv.Field(panel.Bay)},{panel.Unit},{Csv.Field(panel.Name)},"
        );
    }

    private static string LabelOf(ClusterDesign design, PatchPanel panel)
    {
        Hall hall = design.Placement.Halls[panel.Frame.Hall];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{hall.Site}:{hall.Name}:R{panel.Frame.Row:00}:{panel.Bay}:U{panel.Unit:00}:{panel.Name}:"
        );
    }
}
