using System.Text;

namespace Lightloom.Verify.Tests;

/// <summary>A file of comma-separated values that a test edits as a person with a spreadsheet would.</summary>
internal sealed class Sheet
{
    private readonly string _path;
    private readonly List<string> _header;

    public Sheet(string path)
    {
        _path = path;
        Rows = [.. File.ReadAllLines(path).Select(Fields)];
        _header = Rows[0];
        Rows.RemoveAt(0);
    }

    /// <summary>The rows without the header.</summary>
    public List<List<string>> Rows { get; }

    public int Column(string name) => _header.IndexOf(name) is >= 0 and var at ? at : throw new ArgumentException($"no column '{name}'");

    public string Get(List<string> row, string column) => row[Column(column)];

    /// <summary>The first row whose column has that value.</summary>
    public List<string> Where(string column, string value) => Rows.First(r => Get(r, column) == value);

    /// <summary>All such rows.</summary>
    public IEnumerable<List<string>> All(string column, string value) => Rows.Where(r => Get(r, column) == value);

    public Sheet Set(List<string> row, string column, string value)
    {
        row[Column(column)] = value;
        return this;
    }

    public void Save(char separator = ',') =>
        File.WriteAllLines(_path, [.. Rows.Prepend(_header).Select(r => string.Join(separator, r.Select(f => Quoted(f, separator))))]);

    private static string Quoted(string field, char separator) =>
        field.Contains(separator) || field.Contains('"') ? $"\"{field.Replace("\"", "\"\"")}\"" : field;

    private static List<string> Fields(string line)
    {
        List<string> fields = [];
        StringBuilder field = new();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (quoted && c == '"' && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
