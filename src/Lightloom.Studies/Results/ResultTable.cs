using System.Globalization;
using System.Text.Json;
using Lightloom.Studies.Points;

namespace Lightloom.Studies.Results;

/// <summary>
/// All points of a study as a table: number, hash, status, exit code, what is varied, and every single value of the documents, a column for
/// each path (<c>completion_us</c>, <c>network.fabrics[0].role</c>).
/// </summary>
internal sealed class ResultTable
{
    /// <summary>SQLite takes 2,000 columns.</summary>
    private const int MostColumns = 1_500;

    // Longer lists are series (a row a flow, a link): they stay in the document.
    private const int LongestList = 16;

    private readonly StudyPlan _plan;
    private readonly StudyFolder _folder;
    private readonly List<string> _names = ["point", "hash", "status", "exit_code", "diagnostic"];
    private readonly List<ColumnType> _types = [ColumnType.Whole, ColumnType.Text, ColumnType.Text, ColumnType.Whole, ColumnType.Text];
    private readonly Dictionary<string, int> _index = [];

    /// <summary>Looks at every result to learn the columns.</summary>
    public ResultTable(StudyPlan plan, StudyFolder folder)
    {
        (_plan, _folder) = (plan, folder);
        for (int i = 0; i < _names.Count; i++)
        {
            _index[_names[i]] = i;
        }

        foreach (string varied in plan.Columns)
        {
            Column(varied);
        }

        for (int point = 0; point < plan.Count; point++)
        {
            foreach ((int column, object value) in Varied(point))
            {
                Widen(column, value);
            }

            if (Known(plan.HashOf(point))?.Document is { } document)
            {
                foreach ((string path, object value) in Values(document))
                {
                    if (Column(path) is { } column)
                    {
                        Widen(column, value);
                    }
                    else
                    {
                        LeftOut = true;
                    }
                }
            }
        }
    }

    /// <summary>The columns' names, told apart whatever the case of their letters.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The columns' types.</summary>
    public IReadOnlyList<ColumnType> Types => _types;

    /// <summary>Whether values found no column.</summary>
    public bool LeftOut { get; private set; }

    /// <summary>One row a point, in order; a cell is null, a long, a double, a bool or a text, as its column says.</summary>
    public IEnumerable<(object?[] Cells, string? Document)> Rows()
    {
        for (int point = 0; point < _plan.Count; point++)
        {
            string hash = _plan.HashOf(point);
            PointResult? result = Known(hash);
            object?[] cells = new object?[_names.Count];
            cells[0] = (long)point;
            cells[1] = hash;
            cells[2] = result?.Status.ToWord() ?? "missing";
            cells[3] = result is null ? null : (long)result.ExitCode;
            cells[4] = result?.Status is PointStatus.Done or null ? null : result.Diagnostics.FirstOrDefault();
            foreach ((int column, object value) in Varied(point))
            {
                cells[column] = As(value, _types[column]);
            }

            if (result?.Document is { } document)
            {
                foreach ((string path, object value) in Values(document))
                {
                    if (_index.TryGetValue(Folded(path), out int column))
                    {
                        cells[column] = As(value, _types[column]);
                    }
                }
            }

            yield return (cells, result?.Document is { } whole ? System.Text.Encoding.UTF8.GetString(whole.Span) : null);
        }
    }

    private PointResult? Known(string hash) => _folder.Result(hash) ?? _folder.Failure(hash);

    private IEnumerable<(int Column, object Value)> Varied(int point) =>
        _plan.CoordinatesOf(point).Select(c => (_index[c.Target], Typed(c.Value.Shown)));

    private static object Typed(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? whole
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number
        : text is "true" or "false" ? text == "true"
        : text;

    private int? Column(string name)
    {
        if (_index.TryGetValue(Folded(name), out int known))
        {
            return known;
        }

        if (_names.Count >= MostColumns)
        {
            return null;
        }

        _index[Folded(name)] = _names.Count;
        _names.Add(name);
        _types.Add(ColumnType.Empty);
        return _names.Count - 1;
    }

    // A value of a document never hides what is varied or counted, and SQLite's names do not tell cases apart.
    private string Folded(string name) => _plan.Columns.Contains(name) ? name : name.ToLowerInvariant();

    private void Widen(int column, object value)
    {
        ColumnType type = value switch
        {
            bool => ColumnType.Flag,
            long => ColumnType.Whole,
            double => ColumnType.Number,
            _ => ColumnType.Text,
        };
        ColumnType known = _types[column];
        _types[column] =
            known == ColumnType.Empty || known == type ? type
            : known is ColumnType.Whole or ColumnType.Number && type is ColumnType.Whole or ColumnType.Number ? ColumnType.Number
            : ColumnType.Text;
    }

    private static object As(object value, ColumnType type) =>
        type switch
        {
            ColumnType.Number => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            ColumnType.Text => value switch
            {
                bool flag => flag ? "true" : "false",
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                _ => value,
            },
            _ => value,
        };

    private static List<(string Path, object Value)> Values(ReadOnlyMemory<byte> document)
    {
        List<(string, object)> values = [];
        using JsonDocument parsed = JsonDocument.Parse(document);
        Walk(parsed.RootElement, "", values);
        return values;
    }

    private static void Walk(JsonElement element, string path, List<(string Path, object Value)> values)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    Walk(property.Value, path.Length == 0 ? Free(property.Name) : $"{path}.{property.Name}", values);
                }

                break;
            case JsonValueKind.Array when element.GetArrayLength() <= LongestList:
                int i = 0;
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Walk(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{i++}]"), values);
                }

                break;
            case JsonValueKind.Number:
                values.Add((path, element.TryGetInt64(out long whole) ? (object)whole : element.GetDouble()));
                break;
            case JsonValueKind.True or JsonValueKind.False:
                values.Add((path, element.GetBoolean()));
                break;
            case JsonValueKind.String:
                values.Add((path, element.GetString()!));
                break;
            default:
                break;
        }
    }

    private static string Free(string name) =>
        name is "point" or "hash" or "status" or "exit_code" or "diagnostic" ? "document." + name : name;
}
