using System.IO.Compression;
using Lightloom.Design;
using Lightloom.Report;
using Lightloom.Report.Files;
using Lightloom.Studio.Projects;
using Lightloom.Studio.Storage;
using Lightloom.Studio.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Lightloom.Studio.Api;

/// <summary>The design as a whole: networks, bill, diagnostics, files.</summary>
internal static class DesignApi
{
    public static void Map(IEndpointRouteBuilder app, Project project)
    {
        app.MapGet(
                "/api/design",
                () =>
                {
                    ProjectState state = project.State;
                    return new DesignAnswer(
                        StateAnswer.Of(project, state),
                        state.Outcome.View is { Design: var design }
                            ? [.. design.Network.Fabrics.Select(f => FabricAnswer.Of(design, f))]
                            : []
                    );
                }
            )
            .WithSummary("The networks, tier by tier");
        app.MapGet("/api/design/json", (HttpContext context) => FileOf(context, project, "design.json")).WithSummary("design.json");
        app.MapGet("/api/diagnostics", () => new DiagnosticsAnswer(DiagnosticAnswer.Of(project.State.Outcome.Diagnostics)))
            .WithSummary("Everything worth saying, worst first");
        app.MapGet("/api/bill", () => BillAnswer.Of(ViewOf(project))).WithSummary("What is bought, and what it costs, draws and weighs");
        app.MapGet("/api/alternatives", () => new SizesAnswer([.. ViewOf(project).Design.Alternatives.Select(SizingAnswer.Of)]))
            .WithSummary("What the design was chosen among");
        app.MapGet("/api/files", () => FilesOf(ViewOf(project).Design)).WithSummary("The files of the design");
        app.MapGet("/api/files/{name}", (HttpContext context, string name) => FileOf(context, project, name))
            .WithSummary("A file of the design");
    }

    /// <summary>The design to answer from.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public static DesignView ViewOf(Project project)
    {
        ProjectState state = project.State;
        return state.Outcome.View
            ?? throw new ApiException(
                state.Outcome.Phase == DesignPhase.Designing ? 503 : 422,
                state.Outcome.Phase switch
                {
                    DesignPhase.Empty => "there is no spec yet; take a template or save one",
                    DesignPhase.Designing => "the design is not there yet; ask again, or wait for the event state",
                    _ => "there is no design; the diagnostics say why",
                }
            );
    }

    private static FilesAnswer FilesOf(ClusterDesign design) =>
        new([.. DesignFiles.Names(design).Append("all.zip").Where(n => !n.EndsWith('/')).Select(n => new FileAnswer(n, KindOf(n), null))]);

    private static string KindOf(string name) =>
        Path.GetExtension(name) switch
        {
            ".html" => "report",
            ".xlsx" => "workbook",
            ".csv" => "table",
            ".svg" => "picture",
            ".zip" => "archive",
            _ => "data",
        };

    /// <summary>The media type of a file that Lightloom writes.</summary>
    public static string TypeOf(string name) =>
        Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".csv" => "text/csv; charset=utf-8",
            ".json" => "application/json",
            ".svg" => "image/svg+xml",
            ".xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".zip" => "application/zip",
            ".yaml" => "text/yaml; charset=utf-8",
            _ => "application/octet-stream",
        };

    /// <summary>Says what is sent: a file to keep, which no browser runs as a page of the Studio's.</summary>
    public static void Announce(HttpContext context, string name)
    {
        context.Response.ContentType = TypeOf(name);
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        if (context.Features.Get<IHttpBodyControlFeature>() is { } body)
        {
            body.AllowSynchronousIO = true;
        }
    }

    private static async Task FileOf(HttpContext context, Project project, string name)
    {
        DesignView view = ViewOf(project);
        if (name != "all.zip" && !DesignFiles.Names(view.Design).Contains(name))
        {
            throw ApiException.NotFound($"there is no file '{Yaml.Excerpt.Of(name)}'; GET /api/files lists them");
        }

        CancellationToken cancel = context.RequestAborted;
        if (name is "all.zip" or "bom.xlsx" or Manifest.FileName)
        {
            await FromFolder(context, project, view, name, cancel);
            return;
        }

        Announce(context, name);
        // A writer of millions of rows keeps its thread to itself.
        await Task.Factory.StartNew(
            () => DesignFiles.TryWrite(view.Design, name, context.Response.Body, cancel),
            cancel,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
    }

    // What is not a single stream is written as -o does, into a folder that goes again.
    private static async Task FromFolder(HttpContext context, Project project, DesignView view, string name, CancellationToken cancel)
    {
        string folder = Path.Combine(project.Folder.Kept, "runs", "files-" + Guid.NewGuid().ToString("n"));
        try
        {
            await Task.Factory.StartNew(
                () => DesignFiles.Write(view.Design, folder, null, cancel),
                cancel,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
            Announce(context, name);
            if (name == "all.zip")
            {
                await Task.Run(() => ZipFile.CreateFromDirectory(folder, context.Response.Body, CompressionLevel.Fastest, false), cancel);
            }
            else
            {
                await using FileStream file = File.OpenRead(Path.Combine(folder, name));
                context.Response.ContentLength = file.Length;
                await file.CopyToAsync(context.Response.Body, cancel);
            }
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
