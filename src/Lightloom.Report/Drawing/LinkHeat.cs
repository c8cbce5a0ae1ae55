using System.Globalization;
using Lightloom.Simulation.Model;

namespace Lightloom.Report.Drawing;

/// <summary>
/// Draws how busy the links of a simulated network were, in the busier of their two directions. Planes stand side by side. Small networks
/// are drawn link by link; larger ones tier by tier, with the share of links in each colour.
/// </summary>
internal static class LinkHeat
{
    private const double Width = 1400;
    private const double Margin = 24;
    private const double Gutter = 132;
    private const double BoxHeight = 26;
    private const double Gap = 150;
    private const int MostDrawnLinks = 4600;
    private const int MostPlanes = 8;

    /// <summary>The picture.</summary>
    public static string Render(NetworkDescription network, SimulationResult result, INetworkNames names)
    {
        Heat heat = new(network, result);
        bool each = DrawsEach(network);
        Svg svg = new();
        HeatScale.Key(svg, Margin, 12, "busy share of the run, busier direction:");
        svg.Line(Margin + 900, 18, Margin + 922, 18, "cold", 1.5);
        svg.Text(Margin + 930, 22, each ? "carried nothing" : "mesh: mean of the links that carried anything", "s soft");
        double height = each ? Each(svg, heat, names) : ByTier(svg, heat);
        return svg.Finish(Width, height, "Link heat", standalone: false);
    }

    /// <summary>Whether a network is small enough to draw every link.</summary>
    public static bool DrawsEach(NetworkDescription network) =>
        network.Links.Count <= MostDrawnLinks && network.PlaneCount <= MostPlanes && network.Switches.Count <= 400;

    private static double RowY(Heat heat, int tier) => 64 + (heat.Tiers - 1 - tier) * (BoxHeight + Gap);

    private static string Css(int tier) =>
        tier switch
        {
            0 => "leaf",
            1 => "spine",
            _ => "super",
        };

    private static string Word(int tier) =>
        tier switch
        {
            0 => "leaf",
            1 => "spine",
            _ => "super-spine",
        };

    // Every link a line, the hottest on top; hosts are ticks below their leaf.
    private static double Each(Svg svg, Heat heat, INetworkNames names)
    {
        NetworkDescription network = heat.Network;
        double hostY = RowY(heat, 0) + BoxHeight + 90;
        double planeWidth = (Width - 2 * Margin - Gutter) / network.PlaneCount;
        double[] switchX = new double[network.Switches.Count];
        List<(int Class, double X1, double Y1, double X2, double Y2)> lines = [];
        for (int tier = 0; tier < heat.Tiers; tier++)
        {
            int count = network.Switches.Count(s => s.Tier == tier);
            svg.Text(Margin, RowY(heat, tier) + 17, $"{Word(tier)} × {Words.Count(count)}", "b");
        }

        svg.Text(Margin, hostY + 8, Words.Of(network.HostCount, "host"), "b");
        double boxWidth = 0;
        for (int plane = 0; plane < network.PlaneCount; plane++)
        {
            double left = Margin + Gutter + plane * planeWidth,
                width = planeWidth - 14;
            if (network.PlaneCount > 1)
            {
                svg.Text(left + width / 2, 52, $"plane {plane}", "s b", "middle");
            }

            for (int tier = 0; tier < heat.Tiers; tier++)
            {
                int[] row =
                [
                    .. Enumerable
                        .Range(0, network.Switches.Count)
                        .Where(s => network.Switches[s].Plane == plane && network.Switches[s].Tier == tier),
                ];
                double pitch = width / Math.Max(1, row.Length);
                boxWidth = Math.Min(pitch * 0.8, 120);
                for (int i = 0; i < row.Length; i++)
                {
                    switchX[row[i]] = left + pitch * (i + 0.5);
                    string name = Short(names.Switch(row[i]), boxWidth - 4);
                    svg.Rect(switchX[row[i]] - boxWidth / 2, RowY(heat, tier), boxWidth, BoxHeight, Css(tier), 3, names.Switch(row[i]));
                    if (name.Length > 0)
                    {
                        svg.Text(switchX[row[i]], RowY(heat, tier) + 17, name, "xs", "middle");
                    }
                }
            }

            int[] host =
            [
                .. Enumerable
                    .Range(0, network.Links.Count)
                    .Where(l => network.Links[l].A.IsHost && network.Switches[network.Links[l].Z.Index].Plane == plane)
                    .OrderBy(l => switchX[network.Links[l].Z.Index])
                    .ThenBy(l => network.Links[l].A.Index),
            ];
            for (int i = 0; i < host.Length; i++)
            {
                double x = left + width * (i + 0.5) / host.Length;
                lines.Add((heat.ClassOf(host[i]), x, hostY, switchX[network.Links[host[i]].Z.Index], RowY(heat, 0) + BoxHeight));
            }

            svg.Rect(left, hostY, width, 10, "host", 3);
        }

        HashSet<(int, int)> bundles = [];
        for (int l = 0; l < network.Links.Count; l++)
        {
            LinkDescription link = network.Links[l];
            if (!link.A.IsHost && bundles.Add((link.A.Index, link.Z.Index)))
            {
                lines.Add(
                    (
                        heat.HottestOf(link.A.Index, link.Z.Index),
                        switchX[link.A.Index],
                        RowY(heat, network.Switches[link.A.Index].Tier),
                        switchX[link.Z.Index],
                        RowY(heat, network.Switches[link.Z.Index].Tier) + BoxHeight
                    )
                );
            }
        }

        double thin = lines.Count > 1200 ? 0.7 : 1.1;
        foreach ((int css, double x1, double y1, double x2, double y2) in lines.OrderBy(l => l.Class))
        {
            svg.Line(
                x1,
                y1,
                x2,
                y2,
                css < 0 ? "cold" : "t" + css.ToString(CultureInfo.InvariantCulture),
                css < 0 ? 0.5
                    : css >= 4 ? thin * 1.6
                    : thin
            );
        }

        return hostY + 34;
    }

    // The name, its number alone, or nothing, whichever fits.
    private static string Short(string name, double width)
    {
        string number = name[(name.LastIndexOfAny(['-', ' ', '_']) + 1)..];
        return TextWidth.Of(name, 11) <= width ? name
            : TextWidth.Of(number, 11) <= width ? number
            : "";
    }

    // Tiers as boxes; between them a mesh in the colour of the mean and a bar of how many links have which colour.
    private static double ByTier(Svg svg, Heat heat)
    {
        NetworkDescription network = heat.Network;
        int columns = Math.Min(network.PlaneCount, MostPlanes);
        double planeWidth = (Width - 2 * Margin - Gutter) / columns;
        double hostY = RowY(heat, 0) + BoxHeight + Gap;
        for (int tier = 0; tier < heat.Tiers; tier++)
        {
            svg.Text(Margin, RowY(heat, tier) + 17, Word(tier), "b");
        }

        svg.Text(Margin, hostY + 17, "hosts", "b");
        for (int c = 0; c < columns; c++)
        {
            int first = c,
                last = c == columns - 1 ? network.PlaneCount - 1 : c;
            double left = Margin + Gutter + c * planeWidth,
                width = planeWidth - 14;
            if (network.PlaneCount > 1)
            {
                svg.Text(left + width / 2, 52, first == last ? $"plane {first}" : $"planes {first} to {last}", "s b", "middle");
            }

            for (int tier = -1; tier < heat.Tiers; tier++)
            {
                double y = tier < 0 ? hostY : RowY(heat, tier);
                long count =
                    tier < 0
                        ? heat.HostsOf(first, last)
                        : network.Switches.Count(s => s.Tier == tier && s.Plane >= first && s.Plane <= last);
                if (tier + 1 < heat.Tiers)
                {
                    Between(svg, heat.Of(tier, first, last), left, width, RowY(heat, tier + 1) + BoxHeight, y);
                }

                svg.Rect(left, y, width, BoxHeight, tier < 0 ? "host" : Css(tier), 4);
                svg.Text(
                    left + width / 2,
                    y + 17,
                    tier < 0
                        ? Words.Of(count, "host")
                        : $"{Words.Count(count)} {(tier == 0 ? count == 1 ? "leaf" : "leaves" : Word(tier) + (count == 1 ? "" : "s"))}",
                    "s b",
                    "middle"
                );
            }
        }

        return hostY + BoxHeight + 18;
    }

    private static void Between(Svg svg, TierHeat heat, double left, double width, double top, double bottom)
    {
        string css = heat.Carrying == 0 ? "cold" : "t" + HeatScale.Class(heat.Mean).ToString(CultureInfo.InvariantCulture);
        int fan = width > 500 ? 12 : 6;
        for (int i = 0; i < fan; i++)
        {
            for (int k = 0; k < fan; k++)
            {
                svg.Line(left + width * (i + 0.5) / fan, top, left + width * (k + 0.5) / fan, bottom, css, 0.6);
            }
        }

        double middle = (top + bottom) / 2,
            barWidth = Math.Min(width - 16, 560),
            x = left + (width - barWidth) / 2;
        svg.Rect(x - 8, middle - 38, barWidth + 16, 76, "pill", 6);
        double room = barWidth;
        string text =
            width > 420
                ? $"{Words.Count(heat.Carrying)} of {Words.Of(heat.Links, "link")} carried · mean {Words.Percent(heat.Mean)}, "
                    + $"busiest {Words.Percent(heat.Most)}"
                : $"{Words.Count(heat.Carrying)} of {Words.Count(heat.Links)}";
        svg.Text(x + room / 2, middle - 18, TextWidth.Fit(text, room, 12), "s", "middle");
        svg.Rect(x, middle - 6, room, 14, "ghost", 3);
        double at = x;
        for (int c = 0; c < HeatScale.Classes; c++)
        {
            double w = heat.Carrying == 0 ? 0 : room * heat.ByClass[c] / heat.Carrying;
            if (w > 0)
            {
                svg.Rect(at, middle - 6, w, 14, "f" + c.ToString(CultureInfo.InvariantCulture));
                at += w;
            }
        }

        string below =
            width > 420
                ? $"fullest queue {Words.Number(heat.PeakQueue / 1024.0)} KiB · {Words.Count(heat.Lost)} trimmed or dropped"
                : $"mean {Words.Percent(heat.Mean)}, max {Words.Percent(heat.Most)}";
        svg.Text(x + room / 2, middle + 28, TextWidth.Fit(below, room, 11), "xs soft", "middle");
    }

    /// <summary>Links between two tiers.</summary>
    internal sealed record TierHeat
    {
        /// <summary>Links there are.</summary>
        public long Links { get; set; }

        /// <summary>Links that carried anything.</summary>
        public long Carrying { get; set; }

        /// <summary>Mean of those, in their busier direction.</summary>
        public double Mean { get; set; }

        /// <summary>The busiest.</summary>
        public double Most { get; set; }

        /// <summary>The longest queue before any, in bytes.</summary>
        public long PeakQueue { get; set; }

        /// <summary>Packets trimmed or dropped before them.</summary>
        public long Lost { get; set; }

        /// <summary>Links that carried anything, by colour.</summary>
        public long[] ByClass { get; } = new long[HeatScale.Classes];
    }

    /// <summary>Utilisation by link and by tier.</summary>
    internal sealed class Heat
    {
        private readonly double[] _of;
        private readonly Dictionary<(int, int), double> _bundles = [];
        private readonly long[] _peak;
        private readonly long[] _lost;

        public Heat(NetworkDescription network, SimulationResult result)
        {
            Network = network;
            Tiers = network.Switches.Max(s => s.Tier) + 1;
            _of = new double[network.Links.Count];
            _peak = new long[network.Links.Count];
            _lost = new long[network.Links.Count];
            foreach (LinkResult link in result.Links)
            {
                _of[link.Link] = Math.Max(_of[link.Link], link.Utilisation);
                _peak[link.Link] = Math.Max(_peak[link.Link], link.PeakQueue.Bytes);
                _lost[link.Link] += link.Trimmed + link.Dropped;
                LinkDescription one = network.Links[link.Link];
                if (!one.A.IsHost)
                {
                    (int, int) key = (one.A.Index, one.Z.Index);
                    _bundles[key] = Math.Max(_bundles.GetValueOrDefault(key), link.Utilisation);
                }
            }
        }

        public NetworkDescription Network { get; }

        public int Tiers { get; }

        public int ClassOf(int link) => _of[link] <= 0 ? -1 : HeatScale.Class(_of[link]);

        public int HottestOf(int lower, int upper) => _bundles.TryGetValue((lower, upper), out double most) ? HeatScale.Class(most) : -1;

        public long HostsOf(int firstPlane, int lastPlane)
        {
            HashSet<int> hosts = [];
            foreach (LinkDescription link in Network.Links)
            {
                if (link.A.IsHost && Network.Switches[link.Z.Index].Plane is int plane && plane >= firstPlane && plane <= lastPlane)
                {
                    hosts.Add(link.A.Index);
                }
            }

            return hosts.Count;
        }

        /// <summary>The links from a tier (-1: hosts) upwards, in a range of planes.</summary>
        public TierHeat Of(int lowerTier, int firstPlane, int lastPlane)
        {
            TierHeat heat = new();
            double sum = 0;
            for (int l = 0; l < Network.Links.Count; l++)
            {
                LinkDescription link = Network.Links[l];
                int tier = link.A.IsHost ? -1 : Network.Switches[link.A.Index].Tier,
                    plane = Network.Switches[link.Z.Index].Plane;
                if (tier != lowerTier || plane < firstPlane || plane > lastPlane)
                {
                    continue;
                }

                heat.Links++;
                heat.PeakQueue = Math.Max(heat.PeakQueue, _peak[l]);
                heat.Lost += _lost[l];
                if (_of[l] > 0)
                {
                    heat.Carrying++;
                    heat.ByClass[HeatScale.Class(_of[l])]++;
                    heat.Most = Math.Max(heat.Most, _of[l]);
                    sum += _of[l];
                }
            }

            heat.Mean = heat.Carrying == 0 ? 0 : sum / heat.Carrying;
            return heat;
        }
    }
}
