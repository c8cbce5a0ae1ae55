using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Lightloom.Cli.Options;
using Lightloom.Cli.Output;
using Lightloom.Diagnostics;
using Lightloom.Studies.Files;
using Lightloom.Studies.Points;
using Lightloom.Studies.Results;
using Lightloom.Studies.Runs;

namespace Lightloom.Cli.Commands;

/// <summary>
/// <c>lightloom study STUDY.yaml [--engine local|slurm]</c>: a sweep over any place of the cluster file and any option of a command; what
/// has a result already is not run again.
/// </summary>
public sealed class StudyCommand
{
    private const string Local = "local";
    private const string Slurm = "slurm";

    /// <summary>What a task of a job array may take where the study does not say.</summary>
    private const long SlurmMemory = 2L << 30;

    private readonly Argument<string?> _file = new("STUDY.yaml")
    {
        Description = "The study file: command, cluster file, what is varied (docs/study.md).",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly CheckedOption<string?> _engine = Value.Word(
        "--engine",
        "Who runs the points: processes on this machine, or job arrays of a Slurm cluster.",
        [Local, Slurm],
        Local
    );
    private readonly CheckedOption<string?> _output = Value.Path(
        "--output|-o",
        "The study's folder (NAME.study beside the study file); with Slurm every node must see it.",
        "DIR"
    );
    private readonly CheckedOption<int?> _workers = Value.Whole(
        "--workers",
        "Points that run at once here (the machine's cores).",
        1,
        1024
    );
    private readonly Option<bool> _plan = new("--plan") { Description = "Check the study, say how many points it has, and run nothing." };
    private readonly Option<bool> _retry = new("--retry") { Description = "Run points again whose input was refused." };
    private readonly Option<bool> _wait = new("--wait")
    {
        Description = "With --engine slurm: show progress until the jobs have ended, then merge.",
    };
    private readonly Option<bool> _cancel = new("--cancel") { Description = "With --engine slurm: cancel the study's jobs; results stay." };
    private readonly Option<bool> _schema = new("--schema") { Description = "Print the JSON Schema of study files." };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly CheckedOption<string?> _job = Value.Path("--job", "The folder of a submission, of which this is a task.", "DIR");
    private readonly CheckedOption<int?> _task = Value.Whole("--task", "The task's number.", 0, int.MaxValue);

    private StudyCommand() { }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        StudyCommand s = new();
        // These two stand in the script that Slurm runs, not in a user's command line.
        s._job.Hidden = true;
        s._task.Hidden = true;
        Command command = new("study", "Runs a sweep of a command, resumable, here or on a Slurm cluster.")
        {
            s._file,
            s._engine,
            s._output,
            s._workers,
            s._plan,
            s._retry,
            s._wait,
            s._cancel,
            s._schema,
            s._json,
            s._job,
            s._task,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(s.Run(parsed, cancellation)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_schema))
        {
            Console.Out.Write(StudySchema.Generate());
            return ExitCode.Done;
        }

        if (parsed.GetValue(_file) is not { } file)
        {
            return CommandLine.Misused("name a study file; docs/study.md and examples/studies have some");
        }

        bool slurm = _engine.In(parsed) == Slurm;
        Option? stray = slurm
            ? _workers.IsGivenIn(parsed)
                ? _workers
                : null
            : parsed.GetValue(_wait)
                ? _wait
                : parsed.GetValue(_cancel)
                    ? _cancel
                    : null;
        if (stray is not null)
        {
            return CommandLine.Misused($"{stray.Name} is for --engine {(slurm ? Local : Slurm)}");
        }

        if (_job.In(parsed) is { } job && _task.In(parsed) is { } task)
        {
            return RunTask(job, task, _output.In(parsed)!, cancellation);
        }

        DiagnosticBag diagnostics = new();
        StudyPlan? plan = StudyReader.Read(file, diagnostics) is { } study
            ? StudyCheck.Plan(study, new StudyCommandTable(), Product.Version, diagnostics)
            : null;
        if (plan is null)
        {
            return CommandLine.Report(diagnostics, Severity.Error);
        }

        StudyFolder folder = new(_output.In(parsed) ?? Path.Combine(plan.File.Folder, plan.File.Spec.Name + ".study"));
        try
        {
            return slurm ? OnSlurm(parsed, plan, folder, cancellation) : Here(parsed, plan, folder, cancellation);
        }
        catch (SlurmException e)
        {
            Console.Error.WriteLine("lightloom: " + e.Message);
            return ExitCode.BadInput;
        }
    }

    private int Here(ParseResult parsed, StudyPlan plan, StudyFolder folder, CancellationToken cancellation)
    {
        int workers = _workers.In(parsed) ?? Environment.ProcessorCount;
        long memory = plan.File.Spec.Memory is { } given ? given.Bytes : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 9 / 10 / workers;
        StudyReport report = new(plan, folder, Console.Error, !Console.IsErrorRedirected);
        if (parsed.GetValue(_plan))
        {
            report.Announce(StudyState.Of(plan, folder), On(workers, memory), workers);
            return ExitCode.Done;
        }

        Directory.CreateDirectory(folder.Root);
        using FileStream? mine = Locked(folder);
        if (mine is null)
        {
            return CommandLine.Misused(
                $"another lightloom runs this study in {folder.Root}; wait for it, or give this one a folder with -o"
            );
        }

        folder.RemoveParts();
        Forget(parsed, plan, folder);
        StudyState state = StudyState.Of(plan, folder);
        report.Announce(state, On(workers, memory), workers);
        PointRunner runner = new(ProgramCall.Own("lightloom-cli.dll"), folder, Product.Version, new(memory, Limit(plan)));
        long started = Stopwatch.GetTimestamp();
        int done = 0,
            failed = 0;
        try
        {
            LocalPool.Run(
                plan,
                state.Missing,
                runner,
                workers,
                (point, result) =>
                {
                    done++;
                    failed += result.Status is PointStatus.Refused or PointStatus.Broken ? 1 : 0;
                    report.Tell(point, result);
                    report.Progress(done, state.Missing.Count, failed, Stopwatch.GetElapsedTime(started).TotalSeconds);
                },
                cancellation
            );
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            report.Clear();
            Console.Error.WriteLine(
                $"lightloom: {(e is IOException ? e.Message + "; free some space, then the" : "the")} same command goes on after "
                    + $"the {state.Answered + done} points that have a result"
            );
            return e is IOException ? ExitCode.BadInput : ExitCode.Interrupted;
        }

        report.Clear();
        return Finish(parsed, plan, folder, report, []);
    }

    private int OnSlurm(ParseResult parsed, StudyPlan plan, StudyFolder folder, CancellationToken cancellation)
    {
        StudyReport report = new(plan, folder, Console.Error, !Console.IsErrorRedirected);
        string[] before = [.. SlurmJob.All(folder).SelectMany(j => j.Ids)];
        if (parsed.GetValue(_plan))
        {
            report.Announce(StudyState.Of(plan, folder), " by Slurm", 0);
            return ExitCode.Done;
        }

        SlurmQueue queue = before.Length > 0 ? SlurmCommands.Queue(before) : SlurmQueue.Empty;
        if (parsed.GetValue(_cancel))
        {
            if (before.Length > 0)
            {
                SlurmCommands.Cancel(before);
            }

            Console.Error.WriteLine($"{plan.File.Spec.Name}: {queue.Count} tasks cancelled; results stay in {folder.Root}");
            return ExitCode.Done;
        }

        IReadOnlyList<string> jobs = before;
        StudyState state;
        if (queue.Count > 0)
        {
            // What is on its way is not submitted twice.
            state = StudyState.Of(plan, folder);
            report.Announce(state, " by Slurm", 0);
            Console.Error.WriteLine(
                $"jobs {string.Join(", ", before)} still have {queue}, so nothing was submitted; --wait waits, --cancel ends them"
            );
            if (new HeldTasks(SlurmCommands.Release).Release(queue) is > 0 and var released)
            {
                Console.Error.WriteLine($"{released} of them could not start when their node failed, and were released");
            }
        }
        else
        {
            folder.RemoveParts();
            Forget(parsed, plan, folder);
            state = StudyState.Of(plan, folder);
            report.Announce(state, " by Slurm", 0);
            if (state.Missing.Count > 0)
            {
                long memory = plan.File.Spec.Memory?.Bytes ?? SlurmMemory;
                SlurmJob job = SlurmJob.Submit(plan, folder, state.Missing, ProgramCall.Own("lightloom-cli.dll"), new(memory, Limit(plan)));
                jobs = job.Ids;
                Console.Error.WriteLine(
                    $"submitted as {(jobs.Count == 1 ? "job" : "jobs")} {string.Join(", ", jobs)}; logs in {job.Folder}/log"
                );
            }
        }

        if (state.Missing.Count > 0 && parsed.GetValue(_wait))
        {
            if (!Wait(plan, folder, state, jobs, report, cancellation))
            {
                Console.Error.WriteLine(
                    $"lightloom: stopped waiting; jobs {string.Join(", ", jobs)} go on: the same command shows how far they are, --cancel "
                        + "ends them"
                );
                return ExitCode.Interrupted;
            }
        }
        else if (state.Missing.Count > 0)
        {
            Console.Error.WriteLine("the same command shows how far it is, and merges the results when they are complete");
            if (parsed.GetValue(_json))
            {
                using Stream stdout = Console.OpenStandardOutput();
                report.WriteJson(state, Slurm, jobs, stdout);
                stdout.WriteByte((byte)'\n');
            }

            return ExitCode.Done;
        }

        return Finish(parsed, plan, folder, report, jobs);
    }

    // False when the user stopped it.
    private static bool Wait(
        StudyPlan plan,
        StudyFolder folder,
        StudyState state,
        IReadOnlyList<string> jobs,
        StudyReport report,
        CancellationToken cancellation
    )
    {
        HashSet<int> open = [.. state.Missing];
        long started = Stopwatch.GetTimestamp();
        TimeSpan pause = TimeSpan.FromMilliseconds(Math.Clamp(open.Count / 10, 1000, 30_000));
        string more = "";
        bool silent = false;
        HeldTasks held = new(SlurmCommands.Release);
        for (int turn = 0; ; turn++)
        {
            int failed = 0;
            // Asked before the files are counted: a task that ended in between has written its own.
            bool over = false;
            if (turn % 5 == 0)
            {
                try
                {
                    SlurmQueue queue = SlurmCommands.Queue(jobs);
                    bool stuck = queue.OnlyHeld && held.Release(queue) == 0;
                    over = queue.Count == 0 || stuck;
                    more = over ? "" : $"; {queue}";
                    silent = false;
                    if (stuck)
                    {
                        report.Clear();
                        Console.Error.WriteLine(
                            $"  {queue}, which Slurm will not run by itself ({queue.HeldBecause}): scontrol release lets them run, "
                                + "--cancel ends them"
                        );
                    }
                }
                catch (SlurmException e)
                {
                    if (!silent)
                    {
                        Console.Error.WriteLine($"  {e.Message}; results are still counted, and the controller is asked again");
                    }

                    silent = true;
                }
            }

            foreach (int point in open.ToArray())
            {
                string hash = plan.HashOf(point);
                if (folder.Result(hash) is { } result)
                {
                    open.Remove(point);
                    report.Tell(point, result);
                }
                else
                {
                    failed += File.Exists(folder.FailureOf(hash)) ? 1 : 0;
                }
            }

            report.Progress(
                state.Missing.Count - open.Count,
                state.Missing.Count,
                failed,
                Stopwatch.GetElapsedTime(started).TotalSeconds,
                more
            );
            if (open.Count == 0 || over)
            {
                report.Clear();
                return true;
            }

            if (cancellation.WaitHandle.WaitOne(pause))
            {
                report.Clear();
                return false;
            }
        }
    }

    private int Finish(ParseResult parsed, StudyPlan plan, StudyFolder folder, StudyReport report, IReadOnlyList<string> jobs)
    {
        StudyState state = StudyState.Of(plan, folder);
        bool merged = state.Answered + state.Broken > 0;
        if (merged && StudyTables.Write(plan, folder))
        {
            Console.Error.WriteLine("lightloom: note: the documents have more than 1,500 values; the others stand in the column document");
        }

        if (parsed.GetValue(_json))
        {
            using Stream stdout = Console.OpenStandardOutput();
            report.WriteJson(state, _engine.In(parsed)!, jobs, stdout);
            stdout.WriteByte((byte)'\n');
        }
        else
        {
            report.Print(state, merged, Console.Out);
        }

        return state.Missing.Count > 0 || state.Refused > 0 ? ExitCode.BadInput
            : state.Done == 0 ? ExitCode.Infeasible
            : ExitCode.Done;
    }

    /// <summary>The points of one task of a job array.</summary>
    private static int RunTask(string jobFolder, int task, string output, CancellationToken cancellation)
    {
        SlurmJob job = SlurmJob.At(jobFolder);
        DiagnosticBag diagnostics = new();
        if (job.Study(diagnostics) is not { } study)
        {
            return CommandLine.Report(diagnostics, Severity.Error);
        }

        StudyFolder folder = new(output);
        StudyPlan plan = new(study, new StudyCommandTable(), Product.Version);
        long memory = study.Spec.Memory?.Bytes ?? SlurmMemory;
        PointRunner runner = new(ProgramCall.Own("lightloom-cli.dll"), folder, Product.Version, new(memory, Limit(plan)));
        int broken = 0;
        foreach ((int point, string hash) in job.PointsOf(task))
        {
            PointInputs inputs = plan[point];
            if (inputs.Hash != hash)
            {
                Console.Error.WriteLine(
                    $"lightloom: point {point} was submitted as {hash} and is {inputs.Hash} here: this is another version of the program, "
                        + "or a file that an option names has changed; submit the study again"
                );
                return ExitCode.BadInput;
            }

            // A task that a node lost is run again from its start; what it had finished stands.
            if (folder.Result(hash) is not null)
            {
                continue;
            }

            PointResult result = runner.Run(inputs, cancellation);
            Console.Out.WriteLine($"point {point} {hash} {result.Status.ToWord()} {result.Diagnostics.FirstOrDefault()}");
            broken += result.Status == PointStatus.Broken ? 1 : 0;
        }

        return broken > 0 ? ExitCode.BadInput : ExitCode.Done;
    }

    private void Forget(ParseResult parsed, StudyPlan plan, StudyFolder folder)
    {
        for (int i = 0; parsed.GetValue(_retry) && i < plan.Count; i++)
        {
            string hash = plan.HashOf(i);
            if (folder.Result(hash) is { Status: PointStatus.Refused })
            {
                StudyFolder.TryDelete(folder.ResultOf(hash));
            }
        }
    }

    private static FileStream? Locked(StudyFolder folder)
    {
        try
        {
            return new(Path.Combine(folder.Root, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.HResult == 11 || e.Message.Contains("being used", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private static TimeSpan? Limit(StudyPlan plan) => plan.File.Spec.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null;

    private static string On(int workers, long memory) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $" on {workers} {(workers == 1 ? "worker" : "workers")} with {memory / (double)(1L << 30):0.#} GiB each"
        );
}
