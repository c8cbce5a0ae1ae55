using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Lightloom.Studio.Runs;

/// <summary>Runs in a relational database. The same statements serve SQLite and PostgreSQL.</summary>
internal sealed class RunStore : IRunStore
{
    private const string Columns =
        "id, project, kind, title, arguments, status, created, started, ended, share, message, error, version, attempts";

    private readonly Func<CancellationToken, ValueTask<DbConnection>> _open;
    private readonly IAsyncDisposable? _pool;
    private readonly string _binaryDouble;

    private RunStore(Func<CancellationToken, ValueTask<DbConnection>> open, IAsyncDisposable? pool, string binaryDouble) =>
        (_open, _pool, _binaryDouble) = (open, pool, binaryDouble);

    // A native binary that was copied without the library beside it is no defect of ours.
    private static SqliteConnection Connect(string connection)
    {
        try
        {
            return new(connection);
        }
        catch (TypeInitializationException e) when (e.GetBaseException() is DllNotFoundException)
        {
            throw new IOException(
                $"the library of SQLite (libe_sqlite3.so, or .dylib, e_sqlite3.dll) is not beside the program in {AppContext.BaseDirectory}; "
                    + "it comes in the same folder: copy both, or keep runs in PostgreSQL (--database)"
            );
        }
    }

    /// <summary>A file of SQLite, made when it does not exist.</summary>
    public static RunStore Sqlite(string path)
    {
        string connection = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            DefaultTimeout = 10,
        }.ToString();
        return new(
            async cancel =>
            {
                SqliteConnection opened = Connect(connection);
                await opened.OpenAsync(cancel);
                await using SqliteCommand journal = opened.CreateCommand();
                // Readers do not wait for the writer, and a killed server loses nothing that was committed.
                journal.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 10000;";
                await journal.ExecuteNonQueryAsync(cancel);
                return opened;
            },
            null,
            "REAL"
        );
    }

    /// <summary>A database of PostgreSQL.</summary>
    /// <param name="url"><c>postgres://USER:PASSWORD@HOST:PORT/DATABASE</c>.</param>
    /// <exception cref="FormatException">It is no such address.</exception>
    public static RunStore Postgres(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("postgres" or "postgresql"))
        {
            throw new FormatException("--database must be postgres://USER:PASSWORD@HOST/DATABASE");
        }

        string[] user = uri.UserInfo.Split(':', 2);
        NpgsqlConnectionStringBuilder connection = new()
        {
            Host = uri.Host.Length > 0 ? uri.Host : "/var/run/postgresql",
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
            Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            MaxPoolSize = 20,
            Timeout = 10,
        };
        NpgsqlDataSource pool = new NpgsqlSlimDataSourceBuilder(connection.ConnectionString).Build();
        return new(async cancel => await pool.OpenConnectionAsync(cancel), pool, "DOUBLE PRECISION");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _pool?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancel) =>
        RunAsync(
            $"""
            CREATE TABLE IF NOT EXISTS lightloom_runs (
              id TEXT PRIMARY KEY, project TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, arguments TEXT NOT NULL,
              status TEXT NOT NULL, created BIGINT NOT NULL, started BIGINT, ended BIGINT, share {_binaryDouble} NOT NULL,
              message TEXT NOT NULL, error TEXT, version INTEGER NOT NULL, attempts INTEGER NOT NULL, result TEXT);
            CREATE TABLE IF NOT EXISTS lightloom_run_events (
              run TEXT NOT NULL, seq BIGINT NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (run, seq));
            CREATE INDEX IF NOT EXISTS lightloom_runs_by_project ON lightloom_runs (project, created);
            """,
            [],
            cancel
        );

    /// <inheritdoc/>
    public Task SaveAsync(RunRecord run, CancellationToken cancel) =>
        RunAsync(
            $"""
            INSERT INTO lightloom_runs ({Columns}, result)
            VALUES (@id, @project, @kind, @title, @arguments, @status, @created, @started, @ended, @share, @message, @error, @version,
              @attempts, @result)
            ON CONFLICT (id) DO UPDATE SET title = excluded.title, status = excluded.status, started = excluded.started,
              ended = excluded.ended, share = excluded.share, message = excluded.message, error = excluded.error,
              attempts = excluded.attempts, result = COALESCE(excluded.result, lightloom_runs.result);
            """,
            [
                ("id", run.Id),
                ("project", run.Project),
                ("kind", run.Kind),
                ("title", run.Title),
                ("arguments", run.Arguments),
                ("status", run.Status.ToWord()),
                ("created", run.Created),
                ("started", run.Started),
                ("ended", run.Ended),
                ("share", run.Share),
                ("message", run.Text),
                ("error", run.Error),
                ("version", run.Version),
                ("attempts", run.Attempts),
                ("result", run.Result),
            ],
            cancel
        );

    /// <inheritdoc/>
    public async Task<RunRecord?> FindAsync(string project, string id, CancellationToken cancel)
    {
        IReadOnlyList<RunRecord> found = await ReadAsync(
            $"SELECT {Columns}, result FROM lightloom_runs WHERE project = @project AND id = @id",
            [("project", project), ("id", id)],
            row => RecordOf(row) with { Result = row.IsDBNull(14) ? null : row.GetString(14) },
            cancel
        );
        return found.Count > 0 ? found[0] : null;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunRecord>> ListAsync(string project, int most, CancellationToken cancel) =>
        ReadAsync(
            $"SELECT {Columns} FROM lightloom_runs WHERE project = @project ORDER BY created DESC, id DESC LIMIT @most",
            [("project", project), ("most", most)],
            RecordOf,
            cancel
        );

    /// <inheritdoc/>
    public async Task DeleteAsync(string project, string id, CancellationToken cancel)
    {
        await RunAsync("DELETE FROM lightloom_run_events WHERE run = @id", [("id", id)], cancel);
        await RunAsync("DELETE FROM lightloom_runs WHERE project = @project AND id = @id", [("project", project), ("id", id)], cancel);
    }

    /// <inheritdoc/>
    public Task AppendAsync(string run, RunEvent said, CancellationToken cancel) =>
        RunAsync(
            "INSERT INTO lightloom_run_events (run, seq, kind, data) VALUES (@run, @seq, @kind, @data) ON CONFLICT (run, seq) DO NOTHING",
            [("run", run), ("seq", said.Seq), ("kind", said.Kind), ("data", said.Data)],
            cancel
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunEvent>> EventsAsync(string run, long after, CancellationToken cancel) =>
        ReadAsync(
            "SELECT seq, kind, data FROM lightloom_run_events WHERE run = @run AND seq > @after ORDER BY seq",
            [("run", run), ("after", after)],
            row => new RunEvent(row.GetInt64(0), row.GetString(1), row.GetString(2)),
            cancel
        );

    private static RunRecord RecordOf(DbDataReader row) =>
        new()
        {
            Id = row.GetString(0),
            Project = row.GetString(1),
            Kind = row.GetString(2),
            Title = row.GetString(3),
            Arguments = row.GetString(4),
            Status = RunStatusWords.TryParse(row.GetString(5), out RunStatus status) ? status : RunStatus.Failed,
            Created = row.GetInt64(6),
            Started = row.IsDBNull(7) ? null : row.GetInt64(7),
            Ended = row.IsDBNull(8) ? null : row.GetInt64(8),
            Share = row.GetDouble(9),
            Text = row.GetString(10),
            Error = row.IsDBNull(11) ? null : row.GetString(11),
            Version = row.GetInt32(12),
            Attempts = row.GetInt32(13),
        };

    private async Task RunAsync(string sql, (string Name, object? Value)[] values, CancellationToken cancel)
    {
        await using DbConnection connection = await _open(cancel);
        await using DbCommand command = CommandOf(connection, sql, values);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(
        string sql,
        (string Name, object? Value)[] values,
        Func<DbDataReader, T> row,
        CancellationToken cancel
    )
    {
        await using DbConnection connection = await _open(cancel);
        await using DbCommand command = CommandOf(connection, sql, values);
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancel);
        List<T> rows = [];
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    private static DbCommand CommandOf(DbConnection connection, string sql, (string Name, object? Value)[] values)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in values)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            if (value is null)
            {
                // A null says nothing of its type; started and ended alone are numbers.
                parameter.DbType = name is "started" or "ended" ? System.Data.DbType.Int64 : System.Data.DbType.String;
            }

            command.Parameters.Add(parameter);
        }

        return command;
    }
}
