using System.Globalization;
using Lightloom.Experiments.Compare;
using Lightloom.Report.Drawing;
using Lightloom.Report.Page;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Report.Compare;

/// <summary>Writes compare.html: the verdict first, then what the designs are, then what they did. Needs nothing but itself.</summary>
public static class ComparisonPage
{
    /// <summary>The page.</summary>
    public static string Render(Comparison comparison)
    {
        Html page = new();
        string title = string.Join(" and ", comparison.Contenders.Select(c => c.Spec.Name).Distinct());
        page.Raw(
                "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                    + "content=\"width=device-width,initial-scale=1\">\n<title>"
            )
            .Text(title + " - comparison")
            .Raw("</title>\n<style>")
            .Raw(PageStyle.Css)
            .Raw(Svg.Style)
            .Raw("</style></head>\n<body><main>\n<header>")
            .Element("h1", title)
            .Raw("\n");
        page.Paragraph(
            $"{string.Join(" against ", comparison.Contenders.Select(c => c.Label))}: "
                + (
                    comparison.Columns.Count > 0
                        ? $"run with the same flows on {Words.Count(comparison.Xpus)} XPUs."
                        : "the designs, not simulated."
                ),
            "lead"
        );
        page.Close("header");
        page.Raw(
            "<nav aria-label=\"Contents\"><a href=\"#verdict\">Verdict</a><a href=\"#designs\">Designs</a>"
                + (comparison.Columns.Count > 0 ? "<a href=\"#runs\">Simulated</a><a href=\"#figures\">Figures</a>" : "")
                + "<a href=\"#notes\">Notes</a></nav>\n"
        );
        page.Section("verdict", "Verdict").Raw("<ul>");
        foreach (string sentence in comparison.Verdict)
        {
            page.Element("li", sentence);
        }

        page.Raw("</ul>\n").Close("section");
        Designs(page, comparison);
        if (comparison.Columns.Count > 0)
        {
            page.Section("runs", "Simulated");
            Figure(
                page,
                ComparisonDrawing.Utilisation(comparison, standalone: false),
                "Whole runs, from the first byte to the last acknowledgement: a short message spends most of its time on the way, "
                    + "so the bar of a latency-bound pattern is short on every network."
            );
            Figure(
                page,
                ComparisonDrawing.Completion(comparison, standalone: false),
                "Flow completion times. The label is the slowest flow."
            );
            Figure(
                page,
                ComparisonDrawing.Buffers(comparison, standalone: false),
                "The fullest queue in any switch. A trimmed packet lost its payload and was sent again; a lost one was found missing later."
            );
            page.Close("section");
            Figures(page, comparison);
        }

        Notes(page, comparison);
        page.Raw("</main></body></html>\n");
        return page.ToString();
    }

    private static void Figure(Html page, string svg, string caption) =>
        page.Raw("<figure>").Raw(svg).Element("figcaption", caption).Close("figure");

    private static void Designs(Html page, Comparison comparison)
    {
        page.Section("designs", "Designs");
        page.Table("Whole network: backend, frontend and management.", ["", .. comparison.Contenders.Select(c => "#" + c.Label)]);
        foreach ((string name, Func<ContenderFigures, string> value) in Rows)
        {
            page.Row().Cell(name);
            foreach (Contender contender in comparison.Contenders)
            {
                page.Number(contender.Figures is { } f ? value(f) : "-");
            }

            page.EndRow();
        }

        page.EndTable();
        foreach (Contender contender in comparison.Contenders.Where(c => c.Design is null))
        {
            page.Raw("<div class=\"verdict bad\"><b>")
                .Text($"No {contender.Label} design")
                .Raw("</b><br>")
                .Text(contender.Reason)
                .Raw("</div>\n");
        }

        page.Close("section");
    }

    /// <summary>The rows of the static table: a name and how to read it from a design's figures. The terminal shows the same.</summary>
    public static IReadOnlyList<(string Name, Func<ContenderFigures, string> Value)> Rows { get; } =
    [
        ("XPUs", f => Words.Count(f.Xpus)),
        ("Planes", f => f.Planes == 1 ? "1" : $"{f.Planes} ({f.PlaneLayout.ToWord()})"),
        ("Leaves", f => Tiers(f, Tier.Leaf)),
        ("Spines or elements", f => Tiers(f, Tier.Spine)),
        ("Super-spines", f => Tiers(f, Tier.SuperSpine)),
        ("Switches, all networks", f => Words.Count(f.Switches)),
        ("Optics", f => Words.Count(f.Optics)),
        ("Cables", f => Words.Count(f.Cables)),
        ("Fibres", f => Words.Count(f.Fibres)),
        ("Racks", f => Words.Count(f.Racks)),
        ("Cost, priced parts", f => Words.Dollars(f.Capex)),
        ("Pieces without a price", f => Words.Count(f.UnpricedPieces)),
        (
            "With medians for those",
            f =>
                f.GuessedShare > 0
                    ? $"{Words.Dollars(Units.Money.FromDollars(f.EstimatedUsd))} ({Words.Percent(f.GuessedShare)} guess)"
                    : "-"
        ),
        ("Network power", f => Words.Watts(f.Power)),
        ("Switches on the longest path", f => Words.Count(f.Hops)),
        (
            "Unloaded latency, us",
            f =>
                f.LatencyUs is { } l
                    ? $"{l.Shortest.ToString("0.00", CultureInfo.InvariantCulture)}"
                        + $"-{l.Longest.ToString("0.00", CultureInfo.InvariantCulture)}{(f.LatencyAssumed ? " part assumed" : "")}"
                    : "-"
        ),
        ("Bisection, Tb/s", f => Words.Number(f.Bisection.Gbps / 1000, 1)),
        ("Fabric speed-up, net of cells", f => f.SpeedUp is { } s ? Words.Number(s, 3) : "-"),
    ];

    private static string Tiers(ContenderFigures f, Tier tier)
    {
        List<string> found = [.. f.BackendTiers.Where(t => t.Tier == tier).Select(t => $"{Words.Count(t.Count)} {t.Switch}")];
        return found.Count == 0 ? "-" : string.Join(", ", found);
    }

    private static void Figures(Html page, Comparison comparison)
    {
        page.Section("figures", "Figures");
        foreach (Scenario scenario in comparison.Scenarios)
        {
            int s = comparison.Scenarios.ToList().IndexOf(scenario);
            page.Element("h3", scenario.Title).Raw("\n");
            string note = string.Join("; ", comparison.Outcomes.Select(o => o[s].Note).Where(n => n.Length > 0).Distinct());
            page.Paragraph(scenario.Question + (note.Length > 0 ? $" Here: {note}." : ""), "soft");
            page.Table(
                null,
                "",
                "#time, us",
                "#share of rate",
                "#FCT p50",
                "#p99",
                "#max",
                "#packet p99, us",
                "#buffer, KiB",
                "#lost",
                "#trimmed",
                "#sent again",
                "#against"
            );
            for (int c = 0; c < comparison.Columns.Count; c++)
            {
                Outcome o = comparison.Outcomes[c][s];
                page.Row().Cell(comparison.Columns[c].Label);
                if (o.Reason.Length > 0)
                {
                    page.Raw("<td colspan=\"11\">").Text(o.Reason).Raw("</td>").EndRow();
                    continue;
                }

                string times = o.TimesUs.Count > 1 ? $" ({N(o.TimesUs.Min())} to {N(o.TimesUs.Max())})" : "";
                page.Number(o.Unfinished > 0 ? $"{Words.Count(o.Unfinished)} unfinished" : N(o.TimeUs) + times)
                    .Number(Words.Percent(o.Utilisation))
                    .Number(N(o.FctUs.P50))
                    .Number(N(o.FctUs.P99))
                    .Number(N(o.FctUs.Max))
                    .Number(N(o.LatencyP99Us))
                    .Number(N(o.BufferPeakBytes / 1024.0))
                    .Number(Words.Count(o.Lost))
                    .Number(Words.Count(o.Trimmed))
                    .Number(Words.Count(o.Retransmitted))
                    .Number(
                        comparison.Relative(c, scenario) is { } r
                            ? $"x {r.ToString("0.00", CultureInfo.InvariantCulture)} "
                                + $"{Scenario.Find(scenario.Reference!)!.Title.ToLowerInvariant()}"
                            : ""
                    )
                    .EndRow();
            }

            page.EndTable();
        }

        page.Close("section");
    }

    private static void Notes(Html page, Comparison comparison)
    {
        page.Section("notes", "Notes").Raw("<ul>");
        foreach (SimulatedColumn column in comparison.Columns)
        {
            page.Element("li", $"{column.Label}: {ColumnWords.Of(comparison, column)}");
        }

        foreach (string note in comparison.Notes)
        {
            page.Element("li", note);
        }

        Experiments.Compare.CompareOptions o = comparison.Options;
        if (comparison.Columns.Count > 0)
        {
            page.Element(
                "li",
                $"{Units.DataSize.FromBytes(o.Bytes)} for each XPU in the permutation and the all-to-all, half of that in an all-reduce, "
                    + $"a quarter for each sender of the incast; {Words.Of(o.Seeds, "seed")}; "
                    + $"groups are drawn at random from the whole cluster, the same for every design"
            );
            page.Element(
                "li",
                "Share of rate counts payload only, over the whole run. With 4,150-byte packets of 4,086 bytes of payload 98.5 % is the "
                    + "most."
            );
            page.Element("li", "The network card's own time is not simulated; the unloaded latency in the table above contains it.");
        }

        page.Raw("</ul>\n").Close("section");
    }

    private static string N(double value) => value.ToString("#,0.0", CultureInfo.InvariantCulture);
}
