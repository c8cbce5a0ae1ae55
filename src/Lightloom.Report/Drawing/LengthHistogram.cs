using System.Globalization;
using Lightloom.Cabling;
using Lightloom.Design;

namespace Lightloom.Report.Drawing;

/// <summary>Draws how many cables have which computed length, one colour a product.</summary>
internal static class LengthHistogram
{
    private static readonly double[] Steps =
    [
        0,
        1,
        2,
        3,
        5,
        7,
        10,
        15,
        20,
        25,
        30,
        40,
        50,
        75,
        100,
        150,
        200,
        300,
        500,
        1000,
        2000,
        5000,
        10_000,
        40_000,
        1_000_000,
    ];

    /// <summary>The picture, with its key.</summary>
    public static string Render(ClusterDesign design, IReadOnlyList<InterconnectSummary> products)
    {
        Dictionary<string, int> colour = products.Select((p, i) => (p.Id, i)).ToDictionary(p => p.Id, p => Math.Min(p.i, 7));
        long[,] counts = new long[Steps.Length, 8];
        int[] colourOf = [.. design.Cables.Products.Select(p => colour.GetValueOrDefault(p.Id, 7))];
        foreach (ref readonly Cable cable in design.Cables.Cables.AsSpan())
        {
            if (cable.Product >= 0)
            {
                double metres = cable.LengthMillimetres / 1000.0;
                int step = Array.FindLastIndex(Steps, s => s < metres);
                counts[Math.Max(step, 0), colourOf[cable.Product]]++;
            }
        }

        int first = -1,
            last = 0;
        long most = 1;
        for (int s = 0; s + 1 < Steps.Length; s++)
        {
            long sum = 0;
            for (int c = 0; c < 8; c++)
            {
                sum += counts[s, c];
            }

            if (sum > 0)
            {
                first = first < 0 ? s : first;
                last = s;
                most = Math.Max(most, sum);
            }
        }

        first = Math.Max(first, 0);
        const double Width = 1100,
            Height = 250,
            Left = 70,
            Bottom = 46,
            Top = 34;
        Svg svg = new();
        double pitch = (Width - Left - 20) / (last - first + 1);
        double unit = (Height - Bottom - Top) / most;
        svg.Text(Left, 16, "cables by computed length", "s soft");
        svg.Line(Left, Height - Bottom, Width - 20, Height - Bottom, "rule");
        for (int s = first; s <= last; s++)
        {
            double x = Left + (s - first) * pitch + pitch * 0.1;
            double y = Height - Bottom;
            long sum = 0;
            for (int c = 0; c < 8; c++)
            {
                double h = counts[s, c] * unit;
                if (counts[s, c] > 0)
                {
                    svg.Rect(x, y - h, pitch * 0.8, Math.Max(h, 0.7), "p" + c.ToString(CultureInfo.InvariantCulture));
                }

                y -= h;
                sum += counts[s, c];
            }

            if (sum > 0)
            {
                svg.Text(x + pitch * 0.4, y - 5, Words.Count(sum), "xs", "middle");
            }

            string range =
                Steps[s + 1] >= 1000
                    ? string.Create(CultureInfo.InvariantCulture, $"{Steps[s] / 1000:0.##}-{Steps[s + 1] / 1000:0.##} km")
                    : string.Create(CultureInfo.InvariantCulture, $"{Steps[s]:0}-{Steps[s + 1]:0} m");
            svg.Text(x + pitch * 0.4, Height - Bottom + 16, range, "xs soft", "middle");
        }

        double kx = Left;
        for (int i = 0; i < Math.Min(products.Count, 8); i++)
        {
            string name = i == 7 && products.Count > 8 ? "others" : products[i].Id;
            if (kx + TextWidth.Of(name, 11) + 34 > Width)
            {
                break;
            }

            svg.Rect(kx, Height - 18, 10, 10, "p" + i.ToString(CultureInfo.InvariantCulture), 2);
            svg.Text(kx + 15, Height - 9, name, "xs");
            kx += TextWidth.Of(name, 11) + 34;
        }

        return svg.Finish(Width, Height, "Cables by length and product", standalone: false);
    }
}
