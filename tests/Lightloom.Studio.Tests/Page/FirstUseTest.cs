using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace Lightloom.Studio.Tests.Page;

/// <summary>What somebody does who sees the page for the first time, from an empty folder to a comparison, and nothing but the page.</summary>
[Collection(BrowserCollection.Name)]
public sealed class FirstUseTest(Browser browser, ITestOutputHelper output)
{
    [PageFact]
    public async Task From_an_empty_folder_to_a_design_a_moved_rack_a_followed_cable_two_runs_and_an_export()
    {
        await using StudioProcess studio = await StudioProcess.StartAsync();
        await using Window window = await browser.OpenAsync(studio);
        IPage page = window.Page;

        await page.GetByRole(AriaRole.Heading, new() { Name = "Design a cluster network" }).WaitForAsync();
        await window.PictureAsync("empty");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^blackwell-1k") }).ClickAsync();
        await window.DesignedAsync();
        (await window.FigureAsync("XPUs")).ShouldBe("1,024");

        await A_number_in_the_form_changes_text_and_design(window);
        await A_number_in_the_text_changes_form_and_design(window);
        await Undo_brings_the_former_design_back(window);
        await A_dragged_rack_changes_lengths(window);
        await A_cable_says_why_it_is_what_it_is_and_is_followed_on_the_floor(window);
        await A_failed_spine_names_who_suffers(window);
        await Two_runs_stand_side_by_side(window);
        await Two_paradigms_are_compared(window);
        await A_design_is_adopted_from_what_was_explored(window);
        await The_pull_sheet_of_a_rack_prints(window);
        await Pictures_and_files_come_out(window);
        await A_label_is_found_and_its_address_is_a_link(window, studio);
        window.Errors.ShouldBeEmpty();
    }

    private async Task A_number_in_the_form_changes_text_and_design(Window window)
    {
        ILocator nodes = window.Page.Locator("#f-pools-0-nodes");
        await nodes.FillAsync("256");
        double begun = await Now(window);
        await nodes.PressAsync("Enter");
        await Figure(window, "XPUs", "2,048");
        output.WriteLine($"a number in the form, 1K to 2K: {await Now(window) - begun:F0} ms until the new design's figures are there");
        await window.Page.Locator(".cm-content").GetByText("nodes: 256").WaitForAsync();
    }

    private static async Task A_number_in_the_text_changes_form_and_design(Window window)
    {
        ILocator line = window.Page.Locator(".cm-line", new() { HasTextString = "nodes: 256}" });
        await line.ClickAsync();
        await window.Page.Keyboard.PressAsync("End");
        await window.Page.Keyboard.PressAsync("ArrowLeft");
        for (int i = 0; i < 3; i++)
        {
            await window.Page.Keyboard.PressAsync("Backspace");
        }

        await window.Page.Keyboard.TypeAsync("192");
        await Figure(window, "XPUs", "1,536");
        (await window.Page.Locator("#f-pools-0-nodes").InputValueAsync()).ShouldBe("192");
        // Comments are where they were.
        await window.Page.Locator(".cm-content").GetByText("each NIC of 800G split over two").First.WaitForAsync();
    }

    private static async Task Undo_brings_the_former_design_back(Window window)
    {
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Figure(window, "XPUs", "2,048");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Figure(window, "XPUs", "1,024");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Redo" }).ClickAsync();
        await Figure(window, "XPUs", "2,048");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Figure(window, "XPUs", "1,024");
    }

    private static async Task A_dragged_rack_changes_lengths(Window window)
    {
        await window.GoAsync("floor/rack/A01-01");
        ILocator canvas = window.Page.Locator("canvas[data-selected]");
        string[] at = (await canvas.GetAttributeAsync("data-selected"))!.Split(' ');
        LocatorBoundingBoxResult box = (await canvas.BoundingBoxAsync())!;
        float x = box.X + Number(at[0]),
            y = box.Y + Number(at[1]),
            pitch = Number(at[2]);
        await window.PictureAsync("floor-before");
        await window.Page.Mouse.MoveAsync(x, y);
        await window.Page.Mouse.DownAsync();
        await window.Page.Mouse.MoveAsync(x + pitch, y + 3, new() { Steps = 4 });
        await window.Page.Mouse.MoveAsync(x + (4 * pitch), y, new() { Steps = 4 });
        await window.PictureAsync("floor-dragging");
        await window.Page.Mouse.UpAsync();
        await window.Page.GetByText(new Regex(@"A01-01 moved to A01-05.*cables change")).WaitForAsync();
        await window.DesignedAsync();
        // The panel goes with the rack and says what the move did.
        await window.Page.GetByRole(AriaRole.Heading, new() { Name = "Rack A01-05" }).WaitForAsync();
        await window.Page.GetByRole(AriaRole.Heading, new() { Name = "What the move changed" }).WaitForAsync();
        await window.PictureAsync("floor-moved");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).First.ClickAsync();
        await window.DesignedAsync();
    }

    private static async Task A_cable_says_why_it_is_what_it_is_and_is_followed_on_the_floor(Window window)
    {
        await window.GoAsync("cables?medium=om4&sort=-length");
        await window.Page.Locator(".grid-row").First.ClickAsync();
        await window.Page.GetByRole(AriaRole.Heading, new() { Name = "Why this product" }).WaitForAsync();
        await window.Page.GetByRole(AriaRole.Heading, new() { Name = "From socket to socket" }).WaitForAsync();
        (await window.Page.Locator(".side tbody tr").CountAsync()).ShouldBeGreaterThan(
            1,
            "rejected products are listed beside the chosen one"
        );
        await window.Page.GetByText("Why not copper").WaitForAsync();
        await window.PictureAsync("cable");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Show on the floor" }).ClickAsync();
        await window.Page.Locator(".side tfoot").WaitForAsync();
        await window.PictureAsync("floor-cable");
    }

    private static async Task A_failed_spine_names_who_suffers(Window window)
    {
        await window.GoAsync("fabric/frontend");
        await window.Page.Locator("#fail-name").FillAsync("fe-spine-001");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Fail it" }).ClickAsync();
        await window.Page.GetByText("Hosts that lose bandwidth").WaitForAsync();
        await window.PictureAsync("fabric-fail");
    }

    private static async Task Two_runs_stand_side_by_side(Window window)
    {
        foreach (string size in (string[])["64KiB", "128KiB"])
        {
            await window.GoAsync("simulate");
            await window.Page.Locator("#run-size").FillAsync(size);
            await window.Page.Locator("#run-xpus").FillAsync("64");
            await window.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
            await window.Page.GetByText("FCT, median").WaitForAsync(new() { Timeout = 600_000 });
        }

        await window.Page.Locator(".chart canvas").First.WaitForAsync();
        await window.PictureAsync("simulate");
        await window.Page.GetByLabel("Side by side with").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await window.Page.GetByRole(AriaRole.Heading, new() { Name = "What differs" }).WaitForAsync();
        await window.Page.GetByText("FCT, median").Nth(1).WaitForAsync();
        await window.PictureAsync("side-by-side");
        // Both results are seen whole: nothing is scrolled sideways to.
        (await window.Page.Locator(".split > .scroll").EvaluateAsync<bool>("e => e.scrollWidth <= e.clientWidth")).ShouldBeTrue();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Heat on the fabric" }).First.ClickAsync();
        await window.Page.GetByText(new Regex(@"mean \d+ %, most \d+ %")).First.WaitForAsync();
        await window.PictureAsync("fabric-heat");
        await window.Page.GoBackAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Heat on the floor" }).First.ClickAsync();
        await window.Page.GetByText("a rack's busiest link").WaitForAsync();
        await window.PictureAsync("floor-heat");
    }

    private static async Task Two_paradigms_are_compared(Window window)
    {
        await window.GoAsync("compare");
        await window.Page.Locator("input[name=static]").CheckAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Heading, new() { Name = "In words" }).WaitForAsync(new() { Timeout = 600_000 });
        await window.Page.GetByRole(AriaRole.Columnheader, new() { Name = "switch-scheduled" }).WaitForAsync();
        await window.PictureAsync("compare");
    }

    private static async Task A_design_is_adopted_from_what_was_explored(Window window)
    {
        await window.GoAsync("explore");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        ILocator adopt = window.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Adopt design") }).First;
        await adopt.WaitForAsync(new() { Timeout = 600_000 });
        await window.PictureAsync("explore");
        await adopt.ClickAsync();
        await window.Page.GetByText("was adopted").WaitForAsync(new() { Timeout = 600_000 });
        await window.DesignedAsync();
        (await window.FigureAsync("XPUs")).ShouldBe("1,024");
        await window.PictureAsync("adopted");
        await window.Page.Locator(".tools").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await window.DesignedAsync();
    }

    private static async Task The_pull_sheet_of_a_rack_prints(Window window)
    {
        await window.GoAsync("cables/labels?rack=A01-01");
        await window.Page.Locator("table.plain tbody tr").First.WaitForAsync();
        await window.PictureAsync("pull-sheet");
        byte[] sheet = await window.Page.PdfAsync();
        sheet[..4].ShouldBe("%PDF"u8.ToArray());
        sheet.Length.ShouldBeGreaterThan(10_000);
    }

    private static async Task Pictures_and_files_come_out(Window window)
    {
        await window.GoAsync("fabric/backend");
        await window.Page.Locator(".fabric-svg").WaitForAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Export") }).ClickAsync();
        IDownload svg = await window.Page.RunAndWaitForDownloadAsync(() =>
            window.Page.GetByRole(AriaRole.Button, new() { Name = "SVG", Exact = true }).ClickAsync()
        );
        string drawn = await File.ReadAllTextAsync(await svg.PathAsync());
        drawn.ShouldStartWith("<svg");
        drawn.ShouldContain("nvidia-sn5610");
        await window.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Export") }).ClickAsync();
        IDownload png = await window.Page.RunAndWaitForDownloadAsync(() =>
            window.Page.GetByRole(AriaRole.Button, new() { Name = "PNG", Exact = true }).ClickAsync()
        );
        (await File.ReadAllBytesAsync(await png.PathAsync()))[..4].ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G']);
        await window.GoAsync("files");
        IDownload bill = await window.Page.RunAndWaitForDownloadAsync(() =>
            window.Page.GetByRole(AriaRole.Link, new() { Name = "Download bom.csv" }).ClickAsync()
        );
        (await File.ReadAllTextAsync(await bill.PathAsync())).ShouldContain("nvidia-sn5610");
    }

    private static async Task A_label_is_found_and_its_address_is_a_link(Window window, StudioProcess studio)
    {
        await window.GoAsync("bill");
        await window.Page.Keyboard.PressAsync("Control+k");
        await window.Page.GetByRole(AriaRole.Combobox).FillAsync("be-hl-00007");
        await window.Page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.GetByRole(AriaRole.Heading, new() { Name = "be-hl-00007" }).WaitForAsync();
        string address = window.Page.Url;
        IPage other = await window.Page.Context.NewPageAsync();
        await other.GotoAsync(address);
        await other.GetByRole(AriaRole.Heading, new() { Name = "be-hl-00007" }).WaitForAsync();
        address.ShouldStartWith(studio.Origin);
        await other.CloseAsync();
    }

    private static Task Figure(Window window, string name, string value) =>
        window.Page.WaitForFunctionAsync(
            "([n, v]) => [...document.querySelectorAll('.kpi')].some(k => k.querySelector('dt').textContent === n"
                + " && k.querySelector('dd').firstChild.textContent === v)",
            new[] { name, value },
            new() { Timeout = 240_000, PollingInterval = 10 }
        );

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    private static Task<double> Now(Window window) => window.Page.EvaluateAsync<double>("() => performance.now()");
}
