using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Lightloom.Studio.Tests.Page;

/// <summary>One window of the browser on one Studio.</summary>
internal sealed class Window : IAsyncDisposable
{
    private readonly StudioProcess _studio;
    private readonly List<string> _errors = [];
    private ICDPSession? _session;

    public Window(StudioProcess studio, IPage page)
    {
        (_studio, Page) = (studio, page);
        page.Console += (_, m) =>
        {
            if (m.Type is "error" or "warning")
            {
                _errors.Add($"{m.Type}: {m.Text} ({m.Location})");
            }
        };
        page.PageError += (_, e) => _errors.Add("exception: " + e);
    }

    public IPage Page { get; }

    /// <summary>What the console has said that it should not; a refusal that a test provokes may be taken off it.</summary>
    public List<string> Errors => _errors;

    public Task GoAsync(string at) => Page.GotoAsync($"{_studio.Origin}/{(at.Length > 0 ? "#/" + at : "")}");

    /// <summary>Waits until a design is there and nothing is being made.</summary>
    public async Task DesignedAsync(float timeout = 120_000)
    {
        await Page.Locator(".kpi").First.WaitForAsync(new() { Timeout = timeout });
        await Page.WaitForFunctionAsync(
            "() => /^[\\d,]+$/.test(document.querySelector('.kpi dd')?.firstChild?.textContent ?? '') && !document.querySelector('.busy')",
            null,
            new() { Timeout = timeout }
        );
    }

    /// <summary>A figure that is always visible on top, without what has been added to it or taken off.</summary>
    public async Task<string> FigureAsync(string name) =>
        await Page.EvaluateAsync<string>(
            "n => [...document.querySelectorAll('.kpi')].find(k => k.querySelector('dt').textContent === n).querySelector('dd').firstChild.textContent",
            name
        );

    /// <summary>Processor time of the page's thread, in seconds, counted from its document's process on.</summary>
    public async Task<double> PageSecondsAsync()
    {
        if (_session is null)
        {
            _session = await Page.Context.NewCDPSessionAsync(Page);
            await _session.SendAsync("Performance.enable", new Dictionary<string, object> { ["timeDomain"] = "threadTicks" });
        }

        JsonElement metrics = (await _session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics");
        return metrics.EnumerateArray().First(m => m.GetProperty("name").GetString() == "ThreadTime").GetProperty("value").GetDouble();
    }

    /// <summary>Processor time of the Studio, in seconds.</summary>
    public double ServerSeconds() => _studio.ProcessorSeconds();

    /// <summary>What axe-core finds of the gravity serious or critical, in words.</summary>
    public async Task<IReadOnlyList<string>> SeriousAsync()
    {
        AxeResult result = await Page.RunAxe();
        return
        [
            .. result
                .Violations.Where(v => v.Impact is "serious" or "critical")
                .Select(v => $"{v.Id} ({v.Impact}): {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"),
        ];
    }

    /// <summary>Keeps a picture where LIGHTLOOM_SCREENSHOTS names a folder for them.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("LIGHTLOOM_SCREENSHOTS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
        }
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
