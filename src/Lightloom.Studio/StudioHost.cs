using System.Diagnostics;
using System.Net;
using Lightloom.Studio.Api;
using Lightloom.Studio.Hosting;
using Lightloom.Studio.Projects;
using Lightloom.Studio.Runs;
using Lightloom.Studio.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lightloom.Studio;

/// <summary>The Studio's server: the page and the API over one project.</summary>
public sealed class StudioHost : IAsyncDisposable
{
    // A cluster file of 16 MiB is the largest thing that is sent here.
    private const long MostRequestBytes = 20 << 20;

    private readonly WebApplication _app;
    private readonly Project _project;
    private readonly RunQueue _runs;

    private StudioHost(WebApplication app, Project project, RunQueue runs) => (_app, _project, _runs) = (app, project, runs);

    /// <summary>The origin, <c>http://127.0.0.1:PORT</c>.</summary>
    public string Origin => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Runs until it is stopped; what <c>lightloom studio</c> does.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(StudioOptions options)
    {
        StudioHost host;
        try
        {
            host = await StartAsync(options);
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or FormatException
                        or InvalidOperationException
                        or System.Data.Common.DbException
            )
        {
            await Console.Error.WriteLineAsync("lightloom: " + e.Message);
            return 2;
        }

        await using (host)
        {
            string origin = host.Origin;
            Console.Out.WriteLine(origin);
            await Console.Out.FlushAsync();
            if (options.Token is not null)
            {
                await Console.Error.WriteLineAsync($"lightloom: open {origin}/?token=TOKEN with the token that you gave");
            }

            if (!new WebFiles(typeof(StudioHost).Assembly).HasPage)
            {
                await Console.Error.WriteLineAsync(
                    "lightloom: this build has no page, as Node was missing when it was built; install Node 20.19 or newer with npm and start again. "
                        + "The API is there: "
                        + origin
                        + "/api/openapi.json"
                );
            }

            if (options.Open)
            {
                OpenBrowser(origin);
            }

            await host._app.WaitForShutdownAsync();
        }

        return 0;
    }

    /// <summary>Starts a server.</summary>
    /// <exception cref="InvalidOperationException">Another address than loopback without a token.</exception>
    /// <exception cref="IOException">The port is taken, or the folder cannot be used.</exception>
    public static async Task<StudioHost> StartAsync(StudioOptions options)
    {
        bool loopback = RequestGuard.IsLoopback(options.Bind);
        if (!loopback && options.Token is null)
        {
            throw new InvalidOperationException(
                $"--bind {options.Bind} lets others in, so a token is needed: add --token TOKEN, of 16 characters at least"
            );
        }

        if (options.Token is { Length: < 16 })
        {
            throw new InvalidOperationException(
                "--token is too short to be safe: take 16 characters or more, such as those of: openssl rand -hex 16"
            );
        }

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, StudioJson.Default);
            json.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull;
        });
        builder.Services.AddOpenApi(
            "openapi",
            openApi =>
                openApi.AddDocumentTransformer(
                    (document, _, _) =>
                    {
                        document.Info.Title = "Lightloom Studio";
                        document.Info.Version = Report.DesignJson.Version;
                        document.Info.Description = "Designs networks of AI clusters and simulates them. docs/studio-api.md says the rest.";
                        return Task.CompletedTask;
                    }
                )
        );
        ProjectFolder folder = new(options.Folder);
        StudioEvents events = new();
        Project project = new(folder, events, options.MemoryLimit ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 3 / 4);
        IRunStore store = options.Database is { } database
            ? RunStore.Postgres(database)
            : RunStore.Sqlite(Path.Combine(folder.Kept, "studio.db"));
        RunQueue runs = new(project, store, events, options.Program);
        WebApplication app = builder.Build();
        CancellationToken closing = app.Lifetime.ApplicationStopping;
        RequestGuard guard = new(options);
        WebFiles web = new(typeof(StudioHost).Assembly);
        app.Use(next => context => guard.InvokeAsync(context, next));
        app.Use(next => context => ApiErrors.InvokeAsync(context, next));
        app.UseRouting();
        app.MapOpenApi("/api/{documentName}.json");
        ProjectApi.Map(app, project, events, closing);
        DesignApi.Map(app, project);
        FabricApi.Map(app, project);
        FloorApi.Map(app, project);
        CablesApi.Map(app, project);
        RunsApi.Map(app, project, runs, closing);
        app.Map("/api/{**rest}", NoSuchThing).ExcludeFromDescription();
        app.MapFallback("{**path}", web.InvokeAsync).ExcludeFromDescription();
        StudioHost host = new(app, project, runs);
        try
        {
            await runs.StartAsync(CancellationToken.None);
            await app.StartAsync();
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        return host;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _runs.DisposeAsync();
        _project.Dispose();
    }

    private static void Listen(KestrelServerOptions kestrel, StudioOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MostRequestBytes;
        kestrel.Limits.MaxConcurrentConnections = 500;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1000, gracePeriod: TimeSpan.FromSeconds(10));
        if (options.Bind.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            return;
        }

        kestrel.Listen(
            IPAddress.TryParse(options.Bind, out IPAddress? address)
                ? address
                : throw new FormatException($"--bind {options.Bind} is no IP address of this machine, such as 127.0.0.1 or 0.0.0.0"),
            options.Port
        );
    }

    private static Task NoSuchThing(HttpContext context)
    {
        context.Response.StatusCode = 404;
        return ApiErrors.Write(
            context,
            new($"there is no {context.Request.Method} {context.Request.Path}; GET /api/openapi.json lists what there is", null, null)
        );
    }

    private static void OpenBrowser(string origin)
    {
        string program =
            OperatingSystem.IsWindows() ? "explorer"
            : OperatingSystem.IsMacOS() ? "open"
            : "xdg-open";
        try
        {
            using Process? started = Process.Start(
                new ProcessStartInfo(program, [origin]) { RedirectStandardOutput = true, RedirectStandardError = true }
            );
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            // No browser here: the address is printed.
        }
    }
}
