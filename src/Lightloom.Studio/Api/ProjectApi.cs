using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Report;
using Lightloom.Spec;
using Lightloom.Studio.Projects;
using Lightloom.Studio.Storage;
using Lightloom.Studio.Views;
using Lightloom.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lightloom.Studio.Api;

/// <summary>The project, its spec and its versions.</summary>
internal static class ProjectApi
{
    private static readonly Lazy<string> Schema = new(SpecSchema.Generate);

    public static void Map(IEndpointRouteBuilder app, Project project, StudioEvents events, CancellationToken closing)
    {
        app.MapGet("/api/project", (CancellationToken cancel) => ProjectOf(project, cancel)).WithSummary("The project at a glance");
        app.MapGet("/api/state", () => StateAnswer.Of(project, project.State)).WithSummary("How far the design is, and its figures");
        app.MapGet("/api/templates", Templates).WithSummary("The starter files");
        app.MapGet("/api/catalog", () => CatalogAnswer.Of(Catalogue.Default)).WithSummary("Ids that a cluster file may name");
        app.MapGet("/api/templates/{name}", (string name) => TemplateOf(name, withText: true)).WithSummary("A starter file with its text");
        app.MapPost(
                "/api/project/new",
                (NewProject body, double? wait_s, HttpRequest request, CancellationToken cancel) =>
                    Change(
                        project,
                        Revision(request, body.Revision),
                        _ => TemplateOf(body.Template, withText: true).Text!,
                        "template " + body.Template,
                        wait_s,
                        cancel
                    )
            )
            .WithSummary("Makes a starter file the spec");
        MapSpec(app, project);
        MapHistory(app, project);
        app.MapGet("/api/events", (HttpContext context) => EventStream(context, project, events, closing))
            .WithSummary("Server-sent events: what changed");
    }

    /// <summary>Changes the text, waits for its design for a while, and answers how far it is.</summary>
    public static async Task<StateAnswer> Change(
        Project project,
        long? revision,
        Func<string, string> change,
        string reason,
        double? seconds,
        CancellationToken cancel
    )
    {
        await project.ChangeAsync(revision ?? throw NoRevision(), change, reason, cancel);
        return Changed(project, await project.WaitAsync(WaitOf(seconds), cancel));
    }

    // With the text, so that who changed a key of it need not ask for it.
    private static StateAnswer Changed(Project project, ProjectState state) => StateAnswer.Of(project, state) with { Text = state.Text };

    /// <summary>The revision that a request starts from: of its body, else of <c>If-Match</c>.</summary>
    public static long? Revision(HttpRequest request, long? body) =>
        body
        ?? (
            request.Headers.IfMatch is [{ } match]
            && long.TryParse(match.Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out long revision)
                ? revision
                : null
        );

    public static TimeSpan WaitOf(double? seconds) =>
        TimeSpan.FromSeconds(Math.Clamp(seconds is { } s && double.IsFinite(s) ? s : 10, 0, 600));

    private static void MapSpec(IEndpointRouteBuilder app, Project project)
    {
        app.MapGet(
                "/api/project/spec",
                async (HttpContext context, CancellationToken cancel) =>
                {
                    ProjectState state = await project.RefreshAsync(cancel);
                    context.Response.Headers.ETag = FormattableString.Invariant($"\"{state.Record.Revision}\"");
                    return new SpecAnswer(
                        state.Text,
                        state.Record.Revision,
                        state.Record.Current,
                        project.CanUndo(state),
                        state.Record.Redo.Count > 0
                    );
                }
            )
            .WithSummary("The text of the cluster file");
        app.MapPut(
                "/api/project/spec",
                (SpecSave body, string? reason, double? wait_s, HttpRequest request, CancellationToken cancel) =>
                    Change(project, Revision(request, body.Revision), _ => Bounded(body.Text), ReasonOf(reason, "edit"), wait_s, cancel)
            )
            .WithSummary("Saves a text and designs it");
        app.MapPatch(
                "/api/project/spec",
                (SpecPatch body, string? reason, double? wait_s, HttpRequest request, CancellationToken cancel) =>
                    Change(
                        project,
                        Revision(request, body.Revision),
                        text => Patched(text, body),
                        ReasonOf(reason, "set " + body.Path),
                        wait_s,
                        cancel
                    )
            )
            .WithSummary("Sets or removes one key and keeps all else as it is written");
        app.MapPost("/api/check", (CheckRequest body, CancellationToken cancel) => Check(project, body, cancel))
            .WithSummary("What there is to say about a text, without saving it");
        app.MapGet("/api/spec/schema", () => Results.Text(Schema.Value, "application/schema+json"))
            .WithSummary("JSON Schema of the cluster file");
        foreach (bool redo in new[] { false, true })
        {
            app.MapPost(
                    redo ? "/api/redo" : "/api/undo",
                    async (AtRevision body, double? wait_s, HttpRequest request, CancellationToken cancel) =>
                    {
                        await project.UndoAsync(Revision(request, body.Revision) ?? throw NoRevision(), redo, cancel);
                        return Changed(project, await project.WaitAsync(WaitOf(wait_s), cancel));
                    }
                )
                .WithSummary(redo ? "Takes back an undo" : "Goes back to the version before");
        }
    }

    private static void MapHistory(IEndpointRouteBuilder app, Project project)
    {
        app.MapGet(
                "/api/history",
                () => new HistoryAnswer([.. project.Versions.All.Select(v => VersionAnswer.Of(v, project.State.Record.Current))])
            )
            .WithSummary("Saved versions, newest first");
        app.MapGet(
                "/api/history/{n:int}",
                (int n) =>
                {
                    VersionRecord version = VersionOf(project, n);
                    return VersionAnswer.Of(version, project.State.Record.Current) with
                    {
                        Text = project.Versions.TextOf(n),
                        Bill = version.Bill ?? [],
                    };
                }
            )
            .WithSummary("A version with its text and bill");
        app.MapPost(
                "/api/history/{n:int}/restore",
                (int n, AtRevision body, double? wait_s, HttpRequest request, CancellationToken cancel) =>
                    Change(
                        project,
                        Revision(request, body.Revision),
                        _ => project.Versions.TextOf(VersionOf(project, n).N) ?? "",
                        FormattableString.Invariant($"version {n} again"),
                        wait_s,
                        cancel
                    )
            )
            .WithSummary("Makes a version the spec again");
        app.MapGet("/api/history/diff", (int a, int b) => DiffOf(project, a, b)).WithSummary("What differs between two versions");
    }

    private static async Task<ProjectAnswer> ProjectOf(Project project, CancellationToken cancel)
    {
        ProjectState state = await project.RefreshAsync(cancel);
        return new(
            state.Outcome.Spec?.Name is { Length: > 0 } name ? name : project.Folder.Name,
            project.Folder.SpecName,
            project.Folder.Root,
            DesignJson.Version,
            state.Text.Trim().Length == 0,
            StateAnswer.Of(project, state)
        );
    }

    private static TemplatesAnswer Templates() => new([.. SpecTemplates.Names.Select(n => TemplateOf(n, withText: false))]);

    private static TemplateAnswer TemplateOf(string name, bool withText) =>
        SpecTemplates.Find(name) is { } template
            ? new(template.Name, template.Summary, withText ? template.Text : null)
            : throw ApiException.NotFound(
                $"there is no template '{Yaml.Excerpt.Of(name)}'; templates are {string.Join(", ", SpecTemplates.Names)}"
            );

    private static string Bounded(string? text) =>
        text is null ? throw ApiException.Wrong("text is missing")
        : text.Length > ProjectFolder.MostBytes ? throw new ApiException(413, "the text is larger than 16 MiB, which no cluster file is")
        : text;

    private static string ReasonOf(string? given, string otherwise) =>
        PlainText.Line(given is { Length: > 0 and <= 200 } ? given : otherwise);

    private static string Patched(string text, SpecPatch patch)
    {
        string? value = patch.Value is { ValueKind: not JsonValueKind.Null } json ? YamlOf(json) : null;
        string changed = SpecPath.Set(text, patch.Path ?? "", value, out string problem) ?? throw ApiException.Wrong(problem);
        foreach (string other in (patch.Without ?? []).Take(20))
        {
            changed = SpecPath.Set(changed, other, null, out problem) ?? throw ApiException.Wrong(problem);
        }

        return changed;
    }

    /// <summary>A JSON value as YAML writes it in one line.</summary>
    public static string YamlOf(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => "{"
                + string.Join(", ", json.EnumerateObject().Select(p => $"{Scalar(p.Name)}: {YamlOf(p.Value)}"))
                + "}",
            JsonValueKind.Array => "[" + string.Join(", ", json.EnumerateArray().Select(YamlOf)) + "]",
            JsonValueKind.String => Scalar(json.GetString()!),
            _ => json.GetRawText(),
        };

    // A word stays a word; whatever could be read as something else is quoted.
    private static string Scalar(string text) =>
        text.Length is > 0 and <= 200
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or '+')
        && text is not ("null" or "Null" or "NULL")
            ? text
            : "\"" + JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";

    private static CheckAnswer Check(Project project, CheckRequest body, CancellationToken cancel)
    {
        long started = Stopwatch.GetTimestamp();
        DiagnosticBag diagnostics = new();
        IReadOnlyList<Alternative> sizes = [];
        ClusterSpec? spec = SpecReader.Read(Bounded(body.Text), project.Folder.SpecName, Catalogue.Default, diagnostics);
        long? xpus = spec is null ? null : Designer.CountXpus(spec);
        long? estimate = spec is null ? null : MemoryEstimate.Of(spec);
        if (estimate is { } bytes && MemoryEstimate.Refusal(bytes, project.MemoryLimit) is { } refusal)
        {
            diagnostics.Add(refusal);
        }
        else if (spec is not null && body.Sizes != false)
        {
            cancel.ThrowIfCancellationRequested();
            DiagnosticBag asWritten = new();
            sizes = Designer.Size(spec, everything: false, asWritten);
            diagnostics.AddRange(asWritten);
            if (!sizes.Any(s => s.Feasible))
            {
                // What would do, since what is written does not.
                sizes = [.. sizes, .. Designer.Size(spec, everything: true, new DiagnosticBag()).Where(s => s.Feasible)];
            }
        }

        return new(
            DiagnosticAnswer.Of(diagnostics),
            xpus,
            estimate,
            [.. sizes.OrderByDescending(s => s.Feasible).Take(60).Select(SizingAnswer.Of)],
            Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1)
        );
    }

    private static VersionRecord VersionOf(Project project, int n) =>
        project.Versions.Find(n) ?? throw ApiException.NotFound($"there is no version {n}");

    private static DiffAnswer DiffOf(Project project, int a, int b)
    {
        VersionRecord x = VersionOf(project, a);
        VersionRecord y = VersionOf(project, b);
        Dictionary<string, double> first = Numbers(x.Figures);
        Dictionary<string, double> second = Numbers(y.Figures);
        Dictionary<(string, string), VersionBillLine> lines = (x.Bill ?? []).ToDictionary(l => (l.Category, l.Id));
        Dictionary<(string, string), VersionBillLine> others = (y.Bill ?? []).ToDictionary(l => (l.Category, l.Id));
        return new(
            a,
            b,
            [
                .. first
                    .Keys.Union(second.Keys)
                    .Select(k => new FigureDiff(
                        k,
                        first.TryGetValue(k, out double p) ? p : null,
                        second.TryGetValue(k, out double q) ? q : null
                    )),
            ],
            [
                .. lines
                    .Keys.Union(others.Keys)
                    .Select(k => (A: lines.GetValueOrDefault(k), B: others.GetValueOrDefault(k)))
                    .Where(l => l.A != l.B)
                    .Select(l => new BillDiff(
                        (l.A ?? l.B)!.Id,
                        (l.A ?? l.B)!.Name,
                        (l.A ?? l.B)!.Category,
                        l.A?.Quantity ?? 0,
                        l.B?.Quantity ?? 0,
                        l.A?.TotalUsd,
                        l.B?.TotalUsd
                    )),
            ],
            TextDiff.Of(project.Versions.TextOf(a) ?? "", project.Versions.TextOf(b) ?? "")
        );
    }

    private static Dictionary<string, double> Numbers(DesignFigures? figures)
    {
        Dictionary<string, double> numbers = [];
        if (figures is not null)
        {
            JsonElement json = JsonSerializer.SerializeToElement(figures, StudioJson.Default.DesignFigures);
            foreach (JsonProperty p in json.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Number))
            {
                numbers[p.Name] = p.Value.GetDouble();
            }
        }

        return numbers;
    }

    // Ends with the server too: a stream that stays open would hold it up.
    private static async Task EventStream(HttpContext context, Project project, StudioEvents events, CancellationToken closing)
    {
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, closing);
        context.Response.ContentType = "text/event-stream";
        ChangeEvent? told = null;
        try
        {
            await foreach (StudioEvent one in events.Listen(ends.Token))
            {
                ChangeEvent change = one.Subject.Length > 0 ? new() { Id = one.Subject } : ChangeEvent.Of(project.State);
                // Several changes that wait to be told are one piece of news.
                if (one.Subject.Length == 0 && change == told)
                {
                    continue;
                }

                told = one.Subject.Length > 0 ? told : change;
                string data = JsonSerializer.Serialize(change, StudioJson.Default.ChangeEvent);
                await context.Response.WriteAsync($"event: {one.Kind}\ndata: {data}\n\n", ends.Token);
                await context.Response.Body.FlushAsync(ends.Token);
            }
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // The page connects again when there is a server again.
        }
    }

    private static ApiException NoRevision() =>
        new(400, "revision is missing: say which revision the change starts from, in the body or as If-Match");
}
