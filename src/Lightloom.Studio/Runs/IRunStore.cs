namespace Lightloom.Studio.Runs;

/// <summary>Where runs are kept: in SQLite beside the project, or in a PostgreSQL database that a team shares.</summary>
internal interface IRunStore : IAsyncDisposable
{
    /// <summary>Makes the tables where they are missing.</summary>
    Task PrepareAsync(CancellationToken cancel);

    /// <summary>Adds a run, or replaces what is known of it.</summary>
    Task SaveAsync(RunRecord run, CancellationToken cancel);

    /// <summary>A run with its result, or null.</summary>
    Task<RunRecord?> FindAsync(string project, string id, CancellationToken cancel);

    /// <summary>Runs of a project without their results, newest first.</summary>
    Task<IReadOnlyList<RunRecord>> ListAsync(string project, int most, CancellationToken cancel);

    /// <summary>Forgets a run and what it said.</summary>
    Task DeleteAsync(string project, string id, CancellationToken cancel);

    /// <summary>Adds to what a run said.</summary>
    Task AppendAsync(string run, RunEvent said, CancellationToken cancel);

    /// <summary>What a run said after a number, in order.</summary>
    Task<IReadOnlyList<RunEvent>> EventsAsync(string run, long after, CancellationToken cancel);
}
