using System.Globalization;
using System.Text;

namespace Lightloom.Report.Drawing;

/// <summary>Puts an SVG picture together: shapes with classes, whose colours a style sheet gives for light and dark.</summary>
internal sealed class Svg
{
    private readonly StringBuilder _text = new();

    /// <summary>
    /// Colours and type of every picture, for light and dark. The prefix keeps the rules inside pictures when they stand in a page. Colours
    /// are plain, as many renderers know no variables; the dark ones override them where a renderer knows which is asked for.
    /// </summary>
    public static string Style => PictureStyle.Css;

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
