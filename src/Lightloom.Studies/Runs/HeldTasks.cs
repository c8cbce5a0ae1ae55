namespace Lightloom.Studies.Runs;

/// <summary>
/// Lets tasks run again that Slurm holds because a node failed as they were to start: a lost node must not stop a study. A task that fails
/// to start again and again stays held, for somebody to look at.
/// </summary>
/// <param name="release">Releases tasks.</param>
public sealed class HeldTasks(Action<IReadOnlyCollection<string>> release)
{
    /// <summary>How often a task is released.</summary>
    public const int MostReleases = 3;

    private readonly Dictionary<string, int> _released = [];

    /// <summary>Releases what may be released; how many tasks that were.</summary>
    /// <param name="queue">What waits now.</param>
    public int Release(SlurmQueue queue)
    {
        string[] tasks = [.. queue.FailedToStart.Where(t => _released.GetValueOrDefault(t) < MostReleases)];
        if (tasks.Length > 0)
        {
            release(tasks);
        }

        foreach (string task in tasks)
        {
            _released[task] = _released.GetValueOrDefault(task) + 1;
        }

        return tasks.Length;
    }
}
