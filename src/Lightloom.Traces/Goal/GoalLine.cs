namespace Lightloom.Traces.Goal;

/// <summary>The words of a line of GOAL, without its comments; <c>:</c>, <c>,</c>, <c>{</c> and <c>}</c> stand by themselves.</summary>
internal ref struct GoalLine
{
    private readonly ReadOnlySpan<byte> _text;
    private int _at;
    private int _start;

    /// <param name="line">The line.</param>
    /// <param name="comment">Whether it begins inside of a comment, and then whether the next one does.</param>
    public GoalLine(ReadOnlySpan<byte> line, ref bool comment)
    {
        _text = Uncommented(line, ref comment);
        Skip();
    }

    /// <summary>Whether no word is left.</summary>
    public readonly bool IsEmpty => _at == _text.Length;

    /// <summary>The place of the word that was read last, from 1.</summary>
    public readonly int Column => _start + 1;

    /// <summary>The next word; empty at the end.</summary>
    public ReadOnlySpan<byte> Next()
    {
        _start = _at;
        if (_at < _text.Length)
        {
            _at++;
            if (!IsMark(_text[_start]))
            {
                while (_at < _text.Length && !IsBlank(_text[_at]) && !IsMark(_text[_at]))
                {
                    _at++;
                }
            }
        }

        ReadOnlySpan<byte> word = _text[_start.._at];
        Skip();
        return word;
    }

    /// <summary>Takes a colon, if one is next.</summary>
    public bool TakeColon() => Take((byte)':');

    /// <summary>Takes a comma, if one is next.</summary>
    public bool TakeComma() => Take((byte)',');

    private bool Take(byte mark)
    {
        if (_at == _text.Length || _text[_at] != mark)
        {
            return false;
        }

        _at++;
        Skip();
        return true;
    }

    private void Skip()
    {
        while (_at < _text.Length && IsBlank(_text[_at]))
        {
            _at++;
        }
    }

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r';

    private static bool IsMark(byte b) => b is (byte)':' or (byte)',' or (byte)'{' or (byte)'}';

    /// <summary>A line with blanks in place of comments.</summary>
    public static ReadOnlySpan<byte> Uncommented(ReadOnlySpan<byte> line, ref bool comment)
    {
        if (!comment && line.IndexOf((byte)'/') < 0)
        {
            return line;
        }

        byte[] bare = line.ToArray();
        for (int i = 0; i < bare.Length; i++)
        {
            bool pair = i + 1 < bare.Length;
            if (comment)
            {
                bool ends = pair && bare[i] == '*' && bare[i + 1] == '/';
                bare[i] = (byte)' ';
                if (ends)
                {
                    bare[++i] = (byte)' ';
                    comment = false;
                }
            }
            else if (pair && bare[i] == '/' && bare[i + 1] == '/')
            {
                return bare.AsSpan(0, i);
            }
            else if (pair && bare[i] == '/' && bare[i + 1] == '*')
            {
                bare[i] = (byte)' ';
                bare[++i] = (byte)' ';
                comment = true;
            }
        }

        return bare;
    }
}
