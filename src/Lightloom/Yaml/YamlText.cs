using Lightloom.Diagnostics;

namespace Lightloom.Yaml;

/// <summary>
/// Turns the text of one YAML document into nodes with places, and anything wrong into a diagnostic; never into an exception.
/// </summary>
/// <remarks>
/// What people write by hand is understood: block and flow maps and lists, all five scalar styles, comments, anchors, aliases and merge
/// keys. Tags, explicit keys (<c>? key</c>) and several documents are refused with a remedy. Time and memory grow with the text and with
/// what its aliases stand for, and both are bounded, so that a small file cannot stand for a huge one.
/// </remarks>
public static class YamlText
{
    /// <summary>Nesting beyond this is refused.</summary>
    public const int DeepestNesting = 64;

    /// <summary>A document of more values than this is refused.</summary>
    public const int MostNodes = 2_000_000;

    /// <summary>What aliases may add to a document.</summary>
    public const int MostAliasedNodes = 50_000;

    /// <summary>A text of more characters than this is refused.</summary>
    public const int LongestText = 32 * 1024 * 1024;

    /// <summary>Parses one document. Null when it is empty or not YAML; the diagnostics then say why.</summary>
    public static YamlNode? Parse(string text, string file, DiagnosticBag diagnostics)
    {
        var start = new SourceMark(file, 1, 1);
        if (text.Length > LongestText)
        {
            diagnostics.Error(
                YamlProblem.TooLarge,
                $"the file has {text.Length} characters; at most {LongestText} are read, so this is hardly the file you meant",
                mark: start
            );
            return null;
        }

        if (text.StartsWith('\ufeff'))
        {
            text = text[1..];
        }

        if (FirstForbidden(text) is { } odd)
        {
            ReadOnlySpan<char> before = text.AsSpan(0, odd);
            var mark = new SourceMark(file, before.Count('\n') + 1, odd - before.LastIndexOf('\n'));
            diagnostics.Error(
                YamlProblem.NotText,
                $"the character U+{(int)text[odd]:X4} may not stand in a text file; give a YAML file in UTF-8",
                mark: mark
            );
            return null;
        }

        YamlNode? root;
        try
        {
            root = new YamlParser(text, file, diagnostics).ParseDocument();
        }
        catch (YamlParser.RefusedException)
        {
            // Its reason is in the diagnostics.
            return null;
        }

        if (root is null or YamlScalar { IsNull: true })
        {
            diagnostics.Error(YamlProblem.Empty, "the file holds no values; `lightloom init` writes a starter file", mark: start);
            return null;
        }

        return root;
    }

    private static int? FirstForbidden(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if ((c < ' ' && c is not ('\t' or '\n' or '\r')) || c is '\u007f' or '\ufffe' or '\uffff')
            {
                return i;
            }
        }

        return null;
    }
}
