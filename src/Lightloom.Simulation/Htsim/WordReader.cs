using System.Globalization;

namespace Lightloom.Simulation.Htsim;

/// <summary>Walks over the words of a text file and remembers where each stood; collects what is wrong on the way.</summary>
internal ref struct WordReader
{
    private readonly ReadOnlySpan<char> _text;
    private readonly string _file;
    private readonly List<SourceDiagnostic> _diagnostics;
    private int _next;
    private int _lineStart;
    private int _wordStart;

    public WordReader(string file, string text, List<SourceDiagnostic> diagnostics)
    {
        _text = text;
        _file = file;
        _diagnostics = diagnostics;
        Line = 0;
        _next = 0;
        _lineEnd = -1;
    }

    private int _lineEnd;

    /// <summary>The current line, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The column of the word last read, from 1.</summary>
    public readonly int Column => _wordStart - _lineStart + 1;

    /// <summary>Moves to the next line that has a word on it and is not a comment.</summary>
    public bool NextLine()
    {
        while (true)
        {
            if (_lineEnd >= _text.Length)
            {
                return false;
            }
            _lineStart = _lineEnd + 1;
            if (_lineStart > _text.Length || (_lineStart == _text.Length && _lineStart > 0))
            {
                return false;
            }
            int length = _text[_lineStart..].IndexOf('\n');
            _lineEnd = length < 0 ? _text.Length : _lineStart + length;
            Line++;
            _next = _lineStart;
            SkipBlanks();
            if (_next < _lineEnd && _text[_next] != '#')
            {
                _wordStart = _next;
                return true;
            }
        }
    }

    /// <summary>The next word of this line; empty at its end.</summary>
    public ReadOnlySpan<char> Word()
    {
        SkipBlanks();
        _wordStart = _next;
        while (_next < _lineEnd && !char.IsWhiteSpace(_text[_next]))
        {
            _next++;
        }
        return _text[_wordStart.._next];
    }

    /// <summary>The next word as a whole number within bounds; complains and answers false when it is not.</summary>
    public bool Number(string what, long least, long most, out long value)
    {
        ReadOnlySpan<char> word = Word();
        value = 0;
        if (word.IsEmpty)
        {
            Error("LL3002", $"{what} is missing; write a whole number after the keyword");
            return false;
        }
        if (!long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
        {
            Error("LL3003", $"{what} is '{Clip(word)}', which is not a whole number below 2^63; write one, without a unit");
            return false;
        }
        if (value < least || value > most)
        {
            Error("LL3004", $"{what} is {value}, outside {least} to {most}; choose a value in that range");
            return false;
        }
        return true;
    }

    /// <summary>Complains about the word last read.</summary>
    public readonly void Error(string id, string message) =>
        _diagnostics.Add(new SourceDiagnostic(_file, Math.Max(1, Line), Math.Max(1, Column), id, message));

    /// <summary>Remarks on the word last read.</summary>
    public readonly void Warning(string id, string message) =>
        _diagnostics.Add(new SourceDiagnostic(_file, Math.Max(1, Line), Math.Max(1, Column), id, message, IsWarning: true));

    /// <summary>A word short enough to be repeated in a message.</summary>
    public static string Clip(ReadOnlySpan<char> word) => word.Length <= 40 ? word.ToString() : string.Concat(word[..37], "...");

    private void SkipBlanks()
    {
        while (_next < _lineEnd && char.IsWhiteSpace(_text[_next]))
        {
            _next++;
        }
    }
}
