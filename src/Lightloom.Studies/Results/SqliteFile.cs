using System.Globalization;
using System.Text;
using Lightloom.Studies.Points;
using Microsoft.Data.Sqlite;

namespace Lightloom.Studies.Results;

/// <summary>
/// The merged SQLite file: table <c>points</c>, a row a point and a column a value, and table <c>study</c> with name, command, version and
/// the study's text. The same results give the same bytes.
/// </summary>
internal static class SqliteFile
{
    /// <summary>Writes it whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(ResultTable table, StudyPlan plan, string path)
    {
        string beside = StudyFolder.Beside(path);
        try
        {
            Fill(table, plan, beside);
            using (FileStream written = File.OpenWrite(beside))
            {
                written.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (SqliteException e)
        {
            // Primary code 13 is a full disk, 10 an error of the disk.
            throw new IOException($"{path} cannot be written: {e.Message}", e);
        }
        finally
        {
            StudyFolder.TryDelete(beside);
        }
    }

    private static void Fill(ResultTable table, StudyPlan plan, string path)
    {
        SqliteConnectionStringBuilder where = new() { DataSource = path, Pooling = false };
        using SqliteConnection connection = new(where.ToString());
        connection.Open();
        // The file is new and becomes visible when it is complete, so no journal is needed.
        Execute(connection, "PRAGMA journal_mode = OFF");
        Execute(connection, "PRAGMA synchronous = OFF");
        using SqliteTransaction transaction = connection.BeginTransaction();
        Execute(connection, "CREATE TABLE study (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID");
        foreach (
            (string key, string value) in new[]
            {
                ("name", plan.File.Spec.Name),
                ("command", plan.File.Spec.Command),
                ("version", plan.Version),
                ("study", plan.File.Text),
            }
        )
        {
            using SqliteCommand put = connection.CreateCommand();
            put.CommandText = "INSERT INTO study VALUES ($key, $value)";
            put.Parameters.AddWithValue("$key", key);
            put.Parameters.AddWithValue("$value", value);
            put.ExecuteNonQuery();
        }

        StringBuilder create = new("CREATE TABLE points (");
        for (int i = 0; i < table.Names.Count; i++)
        {
            create.Append(i > 0 ? ", " : "").Append(Quoted(table.Names[i])).Append(' ').Append(TypeOf(table.Types[i]));
            create.Append(i == 0 ? " PRIMARY KEY" : "");
        }

        Execute(connection, create.Append(", document TEXT)").ToString());
        using SqliteCommand insert = connection.CreateCommand();
        string places = string.Join(
            ", ",
            Enumerable.Range(0, table.Names.Count + 1).Select(i => "$" + i.ToString(CultureInfo.InvariantCulture))
        );
        insert.CommandText = $"INSERT INTO points VALUES ({places})";
        for (int i = 0; i <= table.Names.Count; i++)
        {
            insert.Parameters.Add(new SqliteParameter("$" + i.ToString(CultureInfo.InvariantCulture), null));
        }

        foreach ((object?[] cells, string? document) in table.Rows())
        {
            for (int i = 0; i < cells.Length; i++)
            {
                insert.Parameters[i].Value = cells[i] ?? DBNull.Value;
            }

            insert.Parameters[cells.Length].Value = document ?? (object)DBNull.Value;
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static string TypeOf(ColumnType type) =>
        type switch
        {
            ColumnType.Whole or ColumnType.Flag => "INTEGER",
            ColumnType.Number => "REAL",
            _ => "TEXT",
        };

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static void Execute(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of columns cannot be parameters; they are quoted.
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
