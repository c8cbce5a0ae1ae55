using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lightloom.Studio.Projects;
using Lightloom.Studio.Runs;
using Lightloom.Studio.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lightloom.Studio.Api;

/// <summary>Simulations, training steps, fault studies, comparisons and explorations, which run in the background.</summary>
internal static partial class RunsApi
{
    private const int MostFigures = 4000;
    private static readonly ConcurrentDictionary<string, RunOptionsAnswer> Known = [];

    public static void Map(IEndpointRouteBuilder app, Project project, RunQueue runs, CancellationToken closing)
    {
        app.MapGet("/api/runs/options/{kind}", (string kind, CancellationToken cancel) => OptionsOf(project, runs, kind, cancel))
            .WithSummary("Options of a command");
        app.MapPost(
                "/api/runs",
                async (RunRequest body, CancellationToken cancel) =>
                {
                    RunAnswer run = await Add(project, runs, body, cancel);
                    return Results.Json(run, StudioJson.Default.RunAnswer, statusCode: 201);
                }
            )
            .WithSummary("Begins a run")
            .Produces<RunAnswer>(201);
        app.MapGet(
                "/api/runs",
                async (CancellationToken cancel) => new RunsAnswer([.. (await runs.ListAsync(cancel)).Select(r => RunAnswer.Of(r))])
            )
            .WithSummary("Runs, newest first");
        app.MapGet("/api/runs/compare", (string a, string b, CancellationToken cancel) => Compare(runs, a, b, cancel))
            .WithSummary("Every figure of two runs");
        app.MapGet(
                "/api/runs/{id}",
                async (string id, CancellationToken cancel) => RunAnswer.Of(await Find(runs, id, cancel), withResult: true)
            )
            .WithSummary("A run with its result");
        app.MapGet("/api/runs/{id}/events", (HttpContext context, string id) => Events(context, runs, id, closing))
            .WithSummary("Server-sent events: what a run has said and says, until it ends");
        app.MapGet("/api/runs/{id}/files", async (string id, CancellationToken cancel) => FilesOf(runs, await Find(runs, id, cancel)))
            .WithSummary("Files that a run wrote");
        app.MapGet(
                "/api/runs/{id}/files/{name}",
                async (HttpContext context, string id, string name, CancellationToken cancel) =>
                    await FileOf(context, runs, await Find(runs, id, cancel), name)
            )
            .WithSummary("A file that a run wrote");
        app.MapGet(
                "/api/runs/{id}/heat",
                async (string id, CancellationToken cancel) => HeatOf(project, runs, await Find(runs, id, cancel), cancel)
            )
            .WithSummary("How busy a simulation's links were, by edges of the fabric and by racks");
        app.MapDelete(
                "/api/runs/{id}",
                async (string id, CancellationToken cancel) =>
                    await runs.DeleteAsync(id, cancel) ? Results.NoContent() : throw ApiException.NotFound("there is no such run")
            )
            .WithSummary("Stops a run, or forgets one that has ended");
        app.MapPost(
                "/api/explore/adopt",
                async (AdoptRequest body, double? wait_s, HttpRequest request, CancellationToken cancel) =>
                {
                    string text = await Adopted(runs, await Find(runs, body.Run, cancel), body.N, cancel);
                    return await ProjectApi.Change(
                        project,
                        ProjectApi.Revision(request, body.Revision),
                        _ => text,
                        string.Create(CultureInfo.InvariantCulture, $"design {body.N} of {body.Run}"),
                        wait_s,
                        cancel
                    );
                }
            )
            .WithSummary("Makes a design of an explore run the spec");
    }

    private static async Task<RunRecord> Find(RunQueue runs, string id, CancellationToken cancel) =>
        Id().IsMatch(id) && await runs.FindAsync(id, cancel) is { } run ? run : throw ApiException.NotFound("there is no such run");

    private static string KindOf(string? kind) =>
        RunCommand.Kinds.Contains(kind) ? kind! : throw ApiException.Wrong($"kind is one of {string.Join(", ", RunCommand.Kinds)}");

    private static async Task<RunAnswer> Add(Project project, RunQueue runs, RunRequest body, CancellationToken cancel)
    {
        string kind = KindOf(body.Kind);
        if (body.With is { Count: > 0 } && kind != "compare")
        {
            throw ApiException.Wrong("with is for compare: the others run on one cluster file");
        }

        if (body.With is { Count: > 16 } || body.Options is { Count: > 60 })
        {
            throw ApiException.Wrong("at most 16 further cluster files and 60 options; leave some out");
        }

        string[] further = [.. (body.With ?? []).Select(w => TextOf(project, w))];
        try
        {
            return RunAnswer.Of(
                await runs.AddAsync(kind, body.Title, body.Options ?? new Dictionary<string, JsonElement>(), further, cancel)
            );
        }
        catch (FormatException e)
        {
            throw ApiException.Wrong(e.Message);
        }
    }

    private static string TextOf(Project project, JsonElement with) =>
        with.ValueKind switch
        {
            JsonValueKind.String => with.GetString()!,
            JsonValueKind.Number when with.TryGetInt32(out int version) && project.Versions.TextOf(version) is { } text => text,
            _ => throw ApiException.Wrong("with holds texts of cluster files, or numbers of versions"),
        };

    private static async Task Events(HttpContext context, RunQueue runs, string id, CancellationToken closing)
    {
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, closing);
        try
        {
            await EventsUntil(context, runs, id, ends.Token);
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // The page connects again when there is a server again.
        }
    }

    private static async Task EventsUntil(HttpContext context, RunQueue runs, string id, CancellationToken cancel)
    {
        await Find(runs, id, cancel);
        long after =
            context.Request.Headers["Last-Event-ID"] is [{ } last]
            && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out long seq)
                ? seq
                : 0;
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.FlushAsync(cancel);
        await foreach (RunEvent said in runs.Follow(id, after, cancel))
        {
            await context.Response.WriteAsync(
                string.Create(CultureInfo.InvariantCulture, $"id: {said.Seq}\nevent: {said.Kind}\ndata: {said.Data}\n\n"),
                cancel
            );
            await context.Response.Body.FlushAsync(cancel);
        }

        if (await runs.FindAsync(id, cancel) is { } run)
        {
            string json = JsonSerializer.Serialize(RunAnswer.Of(run), StudioJson.Default.RunAnswer);
            await context.Response.WriteAsync($"event: done\ndata: {json}\n\n", cancel);
        }
    }

    private static FilesAnswer FilesOf(RunQueue runs, RunRecord run)
    {
        string folder = runs.OutputOf(run.Id);
        return new(
            Directory.Exists(folder)
                ?
                [
                    .. new DirectoryInfo(folder)
                        .EnumerateFiles()
                        .Where(f => f.LinkTarget is null)
                        .OrderBy(f => f.Name, StringComparer.Ordinal)
                        .Select(f => new FileAnswer(f.Name, f.Extension.TrimStart('.'), f.Length)),
                ]
                : []
        );
    }

    private static RunHeat HeatOf(Project project, RunQueue runs, RunRecord run, CancellationToken cancel)
    {
        const string Totals = "link-totals.csv";
        if (!FilesOf(runs, run).Rows.Any(f => f.Name == Totals))
        {
            throw ApiException.NotFound("the run has no table of its links; a simulation that is done has one");
        }

        using StreamReader totals = new(Path.Combine(runs.OutputOf(run.Id), Totals));
        return RunHeat.Of(DesignApi.ViewOf(project), totals, cancel);
    }

    private static async Task FileOf(HttpContext context, RunQueue runs, RunRecord run, string name)
    {
        // Only what the list has: no path, however it is written, is ever put together from a name.
        if (!FilesOf(runs, run).Rows.Any(f => f.Name == name))
        {
            throw ApiException.NotFound($"the run has no file '{Yaml.Excerpt.Of(name)}'");
        }

        DesignApi.Announce(context, name);
        await context.Response.SendFileAsync(Path.Combine(runs.OutputOf(run.Id), name), context.RequestAborted);
    }

    private static async Task<RunsDiffAnswer> Compare(RunQueue runs, string a, string b, CancellationToken cancel)
    {
        RunRecord x = await Find(runs, a, cancel);
        RunRecord y = await Find(runs, b, cancel);
        Dictionary<string, double> first = Numbers(x.Result);
        Dictionary<string, double> second = Numbers(y.Result);
        return new(
            RunAnswer.Of(x),
            RunAnswer.Of(y),
            [
                .. first
                    .Keys.Union(second.Keys)
                    .Select(k => new FigureDiff(
                        k,
                        first.TryGetValue(k, out double p) ? p : null,
                        second.TryGetValue(k, out double q) ? q : null
                    )),
            ]
        );
    }

    // Every number of a document by its path; what stands in long lists is data, not figures.
    private static Dictionary<string, double> Numbers(string? json)
    {
        Dictionary<string, double> numbers = [];
        if (json is not null)
        {
            using JsonDocument document = JsonDocument.Parse(json);
            Gather(document.RootElement, "", numbers);
        }

        return numbers;
    }

    private static void Gather(JsonElement at, string path, Dictionary<string, double> numbers)
    {
        if (numbers.Count >= MostFigures)
        {
            return;
        }

        switch (at.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty p in at.EnumerateObject())
                {
                    Gather(p.Value, path.Length == 0 ? p.Name : path + "." + p.Name, numbers);
                }

                break;
            case JsonValueKind.Array when at.GetArrayLength() <= 40:
                int i = 0;
                foreach (JsonElement item in at.EnumerateArray())
                {
                    Gather(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{NameOf(item) ?? (object)i}]"), numbers);
                    i++;
                }

                break;
            case JsonValueKind.Number:
                numbers.TryAdd(path, at.GetDouble());
                break;
        }
    }

    // Items go by their names where they have any, so that two runs' rows meet whatever their order.
    private static string? NameOf(JsonElement item)
    {
        foreach (string key in new[] { "name", "id", "label", "scenario", "class", "fault", "part", "key" })
        {
            if (
                item.ValueKind == JsonValueKind.Object
                && item.TryGetProperty(key, out JsonElement name)
                && name.ValueKind == JsonValueKind.String
            )
            {
                return name.GetString();
            }
        }

        return null;
    }

    private static async Task<string> Adopted(RunQueue runs, RunRecord run, int n, CancellationToken cancel)
    {
        if (run.Kind != "explore" || run.Status != RunStatus.Done)
        {
            throw new ApiException(422, "only a design of an explore run that is done can be adopted");
        }

        RunOutput output = await runs.RunNowAsync(
            ["explore", "cluster.yaml", "--adopt", n.ToString(CultureInfo.InvariantCulture)],
            runs.FolderOf(run.Id),
            cancel
        );
        return output.ExitCode == 0 ? output.Output : throw new ApiException(422, output.Errors.Trim());
    }

    private static async Task<RunOptionsAnswer> OptionsOf(Project project, RunQueue runs, string kind, CancellationToken cancel)
    {
        kind = KindOf(kind);
        if (!Known.TryGetValue(kind, out RunOptionsAnswer? known))
        {
            RunOutput help = await runs.RunNowAsync([kind, "--help"], project.Folder.Kept, cancel);
            List<RunOption> options = [];
            foreach (Match m in HelpLine().Matches(help.Output))
            {
                string name = m.Groups["name"].Value;
                if (RunCommand.Allows(name))
                {
                    options.Add(
                        new(name, m.Groups["value"] is { Success: true } value ? value.Value : null, m.Groups["what"].Value.Trim())
                    );
                }
            }

            Known[kind] = known = new(kind, options);
        }

        return known;
    }

    [GeneratedRegex(@"^  (?:-\w, )?--(?<name>[a-z-]+)(?: <(?<value>[^>]+)>)?\s{2,}(?<what>.+)$", RegexOptions.Multiline)]
    private static partial Regex HelpLine();

    [GeneratedRegex("^[0-9a-f-]{8,40}$")]
    private static partial Regex Id();
}
