using Microsoft.Playwright;

namespace Lightloom.Studio.Tests.Page;

/// <summary>One Chromium for all tests of the page.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (PageTools.Missing is not null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = PageTools.Chromium, Args = ["--no-sandbox"] });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>Opens a window on a Studio; what the console says is gathered.</summary>
    internal async Task<Window> OpenAsync(StudioProcess studio, string at = "", bool dark = false, int width = 1280, int height = 800)
    {
        IBrowserContext context = await _browser!.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = height },
                ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
                AcceptDownloads = true,
            }
        );
        // Long enough for a machine that has much else to do; what takes how long is SpeedTest's to say.
        context.SetDefaultTimeout(240_000);
        Window window = new(studio, await context.NewPageAsync());
        await window.GoAsync(at);
        return window;
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Browser>
{
    public const string Name = "one browser";
}
