using System.Text.Json;
using Lightloom.Studio.Runs;

namespace Lightloom.Studio.Api;

/// <summary>Asks for a run.</summary>
/// <param name="Kind"><c>simulate</c>, <c>train</c>, <c>faults</c>, <c>compare</c> or <c>explore</c>.</param>
/// <param name="Title">What the user calls it.</param>
/// <param name="Options">The command's options without their dashes.</param>
/// <param name="With">For <c>compare</c>: further cluster files, as texts or as numbers of versions.</param>
internal sealed record RunRequest(
    string Kind,
    string? Title,
    IReadOnlyDictionary<string, JsonElement>? Options,
    IReadOnlyList<JsonElement>? With
);

/// <summary>A run.</summary>
internal sealed record RunAnswer
{
    public required string Id { get; init; }
    public required string Kind { get; init; }
    public required string Title { get; init; }
    public required IReadOnlyList<string> Arguments { get; init; }
    public required string Status { get; init; }
    public required DateTime Created { get; init; }
    public DateTime? Started { get; init; }
    public DateTime? Ended { get; init; }
    public required double Share { get; init; }
    public required string Text { get; init; }
    public string? Error { get; init; }
    public required int Version { get; init; }
    public required int Attempts { get; init; }
    public JsonElement? Result { get; init; }

    public static RunAnswer Of(RunRecord run, bool withResult = false) =>
        new()
        {
            Id = run.Id,
            Kind = run.Kind,
            Title = run.Title,
            Arguments = run.Arguments.Length == 0 ? [] : run.Arguments.Split('\n'),
            Status = run.Status.ToWord(),
            Created = At(run.Created),
            Started = run.Started is { } started ? At(started) : null,
            Ended = run.Ended is { } ended ? At(ended) : null,
            Share = run.Share,
            Text = run.Text,
            Error = run.Error,
            Version = run.Version,
            Attempts = run.Attempts,
            Result = withResult && run.Result is { } result ? Parsed(result) : null,
        };

    private static DateTime At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;

    private static JsonElement Parsed(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}

/// <summary>Runs, newest first.</summary>
internal sealed record RunsAnswer(IReadOnlyList<RunAnswer> Rows);

/// <summary>Options of a command.</summary>
internal sealed record RunOptionsAnswer(string Kind, IReadOnlyList<RunOption> Options);

/// <summary>An option.</summary>
internal sealed record RunOption(string Name, string? Value, string Description);

/// <summary>Figures of two runs.</summary>
internal sealed record RunsDiffAnswer(RunAnswer A, RunAnswer B, IReadOnlyList<FigureDiff> Figures);

/// <summary>A design of an explore run to take over.</summary>
internal sealed record AdoptRequest(string Run, int N, long? Revision);
