using System.Text;

namespace Lightloom.Report.Drawing;

/// <summary>The style sheet of the pictures: one set of rules, coloured twice.</summary>
internal static class PictureStyle
{
    // What the pictures' classes look like; $NAME is a colour of the palette.
    private const string Rules = """
        .ll{font-family:"Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif;font-size:13px;fill:$ink}
        .ll .bg{fill:$bg}.ll .panel{fill:$panel;stroke:$rule}.ll .h1{font-size:18px;font-weight:700}
        .ll .h2{font-size:15px;font-weight:700}.ll .b{font-weight:700}.ll .s{font-size:12px}.ll .xs{font-size:11px}
        .ll .soft{fill:$soft}.ll .host{fill:$host;stroke:$host-l}
        .ll .leaf{fill:$leaf;stroke:$leaf-l}.ll .spine{fill:$spine;stroke:$spine-l}
        .ll .super{fill:$super;stroke:$super-l}.ll .mesh{stroke:$mesh;fill:none;stroke-opacity:.55}
        .ll .pill{fill:$bg;stroke:$rule}.ll .rule{stroke:$rule}
        .ll .ghost{fill:none;stroke:$rule;stroke-dasharray:3 3}.ll .nodes{fill:$nodes}
        .ll .scaleup{fill:$scaleup}.ll .rackscale{fill:$rackscale}.ll .services{fill:$services}.ll .network{fill:$network}
        .ll .external{fill:$panel;stroke:$rule;stroke-dasharray:4 3}
        .ll .other{fill:$other}.ll .keep{fill:$keep}.ll .empty{fill:$empty;stroke:$rule;stroke-width:.5}
        .ll .t0{stroke:$h0}.ll .t1{stroke:$h1}.ll .t2{stroke:$h2}.ll .t3{stroke:$h3}
        .ll .t4{stroke:$h4}.ll .t5{stroke:$h5}.ll .tray{fill:none}
        .ll .route{stroke:$accent;fill:none;stroke-dasharray:7 4}.ll .mark{fill:none;stroke:$h5}
        .ll .f0{fill:$h0}.ll .f1{fill:$h1}.ll .f2{fill:$h2}.ll .f3{fill:$h3}.ll .f4{fill:$h4}
        .ll .f5{fill:$h5}.ll .accent{fill:$accent}.ll .p0{fill:#3f7fc1}.ll .p1{fill:#d98a2b}.ll .p2{fill:#4f9d69}
        .ll .p3{fill:#8467c9}.ll .p4{fill:#b8447c}.ll .p5{fill:#7d8896}.ll .p6{fill:#2a9aa6}.ll .p7{fill:#c2b13a}
        .ll .s0,.ll .s1,.ll .s2,.ll .s3{fill:none;stroke-linejoin:round}.ll .s0{stroke:#3f7fc1}.ll .s1{stroke:#d98a2b}
        .ll .s2{stroke:#4f9d69}.ll .s3{stroke:#b8447c}.ll .cold{stroke:$rule;stroke-opacity:.6}
        .ll .dash{stroke-dasharray:3 3}.ll .tiny{font-size:8.5px}.ll .u{fill:$bg;stroke:$rule}
        """;

    private static readonly Dictionary<string, Colour> Palette = new(StringComparer.Ordinal)
    {
        ["bg"] = new("#fff", "#12161c"),
        ["panel"] = new("#f6f8fb", "#1a2029"),
        ["ink"] = new("#1c2430", "#e7ebf1"),
        ["soft"] = new("#5a6676", "#9ba8b8"),
        ["rule"] = new("#cfd6df", "#343d4a"),
        ["mesh"] = new("#8fa0b5", "#5d6d82"),
        ["host"] = new("#dbe4ef", "#2a3646"),
        ["host-l"] = new("#8aa0ba", "#6d86a3"),
        ["leaf"] = new("#cfe3f7", "#1d3b5a"),
        ["leaf-l"] = new("#3f7fc1", "#5ea3e6"),
        ["spine"] = new("#d9d4f5", "#322b60"),
        ["spine-l"] = new("#6d5bd0", "#9a8cf0"),
        ["super"] = new("#f6d9e6", "#4d2239"),
        ["super-l"] = new("#b8447c", "#e07fae"),
        ["nodes"] = new("#7fa3cf", "#48709f"),
        ["rackscale"] = new("#4c74a8", "#6b95c9"),
        ["scaleup"] = new("#8fcfc9", "#2f6f6c"),
        ["services"] = new("#79b791", "#3f7d58"),
        ["network"] = new("#e0a458", "#b67d2f"),
        ["other"] = new("#b9a7a0", "#6d605b"),
        ["keep"] = new("#d9dde3", "#39414d"),
        ["empty"] = new("#eef1f5", "#20262f"),
        ["h0"] = new("#cbd5e1", "#475467"),
        ["h1"] = new("#93b7d9", "#4c7fae"),
        ["h2"] = new("#5a9e6f", "#4fa36d"),
        ["h3"] = new("#e3b23c", "#d6a832"),
        ["h4"] = new("#d9722e", "#e07a3a"),
        ["h5"] = new("#c0262d", "#f05252"),
        ["accent"] = new("#0b63b6", "#6db3f2"),
    };

    /// <summary>The rules in light colours, then those with a colour again in dark ones for readers who ask for dark.</summary>
    public static readonly string Css = Sheet();

    private static string Sheet()
    {
        StringBuilder light = new();
        StringBuilder dark = new();
        foreach (string rule in Rules.ReplaceLineEndings("").Split('}', StringSplitOptions.RemoveEmptyEntries))
        {
            (string selector, string[] declarations) = (rule[..rule.IndexOf('{')], rule[(rule.IndexOf('{') + 1)..].Split(';'));
            light.Append(selector).Append('{').AppendJoin(';', declarations.Select(d => Painted(d, isDark: false))).Append("}\n");
            string[] coloured = [.. declarations.Where(d => d.Contains('$'))];
            if (coloured.Length > 0)
            {
                dark.Append(selector).Append('{').AppendJoin(';', coloured.Select(d => Painted(d, isDark: true))).Append('}');
            }
        }

        return light.Append("@media (prefers-color-scheme:dark){").Append(dark).Append('}').ToString();
    }

    private static string Painted(string declaration, bool isDark)
    {
        int at = declaration.IndexOf('$');
        if (at < 0)
        {
            return declaration;
        }

        Colour colour = Palette[declaration[(at + 1)..]];
        return declaration[..at] + (isDark ? colour.Dark : colour.Light);
    }

    private sealed record Colour(string Light, string Dark);
}
