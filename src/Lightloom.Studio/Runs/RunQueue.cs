using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Lightloom.Studio.Projects;
using Lightloom.Studio.Storage;

namespace Lightloom.Studio.Runs;

/// <summary>
/// Runs of a project, a few at a time, in the order in which they were asked for. Whatever one says is kept as it says it; a run that a killed
/// server left is begun again, once.
/// </summary>
internal sealed class RunQueue : IAsyncDisposable
{
    private const int MostAttempts = 2;
    private const int MostWaiting = 100;

    private readonly Project _project;
    private readonly IRunStore _store;
    private readonly StudioEvents _events;
    private readonly IReadOnlyList<string> _program;
    private readonly SemaphoreSlim _turns;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<string, LiveRun> _live = [];
    private readonly int _threads;

    public RunQueue(Project project, IRunStore store, StudioEvents events, IReadOnlyList<string> program)
    {
        (_project, _store, _events, _program) = (project, store, events, program);
        // Half of the machine for runs: the other half answers.
        _threads = Math.Max(1, Environment.ProcessorCount / 2);
        _turns = new(Math.Max(1, Environment.ProcessorCount / 4));
    }

    /// <summary>Prepares the store, and begins again what a killed server left.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        await _store.PrepareAsync(cancel);
        IReadOnlyList<RunRecord> left = await _store.ListAsync(_project.Id, 10_000, cancel);
        foreach (RunRecord run in left.Reverse().Where(r => r.Status is RunStatus.Running or RunStatus.Queued))
        {
            if (run.Attempts >= MostAttempts)
            {
                await _store.SaveAsync(
                    run with
                    {
                        Status = RunStatus.Interrupted,
                        Ended = Now(),
                        Text = "the server was killed while it ran, twice",
                    },
                    cancel
                );
                continue;
            }

            RunRecord again = run with
            {
                Status = RunStatus.Queued,
                Text = run.Status == RunStatus.Running ? "begun again, as the server was killed while it ran" : run.Text,
            };
            await _store.SaveAsync(again, cancel);
            Launch(again);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Runs keep their status: the next server begins them again.
        await _closing.CancelAsync();
        await Task.WhenAll(_live.Values.Select(l => l.Task)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _store.DisposeAsync();
        _closing.Dispose();
        _turns.Dispose();
    }

    /// <summary>Asks for a run.</summary>
    /// <exception cref="FormatException">The options are none of the command's.</exception>
    /// <exception cref="InvalidOperationException">There is no spec, or too many runs wait.</exception>
    public async Task<RunRecord> AddAsync(
        string kind,
        string? title,
        IReadOnlyDictionary<string, JsonElement> options,
        IReadOnlyList<string> further,
        CancellationToken cancel
    )
    {
        if (_program.Count == 0)
        {
            throw new InvalidOperationException("runs need the command line beside the Studio; start it by: lightloom studio");
        }

        ProjectState state = _project.State;
        if (state.Text.Trim().Length == 0)
        {
            throw new InvalidOperationException("there is no spec to run on; take a template or save one");
        }

        if (_live.Count >= MostWaiting)
        {
            throw new InvalidOperationException($"{MostWaiting} runs wait or are under way; cancel some, or wait for them");
        }

        IReadOnlyList<string> arguments = RunCommand.ArgumentsOf(options);
        RunRecord run = new()
        {
            Id = NewId(),
            Project = _project.Id,
            Kind = kind,
            Title = title is { Length: > 0 and <= 200 } ? Report.PlainText.Line(title) : TitleOf(kind, arguments),
            Arguments = string.Join('\n', arguments),
            Status = RunStatus.Queued,
            Created = Now(),
            Version = state.Record.Current,
            Text = "waits for its turn",
        };
        Directory.CreateDirectory(FolderOf(run.Id));
        await File.WriteAllTextAsync(Path.Combine(FolderOf(run.Id), "cluster.yaml"), state.Text, cancel);
        for (int i = 0; i < further.Count; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(FolderOf(run.Id), NameOfFurther(i)), further[i], cancel);
        }

        await _store.SaveAsync(run, cancel);
        Launch(run);
        return run;
    }

    /// <summary>All runs without their results, newest first.</summary>
    public async Task<IReadOnlyList<RunRecord>> ListAsync(CancellationToken cancel)
    {
        IReadOnlyList<RunRecord> kept = await _store.ListAsync(_project.Id, 1000, cancel);
        return [.. kept.Select(r => _live.TryGetValue(r.Id, out LiveRun? live) ? live.Record with { Result = null } : r)];
    }

    /// <summary>A run with its result, or null.</summary>
    public async Task<RunRecord?> FindAsync(string id, CancellationToken cancel) =>
        _live.TryGetValue(id, out LiveRun? live) ? live.Record : await _store.FindAsync(_project.Id, id, cancel);

    /// <summary>Stops a run that waits or is under way; forgets one that has ended. False when there is none.</summary>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancel)
    {
        if (_live.TryGetValue(id, out LiveRun? live))
        {
            live.Cancelled = true;
            await live.Cancel.CancelAsync();
            return true;
        }

        if (await _store.FindAsync(_project.Id, id, cancel) is null)
        {
            return false;
        }

        await _store.DeleteAsync(_project.Id, id, cancel);
        if (Directory.Exists(FolderOf(id)))
        {
            Directory.Delete(FolderOf(id), recursive: true);
        }

        _events.Tell("run", id);
        return true;
    }

    /// <summary>What a run has said and says, until it ends.</summary>
    public async IAsyncEnumerable<RunEvent> Follow(string id, long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            // Taken before what was said is read: what comes in between wakes this up.
            Task? more = _live.TryGetValue(id, out LiveRun? live) ? live.More : null;
            foreach (RunEvent said in await _store.EventsAsync(id, after, cancel))
            {
                after = said.Seq;
                yield return said;
            }

            if (more is null)
            {
                yield break;
            }

            await more.WaitAsync(cancel);
        }
    }

    /// <summary>The folder of what a run's <c>-o</c> wrote.</summary>
    public string OutputOf(string id) => Path.Combine(FolderOf(id), "out");

    /// <summary>The cluster file that a run ran on.</summary>
    public string FolderOf(string id) => _project.Folder.Resolve(Path.Combine(".lightloom", "runs", id));

    /// <summary>Runs a short command to its end, as <c>--help</c>.</summary>
    public Task<RunOutput> RunNowAsync(IReadOnlyList<string> arguments, string folder, CancellationToken cancel) =>
        _program.Count == 0
            ? throw new InvalidOperationException("runs need the command line beside the Studio; start it by: lightloom studio")
            : RunProcess.RunAsync(_program, arguments, folder, _threads, _ => { }, cancel);

    private void Launch(RunRecord run)
    {
        LiveRun live = new(run, CancellationTokenSource.CreateLinkedTokenSource(_closing.Token));
        _live[run.Id] = live;
        live.Task = Task.Run(() => ExecuteAsync(live));
    }

    private async Task ExecuteAsync(LiveRun live)
    {
        bool hasTurn = false;
        try
        {
            await _turns.WaitAsync(live.Cancel.Token);
            hasTurn = true;
            await KeepAsync(
                live,
                live.Record with
                {
                    Status = RunStatus.Running,
                    Started = Now(),
                    Attempts = live.Record.Attempts + 1,
                    Text = live.Record.Attempts > 0 ? live.Record.Text : "begins",
                }
            );
            RunOutput output = await RunProcess.RunAsync(
                _program,
                CommandLine(live.Record),
                FolderOf(live.Record.Id),
                _threads,
                line => Say(live, line),
                live.Cancel.Token
            );
            await live.Said;
            await KeepAsync(live, Ended(live.Record, output));
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested && !live.Cancelled)
        {
            // The server closes: the run is begun again by the next one.
        }
        catch (OperationCanceledException)
        {
            await KeepAsync(live, live.Record with { Status = RunStatus.Cancelled, Ended = Now(), Text = "stopped" });
        }
        catch (Exception e)
        {
            await KeepAsync(live, live.Record with { Status = RunStatus.Failed, Ended = Now(), Error = e.Message, Text = "failed" });
        }
        finally
        {
            if (hasTurn)
            {
                _turns.Release();
            }

            _live.TryRemove(live.Record.Id, out _);
            live.Wake();
            _events.Tell("run", live.Record.Id);
        }
    }

    private string[] CommandLine(RunRecord run)
    {
        string output = Path.Combine(FolderOf(run.Id), "out");
        if (Directory.Exists(output))
        {
            Directory.Delete(output, recursive: true);
        }

        string[] further =
        [
            .. Directory.EnumerateFiles(FolderOf(run.Id), "with-*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal),
        ];
        return
        [
            run.Kind,
            "cluster.yaml",
            .. further,
            .. run.Arguments.Length == 0 ? Array.Empty<string>() : run.Arguments.Split('\n'),
            "--json",
            .. RunCommand.WritesFiles(run.Kind) ? new[] { "-o", "out" } : [],
        ];
    }

    private static RunRecord Ended(RunRecord run, RunOutput output)
    {
        bool hasResult = output.Output.AsSpan().TrimStart() is ['{', ..];
        bool done = output.ExitCode == 0 && hasResult;
        string errors = output.Errors.Trim();
        return run with
        {
            Status = done ? RunStatus.Done : RunStatus.Failed,
            Ended = Now(),
            Share = done ? 1 : run.Share,
            Result = hasResult ? output.Output : null,
            Error =
                done ? null
                : errors.Length > 0 ? errors
                : string.Create(CultureInfo.InvariantCulture, $"the command ended with code {output.ExitCode} and said nothing"),
            Text = done ? errors : "failed",
        };
    }

    // A line of progress: a JSON object with share and text, and whatever series it brings.
    private void Say(LiveRun live, string line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            live.Record = live.Record with
            {
                Share =
                    json.RootElement.TryGetProperty("share", out JsonElement share) && share.TryGetDouble(out double s)
                        ? Math.Clamp(s, 0, 1)
                        : live.Record.Share,
                Text = json.RootElement.TryGetProperty("text", out JsonElement text) ? text.GetString() ?? "" : live.Record.Text,
            };
        }
        catch (JsonException)
        {
            return;
        }

        RunEvent said = new(++live.Seq, "progress", line);
        // One after the other, behind the process: a slow database does not hold it up.
        live.Said = live
            .Said.ContinueWith(
                async _ =>
                {
                    await _store.AppendAsync(live.Record.Id, said, CancellationToken.None);
                    live.Wake();
                },
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default
            )
            .Unwrap();
    }

    private async Task KeepAsync(LiveRun live, RunRecord record)
    {
        live.Record = record;
        await _store.SaveAsync(record, CancellationToken.None);
        live.Wake();
        _events.Tell("run", record.Id);
    }

    private static string NameOfFurther(int i) => string.Create(CultureInfo.InvariantCulture, $"with-{i + 1:00}.yaml");

    private static string TitleOf(string kind, IReadOnlyList<string> arguments) =>
        string.Join(' ', arguments.Prepend(kind)) is { Length: <= 160 } all ? all : kind;

    // Ids sort by time.
    private static string NewId() =>
        DateTime.UtcNow.ToString("yyyyMMdd-HHmmss-", CultureInfo.InvariantCulture)
        + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4));

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>A run that waits or is under way.</summary>
    private sealed class LiveRun(RunRecord record, CancellationTokenSource cancel)
    {
        private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public RunRecord Record { get; set; } = record;
        public CancellationTokenSource Cancel { get; } = cancel;
        public bool Cancelled { get; set; }
        public Task Task { get; set; } = Task.CompletedTask;
        public Task Said { get; set; } = Task.CompletedTask;
        public long Seq { get; set; } = record.Attempts == 0 ? 0 : record.Attempts * 1_000_000_000L;
        public Task More => _more.Task;

        public void Wake() => Interlocked.Exchange(ref _more, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}
