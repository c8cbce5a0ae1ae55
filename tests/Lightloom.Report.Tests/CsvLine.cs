using System.Text;

namespace Lightloom.Report.Tests;

/// <summary>Reads what the writers of tables wrote, by the rules of RFC 4180 and without their code.</summary>
internal static class CsvLine
{
    /// <summary>The fields of a line without line breaks in it: a quoted field may hold commas and doubled quotes.</summary>
    public static List<string> Fields(string line)
    {
        List<string> fields = [];
        StringBuilder field = new();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (quoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    field.Append(line[i++]);
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
