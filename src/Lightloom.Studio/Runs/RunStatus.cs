namespace Lightloom.Studio.Runs;

/// <summary>How far a run is.</summary>
public enum RunStatus : byte
{
    /// <summary>Waits for its turn.</summary>
    [Word("queued")]
    Queued,

    /// <summary>Is under way.</summary>
    [Word("running")]
    Running,

    /// <summary>Has ended with a result.</summary>
    [Word("done")]
    Done,

    /// <summary>Has ended without one.</summary>
    [Word("failed")]
    Failed,

    /// <summary>Was stopped by a user.</summary>
    [Word("cancelled")]
    Cancelled,

    /// <summary>Was under way when the server was killed, and that more than once.</summary>
    [Word("interrupted")]
    Interrupted,
}
