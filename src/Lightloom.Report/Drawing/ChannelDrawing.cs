using System.Globalization;
using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Topology;

namespace Lightloom.Report.Drawing;

/// <summary>
/// Draws channels from module socket to module socket: every plug and panel port as a stop, every piece as the stretch between two stops.
/// </summary>
internal static class ChannelDrawing
{
    private const double Width = 1120;
    private const double Line = 250;
    private const double Stretch = 62;
    private const double Head = 46;
    private const double Gap = 26;

    /// <summary>
    /// The channels worth a picture: of each chain of kinds of pieces (one cord; cord, trunk, cord; a harness …) the longest, those of most
    /// pieces first.
    /// </summary>
    /// <param name="design">The design.</param>
    /// <param name="most">How many to take at most.</param>
    public static IReadOnlyList<DrawnChannel> Choose(ClusterDesign design, int most)
    {
        ReadOnlySpan<Cable> cables = design.Cables.Cables.AsSpan();
        Dictionary<(int Product, int Panels), int> longest = [];
        for (int cable = 0; cable < cables.Length; cable++)
        {
            (int product, int length) = (cables[cable].Product, cables[cable].LengthMillimetres);
            if (product < 0)
            {
                continue;
            }

            (int, int) key = (product, design.Cables.PanelsOf(cable));
            if (!longest.TryGetValue(key, out int known) || cables[known].LengthMillimetres < length)
            {
                longest[key] = cable;
            }
        }

        ChannelWalk walk = design.Channels.Walk();
        return
        [
            .. longest
                .Values.Order()
                .Select(cable => DrawnChannel.Of(design, walk, cable))
                .GroupBy(c => c.Chain)
                .Select(g => g.MaxBy(c => c.LengthMillimetres)!)
                .OrderByDescending(c => c.Pieces.Count)
                .ThenByDescending(c => c.LengthMillimetres)
                .Take(most),
        ];
    }

    /// <summary>The picture, as a part of a page.</summary>
    public static string Render(ClusterDesign design, IReadOnlyList<DrawnChannel> channels)
    {
        Svg svg = new();
        int digits = CableNaming.PieceDigits(design.Channels);
        double y = Gap;
        foreach (DrawnChannel channel in channels)
        {
            svg.Text(24, y + 6, channel.Title, "h2");
            svg.Text(24, y + 24, channel.Sum, "s soft");
            y += Head + 12;
            for (int i = 0; i < channel.Pieces.Count; i++)
            {
                DrawnPiece piece = channel.Pieces[i];
                svg.Line(Line, y, Line, y + Stretch, Colour(piece.Kind), piece.Kind == PieceKind.Trunk ? 9 : 5);
                Stop(svg, y, i == 0 ? piece.From : Through(channel.Pieces[i - 1].To, piece.From));
                svg.Text(Line + 22, y + 28, TextWidth.Fit(piece.What, Width - Line - 40, 12.5), "s b");
                string number = CableNaming.PieceId(piece.Number, digits);
                svg.Text(Line + 22, y + 44, TextWidth.Fit($"{number} · {piece.Figures}", Width - Line - 40, 12), "s soft");
                y += Stretch;
            }

            Stop(svg, y, channel.Pieces[^1].To);
            y += Gap + 22;
        }

        return svg.Finish(Width, y, "Channels from module socket to module socket", standalone: false);
    }

    // A panel is entered on one side and left on the other: both ports stand at the stop.
    private static DrawnStop Through(DrawnStop into, DrawnStop outOf)
    {
        int space = outOf.Name.IndexOf(' ', StringComparison.Ordinal);
        return into.Name == outOf.Name || space < 0 || !into.Name.StartsWith(outOf.Name[..(space + 1)], StringComparison.Ordinal)
            ? outOf
            : outOf with
            {
                Name = $"{into.Name} to {outOf.Name[(space + 1)..]}",
            };
    }

    private static void Stop(Svg svg, double y, DrawnStop stop)
    {
        svg.Circle(Line, y, 6.5, "u", 2);
        svg.Text(Line - 18, y + 4, TextWidth.Fit(stop.Place, Line - 42, 12), "s soft", "end");
        svg.Text(Line + 22, y + 4, TextWidth.Fit(stop.Name, Width - Line - 40, 12.5), "s");
    }

    private static string Colour(PieceKind kind) =>
        kind switch
        {
            PieceKind.Trunk => "s1",
            PieceKind.Cassette or PieceKind.Shuffle => "s3",
            PieceKind.Harness => "s2",
            _ => "s0",
        };
}
