using System.Globalization;
using System.Text;
using Lightloom.Diagnostics;

namespace Lightloom.Yaml;

/// <summary>This part reads scalars: plain, in quotes, and blocks of lines.</summary>
internal sealed partial class YamlParser
{
    private readonly StringBuilder _folded = new();

    // The part of a plain scalar that stands on this line; it ends before `: `, before ` #` and at the line's end, in a flow also at its
    // punctuation.
    private YamlScalar ParsePlainLine(bool inFlow)
    {
        SourceMark mark = Here;
        RequirePlainStart(inFlow);
        int start = _pos;
        int end = ScanPlain(inFlow);
        return new YamlScalar(text[start..end], quoted: false, mark);
    }

    private void RequirePlainStart(bool inFlow)
    {
        char c = Current;
        if (c is '@' or '`' or '%' or '&' or '*' or '!' or '|' or '>' or '"' or '\'' or '#' or ',' or '[' or ']' or '{' or '}')
        {
            throw Syntax(
                c is ']' or '}' or ','
                    ? $"a stray `{c}`; remove it, or put the text in quotes"
                    : $"a text cannot start with `{c}`; put it in quotes",
                Here
            );
        }

        bool bare = IsBlankAt(_pos + 1) || (inFlow && text[_pos + 1] is ',' or '[' or ']' or '{' or '}');
        if (c is '-' or ':' or '?' && bare)
        {
            throw Syntax(c == ':' ? "a key is missing before this colon" : $"a text cannot be a lone `{c}`; put it in quotes", Here);
        }
    }

    private int ScanPlain(bool inFlow)
    {
        int end = _pos;
        while (!AtBreak)
        {
            char c = text[_pos];
            if (c == ':' && (IsBlankAt(_pos + 1) || (inFlow && text[_pos + 1] is ',' or '[' or ']' or '{' or '}')))
            {
                break;
            }

            if ((c == '#' && _pos > 0 && text[_pos - 1] is ' ' or '\t' or '\n' or '\r') || (inFlow && c is ',' or '[' or ']' or '{' or '}'))
            {
                break;
            }

            _pos++;
            if (c is not (' ' or '\t'))
            {
                end = _pos;
            }
        }

        return end;
    }

    // The further lines of a plain scalar, folded; minColumn -1: in a flow, where indentation does not count.
    private YamlScalar ParsePlainRest(YamlScalar first, int minColumn)
    {
        bool inFlow = minColumn < 0;
        _folded.Clear();
        while (AtBreak && !AtEnd)
        {
            int position = _pos,
                line = _line,
                lineStart = _lineStart;
            int breaks = SkipEmptyLines();
            bool ends =
                AtEnd
                || AtDocumentMarker()
                || Current == '#'
                || (!inFlow && Column < minColumn)
                || (
                    inFlow
                    && (
                        Current is ',' or '[' or ']' or '{' or '}'
                        || (Current == ':' && (IsBlankAt(_pos + 1) || text[_pos + 1] is ',' or '[' or ']' or '{' or '}'))
                    )
                );
            if (ends)
            {
                (_pos, _line, _lineStart) = (position, line, lineStart);
                break;
            }

            if (!inFlow && text.AsSpan(_lineStart, Math.Min(minColumn, Column)).IndexOf('\t') is >= 0 and var tab)
            {
                throw Refuse(
                    YamlProblem.Tab,
                    "a tab indents this line; YAML takes spaces only, so replace it with spaces",
                    new SourceMark(file, _line, tab + 1)
                );
            }

            if (_folded.Length == 0)
            {
                _folded.Append(first.Text);
            }

            AppendFold(breaks);
            SourceMark mark = Here;
            int start = _pos;
            int end = ScanPlain(inFlow);
            _folded.Append(text, start, end - start);
            if (!inFlow && Current == ':')
            {
                // At the outermost level a file of `key:value` without the blank is the likelier slip.
                throw minColumn == 0 && first.Text.Contains(':', StringComparison.Ordinal)
                    ? Syntax(
                        $"`key: value` is expected, and {first.Noun} has no `: ` in it; separate key and value by a colon and a blank",
                        first.Mark
                    )
                    : Syntax(
                        "this line continues the value above, so it cannot be a `key: value`; check its indentation, or the quotes above",
                        mark
                    );
            }
        }

        if (!inFlow && Current == ':' && IsBlankAt(_pos + 1))
        {
            throw Syntax("a second `: ` stands in this line; put the value in quotes", Here);
        }

        return _folded.Length == 0 ? first : new YamlScalar(_folded.ToString(), quoted: false, first.Mark);
    }

    // From a line's end to the next line with content; how many breaks were crossed.
    private int SkipEmptyLines()
    {
        int breaks = 0;
        while (AtBreak && !AtEnd)
        {
            Break();
            breaks++;
            while (Current is ' ' or '\t')
            {
                _pos++;
            }
        }

        return breaks;
    }

    private void AppendFold(int breaks)
    {
        if (breaks == 1)
        {
            _folded.Append(' ');
        }
        else
        {
            _folded.Append('\n', breaks - 1);
        }
    }

    private YamlScalar ParseQuoted()
    {
        SourceMark mark = Here;
        char quote = Current;
        Advance(1);
        int start = _pos;
        _folded.Clear();
        while (true)
        {
            if (AtEnd || AtDocumentMarker())
            {
                throw Syntax("the quote that opens here is never closed; add the other one", mark);
            }

            char c = text[_pos];
            if (c == quote)
            {
                if (quote == '\'' && _pos + 1 < text.Length && text[_pos + 1] == '\'')
                {
                    _folded.Append(text, start, _pos + 1 - start);
                    Advance(2);
                    start = _pos;
                    continue;
                }

                _folded.Append(text, start, _pos - start);
                Advance(1);
                return new YamlScalar(_folded.ToString(), quoted: true, mark);
            }

            if (c == '\\' && quote == '"')
            {
                _folded.Append(text, start, _pos - start);
                ParseEscape();
                start = _pos;
            }
            else if (c is '\n' or '\r')
            {
                int end = _pos;
                while (end > start && text[end - 1] is ' ' or '\t')
                {
                    end--;
                }

                _folded.Append(text, start, end - start);
                AppendFold(SkipEmptyLines());
                start = _pos;
            }
            else
            {
                _pos++;
            }
        }
    }

    private void ParseEscape()
    {
        SourceMark mark = Here;
        Advance(1);
        if (AtEnd)
        {
            return;
        }

        char c = text[_pos];
        if (c is '\n' or '\r')
        {
            // A break behind a backslash joins the lines without a blank.
            int breaks = SkipEmptyLines();
            _folded.Append('\n', breaks - 1);
            return;
        }

        Advance(1);
        int digits = c switch
        {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        if (digits > 0)
        {
            AppendCode(digits, mark);
            return;
        }

        int at = "0abt\tnvfre \"/\\N_LP".IndexOf(c, StringComparison.Ordinal);
        if (at < 0)
        {
            throw Syntax($"`\\{Excerpt.Of(c.ToString())}` is no escape; write `\\\\` for a backslash, or use single quotes", mark);
        }

        _folded.Append("\0\a\b\t\t\n\v\f\r\u001b \"/\\\u0085\u00a0\u2028\u2029"[at]);
    }

    private void AppendCode(int digits, SourceMark mark)
    {
        if (
            _pos + digits > text.Length
            || !uint.TryParse(text.AsSpan(_pos, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code)
            || code > 0x10ffff
            || code is >= 0xd800 and < 0xe000
        )
        {
            throw Syntax("this escape names no character; give as many hexadecimal digits as it needs (\\x 2, \\u 4, \\U 8)", mark);
        }

        _folded.Append(char.ConvertFromUtf32((int)code));
        Advance(digits);
    }

    // `|` keeps its line breaks, `>` folds them. The text is indented more than parentColumn.
    private YamlScalar ParseBlockScalar(int parentColumn)
    {
        SourceMark mark = Here;
        bool literal = Current == '|';
        Advance(1);
        (int indent, char chomping) = ParseBlockHeader(parentColumn, mark);
        _folded.Clear();
        var breaks = new StringBuilder();
        if (indent == 0)
        {
            indent = Math.Max(Math.Max(SkipBreaks(int.MaxValue, breaks), parentColumn + 1), 1);
        }
        else
        {
            SkipBreaks(indent, breaks);
        }

        bool pendingBreak = false,
            blankBefore = false;
        while (!AtEnd && Column == indent && !AtDocumentMarker())
        {
            bool blank = Current is ' ' or '\t';
            if (pendingBreak)
            {
                if (literal || blankBefore || blank)
                {
                    _folded.Append('\n');
                }
                else if (breaks.Length == 0)
                {
                    _folded.Append(' ');
                }
            }

            _folded.Append(breaks);
            breaks.Clear();
            blankBefore = blank;
            int start = _pos;
            SkipLineContent();
            _folded.Append(text, start, _pos - start);
            pendingBreak = !AtEnd;
            if (AtEnd)
            {
                break;
            }

            Break();
            SkipBreaks(indent, breaks);
        }

        if (chomping != '-' && pendingBreak)
        {
            _folded.Append('\n');
        }

        if (chomping == '+')
        {
            _folded.Append(breaks);
        }

        // Back to the line's start, where the caller expects to be after a break.
        _pos = AtEnd ? _pos : _lineStart;
        return new YamlScalar(_folded.ToString(), quoted: true, mark);
    }

    private (int Indent, char Chomping) ParseBlockHeader(int parentColumn, SourceMark mark)
    {
        int indent = 0;
        char chomping = ' ';
        while (Current is '+' or '-' or (>= '1' and <= '9'))
        {
            if (Current is '+' or '-')
            {
                chomping = Current;
            }
            else
            {
                indent = Math.Max(parentColumn, 0) + (Current - '0');
            }

            Advance(1);
        }

        bool blank = false;
        while (Current is ' ' or '\t')
        {
            Advance(1);
            blank = true;
        }

        if (Current == '#' && blank)
        {
            SkipLineContent();
        }

        if (!AtBreak)
        {
            throw Syntax("the text of a block starts on the line after `|` or `>`; put a text that starts with it in quotes", mark);
        }

        if (!AtEnd)
        {
            Break();
        }

        return (indent, chomping);
    }

    // Skips blank lines and up to `indent` spaces of the next one; the widest indentation seen.
    private int SkipBreaks(int indent, StringBuilder breaks)
    {
        int widest = 0;
        while (true)
        {
            while (Column < indent && Current == ' ')
            {
                _pos++;
            }

            widest = Math.Max(widest, Column);
            if (AtEnd || !AtBreak)
            {
                return widest;
            }

            breaks.Append('\n');
            Break();
        }
    }
}
