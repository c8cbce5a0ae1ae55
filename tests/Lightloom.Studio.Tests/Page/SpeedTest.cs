using Microsoft.Playwright;
using Xunit.Abstractions;

namespace Lightloom.Studio.Tests.Page;

/// <summary>The page is as quick at a hundred thousand XPUs as at a thousand, as it draws aggregates and asks for what is seen.</summary>
/// <remarks>
/// On a quiet machine the first picture takes less than two seconds and a click less than a fifth of one; the limits here are wider, as tests
/// share their machine. The figures are printed.
/// </remarks>
[Collection(BrowserCollection.Name)]
public sealed class SpeedTest(Browser browser, ITestOutputHelper output)
{
    private const double FirstPicture = 8_000;
    private const double Click = 2_000;

    [PageTheory(slow: true)]
    [InlineData("blackwell-1k.yaml", "1,024")]
    [InlineData("planes-16k.yaml", "16,384")]
    [InlineData("campus-102k.yaml", "102,400")]
    public async Task Pictures_and_clicks_take_no_longer_however_large_the_cluster_is(string example, string xpus)
    {
        await using StudioProcess studio = await StudioProcess.StartAsync(example);
        await using Window window = await browser.OpenAsync(studio, "bill");
        await window.DesignedAsync(600_000);
        (await window.FigureAsync("XPUs")).ShouldBe(xpus);
        List<(string What, double Milliseconds, double Limit)> times = [];

        // A page that is opened anew: from the address to the picture.
        foreach (
            (string view, string drawn) in ((string, string)[])
                [("fabric", ".fabric-svg"), ("floor", "canvas[data-drawn]"), ("cables", ".grid-row b")]
        )
        {
            await window.Page.GotoAsync("about:blank");
            await window.GoAsync(view);
            await window.Page.Locator(drawn).First.WaitForAsync();
            double ms = await window.Page.EvaluateAsync<double>("() => performance.now()");
            times.Add(($"{view}, opened anew", ms, FirstPicture));
            await window.PictureAsync($"{view}-{example.Split('.')[0]}");
        }

        await Clicked(
            "cables, sorted by length",
            ".grid-head button:has-text('Length')",
            // The rows of before stay until those of the new order are there.
            "() => { const first = document.querySelector('.grid-row b')?.textContent; window.before ??= first;"
                + " return !!first && first !== window.before; }"
        );
        await Clicked("cables, the first one", ".grid-row", "() => document.querySelector('.side h2')?.textContent.match(/-\\d+$/)");
        await Clicked("its path over the floor", "a:has-text('Show on the floor')", "() => document.querySelector('.side tfoot') !== null");
        await Clicked(
            "the floor by power",
            "button:has-text('Power')",
            "() => document.querySelector('.canvas-key')?.textContent.includes('limit')"
        );
        await Clicked("fabric", ".nav a:has-text('Fabric')", "() => document.querySelector('.fabric-svg') !== null");
        await Clicked("a tier of it", ".fabric-svg .node.switch", "() => document.querySelector('.side .list a') !== null");
        await Clicked("one switch's faceplate", ".side .list a", "() => document.querySelector('.face button') !== null");
        await Clicked(
            "what if it fails",
            "button:has-text('Fail it')",
            "() => document.body.textContent.includes('Hosts that lose bandwidth')"
        );

        foreach ((string what, double ms, double limit) in times)
        {
            output.WriteLine($"{xpus, 8} XPUs {ms, 7:F0} ms  {what}");
        }

        if (Environment.GetEnvironmentVariable("LIGHTLOOM_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await File.AppendAllLinesAsync(
                Path.Combine(folder, "times.txt"),
                times.Select(t => $"{xpus, 8} XPUs {t.Milliseconds, 7:F0} ms  {t.What}")
            );
        }

        times.ShouldAllBe(t => t.Milliseconds < t.Limit);
        // Nothing is drawn that cannot be seen.
        (await window.Page.EvaluateAsync<int>("() => document.querySelectorAll('*').length")).ShouldBeLessThan(5_000);
        window.Errors.ShouldBeEmpty();

        // From the click to the first moment at which what it asks for is there.
        async Task Clicked(string what, string selector, string done)
        {
            ILocator button = window.Page.Locator(selector).First;
            await button.WaitForAsync();
            // What never comes fails by its name instead of being waited for.
            double ms = await button.EvaluateAsync<double>(
                "e => new Promise((resolve, reject) => { const test = "
                    + done
                    + "; const begun = performance.now(); e.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));"
                    + " const late = () => performance.now() - begun > 60000"
                    + $" && (reject(new Error(`{what}: nothing after a minute`)), true);"
                    + " const wait = () => test() ? requestAnimationFrame(() => resolve(performance.now() - begun))"
                    + " : late() || setTimeout(wait, 4);"
                    + " wait(); })"
            );
            times.Add((what, ms, Click));
        }
    }
}
