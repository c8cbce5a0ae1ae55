using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Lightloom.Studio.Hosting;

namespace Lightloom.Studio.Tests;

/// <summary>A Studio on a port of its own over a scratch folder, asked as a script asks it.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly StudioHost _host;
    private readonly Scratch? _scratch;

    private Server(StudioHost host, Scratch? scratch)
    {
        (_host, _scratch) = (host, scratch);
        Client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new(host.Origin) };
        Client.DefaultRequestHeaders.Add("X-Lightloom", "1");
        Client.Timeout = TimeSpan.FromMinutes(5);
    }

    public HttpClient Client { get; }

    public string Origin => _host.Origin;

    public string Folder => _scratch!.Path;

    /// <summary>Starts one; with a template's name, that is its spec.</summary>
    public static async Task<Server> StartAsync(
        string? template = null,
        Func<StudioOptions, StudioOptions>? with = null,
        string? folder = null
    )
    {
        Scratch? scratch = folder is null ? new() : null;
        StudioOptions options = new() { Folder = folder ?? scratch!.Path, Program = Program };
        Server server = new(await StudioHost.StartAsync(with?.Invoke(options) ?? options), scratch);
        if (template is not null)
        {
            JsonElement state = await server.SendAsync(HttpMethod.Post, "/api/project/new?wait_s=120", new { template, revision = 0 });
            state.GetProperty("phase").GetString().ShouldBe("ready");
        }

        return server;
    }

    /// <summary>The command line that the build left beside this project's own output.</summary>
    public static IReadOnlyList<string> Program { get; } = FindProgram();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
        _scratch?.Dispose();
    }

    public Task<JsonElement> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<JsonElement> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, body);

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body)
    {
        using HttpResponseMessage answer = await RawAsync(method, path, body);
        string text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public Task<HttpResponseMessage> RawAsync(HttpMethod method, string path, object? body, Action<HttpRequestHeaders>? with = null)
    {
        HttpRequestMessage request = new(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        with?.Invoke(request.Headers);
        return Client.SendAsync(request);
    }

    public async Task<long> RevisionAsync() => (await GetAsync("/api/state")).GetProperty("revision").GetInt64();

    private static string[] FindProgram()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Lightloom.slnx")))
        {
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("the tests do not run in the repository");
        }

        return ["dotnet", Path.Combine(root, "src", "Lightloom.Cli", "bin", "Release", "net10.0", "lightloom-cli.dll")];
    }
}
