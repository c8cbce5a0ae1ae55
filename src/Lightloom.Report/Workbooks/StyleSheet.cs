using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Lightloom.Report.Workbooks;

/// <summary>Makes the style sheet that all sheets of a workbook share; its formats stand in the order of <see cref="CellStyle"/>.</summary>
internal static class StyleSheet
{
    public static Stylesheet Make()
    {
        Fonts fonts = new(
            Face(10),
            Face(16, bold: true),
            Face(10, bold: true),
            Face(9, colour: "FF5A6676"),
            Face(10, colour: "FF0B63B6", underline: true)
        );
        string[] colours = ["FFE8EDF3", "FFC9DAEE", "FFCFE8D8", "FFCFE3F7", "FFDFDAF6", "FFF6D9E6"];
        Fills fills = new(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 })
        );
        foreach (string colour in colours)
        {
            fills.Append(
                new Fill(
                    new PatternFill(new ForegroundColor { Rgb = colour }, new BackgroundColor { Indexed = 64 })
                    {
                        PatternType = PatternValues.Solid,
                    }
                )
            );
        }

        Borders borders = new(
            new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
            Box()
        );
        NumberingFormats numbers = new(
            new NumberingFormat { NumberFormatId = 164, FormatCode = "\"$\"#,##0.00" },
            new NumberingFormat { NumberFormatId = 165, FormatCode = "#,##0.###" }
        );
        CellFormats formats = new(
            Format(),
            Format(font: 1),
            Format(font: 2, fill: 2, border: 1, wrap: true),
            Format(border: 1),
            Format(number: 3, border: 1, right: true),
            Format(number: 164, border: 1, right: true),
            Format(number: 165, border: 1, right: true),
            Format(font: 3),
            Format(font: 2),
            Format(font: 4),
            Format(border: 1, wrap: true),
            Format(font: 2, number: 164, border: 1, right: true),
            Format(fill: 3, border: 1, centre: true),
            Format(fill: 4, border: 1, centre: true),
            Format(fill: 5, border: 1, centre: true),
            Format(fill: 6, border: 1, centre: true),
            Format(fill: 7, border: 1, centre: true),
            Format(border: 1),
            Format(font: 3, centre: true),
            Format(font: 3, wrap: true)
        );
        return new(
            numbers,
            Counted(fonts),
            Counted(fills),
            borders,
            new CellStyleFormats(
                new CellFormat
                {
                    NumberFormatId = 0,
                    FontId = 0,
                    FillId = 0,
                    BorderId = 0,
                }
            ),
            formats,
            new CellStyles(
                new DocumentFormat.OpenXml.Spreadsheet.CellStyle
                {
                    Name = "Normal",
                    FormatId = 0,
                    BuiltinId = 0,
                }
            )
        );
    }

    private static T Counted<T>(T list)
        where T : OpenXmlCompositeElement
    {
        list.SetAttribute(
            new OpenXmlAttribute("count", "", list.ChildElements.Count.ToString(System.Globalization.CultureInfo.InvariantCulture))
        );
        return list;
    }

    private static Font Face(double size, bool bold = false, string? colour = null, bool underline = false)
    {
        Font font = new();
        if (bold)
        {
            font.Append(new Bold());
        }

        if (underline)
        {
            font.Append(new Underline());
        }

        font.Append(new FontSize { Val = size });
        font.Append(colour is null ? new Color { Theme = 1 } : new Color { Rgb = colour });
        font.Append(new FontName { Val = "Arial" });
        return font;
    }

    private static Border Box()
    {
        Color Grey() => new() { Rgb = "FFC3CBD5" };
        return new(
            new LeftBorder(Grey()) { Style = BorderStyleValues.Thin },
            new RightBorder(Grey()) { Style = BorderStyleValues.Thin },
            new TopBorder(Grey()) { Style = BorderStyleValues.Thin },
            new BottomBorder(Grey()) { Style = BorderStyleValues.Thin },
            new DiagonalBorder()
        );
    }

    private static CellFormat Format(
        uint number = 0,
        uint font = 0,
        uint fill = 0,
        uint border = 0,
        bool wrap = false,
        bool centre = false,
        bool right = false
    )
    {
        CellFormat format = new()
        {
            NumberFormatId = number,
            FontId = font,
            FillId = fill,
            BorderId = border,
            FormatId = 0,
            ApplyNumberFormat = number != 0,
            ApplyFont = font != 0,
            ApplyFill = fill != 0,
            ApplyBorder = border != 0,
        };
        if (right)
        {
            // A space behind the figure: the next column often begins with a name at its left edge.
            format.ApplyAlignment = true;
            format.Append(new Alignment { Horizontal = HorizontalAlignmentValues.Right, Indent = 1 });
        }
        else if (wrap || centre)
        {
            format.ApplyAlignment = true;
            format.Append(
                new Alignment
                {
                    WrapText = wrap,
                    Vertical = centre ? VerticalAlignmentValues.Center : VerticalAlignmentValues.Top,
                    Horizontal = centre ? HorizontalAlignmentValues.Center : null,
                    ShrinkToFit = centre,
                }
            );
        }

        return format;
    }
}
