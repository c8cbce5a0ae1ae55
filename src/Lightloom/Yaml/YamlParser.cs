using Lightloom.Diagnostics;

namespace Lightloom.Yaml;

/// <summary>A recursive-descent parser over the text: this part walks lines and block structure.</summary>
/// <remarks>
/// Our own, because every start reads the whole catalogue: docs/decisions/0009-yaml.md has the figures. The tests compare it with the
/// general-purpose library over thousands of mutated files. It holds no generic collection of structs, since those are compiled at run time
/// even in a ready-to-run build.
/// </remarks>
internal sealed partial class YamlParser(string text, string file, DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private int _pos;
    private int _line = 1;
    private int _lineStart;
    private int _nodes;
    private int _aliased;

    /// <summary>Column of the next character, from 0.</summary>
    private int Column => _pos - _lineStart;

    private char Current => _pos < text.Length ? text[_pos] : '\0';

    private bool AtEnd => _pos >= text.Length;

    private bool AtBreak => _pos >= text.Length || text[_pos] is '\n' or '\r';

    private SourceMark Here => new(file, _line, Column + 1);

    /// <summary>Parses the document; null when there is none.</summary>
    public YamlNode? ParseDocument()
    {
        SkipDirectives();
        SkipToToken();
        YamlNode? root = AtEnd || AtDocumentMarker() ? null : ParseBlock(0, 0, 1, ownLine: true);
        SkipToToken();
        if (AtDocumentMarker() && Current == '.')
        {
            Advance(3);
            SkipToToken();
        }

        if (AtDocumentMarker())
        {
            throw Refuse(YamlProblem.SeveralDocuments, "a second document starts here; keep one document in a file", Here);
        }

        if (!AtEnd)
        {
            throw Syntax("this does not continue what stands above; check its indentation", Here);
        }

        return root;
    }

    private void SkipDirectives()
    {
        SkipToToken();
        while (Current == '%' && Column == 0)
        {
            SkipLine();
            SkipToToken();
        }

        if (AtDocumentMarker() && Current == '-')
        {
            Advance(3);
        }
    }

    // A node at the next token, whose column is at least minColumn (minListColumn for a list). ownLine: it may be a map or a list in block
    // style.
    private YamlNode ParseBlock(int minColumn, int minListColumn, int depth, bool ownLine)
    {
        Count(depth);
        Properties properties = ParseProperties();
        if (properties.Any && SkipToToken())
        {
            // After a line break a block may follow, whose first key may have an anchor of its own; one level deeper, so that a tower of
            // anchors ends.
            return Anchor(
                properties,
                IsBelow(minColumn, minListColumn) ? ParseBlock(minColumn, minListColumn, depth + 1, ownLine: true) : Null()
            );
        }

        SourceMark mark = Here;
        int column = Column;
        switch (Current)
        {
            case '-' when IsBlankAt(_pos + 1):
                return ownLine && !properties.Any
                    ? ParseBlockList(column, depth)
                    : throw Syntax("a list cannot start behind a key on the same line; start it on the next line, or write `[a, b]`", mark);
            case '?' when IsBlankAt(_pos + 1):
                throw Syntax("explicit keys (`? key`) are not used here; write `key: value`", mark);
            case '|' or '>':
                return Anchor(properties, ParseBlockScalar(minColumn - 1));
            case '[' or '{':
                YamlNode flow = ParseFlow(depth);
                return AtColon() ? throw KeyNotText(flow, mark) : Anchor(properties, EndOfValue(flow));
            case '*':
                YamlNode target = ParseAlias(depth);
                return AtColon() ? throw KeyNotText(target, mark) : EndOfValue(target);
            case '"' or '\'':
                YamlScalar quoted = ParseQuoted();
                if (!AtColon())
                {
                    return Anchor(properties, EndOfValue(quoted));
                }

                RequireOneLine(quoted, mark);
                return ParseBlockMap(quoted, column, depth, ownLine, properties);
            default:
                YamlScalar plain = ParsePlainLine(inFlow: false);
                return AtColon()
                    ? ParseBlockMap(plain, column, depth, ownLine, properties)
                    : Anchor(properties, ParsePlainRest(plain, minColumn));
        }
    }

    private YamlList ParseBlockList(int column, int depth)
    {
        SourceMark mark = Here;
        var items = new List<YamlNode>();
        while (true)
        {
            Advance(1);
            items.Add(ParseAfterIndicator(column + 1, column + 1, depth + 1, isListItem: true));
            SkipToToken();
            if (AtEnd || AtDocumentMarker() || Column < column)
            {
                return NewList(items, mark);
            }

            if (Column > column)
            {
                throw Syntax("this is indented more than the list it stands in; align it with the `-` above", Here);
            }

            if (Current != '-' || !IsBlankAt(_pos + 1))
            {
                return NewList(items, mark);
            }
        }
    }

    private YamlMap ParseBlockMap(YamlScalar key, int column, int depth, bool ownLine, Properties properties)
    {
        if (!ownLine)
        {
            throw Syntax("a second `: ` stands in this line; put the value in quotes, or start the section on the next line", Here);
        }

        // An anchor before the first key on its line names the key, as YAML has it.
        Anchor(properties, key);
        var map = new MapBuilder(this, key.Mark);
        while (true)
        {
            Advance(1);
            YamlNode value = ParseAfterIndicator(column + 1, column, depth + 1, isListItem: false);
            map.Add(key, value);
            SkipToToken();
            if (AtEnd || AtDocumentMarker() || Column < column)
            {
                return map.Build();
            }

            if (Column > column)
            {
                throw Syntax("this is indented more than the key it should stand beside; align it with the lines above", Here);
            }

            if (Current == '-' && IsBlankAt(_pos + 1))
            {
                throw Syntax("a list item stands among keys; indent it below its key", Here);
            }

            Count(depth + 1);
            key = ParseBlockKey();
        }
    }

    private YamlScalar ParseBlockKey()
    {
        SourceMark mark = Here;
        Properties properties = ParseProperties();
        if (AtBreak)
        {
            throw Syntax("a key is missing behind this anchor", mark);
        }

        YamlNode key;
        switch (Current)
        {
            case '?' when IsBlankAt(_pos + 1):
                throw Syntax("explicit keys (`? key`) are not used here; write `key: value`", mark);
            case '[' or '{':
                key = ParseFlow(1);
                break;
            case '*':
                key = ParseAlias(1);
                break;
            case '"' or '\'':
                key = ParseQuoted();
                break;
            default:
                key = ParsePlainLine(inFlow: false);
                break;
        }

        if (!AtColon())
        {
            throw Syntax(
                $"`key: value` is expected, and {key.Noun} has no `: ` behind it; separate key and value by a colon and a blank",
                mark
            );
        }

        if (key is not YamlScalar scalar || key.Mark.Line != mark.Line || (key.Mark != mark && !properties.Any))
        {
            throw KeyNotText(key, mark);
        }

        RequireOneLine(scalar, mark);
        Anchor(properties, scalar);
        return scalar;
    }

    // The value behind `key:` or `-`: on the same line, or on the lines below at the given columns (a list may stand as far left as its
    // key).
    private YamlNode ParseAfterIndicator(int minColumn, int minListColumn, int depth, bool isListItem)
    {
        SourceMark mark = Here;
        bool newLine = SkipToToken();
        if (!newLine)
        {
            return AtEnd ? Null(mark) : ParseBlock(minColumn, minListColumn, depth, ownLine: isListItem);
        }

        return IsBelow(minColumn, minListColumn) ? ParseBlock(minColumn, minListColumn, depth, ownLine: true) : Null(mark);
    }

    // True when the next token is indented enough to be the value of what came before.
    private bool IsBelow(int minColumn, int minListColumn) =>
        !AtEnd && !AtDocumentMarker() && Column >= (Current == '-' && IsBlankAt(_pos + 1) ? minListColumn : minColumn);

    // Skips blanks, comments and line breaks; true when a line break was crossed.
    private bool SkipToToken(bool inFlow = false)
    {
        // A block scalar ends at the start of a line: its last break was crossed already.
        bool crossed = _pos == _lineStart;
        while (true)
        {
            int from = _pos;
            while (Current == ' ')
            {
                _pos++;
            }

            if (Current == '\t')
            {
                SkipTabs(atLineStart: from == _lineStart && !inFlow);
            }

            // A comment needs a blank before it, or the line's start.
            if (Current == '#' && (_pos == _lineStart || text[_pos - 1] is ' ' or '\t'))
            {
                SkipLineContent();
            }

            if (AtEnd || !AtBreak)
            {
                return crossed;
            }

            Break();
            crossed = true;
        }
    }

    private void SkipTabs(bool atLineStart)
    {
        SourceMark tab = Here;
        while (Current is ' ' or '\t')
        {
            _pos++;
        }

        if (atLineStart && !AtBreak && Current != '#')
        {
            throw Refuse(YamlProblem.Tab, "a tab indents this line; YAML takes spaces only, so replace it with spaces", tab);
        }
    }

    private void SkipLine()
    {
        SkipLineContent();
        if (!AtEnd)
        {
            Break();
        }
    }

    private void SkipLineContent()
    {
        int end = text.AsSpan(_pos).IndexOfAny('\n', '\r');
        _pos = end < 0 ? text.Length : _pos + end;
    }

    private void Advance(int characters) => _pos += characters;

    // Moves past one line break, of either kind.
    private void Break()
    {
        _pos += text[_pos] == '\r' && _pos + 1 < text.Length && text[_pos + 1] == '\n' ? 2 : 1;
        _line++;
        _lineStart = _pos;
    }

    private bool AtDocumentMarker() =>
        _pos == _lineStart
        && _pos + 3 <= text.Length
        && (text.AsSpan(_pos, 3).SequenceEqual("---") || text.AsSpan(_pos, 3).SequenceEqual("..."))
        && IsBlankAt(_pos + 3);

    // A colon that separates key and value: behind blanks on this line, and before a blank.
    private bool AtColon()
    {
        int at = _pos;
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        if (at >= text.Length || text[at] != ':' || !IsBlankAt(at + 1))
        {
            return false;
        }

        _pos = at;
        return true;
    }

    private bool IsBlankAt(int position) => position >= text.Length || text[position] is ' ' or '\t' or '\n' or '\r';

    private YamlNode EndOfValue(YamlNode value)
    {
        int from = _pos;
        while (Current is ' ' or '\t')
        {
            _pos++;
        }

        return AtBreak || (Current == '#' && _pos > from)
            ? value
            : throw Syntax("something follows the value on its line; put a comma between values of a list, or the whole in quotes", Here);
    }

    private void Count(int depth)
    {
        if (depth > YamlText.DeepestNesting)
        {
            throw Refuse(
                YamlProblem.TooLarge,
                $"values are nested more than {YamlText.DeepestNesting} levels deep; nothing in this format needs that",
                Here
            );
        }

        if (++_nodes > YamlText.MostNodes)
        {
            throw Refuse(YamlProblem.TooLarge, $"the file holds more than {YamlText.MostNodes} values; split what it describes", Here);
        }
    }

    private static YamlList NewList(List<YamlNode> items, SourceMark mark)
    {
        int weight = 1,
            height = 0;
        foreach (YamlNode item in items)
        {
            weight = (int)Math.Min(int.MaxValue, (long)weight + item.Weight);
            height = Math.Max(height, item.Height);
        }

        return new YamlList(items, mark) { Weight = weight, Height = height + 1 };
    }

    private YamlScalar Null() => Null(Here);

    private static YamlScalar Null(SourceMark mark) => new("", quoted: false, mark);

    private void RequireOneLine(YamlScalar key, SourceMark start)
    {
        if (start.Line != _line)
        {
            throw Syntax($"the key {key.Noun} runs over several lines; a quote may be missing, or keep it on one line", start);
        }
    }

    private RefusedException KeyNotText(YamlNode key, SourceMark mark) =>
        Refuse(YamlProblem.KeyNotText, $"a key must be a word, not {key.Noun}; write it out", mark);

    private RefusedException Syntax(string message, SourceMark mark) =>
        Refuse(YamlProblem.Syntax, "this is not valid YAML: " + message, mark);

    private RefusedException Refuse(string id, string message, SourceMark mark)
    {
        diagnostics.Error(id, message, mark: mark);
        return new RefusedException();
    }

    /// <summary>Ends the parse after a problem that was reported; <see cref="YamlText"/> catches it.</summary>
    internal sealed class RefusedException : Exception;
}
