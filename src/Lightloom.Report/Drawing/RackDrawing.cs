using System.Globalization;
using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Report.Drawing;

/// <summary>Draws racks from the front, unit by unit. Racks that are filled alike are drawn once, with how many there are.</summary>
internal static class RackDrawing
{
    private const double UnitHeight = 10.5;
    private const double RackWidth = 168;
    private const double Gap = 26;
    private const int PerLine = 6;

    /// <summary>Racks that are filled alike.</summary>
    /// <param name="Sample">The first of them.</param>
    /// <param name="Names">Names of all of them.</param>
    /// <param name="Panels">Patch panels above the devices of the first.</param>
    /// <param name="Items">What stands in the first.</param>
    internal sealed record Pattern(
        Rack Sample,
        IReadOnlyList<string> Names,
        IReadOnlyList<PatchPanel> Panels,
        IReadOnlyList<RackItem> Items
    )
    {
        /// <summary>Units that are drawn: those of devices, and those of panels above them.</summary>
        public int Units => Panels.Select(p => p.Unit + p.Units - 1).Append(Sample.Units).Max();
    }

    /// <summary>All patterns, most racks first.</summary>
    public static IReadOnlyList<Pattern> Patterns(ClusterDesign design)
    {
        ILookup<int, PatchPanel> panels = design.Channels.Panels.Where(p => p.Frame.Rack >= 0).ToLookup(p => p.Frame.Rack);
        RackContents contents = new(design.Network, design.Placement);
        return
        [
            .. design
                .Placement.Racks.Select(r => (Rack: r, Items: contents.Of(r.Index)))
                .Where(r => r.Items.Count > 0)
                .GroupBy(r => Signature(design, r.Rack, r.Items, panels[r.Rack.Index]))
                .Select(g => new Pattern(
                    g.First().Rack,
                    [.. g.Select(r => r.Rack.Name)],
                    [.. panels[g.First().Rack.Index]],
                    g.First().Items
                ))
                .OrderByDescending(p => p.Names.Count)
                .ThenBy(p => p.Sample.Index),
        ];
    }

    /// <summary>The picture of some patterns.</summary>
    public static string Render(ClusterDesign design, IReadOnlyList<Pattern> patterns)
    {
        Svg svg = new();
        int perLine = Math.Min(PerLine, Math.Max(1, patterns.Count));
        double y = 8;
        for (int from = 0; from < patterns.Count; from += perLine)
        {
            Pattern[] line = [.. patterns.Skip(from).Take(perLine)];
            int units = line.Max(p => Math.Max(p.Units, 1));
            for (int i = 0; i < line.Length; i++)
            {
                Draw(svg, design, line[i], 30 + i * (RackWidth + Gap + 14), y, units);
            }

            y += 64 + units * UnitHeight + 22;
        }

        return svg.Finish(PerLine * (RackWidth + Gap + 14) + 20, y, "Rack elevations", standalone: false);
    }

    private static string Signature(ClusterDesign design, Rack rack, IEnumerable<RackItem> items, IEnumerable<PatchPanel> panels) =>
        string.Create(CultureInfo.InvariantCulture, $"{rack.Use}/{rack.Units}/")
        + string.Join(',', items.Select(i => $"{design.Network.GroupOf(i.Device).Model.Id}{i.Tray?.Word}@{i.Unit}"))
        + string.Concat(panels.Select(p => string.Create(CultureInfo.InvariantCulture, $"/{p.Id}@{p.Unit}")));

    private static void Draw(Svg svg, ClusterDesign design, Pattern pattern, double x, double y, int unitsInLine)
    {
        Rack rack = pattern.Sample;
        svg.Text(x, y + 14, pattern.Names.Count == 1 ? rack.Name : $"{Words.Count(pattern.Names.Count)} racks like {rack.Name}", "s b");
        string limit = rack.PowerLimit.Watts > 0 ? string.Create(CultureInfo.InvariantCulture, $" of {rack.PowerLimit.Kilowatts:0.#}") : "";
        svg.Text(
            x,
            y + 30,
            string.Create(CultureInfo.InvariantCulture, $"{rack.UsedUnits} of {rack.Units} U, {rack.UsedPower.Kilowatts:0.#}{limit} kW"),
            "xs soft"
        );
        if (rack.PowerLimit.Watts > 0)
        {
            svg.Rect(x, y + 36, RackWidth, 5, "u", 2);
            double share = Math.Min(1, rack.UsedPower.Watts / rack.PowerLimit.Watts);
            svg.Rect(x, y + 36, RackWidth * share, 5, share > 0.95 ? "f4" : "f2", 2);
        }

        double top = y + 48 + (unitsInLine - pattern.Units) * UnitHeight;
        double bottom = top + pattern.Units * UnitHeight;
        svg.Rect(x, top, RackWidth, pattern.Units * UnitHeight, "u", 2);
        for (int u = 1; u <= pattern.Units; u += u == 1 ? 4 : 5)
        {
            svg.Text(x - 4, bottom - (u - 0.5) * UnitHeight + 4, u.ToString(CultureInfo.InvariantCulture), "xs soft", "end");
        }

        foreach (PatchPanel panel in pattern.Panels)
        {
            double height = panel.Units * UnitHeight;
            double py = bottom - ((panel.Unit - 1) * UnitHeight) - height;
            string title = $"{panel.Name}: {panel.Id}, {panel.UsedPorts} of {panel.Ports} ports in use";
            svg.Rect(x + 2, py + 0.5, RackWidth - 4, height - 1, "accent", 1, title);
            svg.Text(x + (RackWidth / 2), py + (height / 2) + 3, TextWidth.Fit(panel.Name, RackWidth - 14, 8.5), "tiny", "middle");
        }

        RackContents contents = new(design.Network, design.Placement);
        foreach (RackItem item in pattern.Items)
        {
            DeviceGroup group = design.Network.GroupOf(item.Device);
            double h = item.Units * UnitHeight;
            double dy = bottom - (item.Unit - 1) * UnitHeight - h;
            string name = contents.NameOf(item);
            svg.Rect(x + 2, dy + 0.5, RackWidth - 4, h - 1, Tint(group, item.Tray), 1, $"{name}: {contents.KindOf(item)}, U{item.Unit}");
            // Two lines where there is room, both about the middle.
            bool both = h >= 34;
            if (h >= 10)
            {
                svg.Text(
                    x + RackWidth / 2,
                    dy
                        + h / 2
                        + (
                            both ? -3
                            : h < 14 ? 3
                            : 4
                        ),
                    TextWidth.Fit(name, RackWidth - 14, h < 14 ? 8.5 : 11),
                    h < 14 ? "tiny" : "xs",
                    "middle"
                );
            }

            if (both)
            {
                svg.Text(
                    x + RackWidth / 2,
                    dy + h / 2 + 11,
                    TextWidth.Fit(item.Tray is { } tray ? tray.Word + " tray" : contents.KindOf(item), RackWidth - 14, 11),
                    "xs",
                    "middle"
                );
            }
        }
    }

    private static string Tint(DeviceGroup group, Tray? tray) =>
        tray is not null
            ? tray.Model.Kind switch
            {
                TrayKind.Compute => "nodes",
                TrayKind.Switch => "scaleup",
                _ => "keep",
            }
        : group.IsNode
            ? group.IsService ? "services"
                : "nodes"
        : Tint(group.Tier);

    private static string Tint(Tier tier) =>
        tier switch
        {
            Tier.Leaf => "leaf",
            Tier.Spine => "spine",
            Tier.External => "external",
            _ => "super",
        };
}
