using System.Globalization;
using Lightloom.Units;

namespace Lightloom.Report;

/// <summary>Writes a comma-separated table, field by field; every text in it goes through <see cref="Csv.Field"/>.</summary>
/// <remarks>
/// Numbers have a point before their decimals and no separators; what is not known is left empty. Lines end with a line feed. Not safe for
/// use from several threads at once.
/// </remarks>
internal sealed class CsvTable
{
    private readonly TextWriter _text;
    private readonly int _columns;
    private int _column;

    /// <summary>Begins the table with its header row.</summary>
    /// <param name="text">Where to; left open.</param>
    /// <param name="header">The names of the columns, with commas between them.</param>
    public CsvTable(TextWriter text, string header)
    {
        _text = text;
        _columns = header.Count(c => c == ',') + 1;
        text.Write(header);
        text.Write('\n');
    }

    /// <summary>A text; empty when null.</summary>
    public CsvTable Text(string? text)
    {
        Next();
        _text.Write(Csv.Field(text));
        return this;
    }

    /// <summary>A whole number; empty when null.</summary>
    public CsvTable Integer(long? number)
    {
        Next();
        if (number is { } known)
        {
            _text.Write(known.ToString(CultureInfo.InvariantCulture));
        }

        return this;
    }

    /// <summary>A number; empty when null or not finite.</summary>
    /// <param name="number">The number.</param>
    /// <param name="format">Its format, at most six decimals unless given.</param>
    public CsvTable Number(double? number, string format = "0.######")
    {
        Next();
        if (number is { } known && double.IsFinite(known))
        {
            _text.Write(known.ToString(format, CultureInfo.InvariantCulture));
        }

        return this;
    }

    /// <summary>A time in microseconds, to the picosecond; empty when the moment never came.</summary>
    public CsvTable Microseconds(SimTime? time) => Microseconds(time?.Picoseconds ?? -1);

    /// <summary>A time in microseconds, to the picosecond; empty when the moment never came (negative).</summary>
    public CsvTable Microseconds(long picoseconds)
    {
        Next();
        if (picoseconds >= 0)
        {
            _text.Write((picoseconds / 1e6m).ToString("0.######", CultureInfo.InvariantCulture));
        }

        return this;
    }

    /// <summary><c>true</c>, <c>false</c>, or empty when not known.</summary>
    public CsvTable Truth(bool? truth) =>
        Text(
            truth switch
            {
                true => "true",
                false => "false",
                null => null,
            }
        );

    /// <summary>Ends the row.</summary>
    /// <exception cref="InvalidOperationException">The row has other columns than the header.</exception>
    public void EndRow()
    {
        if (_column != _columns)
        {
            throw new InvalidOperationException($"a row of {_column} fields under {_columns} columns");
        }

        _text.Write('\n');
        _column = 0;
    }

    private void Next()
    {
        if (_column++ > 0)
        {
            _text.Write(',');
        }
    }
}
