using Lightloom.Studio.Projects;
using Lightloom.Studio.Views;

namespace Lightloom.Studio.Api;

/// <summary>The project at a glance.</summary>
internal sealed record ProjectAnswer(string Name, string File, string Folder, string Version, bool IsEmpty, StateAnswer State);

/// <summary>How far the design of the current text is, and what it comes to.</summary>
internal sealed record StateAnswer
{
    public required long Revision { get; init; }
    public required int Version { get; init; }
    public required string Phase { get; init; }
    public required string Stage { get; init; }
    public required double Share { get; init; }
    public required double Ms { get; init; }
    public long? Xpus { get; init; }
    public long? EstimateBytes { get; init; }
    public DesignFigures? Figures { get; init; }
    public required IReadOnlyList<DiagnosticAnswer> Diagnostics { get; init; }
    public required bool CanUndo { get; init; }
    public required bool CanRedo { get; init; }
    public MovedAnswer? Moved { get; init; }

    /// <summary>Of an answer to a change, the text as it is now.</summary>
    public string? Text { get; init; }

    public static StateAnswer Of(Project project, ProjectState state) =>
        new()
        {
            Revision = state.Record.Revision,
            Version = state.Record.Current,
            Phase = state.Outcome.Phase.ToWord(),
            Stage = state.Outcome.Stage,
            Share = state.Outcome.Share,
            Ms = state.Outcome.Milliseconds,
            Xpus = state.Outcome.Xpus,
            EstimateBytes = state.Outcome.EstimateBytes,
            Figures = state.Outcome.View?.Figures,
            Diagnostics = DiagnosticAnswer.Of(state.Outcome.Diagnostics),
            CanUndo = project.CanUndo(state),
            CanRedo = state.Record.Redo.Count > 0,
        };
}

/// <summary>What moving a rack changed.</summary>
/// <param name="Rack">Where it stands now.</param>
/// <param name="Cables">How many cables are of another length.</param>
/// <param name="Shorter">Of these, how many are shorter.</param>
/// <param name="Longer">And longer.</param>
/// <param name="Metres">What all cables together are longer.</param>
/// <param name="Usd">What all costs more.</param>
/// <param name="LongestM">The longest cable before, and now.</param>
/// <param name="Products">Lines of the bill of which there are more or fewer.</param>
internal sealed record MovedAnswer(
    string Rack,
    long Cables,
    long Shorter,
    long Longer,
    double Metres,
    double Usd,
    IReadOnlyList<double> LongestM,
    IReadOnlyList<BillDiff> Products
);

/// <summary>The starter files.</summary>
internal sealed record TemplatesAnswer(IReadOnlyList<TemplateAnswer> Templates);

/// <summary>A starter file.</summary>
internal sealed record TemplateAnswer(string Name, string Summary, string? Text);

/// <summary>Asks for a project from a starter file.</summary>
internal sealed record NewProject(string Template, long? Revision);

/// <summary>The text of the cluster file.</summary>
internal sealed record SpecAnswer(string Text, long Revision, int Version, bool CanUndo, bool CanRedo);

/// <summary>A text to save.</summary>
internal sealed record SpecSave(string Text, long? Revision);

/// <summary>A key to set; a value of null removes it.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Value">What it becomes.</param>
/// <param name="Without">Keys that go in the same step, as only one of them and this may be given.</param>
/// <param name="Revision">The revision that the change starts from.</param>
internal sealed record SpecPatch(
    string Path,
    System.Text.Json.JsonElement? Value,
    IReadOnlyList<string>? Without = null,
    long? Revision = null
);

/// <summary>The revision that a change starts from.</summary>
internal sealed record AtRevision(long? Revision);

/// <summary>A text to look at without saving it.</summary>
internal sealed record CheckRequest(string Text, bool? Sizes);

/// <summary>What there is to say about a text.</summary>
internal sealed record CheckAnswer(
    IReadOnlyList<DiagnosticAnswer> Diagnostics,
    long? Xpus,
    long? EstimateBytes,
    IReadOnlyList<SizingAnswer> Feasibility,
    double Ms
);

/// <summary>All versions, newest first.</summary>
internal sealed record HistoryAnswer(IReadOnlyList<VersionAnswer> Versions);

/// <summary>One version.</summary>
internal sealed record VersionAnswer
{
    public required int N { get; init; }
    public required DateTime At { get; init; }
    public required string Reason { get; init; }
    public int? Parent { get; init; }
    public required bool Current { get; init; }
    public DesignFigures? Figures { get; init; }
    public string? Text { get; init; }
    public IReadOnlyList<VersionBillLine>? Bill { get; init; }

    public static VersionAnswer Of(VersionRecord v, int current) =>
        new()
        {
            N = v.N,
            At = v.At,
            Reason = v.Reason,
            Parent = v.Parent,
            Current = v.N == current,
            Figures = v.Figures,
        };
}

/// <summary>What differs between two versions, or two runs.</summary>
internal sealed record DiffAnswer(
    int A,
    int B,
    IReadOnlyList<FigureDiff> Figures,
    IReadOnlyList<BillDiff> Bill,
    IReadOnlyList<TextDiffLine> Lines
);

/// <summary>A figure of both.</summary>
internal sealed record FigureDiff(string Name, double? A, double? B);

/// <summary>A line of the bill that differs.</summary>
internal sealed record BillDiff(string Id, string Name, string Category, long A, long B, double? AUsd, double? BUsd);

/// <summary>A line of the text: in both (a blank), in the first (-) or the second (+) only.</summary>
internal sealed record TextDiffLine(string Op, int? A, int? B, string Text);

/// <summary>Something changed.</summary>
internal sealed record ChangeEvent
{
    /// <summary>Of a run, its id.</summary>
    public string? Id { get; init; }

    /// <summary>Of the spec and its design, which save it is of, and how far it is.</summary>
    public long? Revision { get; init; }
    public string? Phase { get; init; }
    public string? Stage { get; init; }
    public double? Share { get; init; }

    public static ChangeEvent Of(ProjectState state) =>
        new()
        {
            Revision = state.Record.Revision,
            Phase = state.Outcome.Phase.ToWord(),
            Stage = state.Outcome.Stage,
            Share = state.Outcome.Share,
        };
}
