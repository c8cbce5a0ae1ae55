namespace Lightloom.Studio.Runs;

/// <summary>A run as it is kept. Immutable.</summary>
internal sealed record RunRecord
{
    /// <summary>Names it in the project.</summary>
    public required string Id { get; init; }

    /// <summary>The project that it belongs to.</summary>
    public required string Project { get; init; }

    /// <summary>The command: <c>simulate</c>, <c>train</c>, <c>faults</c>, <c>compare</c>, <c>explore</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What the user calls it.</summary>
    public required string Title { get; init; }

    /// <summary>The arguments of the command behind its files, one a line.</summary>
    public required string Arguments { get; init; }

    /// <summary>How far it is.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>When it was asked for, milliseconds since 1970.</summary>
    public required long Created { get; init; }

    /// <summary>When it began.</summary>
    public long? Started { get; init; }

    /// <summary>When it ended.</summary>
    public long? Ended { get; init; }

    /// <summary>How much of it is done, 0 to 1.</summary>
    public double Share { get; init; }

    /// <summary>What it does just now, or what there is to note about it.</summary>
    public string Text { get; init; } = "";

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>The version of the spec that it runs on.</summary>
    public required int Version { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; init; }

    /// <summary>The command's JSON document.</summary>
    public string? Result { get; init; }
}

/// <summary>Something that a run said.</summary>
/// <param name="Seq">Number in the run, from 1.</param>
/// <param name="Kind"><c>progress</c> or <c>note</c>.</param>
/// <param name="Data">A JSON object.</param>
internal readonly record struct RunEvent(long Seq, string Kind, string Data);
