using System.Globalization;
using Lightloom.Channels;
using Lightloom.Design;

namespace Lightloom.Report.Drawing;

/// <summary>Draws bays of patch panels from the front, unit by unit: every port a box, filled where a cord is plugged.</summary>
internal static class PanelDrawing
{
    private const double UnitHeight = 15;
    private const double PortsLeft = 168;
    private const double PortsWidth = 306;
    private const double BayWidth = PortsLeft + PortsWidth + 26;
    private const int PerLine = 2;

    // A bay with fewer free units than this is drawn whole; of others the units above the topmost panel are left out.
    private const int FreeUnitsShown = 2;

    /// <summary>Panels that stand above each other in one bay.</summary>
    /// <param name="Name">The bay, which stands for a rack in pieces.csv.</param>
    /// <param name="Panels">Its panels, lowest unit first.</param>
    internal sealed record Bay(string Name, IReadOnlyList<PatchPanel> Panels)
    {
        /// <summary>Ports at the front that are taken.</summary>
        public int UsedPorts => Panels.Sum(p => p.UsedPorts);

        /// <summary>Ports at the front.</summary>
        public int Ports => Panels.Sum(p => p.Ports);
    }

    /// <summary>All bays, in the order of the floor.</summary>
    public static IReadOnlyList<Bay> Bays(ClusterDesign design) =>
        [.. design.Channels.Panels.GroupBy(p => p.Bay).Select(g => new Bay(g.Key, [.. g.OrderBy(p => p.Unit)]))];

    /// <summary>The picture of some bays.</summary>
    public static string Render(ClusterDesign design, IReadOnlyList<Bay> bays)
    {
        Svg svg = new();
        double y = 10;
        for (int from = 0; from < bays.Count; from += PerLine)
        {
            Bay[] line = [.. bays.Skip(from).Take(PerLine)];
            int units = line.Max(Top);
            for (int i = 0; i < line.Length; i++)
            {
                Draw(svg, design, line[i], 16 + (i * (BayWidth + 30)), y, units);
            }

            y += 52 + (units * UnitHeight) + 20;
        }

        return svg.Finish(16 + (PerLine * (BayWidth + 30)), y, "Elevations of patch panels", standalone: false);
    }

    private static int Top(Bay bay) => bay.Panels.Max(p => p.Unit + p.Units - 1) + FreeUnitsShown;

    private static void Draw(Svg svg, ClusterDesign design, Bay bay, double x, double y, int units)
    {
        svg.Text(x, y + 14, bay.Name, "s b");
        svg.Text(
            x,
            y + 30,
            $"{design.Placement.Halls[bay.Panels[0].Frame.Hall].Name}: {Words.Of(bay.Panels.Count, "panel")}, "
                + $"{Words.Count(bay.UsedPorts)} of {Words.Count(bay.Ports)} ports in use",
            "xs soft"
        );
        double bottom = y + 42 + (units * UnitHeight);
        for (int u = 1; u <= units; u++)
        {
            double top = bottom - (u * UnitHeight);
            svg.Rect(x + 20, top, BayWidth - 20, UnitHeight, "u");
            svg.Text(x + 15, top + 11, u.ToString(CultureInfo.InvariantCulture), "tiny soft", "end");
        }

        foreach (PatchPanel panel in bay.Panels)
        {
            int height = panel.Units;
            double top = bottom - ((panel.Unit + height - 1) * UnitHeight);
            string title = $"{panel.Name}: {panel.Id}, {panel.UsedPorts} of {panel.Ports} ports in use";
            svg.Rect(x + 20, top + 0.5, BayWidth - 20, (height * UnitHeight) - 1, "leaf", 1.5, title);
            svg.Text(x + 26, top + 11, TextWidth.Fit(panel.Name, PortsLeft - 34, 11), "xs");
            double port = PortsWidth / panel.Ports;
            for (int p = 0; p < panel.Ports; p++)
            {
                svg.Rect(x + PortsLeft + (p * port), top + 3.5, port * 0.78, UnitHeight - 7, p < panel.UsedPorts ? "accent" : "u");
            }
        }
    }
}
