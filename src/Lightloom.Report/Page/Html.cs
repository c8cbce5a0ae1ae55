using System.Globalization;
using System.Text;

namespace Lightloom.Report.Page;

/// <summary>
/// Puts a page together. Whatever comes from outside goes through <see cref="Text"/> or <see cref="Cell"/>, which escape it.
/// </summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new(1 << 16);

    /// <summary>Appends markup as it is; the caller vouches for it.</summary>
    public Html Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>Appends text, escaped.</summary>
    public Html Text(string text)
    {
        _text.Append(Markup.Escape(text));
        return this;
    }

    /// <summary>An element with text in it.</summary>
    public Html Element(string tag, string text, string? css = null)
    {
        Open(tag, css);
        Text(text);
        _text.Append("</").Append(tag).Append('>');
        return this;
    }

    /// <summary>Opens an element.</summary>
    public Html Open(string tag, string? css = null)
    {
        _text.Append('<').Append(tag);
        if (css is not null)
        {
            _text.Append(" class=\"").Append(css).Append('"');
        }

        _text.Append('>');
        return this;
    }

    /// <summary>Closes an element.</summary>
    public Html Close(string tag)
    {
        _text.Append("</").Append(tag).Append(">\n");
        return this;
    }

    /// <summary>A section with a heading that the contents link to.</summary>
    public Html Section(string id, string title)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<section id=\"{id}\"><h2>{Markup.Escape(title)}</h2>\n");
        return this;
    }

    /// <summary>A paragraph.</summary>
    public Html Paragraph(string text, string? css = null)
    {
        Element("p", text, css);
        _text.Append('\n');
        return this;
    }

    /// <summary>Begins a table; a heading that starts with a hash stands over a column of numbers.</summary>
    public Html Table(string? caption, params string[] headings)
    {
        _text.Append("<div class=\"scroll\"><table>");
        if (caption is not null)
        {
            Element("caption", caption);
        }

        _text.Append("<thead><tr>");
        foreach (string heading in headings)
        {
            bool number = heading.StartsWith('#');
            _text.Append(number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
            Text(number ? heading[1..] : heading);
            _text.Append("</th>");
        }

        _text.Append("</tr></thead><tbody>\n");
        return this;
    }

    /// <summary>Ends a table.</summary>
    public Html EndTable()
    {
        _text.Append("</tbody></table></div>\n");
        return this;
    }

    /// <summary>Begins a row.</summary>
    public Html Row(string? css = null) => Open("tr", css);

    /// <summary>Ends a row.</summary>
    public Html EndRow() => Close("tr");

    /// <summary>A cell of text.</summary>
    public Html Cell(string? text, string? css = null) => Element("td", text ?? "", css);

    /// <summary>A cell of a number.</summary>
    public Html Number(string? text, string? css = null) => Element("td", text ?? "", css is null ? "n" : "n " + css);

    /// <summary>A cell that marks a figure as assumed, with the reason to hover over and to read in print.</summary>
    public Html Assumed(string? why)
    {
        if (why is null)
        {
            return Cell(null);
        }

        Open("td", "why");
        Element("span", "assumed", "tag warn");
        _text.Append(' ');
        Text(why);
        _text.Append("</td>");
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
