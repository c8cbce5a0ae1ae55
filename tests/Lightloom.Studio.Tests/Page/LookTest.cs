using Microsoft.Playwright;

namespace Lightloom.Studio.Tests.Page;

/// <summary>Every view, dark and light, on a small and on a large screen: nothing is cut off, said to the console, or closed to anybody.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LookTest(Browser browser)
{
    private static readonly string[] s_views =
    [
        "requirements",
        "fabric",
        "fabric/device/be-leaf-001",
        "fabric/path?from=lab-001&to=lab-008",
        "floor",
        "floor/rack/A01-01?overlay=power",
        "cables",
        "cables/labels?rack=A01-01",
        "bill",
        "simulate",
        "train",
        "faults",
        "compare",
        "explore",
        "files",
        "new",
    ];

    [PageTheory]
    [InlineData(false, 1280, 800)]
    [InlineData(true, 1280, 800)]
    [InlineData(false, 2560, 1440)]
    [InlineData(true, 2560, 1440)]
    public async Task No_view_is_cut_off_complains_or_shuts_anybody_out(bool dark, int width, int height)
    {
        await using StudioProcess studio = await StudioProcess.StartAsync("lab-8.yaml");
        await using Window window = await browser.OpenAsync(studio, "requirements", dark, width, height);
        await window.DesignedAsync();
        List<string> faults = [];
        foreach (string view in s_views)
        {
            await window.GoAsync(view);
            await window.Page.Locator("main h1").First.WaitForAsync();
            await window.Page.WaitForLoadStateAsync(LoadState.Load);
            await window.Page.WaitForTimeoutAsync(300);
            await window.PictureAsync($"{view.Replace('/', '-').Split('?')[0]}-{(dark ? "dark" : "light")}-{width}");
            // What assistive tools find does not depend on the size of the screen.
            if (width < 2000)
            {
                faults.AddRange((await window.SeriousAsync()).Select(f => $"{view}: {f}"));
            }

            bool wide = await window.Page.EvaluateAsync<bool>(
                "() => document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight"
            );
            if (wide)
            {
                faults.Add($"{view}: the page is larger than the window");
            }

            faults.AddRange(window.Errors.Select(e => $"{view}: {e}"));
            window.Errors.Clear();
        }

        faults.ShouldBeEmpty();
    }

    [PageFact]
    public async Task Every_step_is_reached_by_the_keyboard_and_has_a_name()
    {
        await using StudioProcess studio = await StudioProcess.StartAsync("lab-8.yaml");
        await using Window window = await browser.OpenAsync(studio, "requirements");
        await window.DesignedAsync();
        await window.Page.Keyboard.PressAsync("Tab");
        (await Focused(window)).ShouldBe("Skip to the content");
        List<string> names = [];
        for (int i = 0; i < 40 && !names.Contains("Files"); i++)
        {
            await window.Page.Keyboard.PressAsync("Tab");
            names.Add(await Focused(window));
        }

        names.ShouldAllBe(n => n.Length > 0);
        foreach (
            string step in (string[])
                ["Requirements", "Fabric", "Floor", "Cables", "Bill", "Simulate", "Train", "Faults", "Compare", "Explore", "Files"]
        )
        {
            names.ShouldContain(step);
        }

        // From rack to rack, and out again.
        await window.GoAsync("floor");
        await window.Page.Locator("canvas[data-drawn]").FocusAsync();
        await window.Page.Keyboard.PressAsync("ArrowRight");
        await window.Page.GetByRole(AriaRole.Heading, new() { Name = "Rack A01-01" }).WaitForAsync();
        await window.Page.Keyboard.PressAsync("ArrowRight");
        await window.Page.GetByRole(AriaRole.Heading, new() { Name = "Rack A01-02" }).WaitForAsync();

        // From cable to cable.
        await window.GoAsync("cables");
        await window.Page.Locator(".grid-row").First.WaitForAsync();
        await window.Page.Locator(".grid-body").FocusAsync();
        await window.Page.Keyboard.PressAsync("ArrowDown");
        await window.Page.Keyboard.PressAsync("End");
        await window.Page.Locator(".grid-row[aria-selected=true]").WaitForAsync();
    }

    private static Task<string> Focused(Window window) =>
        window.Page.EvaluateAsync<string>(
            "() => { const e = document.activeElement; return (e.getAttribute('aria-label') ?? e.textContent ?? '').trim(); }"
        );
}
