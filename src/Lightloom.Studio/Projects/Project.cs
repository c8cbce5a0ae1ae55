using System.Diagnostics;
using System.Text.Json;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Studio.Storage;
using Lightloom.Studio.Views;

namespace Lightloom.Studio.Projects;

/// <summary>
/// The project that the Studio has open: the text of its cluster file, its versions, and the design of the text. One writer at a time;
/// readers take immutable snapshots.
/// </summary>
internal sealed class Project : IDisposable
{
    private const string RecordName = ".lightloom/project.json";

    // Two designs in memory at once only while they are small together.
    private const long KeepBothBelowXpus = 200_000;

    private static readonly TimeSpan s_quick = TimeSpan.FromMilliseconds(400);

    private readonly ProjectFolder _folder;
    private readonly StudioEvents _events;
    private readonly long _memoryLimit;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly Lock _designing = new();
    private CancellationTokenSource _cancelDesign = new();
    private Task _design = Task.CompletedTask;
    private volatile ProjectState _state;

    /// <summary>Opens the project of a folder and begins to design what its file says.</summary>
    public Project(ProjectFolder folder, StudioEvents events, long memoryLimit)
    {
        (_folder, _events, _memoryLimit) = (folder, events, memoryLimit);
        Versions = new(folder);
        ProjectRecord record = ReadRecord();
        Id = record.Id;
        string text = folder.Read(folder.SpecName) ?? "";
        _state = new(text, record, DesignOutcome.Nothing);
        if (text.Length > 0 && (record.Current == 0 || Versions.TextOf(record.Current) != text))
        {
            _state = Advanced(text, record.Current == 0 ? "opened" : "changed outside");
        }

        StartDesign();
    }

    /// <summary>Tells projects apart in a database that several share.</summary>
    public string Id { get; }

    /// <summary>The folder.</summary>
    public ProjectFolder Folder => _folder;

    /// <summary>Saved versions.</summary>
    public VersionFiles Versions { get; }

    /// <summary>The text and its design as they are now.</summary>
    public ProjectState State => _state;

    /// <summary>Largest estimate of memory that is designed.</summary>
    public long MemoryLimit => _memoryLimit;

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_designing)
        {
            _cancelDesign.Cancel();
        }

        _writer.Dispose();
    }

    /// <summary>Takes up what somebody changed in the file itself, as git does.</summary>
    public async Task<ProjectState> RefreshAsync(CancellationToken cancel)
    {
        await _writer.WaitAsync(cancel);
        try
        {
            TakeUpOutside();
            return _state;
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Saves a text and designs it, unless somebody saved since.</summary>
    /// <exception cref="ConflictException">Somebody else saved.</exception>
    public Task<ProjectState> SaveAsync(string text, long revision, string reason, CancellationToken cancel) =>
        ChangeAsync(
            revision,
            _ => text.Length > ProjectFolder.MostBytes ? throw new IOException("the text is larger than 16 MiB") : text,
            reason,
            cancel
        );

    /// <summary>Changes the text by what it is, and designs it.</summary>
    /// <param name="revision">The revision that the change starts from.</param>
    /// <param name="change">Makes the new text.</param>
    /// <param name="reason">What the version is called.</param>
    /// <param name="cancel">Ends the wait for others that write.</param>
    /// <exception cref="ConflictException">Somebody else saved.</exception>
    public async Task<ProjectState> ChangeAsync(long revision, Func<string, string> change, string reason, CancellationToken cancel)
    {
        await _writer.WaitAsync(cancel);
        try
        {
            TakeUpOutside();
            RequireRevision(revision);
            string text = change(_state.Text);
            if (text == _state.Text)
            {
                return _state;
            }

            ProjectState next = Advanced(text, reason);
            _folder.Write(_folder.SpecName, text);
            Become(next);
            return _state;
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Goes back to the version that the current one was made from, or forth again.</summary>
    public async Task<ProjectState> UndoAsync(long revision, bool redo, CancellationToken cancel)
    {
        await _writer.WaitAsync(cancel);
        try
        {
            TakeUpOutside();
            RequireRevision(revision);
            ProjectRecord at = _state.Record;
            int? to = redo ? at.Redo.LastOrDefault() : ParentOf(at.Current);
            if (to is null or 0 || Versions.TextOf(to.Value) is not { } text)
            {
                throw new InvalidOperationException(redo ? "there is nothing to redo" : "there is nothing to undo");
            }

            ProjectRecord record = at with
            {
                Revision = at.Revision + 1,
                Current = to.Value,
                Redo = redo ? [.. at.Redo.SkipLast(1)] : [.. at.Redo, at.Current],
            };
            _folder.Write(_folder.SpecName, text);
            WriteRecord(record);
            Become(new(text, record, _state.Outcome));
            return _state;
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>True when there is a version to go back to.</summary>
    public bool CanUndo(ProjectState state) => ParentOf(state.Record.Current) is not null;

    /// <summary>The state once the design of a revision has ended, or after a time at the latest.</summary>
    public async Task<ProjectState> WaitAsync(TimeSpan most, CancellationToken cancel)
    {
        Task design;
        lock (_designing)
        {
            design = _design;
        }

        try
        {
            await design.WaitAsync(most, cancel);
        }
        catch (TimeoutException)
        {
            // The answer says that it is still designing.
        }

        return _state;
    }

    private int? ParentOf(int version) => Versions.Find(version)?.Parent is { } parent && Versions.Find(parent) is not null ? parent : null;

    private void RequireRevision(long revision)
    {
        if (revision != _state.Record.Revision)
        {
            throw new ConflictException(
                FormattableString.Invariant(
                    $"the spec was saved since: this change starts from revision {revision}, and the current one is {_state.Record.Revision}"
                )
            );
        }
    }

    private void TakeUpOutside()
    {
        string text = _folder.Read(_folder.SpecName) ?? "";
        if (text != _state.Text)
        {
            Become(Advanced(text, "changed outside"));
        }
    }

    // The state with a new version, which is on disk before the cluster file is: a killed server has either.
    private ProjectState Advanced(string text, string reason)
    {
        ProjectRecord at = _state.Record;
        VersionRecord version = Versions.Add(text, at.Current == 0 ? null : at.Current, reason);
        ProjectRecord record = at with { Revision = at.Revision + 1, Current = version.N, Redo = [] };
        WriteRecord(record);
        return new(text, record, _state.Outcome);
    }

    private void Become(ProjectState next)
    {
        lock (_designing)
        {
            _state = next;
        }

        StartDesign();
    }

    private void StartDesign()
    {
        lock (_designing)
        {
            _cancelDesign.Cancel();
            _cancelDesign = new();
            ProjectState state = _state;
            CancellationToken cancel = _cancelDesign.Token;
            Task before = _design;
            _state = state with
            {
                Outcome = state.Outcome with
                {
                    Phase = state.Text.Trim().Length == 0 ? DesignPhase.Empty : DesignPhase.Designing,
                    Share = 0,
                },
            };
            _design = Task.Factory.StartNew(
                () =>
                {
                    // One after the other: the one before has been cancelled.
                    before
                        .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
                        .Wait(CancellationToken.None);
                    Run(state, cancel);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
        }

        _events.Tell("state");
    }

    private void Run(ProjectState of, CancellationToken cancel)
    {
        long started = Stopwatch.GetTimestamp();
        DesignOutcome outcome;
        try
        {
            outcome = Design(of, cancel);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            // A defect of the designer must not take the page down with it.
            outcome = new()
            {
                Phase = DesignPhase.Failed,
                Diagnostics =
                [
                    new(
                        "LL9905",
                        Severity.Error,
                        e is OutOfMemoryException
                            ? "out of memory; ask for fewer XPUs, or run the Studio on a machine with more memory"
                            : "a defect of Lightloom itself, please report it: " + e
                    ),
                ],
            };
        }

        outcome = outcome with { Milliseconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1) };
        if (Publish(of, outcome) && outcome.View is { } view && Versions.Find(of.Record.Current) is { Figures: null } version)
        {
            Versions.Keep(version with { Figures = view.Figures, Bill = BillOf(view.Design) });
        }
    }

    private DesignOutcome Design(ProjectState of, CancellationToken cancel)
    {
        if (of.Text.Trim().Length == 0)
        {
            return DesignOutcome.Nothing;
        }

        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = SpecReader.Read(of.Text, _folder.SpecName, Catalogue.Default, diagnostics);
        long? xpus = spec is null ? null : Designer.CountXpus(spec);
        long? estimate = spec is null ? null : MemoryEstimate.Of(spec);
        if (estimate is { } bytes && MemoryEstimate.Refusal(bytes, _memoryLimit) is { } refusal)
        {
            diagnostics.Add(refusal);
            spec = null;
        }

        DesignOutcome outcome = new()
        {
            Phase = DesignPhase.Failed,
            Xpus = xpus,
            EstimateBytes = estimate,
            Spec = spec,
            Diagnostics = [.. diagnostics],
        };
        if (spec is null)
        {
            return outcome;
        }

        if (xpus + (of.Outcome.View?.Figures.Xpus ?? 0) > KeepBothBelowXpus && Publish(of, outcome with { Phase = DesignPhase.Designing }))
        {
            // What readers still look at goes with the last of them.
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        ClusterDesign? design = Designer.Design(spec, diagnostics, new Stages(this, of), cancel);
        cancel.ThrowIfCancellationRequested();
        return design is null
            ? outcome with
            {
                Diagnostics = [.. diagnostics],
            }
            : outcome with
            {
                Phase = DesignPhase.Ready,
                Share = 1,
                View = new(design),
                Diagnostics = [.. diagnostics],
            };
    }

    // False when another text has taken its place.
    private bool Publish(ProjectState of, DesignOutcome outcome)
    {
        lock (_designing)
        {
            if (_state.Record.Revision != of.Record.Revision)
            {
                return false;
            }

            _state = _state with { Outcome = outcome };
        }

        _events.Tell("state");
        return true;
    }

    private static VersionBillLine[] BillOf(ClusterDesign design) =>
        [.. design.Bill.Lines.Select(l => new VersionBillLine(l.Id, l.Name, l.Category, l.Quantity, l.Total?.Dollars))];

    private ProjectRecord ReadRecord()
    {
        try
        {
            if (
                JsonSerializer.Deserialize(_folder.Read(RecordName) ?? "null", ProjectJson.Default.ProjectRecord) is
                { Id.Length: > 0 } known
            )
            {
                return known;
            }
        }
        catch (JsonException)
        {
            // Broken or written by someone else: the versions are there all the same.
        }

        return new()
        {
            Id = Guid.NewGuid().ToString("n"),
            Revision = 0,
            Current = Versions.All is [var newest, ..] ? newest.N : 0,
        };
    }

    private void WriteRecord(ProjectRecord record) =>
        _folder.Write(RecordName, JsonSerializer.Serialize(record, ProjectJson.Default.ProjectRecord) + "\n");

    /// <summary>Passes the stages of a design on.</summary>
    private sealed class Stages(Project project, ProjectState of) : IProgress<DesignStage>
    {
        private readonly long _started = Stopwatch.GetTimestamp();

        public void Report(DesignStage value)
        {
            lock (project._designing)
            {
                if (project._state.Record.Revision != of.Record.Revision)
                {
                    return;
                }

                project._state = project._state with
                {
                    Outcome = project._state.Outcome with { Stage = value.Name, Share = value.Fraction },
                };
            }

            // Of a design that is there at once only that is news.
            if (Stopwatch.GetElapsedTime(_started) > s_quick)
            {
                project._events.Tell("state");
            }
        }
    }
}

/// <summary>The text of a project and its design, as they are at one moment.</summary>
/// <param name="Text">The text.</param>
/// <param name="Record">Where it is in its versions.</param>
/// <param name="Outcome">Its design; while it is being designed, the one before it.</param>
internal sealed record ProjectState(string Text, ProjectRecord Record, DesignOutcome Outcome);
