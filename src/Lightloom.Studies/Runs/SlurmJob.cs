using System.Globalization;
using System.Text;
using Lightloom.Diagnostics;
using Lightloom.Studies.Files;
using Lightloom.Studies.Points;
using Lightloom.Studies.Results;

namespace Lightloom.Studies.Runs;

/// <summary>
/// One submission of a study: a folder under <c>jobs/</c> with copies of the study and its cluster files, the list of points, and the
/// script that sbatch is given. What is edited after the submission changes nothing in it.
/// </summary>
public sealed class SlurmJob
{
    private const string StudyName = "study.yaml";

    private readonly string _folder;

    private SlurmJob(string folder) => _folder = folder;

    /// <summary>The folder.</summary>
    public string Folder => _folder;

    /// <summary>The numbers of Slurm's jobs, one an array; none when the submission was refused.</summary>
    public IReadOnlyList<string> Ids => File.Exists(IdsFile) ? [.. File.ReadAllLines(IdsFile).Where(l => l.Length > 0)] : [];

    private string IdsFile => Path.Combine(_folder, "ids.txt");

    private string PointsFile => Path.Combine(_folder, "points.txt");

    /// <summary>The submissions of a study, in order.</summary>
    public static IReadOnlyList<SlurmJob> All(StudyFolder study) =>
        Directory.Exists(study.Jobs)
            ? [.. Directory.EnumerateDirectories(study.Jobs).Order(StringComparer.Ordinal).Select(d => new SlurmJob(d))]
            : [];

    /// <summary>A submission by its folder.</summary>
    public static SlurmJob At(string folder) => new(Path.GetFullPath(folder));

    /// <summary>Writes a submission and hands it to Slurm, as several arrays where one would be too large.</summary>
    /// <param name="plan">The study's points.</param>
    /// <param name="study">Where results go; every node must see it under the same name.</param>
    /// <param name="points">Which points to run.</param>
    /// <param name="program">How the program is started on a node.</param>
    /// <param name="bounds">What a point may take.</param>
    /// <exception cref="SlurmException">Slurm refused it; arrays that were accepted before are cancelled.</exception>
    public static SlurmJob Submit(StudyPlan plan, StudyFolder study, IReadOnlyList<int> points, ProgramCall program, PointBounds bounds)
    {
        int mostTasks = SlurmCommands.MostTasks();
        SlurmSpec asked = plan.File.Spec.Slurm;
        // A controller bears some ten thousand tasks of one user; what is more goes several to a task.
        int each = asked.PointsATask ?? Math.Max(1, (points.Count + 9_999) / 10_000);
        int tasks = (points.Count + each - 1) / each;
        SlurmJob job = new(Path.Combine(study.Jobs, (All(study).Count + 1).ToString("0000", CultureInfo.InvariantCulture)));
        job.Write(plan, study, points, program, bounds, each);
        List<string> ids = [];
        try
        {
            for (int first = 0; first < tasks; first += mostTasks)
            {
                ids.Add(SlurmCommands.Submit(job.Arguments(asked, first, Math.Min(mostTasks, tasks - first))));
                // Written after each: whatever happens next, what was accepted is known.
                StudyFolder.WriteWhole(job.IdsFile, Encoding.ASCII.GetBytes(string.Join('\n', ids) + "\n"));
            }
        }
        catch (SlurmException) when (ids.Count > 0)
        {
            SlurmCommands.Cancel(ids);
            throw;
        }

        return job;
    }

    /// <summary>The points of a task.</summary>
    /// <param name="task">The task's number over all arrays of the submission, from 0.</param>
    public IReadOnlyList<(int Point, string Hash)> PointsOf(int task)
    {
        string[] lines = File.ReadAllLines(PointsFile);
        int each = int.Parse(lines[0], CultureInfo.InvariantCulture);
        return
        [
            .. lines
                .Skip(1 + task * each)
                .Take(each)
                .Select(l => l.Split(' '))
                .Select(f => (int.Parse(f[0], CultureInfo.InvariantCulture), f[1])),
        ];
    }

    /// <summary>The study as it was when it was submitted; null when <paramref name="diagnostics"/> says why it cannot be read.</summary>
    public StudyFile? Study(DiagnosticBag diagnostics)
    {
        string[] lines = File.ReadAllLines(Path.Combine(_folder, "folder.txt"));
        return StudyReader.Read(
            Path.Combine(_folder, StudyName),
            diagnostics,
            lines[0],
            [.. lines.Skip(1).Select(name => new ClusterText(name, File.ReadAllText(Path.Combine(_folder, "clusters", name))))]
        );
    }

    private void Write(StudyPlan plan, StudyFolder study, IReadOnlyList<int> points, ProgramCall program, PointBounds bounds, int each)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "log"));
        void Text(string name, string text) => StudyFolder.WriteWhole(Path.Combine(_folder, name), Encoding.UTF8.GetBytes(text));
        Text(StudyName, plan.File.Text);
        foreach (ClusterText cluster in plan.File.Clusters)
        {
            Text(Path.Combine("clusters", cluster.Name), cluster.Text);
        }

        Text("folder.txt", string.Join('\n', plan.File.Clusters.Select(c => c.Name).Prepend(plan.File.Folder)) + "\n");
        StringBuilder list = new(each.ToString(CultureInfo.InvariantCulture) + "\n");
        foreach (int point in points)
        {
            list.Append(CultureInfo.InvariantCulture, $"{point} {plan.HashOf(point)}\n");
        }

        Text("points.txt", list.ToString());
        string call = string.Join(' ', new[] { program.Executable }.Concat(program.First).Select(Quoted));
        long mebibytes = (bounds.MemoryBytes >> 20) + 512;
        Text(
            "job.sh",
            FormattableString.Invariant(
                $"""
                #!/bin/bash
                #SBATCH --job-name=lightloom-{plan.File.Spec.Name}
                #SBATCH --ntasks=1
                #SBATCH --cpus-per-task=1
                #SBATCH --mem={mebibytes}M
                #SBATCH --requeue
                #SBATCH --open-mode=append
                # Task k of this array takes the points of lines k x points-a-task and on of points.txt; $1 counts the arrays before it.
                exec {call} study {Quoted(Path.Combine(_folder, StudyName))} --output {Quoted(study.Root)} \
                  --job {Quoted(_folder)} --task $((SLURM_ARRAY_TASK_ID + $1))

                """
            )
        );
    }

    private List<string> Arguments(SlurmSpec asked, int first, int count)
    {
        string limit = asked.MostAtOnce is { } most ? FormattableString.Invariant($"%{most}") : "";
        List<string> arguments =
        [
            FormattableString.Invariant($"--array=0-{count - 1}{limit}"),
            "--output=" + Path.Combine(_folder, "log", "%A_%a.txt"),
        ];
        if (asked.Partition is { } partition)
        {
            arguments.Add("--partition=" + partition);
        }

        if (asked.Account is { } account)
        {
            arguments.Add("--account=" + account);
        }

        arguments.AddRange(asked.Options);
        arguments.AddRange([Path.Combine(_folder, "job.sh"), first.ToString(CultureInfo.InvariantCulture)]);
        return arguments;
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
