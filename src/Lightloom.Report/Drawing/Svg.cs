using System.Globalization;
using System.Text;

namespace Lightloom.Report.Drawing;

/// <summary>Puts an SVG picture together: shapes with classes, whose colours a style sheet gives for light and dark.</summary>
internal sealed class Svg
{
    private readonly StringBuilder _text = new();

    /// <summary>
    /// Colours and type of every picture, for light and dark. The prefix keeps the rules inside pictures when they stand in a page.
    /// </summary>
    public const string Style = """
        .ll{--bg:#fff;--panel:#f6f8fb;--ink:#1c2430;--soft:#5a6676;--rule:#cfd6df;--mesh:#8fa0b5;--host:#dbe4ef;--host-l:#8aa0ba;--leaf:#cfe3f7;--leaf-l:#3f7fc1;--spine:#d9d4f5;--spine-l:#6d5bd0;--super:#f6d9e6;--super-l:#b8447c;
        --nodes:#7fa3cf;--rackscale:#4c74a8;--services:#79b791;--network:#e0a458;--other:#b9a7a0;--keep:#d9dde3;--empty:#eef1f5;--h0:#cbd5e1;--h1:#93b7d9;--h2:#5a9e6f;--h3:#e3b23c;--h4:#d9722e;--h5:#c0262d;--accent:#0b63b6;
        font-family:"Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif;font-size:13px;fill:var(--ink)}
        @media (prefers-color-scheme:dark){.ll{--bg:#12161c;--panel:#1a2029;--ink:#e7ebf1;--soft:#9ba8b8;--rule:#343d4a;--mesh:#5d6d82;--host:#2a3646;--host-l:#6d86a3;--leaf:#1d3b5a;--leaf-l:#5ea3e6;--spine:#322b60;--spine-l:#9a8cf0;--super:#4d2239;--super-l:#e07fae;
        --nodes:#48709f;--rackscale:#6b95c9;--services:#3f7d58;--network:#b67d2f;--other:#6d605b;--keep:#39414d;--empty:#20262f;--h0:#475467;--h1:#4c7fae;--h2:#4fa36d;--h3:#d6a832;--h4:#e07a3a;--h5:#f05252;--accent:#6db3f2}}
        .ll .bg{fill:var(--bg)}.ll .panel{fill:var(--panel);stroke:var(--rule)}.ll .h1{font-size:18px;font-weight:700}.ll .h2{font-size:15px;font-weight:700}.ll .b{font-weight:700}.ll .s{font-size:12px}.ll .xs{font-size:11px}.ll .soft{fill:var(--soft)}
        .ll .host{fill:var(--host);stroke:var(--host-l)}.ll .leaf{fill:var(--leaf);stroke:var(--leaf-l)}.ll .spine{fill:var(--spine);stroke:var(--spine-l)}.ll .super{fill:var(--super);stroke:var(--super-l)}
        .ll .mesh{stroke:var(--mesh);fill:none;stroke-opacity:.55}.ll .pill{fill:var(--bg);stroke:var(--rule)}.ll .rule{stroke:var(--rule)}.ll .ghost{fill:none;stroke:var(--rule);stroke-dasharray:3 3}
        .ll .nodes{fill:var(--nodes)}.ll .rackscale{fill:var(--rackscale)}.ll .services{fill:var(--services)}.ll .network{fill:var(--network)}.ll .other{fill:var(--other)}.ll .keep{fill:var(--keep)}.ll .empty{fill:var(--empty);stroke:var(--rule);stroke-width:.5}
        .ll .t0{stroke:var(--h0)}.ll .t1{stroke:var(--h1)}.ll .t2{stroke:var(--h2)}.ll .t3{stroke:var(--h3)}.ll .t4{stroke:var(--h4)}.ll .t5{stroke:var(--h5)}.ll .tray{fill:none}.ll .route{stroke:var(--accent);fill:none;stroke-dasharray:7 4}.ll .mark{fill:none;stroke:var(--h5)}
        .ll .f0{fill:var(--h0)}.ll .f1{fill:var(--h1)}.ll .f2{fill:var(--h2)}.ll .f3{fill:var(--h3)}.ll .f4{fill:var(--h4)}.ll .f5{fill:var(--h5)}.ll .accent{fill:var(--accent)}.ll .p0{fill:#3f7fc1}.ll .p1{fill:#d98a2b}.ll .p2{fill:#4f9d69}.ll .p3{fill:#8467c9}.ll .p4{fill:#b8447c}.ll .p5{fill:#7d8896}.ll .p6{fill:#2a9aa6}.ll .p7{fill:#c2b13a}.ll .s0,.ll .s1,.ll .s2,.ll .s3{fill:none;stroke-linejoin:round}.ll .s0{stroke:#3f7fc1}.ll .s1{stroke:#d98a2b}.ll .s2{stroke:#4f9d69}.ll .s3{stroke:#b8447c}.ll .cold{stroke:var(--rule);stroke-opacity:.6}.ll .dash{stroke-dasharray:3 3}.ll .tiny{font-size:8.5px}.ll .u{fill:var(--bg);stroke:var(--rule)}
        """;

    /// <summary>A filled rectangle with rounded corners and an optional tooltip.</summary>
    public void Rect(double x, double y, double w, double h, string css, double radius = 0, string? title = null)
    {
        Append($"<rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{w:0.##}\" height=\"{h:0.##}\" class=\"{css}\"");
        if (radius > 0)
        {
            Append($" rx=\"{radius:0.##}\"");
        }

        if (title is null)
        {
            _text.Append("/>\n");
        }
        else
        {
            _text.Append("><title>").Append(Markup.Escape(title)).Append("</title></rect>\n");
        }
    }

    /// <summary>A straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string css, double width = 1) =>
        Append(
            $"<line x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\" class=\"{css}\" stroke-width=\"{width:0.##}\"/>\n"
        );

    /// <summary>A path from SVG path data.</summary>
    public void Path(string data, string css, double width = 1) =>
        Append($"<path d=\"{data}\" class=\"{css}\" stroke-width=\"{width:0.##}\"/>\n");

    /// <summary>A circle.</summary>
    public void Circle(double x, double y, double r, string css, double width = 1) =>
        Append($"<circle cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"{r:0.##}\" class=\"{css}\" stroke-width=\"{width:0.##}\"/>\n");

    /// <summary>A text on a base line; anchor is start, middle or end.</summary>
    public void Text(double x, double y, string text, string css = "", string anchor = "start", double rotate = 0)
    {
        Append($"<text x=\"{x:0.##}\" y=\"{y:0.##}\"");
        if (css.Length > 0)
        {
            Append($" class=\"{css}\"");
        }

        if (anchor != "start")
        {
            Append($" text-anchor=\"{anchor}\"");
        }

        if (rotate != 0)
        {
            Append($" transform=\"rotate({rotate:0.##} {x:0.##} {y:0.##})\"");
        }

        _text.Append('>').Append(Markup.Escape(text)).Append("</text>\n");
    }

    /// <summary>A text in a rounded box, centred on a point, and how wide the box is.</summary>
    public double Pill(double x, double y, string text, string css = "s", double size = 12)
    {
        double w = TextWidth.Of(text, size) + 18;
        Rect(x - w / 2, y - size * 0.95, w, size * 1.9, "pill", size * 0.95);
        Text(x, y + size * 0.36, text, css, "middle");
        return w;
    }

    /// <summary>The whole picture. In a page the style is left to the page.</summary>
    /// <param name="width">Width of the drawing.</param>
    /// <param name="height">Height of the drawing.</param>
    /// <param name="title">What it shows, for those who cannot see it.</param>
    /// <param name="standalone">True for a file of its own.</param>
    public string Finish(double width, double height, string title, bool standalone)
    {
        StringBuilder all = new(_text.Length + 4096);
        string size = standalone ? string.Create(CultureInfo.InvariantCulture, $" width=\"{width:0}\" height=\"{height:0}\"") : "";
        all.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"ll\" viewBox=\"0 0 {width:0} {height:0}\"{size} role=\"img\" "
                + $"aria-label=\"{Markup.Escape(title)}\">\n"
        );
        all.Append("<title>").Append(Markup.Escape(title)).Append("</title>\n");
        if (standalone)
        {
            all.Append("<style>").Append(Style).Append("</style>\n");
            all.Append(CultureInfo.InvariantCulture, $"<rect width=\"{width:0}\" height=\"{height:0}\" class=\"bg\"/>\n");
        }

        return all.Append(_text).Append("</svg>\n").ToString();
    }

    private void Append(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture));
}
