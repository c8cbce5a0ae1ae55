using System.Globalization;
using Lightloom.Experiments;
using Lightloom.Report.Drawing;
using Lightloom.Simulation.Collectives;

namespace Lightloom.Report.Page;

/// <summary>Writes report.html of a collective that was answered as a whole, over one or several sizes. It needs nothing but itself.</summary>
public static class CollectivePage
{
    /// <summary>The page.</summary>
    /// <param name="runs">The runs, the smallest size first; at least one.</param>
    /// <param name="cluster">The cluster's name.</param>
    public static string Render(IReadOnlyList<CollectiveRun> runs, string cluster)
    {
        CollectiveRun first = runs[0];
        Html page = new();
        string kind = CollectiveWords.Kinds.Of(first.Kind);
        ReportPage.Begin(page, $"{cluster} - {kind}");
        page.Raw("<header>").Element("h1", $"{cluster}: {kind}").Raw("\n");
        page.Paragraph(Say($"{first.Ranks:#,0} ranks, {first.HostRate} each; {CollectiveReport.Engine(first.Model)}."), "lead")
            .Close("header");
        page.Section("sizes", "Time and bandwidth by size");
        if (runs.Count > 1)
        {
            ReportPage.Figure(
                page,
                CollectiveDrawing.BusRates(runs),
                "Bus bandwidth as nccl-tests count it: the size over the time, times the factor of the collective."
            );
        }

        bool real = runs.All(r => r.Timing.Calibrated is not null && r.Terms is not null);
        string[] headings = ["#size", "#time, us", "#algbw, GB/s", "#busbw, GB/s", "algorithm", "bound by"];
        page.Table(null, real ? [.. headings, $"#as {first.Terms!.Transport}, {first.Terms.LoadBalancing}, us"] : headings);
        foreach (CollectiveRun run in runs)
        {
            page.Row()
                .Number(run.Size.ToString())
                .Number(Say($"{run.Timing.Time.Microseconds:#,0.00}"))
                .Number(Say($"{run.AlgorithmRate.Gbps / 8:0.00}"))
                .Number(Say($"{run.BusRate.Gbps / 8:0.00}"))
                .Cell(CollectiveReport.AlgorithmOf(run.Timing))
                .Cell(run.Timing.Fixed.Picoseconds * 2 > run.Timing.Time.Picoseconds ? "latency" : run.Timing.Bound);
            if (real)
            {
                page.Number(Say($"{run.Timing.Calibrated!.Value.Microseconds:#,0.00}"));
            }

            page.EndRow();
        }

        page.EndTable().Close("section");
        page.Section("notes", "What it rests on");
        foreach (string note in runs.SelectMany(r => r.Notes).Distinct())
        {
            page.Paragraph(note, "");
        }

        page.Close("section").Raw("</main></body></html>\n");
        return page.ToString();
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
