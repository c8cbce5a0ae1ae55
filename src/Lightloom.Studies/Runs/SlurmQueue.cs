namespace Lightloom.Studies.Runs;

/// <summary>Tasks of a study's jobs that wait or run. Immutable.</summary>
public sealed class SlurmQueue
{
    /// <summary>Nothing waits or runs.</summary>
    public static SlurmQueue Empty { get; } = new([]);

    private readonly List<string> _failedToStart = [];
    private readonly SortedDictionary<string, int> _states = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _reasons = new(StringComparer.Ordinal);

    /// <summary>Reads lines of squeue: the task, its state and why it waits, with bars between.</summary>
    /// <param name="lines">One task a line.</param>
    public SlurmQueue(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            if (line.Split('|', 3, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } task, var state, var reason])
            {
                continue;
            }

            // "launch failed requeued held", "job requeued in held state": Slurm's own after a node failed.
            // JobHeldUser, JobHeldAdmin: people's.
            bool held = state == "PENDING" && reason.Contains("held", StringComparison.OrdinalIgnoreCase);
            string said = held ? "held" : state.ToLowerInvariant();
            _states[said] = _states.GetValueOrDefault(said) + 1;
            if (held)
            {
                _reasons.Add(reason);
            }

            if (held && reason.Contains("requeued", StringComparison.OrdinalIgnoreCase))
            {
                _failedToStart.Add(task);
            }
        }
    }

    /// <summary>Tasks.</summary>
    public int Count => _states.Values.Sum();

    /// <summary>Tasks that Slurm keeps from running because their node failed as they were to start.</summary>
    public IReadOnlyList<string> FailedToStart => _failedToStart;

    /// <summary>Whether there are tasks, all of them held: without somebody's help none will run.</summary>
    public bool OnlyHeld => Count > 0 && _states.Keys.All(s => s == "held");

    /// <summary>Why tasks are held, in Slurm's words.</summary>
    public string HeldBecause => string.Join(", ", _reasons);

    /// <summary>So many of each state, in words.</summary>
    public override string ToString() => string.Join(", ", _states.OrderByDescending(s => s.Value).Select(s => $"{s.Value} {s.Key}"));
}
