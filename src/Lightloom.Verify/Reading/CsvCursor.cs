using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lightloom.Diagnostics;
using nietras.SeparatedValues;

namespace Lightloom.Verify.Reading;

/// <summary>Goes through a file of comma-separated values row by row; columns are found by their names, whatever their order.</summary>
/// <remarks>
/// Whatever is wrong becomes a diagnostic with file, line and column. A file that a spreadsheet saved with semicolons or tabs is read too.
/// </remarks>
internal sealed class CsvCursor : IDisposable
{
    private const int MostProblems = 100;
    private readonly SepReader _reader;
    private readonly DiagnosticBag _diagnostics;
    private readonly string _path;
    private readonly string[] _columns;
    private readonly int[] _places;
    private readonly int _width;
    private int _problems;
    private bool _rowIsGood;

    private CsvCursor(SepReader reader, DiagnosticBag diagnostics, string path, string[] columns, int[] places)
    {
        (_reader, _diagnostics, _path, _columns, _places) = (reader, diagnostics, path, columns, places);
        _width = reader.Header.ColNames.Count;
    }

    /// <summary>Line of the row in the file, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Opens a file; null when the diagnostics say why it cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns that it must have.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public static CsvCursor? Open(string path, string[] columns, DiagnosticBag diagnostics)
    {
        SepReader? reader = null;
        try
        {
            reader = Sep.Reader(options => options with { Unescape = true, DisableColCountCheck = true }).FromFile(path);
            int[] places = new int[columns.Length];
            HashSet<string> seen = new(StringComparer.Ordinal);
            foreach (string name in reader.Header.ColNames)
            {
                if (!seen.Add(name))
                {
                    diagnostics.Error(ReadProblem.Rows, $"the column '{name}' is there twice; keep one", mark: new(path, 1, 1));
                    reader.Dispose();
                    return null;
                }
            }

            string[] missing = [.. columns.Where(c => !seen.Contains(c))];
            if (missing.Length > 0)
            {
                diagnostics.Error(
                    ReadProblem.Rows,
                    $"the first row lacks the column{(missing.Length == 1 ? "" : "s")} {string.Join(", ", missing)}; "
                        + "keep the header that `design -o` wrote",
                    mark: new(path, 1, 1)
                );
                reader.Dispose();
                return null;
            }

            for (int i = 0; i < columns.Length; i++)
            {
                places[i] = reader.Header.IndexOf(columns[i]);
            }

            return new(reader, diagnostics, path, columns, places);
        }
        catch (FileNotFoundException)
        {
            diagnostics.Error(
                ReadProblem.NoResult,
                "there is no such file; `lightloom design CLUSTER.yaml -o DIR` writes it",
                mark: new(path, 1, 1)
            );
            return null;
        }
        catch (Exception e) when (IsOfTheFile(e))
        {
            reader?.Dispose();
            diagnostics.Error(ReadProblem.Rows, $"cannot be read as comma-separated values: {FirstLine(e)}", mark: new(path, 1, 1));
            return null;
        }
    }

    /// <summary>Goes to the next row that has all its fields; false at the end, or when too much is wrong to go on.</summary>
    public bool Next()
    {
        try
        {
            while (_problems < MostProblems && _reader.MoveNext())
            {
                Line = _reader.Current.LineNumberFrom;
                int fields = _reader.Current.ColCount;
                if (fields == _width)
                {
                    _rowIsGood = true;
                    return true;
                }

                if (fields == 1 && _reader.Current.Span.Trim().IsEmpty)
                {
                    // An empty line, as editors leave at the end.
                    continue;
                }

                _problems++;
                _diagnostics.Error(
                    ReadProblem.Rows,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"the row has {fields} field{(fields == 1 ? "" : "s")}, the header {_width}; look for a comma or a quote too many"
                    ),
                    mark: new(_path, Line, 1)
                );
            }
        }
        catch (Exception e) when (IsOfTheFile(e))
        {
            _problems = MostProblems;
            _diagnostics.Error(ReadProblem.Rows, $"the row cannot be read: {FirstLine(e)}", mark: new(_path, Line + 1, 1));
        }

        return false;
    }

    /// <summary>True when every field that was asked of this row could be read.</summary>
    public bool RowIsGood => _rowIsGood;

    /// <summary>The place of a column that the file may have, for <see cref="Optional"/>; -1 when it has none of that name.</summary>
    public int PlaceOf(string column) => _reader.Header.TryIndexOf(column, out int place) ? place : -1;

    /// <summary>The text of a field by its place; empty for -1.</summary>
    public ReadOnlySpan<char> Optional(int place) => place < 0 ? [] : TextAt(place);

    /// <summary>The text of a field; an apostrophe that keeps a spreadsheet from reading a formula is taken off.</summary>
    public ReadOnlySpan<char> Text(int column) => TextAt(_places[column]);

    private ReadOnlySpan<char> TextAt(int place)
    {
        ReadOnlySpan<char> text = _reader.Current[place].Span;
        return text is ['\'', '=' or '+' or '-' or '@' or '\uff1d' or '\uff0b' or '\uff0d' or '\uff20', ..] ? text[1..] : text;
    }

    /// <summary>A whole number, or <paramref name="empty"/> where the field is empty.</summary>
    public int Whole(int column, int least, int most, int? empty = null)
    {
        ReadOnlySpan<char> text = Text(column);
        if (text.IsEmpty && empty is { } none)
        {
            return none;
        }

        if (
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            && value >= least
            && value <= most
        )
        {
            return value;
        }

        Wrong(column, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
        return empty ?? least;
    }

    /// <summary>A decimal number that is not negative in thousandths, or <paramref name="empty"/> where the field is empty.</summary>
    public long Thousandths(int column, long? empty = null)
    {
        ReadOnlySpan<char> text = Text(column);
        if (text.IsEmpty && empty is { } none)
        {
            return none;
        }

        if (
            double.TryParse(
                text,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out double value
            )
            && value >= 0
            && value <= 1e15
        )
        {
            return (long)Math.Round(value * 1000);
        }

        Wrong(column, "a number with a point before its decimals");
        return empty ?? 0;
    }

    /// <summary>A decimal number of at most 10,000 in hundred-thousandths, or -1 where the field is empty.</summary>
    public int HundredThousandths(int column)
    {
        ReadOnlySpan<char> text = Text(column);
        if (text.IsEmpty)
        {
            return -1;
        }

        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (double.TryParse(text, Style, CultureInfo.InvariantCulture, out double value) && value is >= 0 and <= 1e4)
        {
            return (int)Math.Round(value * 100_000);
        }

        Wrong(column, "a number from 0 to 10000 with a point before its decimals");
        return -1;
    }

    /// <summary>Says that a field of this row is wrong.</summary>
    /// <param name="column">The column.</param>
    /// <param name="expected">What it should hold, in words.</param>
    public void Wrong(int column, string expected)
    {
        _rowIsGood = false;
        _problems++;
        SepReader.Row row = _reader.Current;
        ReadOnlySpan<char> field = row[_places[column]].Span;
        ReadOnlySpan<char> whole = row.Span;
        long at = Unsafe.ByteOffset(ref MemoryMarshal.GetReference(whole), ref MemoryMarshal.GetReference(field)) / sizeof(char);
        int place = at >= 0 && at <= whole.Length ? (int)at + 1 : 1;
        string shown = field.Length > 40 ? string.Concat(field[..40], "...") : field.ToString();
        _diagnostics.Error(
            ReadProblem.Field,
            $"{_columns[column]} is '{shown}' where {expected} must stand",
            mark: new(_path, Line, place)
        );
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    // What Sep throws at contents that it cannot take apart, and what the file system throws.
    private static bool IsOfTheFile(Exception e) =>
        e
            is InvalidDataException
                or IOException
                or UnauthorizedAccessException
                or ArgumentException
                or NotSupportedException
                or FormatException;

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].Trim();
}
