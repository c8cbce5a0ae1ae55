using System.Globalization;
using Lightloom.Design;
using Lightloom.Report.Drawing;
using Lightloom.Simulation.Measurement;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Report.Page;

/// <content>What a simulation showed. No figure of the machine it ran on, so that two runs give the same page.</content>
public static partial class ReportPage
{
    private const int MostOfATable = 10;

    /// <summary>
    /// The page of one or several simulations: their sections and, where a design was simulated, the design's after them.
    /// </summary>
    /// <param name="runs">The runs, at least one; all on one design or none.</param>
    /// <param name="cancel">Looked at between the parts of the page.</param>
    public static string Render(IReadOnlyList<SimulatedRun> runs, CancellationToken cancel = default)
    {
        if (runs[0].Design is { } design)
        {
            return Render(design, runs, cancel);
        }

        Html page = new();
        Begin(page, runs[0].Title + " - simulation");
        page.Raw("<header>").Element("h1", runs[0].Title).Raw("\n");
        page.Paragraph(
                $"A network of {Words.Of(runs[0].Network.HostCount, "host")} and "
                    + $"{Words.Of(runs[0].Network.Switches.Count, "switch", "switches")} from a topology file.",
                "lead"
            )
            .Close("header");
        Contents(page, runs, design: false);
        Simulations(page, runs, cancel);
        page.Raw("</main></body></html>\n");
        return page.ToString();
    }

    private static string IdOf(int run) => run == 0 ? "simulation" : string.Create(CultureInfo.InvariantCulture, $"simulation-{run + 1}");

    private static void Simulations(Html page, IReadOnlyList<SimulatedRun> runs, CancellationToken cancel)
    {
        for (int i = 0; i < runs.Count; i++)
        {
            Simulation(page, runs[i], i, runs.Count);
            cancel.ThrowIfCancellationRequested();
        }
    }

    private static void Simulation(Html page, SimulatedRun run, int number, int of)
    {
        string file = number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number + 1}");
        Findings findings = new(run.Network, run.Traffic, run.Result, run.Names);
        SimulationReport report = new(run.Network, run.Traffic, run.Result, run.Names);
        page.Section(IdOf(number), of > 1 || run.Design is not null ? $"Simulation: {run.Title}" : "What came out");
        page.Paragraph(report.Title + ".");
        SimulationVerdict(page, findings);
        SimulationTiles(page, run, findings);
        page.Table(null, "figure", "value");
        foreach ((string name, string text) in report.Summary())
        {
            page.Row().Cell(name).Cell(text).EndRow();
        }

        page.EndTable();
        Distribution(page, run, findings, file);
        OverTime(page, run, file);
        page.Element("h3", "Link heat");
        Figure(
            page,
            LinkHeat.Render(run.Network, run.Result, run.Names),
            (
                LinkHeat.DrawsEach(run.Network)
                    ? "Both directions of a link are one line in the colour of the busier; "
                        + "links between the same two switches are one line in the colour of the busiest."
                    : "Like devices are drawn once; a bar shows how many of the links that carried anything have which colour, "
                        + "each in its busier direction."
            ) + " Utilisation counts every byte on the wire, headers included, over the whole run."
        );
        Tiers(page, run);
        BusiestLinks(page, run, findings);
        SlowestFlows(page, run, findings);
        Assumptions(page, run);
        page.Close("section");
    }

    private static void SimulationVerdict(Html page, Findings findings)
    {
        string css =
            findings.IsFailure ? "bad"
            : findings.Obstacle == Obstacle.None || findings.IsIdle ? "ok"
            : "warn";
        page.Raw($"<div class=\"verdict {css}\">").Element("b", findings.Headline);
        IReadOnlyList<string> reasons = findings.Reasons();
        if (reasons.Count > 0)
        {
            page.Raw("<br>").Text($"Held back by {string.Join("; ", reasons)}.");
        }
        else if (findings.Obstacle == Obstacle.None)
        {
            page.Raw("<br>").Text("Line rate is what the busiest network card could have carried in the time, headers included.");
        }

        page.Raw("</div>\n");
    }

    private static void SimulationTiles(Html page, SimulatedRun run, Findings findings)
    {
        SimulationResult r = run.Result;
        SimTime[] times = r.CompletionTimes();
        page.Raw("<div class=\"tiles\">");
        Tile("line rate reached", Words.Number(findings.LineRateShare * 100) + " %", "of what the busiest card could carry");
        Tile("all done after", Micro(findings.LastFinish), $"{Words.Count(times.Length)} of {Words.Of(r.Flows.Count, "flow")}");
        if (times.Length > 0)
        {
            Tile(
                "completion, median",
                Micro(SimulationResult.NearestRank(times, 0.5)),
                $"p99 {Micro(SimulationResult.NearestRank(times, 0.99))}, slowest {Micro(times[^1])}"
            );
        }

        if (run.Traffic.CollectiveHosts > 0 && findings.LastFinish > SimTime.Zero)
        {
            double algorithm = run.Traffic.CollectiveSize.Bytes * 8e3 / findings.LastFinish.Picoseconds;
            Tile(
                "bus bandwidth",
                Words.Number(algorithm * Collective.BusFactor(run.Traffic.Name, run.Traffic.CollectiveHosts), 0) + " Gb/s",
                $"{run.Traffic.Name} over {Words.Count(run.Traffic.CollectiveHosts)}"
            );
        }

        Tile("packet delay, p99", Micro(r.Latency.P99), $"median {Micro(r.Latency.P50)}");
        Tile("fullest queue", Words.Number(r.Queue.Maximum.Bytes / 1024.0) + " KiB", $"p99 {Words.Number(r.Queue.P99.Bytes / 1024.0)} KiB");
        Tile("trimmed or dropped", Words.Count(r.Packets.Trimmed + r.Packets.Dropped), $"of {Words.Of(r.Packets.Sent, "packet")}");
        Tile("fairness", Words.Number(findings.Fairness(), 3), "Jain's index of the flows' rates");
        page.Raw("</div>\n");

        void Tile(string name, string value, string below) =>
            page.Raw("<div class=\"tile\">").Element("span", name).Element("b", value).Element("span", below).Raw("</div>");
    }

    private static string Micro(SimTime time) =>
        time.Milliseconds >= 10
            ? Words.Number(time.Milliseconds, 2) + " ms"
            : Words.Number(time.Microseconds, time.Microseconds >= 100 ? 1 : 2) + " µs";

    private static void Distribution(Html page, SimulatedRun run, Findings findings, string file)
    {
        page.Element("h3", "Flow completion");
        SimTime[] times = run.Result.CompletionTimes();
        if (times.Length == 0)
        {
            page.Paragraph("No flow was done.");
            return;
        }

        double[] slowdowns = findings.Slowdowns();
        Figure(
            page,
            DistributionChart.Render([.. times.Select(t => t.Microseconds)], slowdowns),
            $"From a flow's start to its sender's last acknowledgement. The closed form is the same flow alone in the network, "
                + $"over all its card's ports; flows that share a card are slower for that "
                + $"alone{(slowdowns.Length < times.Length ? $"; {Words.Count(slowdowns.Length)} of the flows compared" : "")}. "
                + $"Every flow: flows{file}.csv."
        );
        page.Table(null, "", "#min", "#mean", "#p50", "#p90", "#p99", "#p99.9", "#max");
        page.Row().Cell("completion time, µs");
        foreach (double v in Row([.. times.Select(t => t.Microseconds)]))
        {
            page.Number(Words.Number(v, 3));
        }

        page.EndRow();
        if (slowdowns.Length > 0)
        {
            page.Row().Cell("slowdown, ×");
            foreach (double v in Row(slowdowns))
            {
                page.Number(Words.Number(v, 3));
            }

            page.EndRow();
        }

        page.EndTable();

        static IEnumerable<double> Row(double[] sorted)
        {
            double Rank(double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
            return [sorted[0], sorted.Average(), Rank(0.5), Rank(0.9), Rank(0.99), Rank(0.999), sorted[^1]];
        }
    }

    private static void OverTime(Html page, SimulatedRun run, string file)
    {
        IReadOnlyList<TraceSample> trace = run.Result.Trace;
        page.Element("h3", "Over time");
        if (trace.Count < 2)
        {
            page.Paragraph("The run has no samples over time: it was too short for them, or sampling was off.", "soft");
            return;
        }

        Figure(
            page,
            TimeChart.Overview(trace, run.Result.Flows.Count),
            $"{Words.Of(trace.Count, "sample")}, one each {Micro(trace[1].Time - trace[0].Time)}; " + $"also in trace{file}.csv."
        );
        LinkSeries[] busy =
        [
            .. run.Result.LinkSeries.OrderByDescending(s => s.Utilisation.Where(u => !float.IsNaN(u)).DefaultIfEmpty().Average()).Take(16),
        ];
        LinkSeries[] full =
        [
            .. run.Result.LinkSeries.Where(s => s.Queue.Any(q => q > DataSize.Zero)).OrderByDescending(s => s.Queue.Max()).Take(16),
        ];
        if (busy.Length > 0)
        {
            Figure(
                page,
                TimeChart.Strips(trace, busy, run.Names, queues: false),
                $"The busiest links, coloured by the share of their rate in each moment; figures in trace-links{file}.csv."
            );
        }

        if (full.Length > 0)
        {
            Figure(
                page,
                TimeChart.Strips(trace, full, run.Names, queues: true),
                $"The fullest queues, coloured by their length over the longest sampled, "
                    + $"{Words.Number(full.Max(s => s.Queue.Max().Bytes) / 1024.0)} KiB."
            );
        }
    }

    private static void Tiers(Html page, SimulatedRun run)
    {
        string TierOf(NodeId node) =>
            node.IsHost
                ? "host"
                : run.Network.Switches[node.Index].Tier switch
                {
                    0 => "leaf",
                    1 => "spine",
                    _ => "super-spine",
                };
        Dictionary<(int Tier, bool Up, string Name), List<LinkResult>> byTier = [];
        foreach (LinkResult link in run.Result.Links)
        {
            LinkDescription one = run.Network.Links[link.Link];
            int tier = one.A.IsHost ? -1 : run.Network.Switches[one.A.Index].Tier;
            string name = link.Upwards ? $"{TierOf(one.A)} to {TierOf(one.Z)}" : $"{TierOf(one.Z)} to {TierOf(one.A)}";
            if (!byTier.TryGetValue((tier, link.Upwards, name), out List<LinkResult>? list))
            {
                byTier[(tier, link.Upwards, name)] = list = [];
            }

            list.Add(link);
        }

        page.Table(
            "Directions of links that carried anything.",
            "from, to",
            "#carried",
            "#mean",
            "#median",
            "#busiest",
            "#fullest queue",
            "#marked",
            "#trimmed",
            "#dropped",
            "#paused"
        );
        foreach (((_, _, string name), List<LinkResult> links) in byTier.OrderBy(t => t.Key.Up ? t.Key.Tier : 100 - t.Key.Tier))
        {
            double[] sorted = [.. links.Select(l => l.Utilisation).Order()];
            page.Row()
                .Cell(name)
                .Number(Words.Count(links.Count))
                .Number(Busy(sorted.Average()))
                .Number(Busy(sorted[(sorted.Length - 1) / 2]))
                .Number(Busy(sorted[^1]))
                .Number(Words.Number(links.Max(l => l.PeakQueue.Bytes) / 1024.0) + " KiB")
                .Number(Words.Count(links.Sum(l => (long)l.Marked)))
                .Number(Words.Count(links.Sum(l => (long)l.Trimmed)))
                .Number(Words.Count(links.Sum(l => (long)l.Dropped)))
                .Number(links.Sum(l => l.Paused.Picoseconds) is > 0 and long paused ? Micro(SimTime.FromPicoseconds(paused)) : "0")
                .EndRow();
        }

        page.EndTable();
    }

    private static void BusiestLinks(Html page, SimulatedRun run, Findings findings)
    {
        page.Element("h3", "The ten busiest links");
        LinkTable(page, run, findings.BusiestLinks(MostOfATable));
        page.Element("h3", "The ten fullest queues");
        IReadOnlyList<LinkResult> queues = findings.FullestQueues(MostOfATable);
        if (queues.Count == 0)
        {
            page.Paragraph("No packet ever waited.");
            return;
        }

        LinkTable(page, run, queues);
    }

    private static void LinkTable(Html page, SimulatedRun run, IReadOnlyList<LinkResult> links)
    {
        bool cables = run.Names is DesignNames;
        page.Table(
            null,
            cables
                ? ["from", "to", "cable", "#rate", "#busy", "#bytes", "#fullest queue", "#marked", "#trimmed", "#dropped"]
                : ["from", "to", "#rate", "#busy", "#bytes", "#fullest queue", "#marked", "#trimmed", "#dropped"]
        );
        foreach (LinkResult link in links)
        {
            (string from, string to) = run.Names.Ends(link.Link, link.Upwards);
            page.Row().Cell(from).Cell(to);
            if (cables)
            {
                page.Cell(run.Names.Cable(link.Link), "id");
            }

            LinkDescription one = run.Network.Links[link.Link];
            page.Number(Words.Number(one.Rate.BitsPerSecond * one.FractionOf(link.Upwards) / 1e9, 3) + "G")
                .Number(Busy(link.Utilisation))
                .Number(Bytes(link.Sent.Bytes))
                .Number(Words.Number(link.PeakQueue.Bytes / 1024.0) + " KiB")
                .Number(Words.Count(link.Marked))
                .Number(Words.Count(link.Trimmed))
                .Number(Words.Count(link.Dropped))
                .EndRow();
        }

        page.EndTable();
    }

    private static string Busy(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Bytes(long bytes) =>
        bytes switch
        {
            >= 10L << 30 => Words.Number(bytes / (double)(1 << 30)) + " GiB",
            >= 1 << 20 => Words.Number(bytes / (double)(1 << 20), 2) + " MiB",
            _ => Words.Number(bytes / 1024.0) + " KiB",
        };

    private static void SlowestFlows(Html page, SimulatedRun run, Findings findings)
    {
        IReadOnlyList<int> slowest = findings.SlowestFlows(MostOfATable);
        if (slowest.Count == 0)
        {
            return;
        }

        page.Element("h3", "The ten slowest flows");
        ClosedForm form = new(run.Network, run.Result.Options);
        page.Table(null, "flow", "from", "to", "#size", "#start", "#completion", "#slowdown", "#packets", "#sent again");
        foreach (int f in slowest)
        {
            FlowDescription flow = run.Traffic.Flows[f];
            FlowResult outcome = run.Result.Flows[f];
            SimTime time = outcome.CompletionTime ?? SimTime.Zero;
            double ideal = form.Time(flow).Picoseconds;
            page.Row()
                .Cell((flow.Id != 0 ? flow.Id : f + 1).ToString(CultureInfo.InvariantCulture))
                .Cell(run.Names.Host(flow.Source))
                .Cell(run.Names.Host(flow.Destination))
                .Number(Bytes(flow.Size.Bytes))
                .Number(Micro(outcome.Start ?? SimTime.Zero))
                .Number(Micro(time))
                .Number(ideal > 0 ? Words.Number(time.Picoseconds / ideal, 2) + "×" : "")
                .Number(Words.Count(outcome.Packets))
                .Number(Words.Count(outcome.Retransmitted))
                .EndRow();
        }

        page.EndTable();
    }

    private static void Assumptions(Html page, SimulatedRun run)
    {
        SimulationOptions o = run.Result.Options;
        page.Element("h3", "Settings, assumptions and notes").Raw("<ul>");
        page.Element(
            "li",
            $"Packets of {Words.Count((int)o.Mtu.Bytes)} bytes, headers of {o.Header.Bytes}; "
                + $"{(o.CutThrough ? "switches cut through" : "switches store and forward")}; seed {o.Seed}."
        );
        string queue =
            o.Queue is { } queued ? Words.Number(queued.Bytes / 1024.0) + " KiB"
            : o.Trim ? "one bandwidth-delay product"
            : "five bandwidth-delay products";
        string full =
            o.FlowControl != FlowControl.None
                ? "does not occur, as its senders are stopped (" + o.FlowControl.ToString().ToUpperInvariant() + ")"
            : o.Trim ? "trims packets to their headers"
            : "drops packets";
        page.Element("li", $"Output queues of {queue}; a full one {full}.");
        page.Element(
            "li",
            run.Designed is null
                ? "Rates, delays and switch latencies are the topology file's."
                : $"Rates, cable lengths and switch latencies are the design's; a network card and its software, "
                    + $"{Words.Number(run.Designed.CardLatency.Microseconds, 2)} µs at either end, are not in these times."
        );
        if (o.Faults.Count > 0)
        {
            page.Element(
                "li",
                $"{Words.Of(o.Faults.Count, "fault")} during the run; switches stop using a dead link {Micro(o.Detection)} " + $"after."
            );
        }

        if (run.Result.Flows.Count >= SimulationReport.MostRows)
        {
            page.Element(
                "li",
                $"flows.csv has {Words.Of(run.Result.Flows.Count, "row")}, more than the {Words.Count(SimulationReport.MostRows)} that "
                    + $"spreadsheets show."
            );
        }

        foreach (string note in run.Result.Notes)
        {
            page.Element("li", char.ToUpperInvariant(note[0]) + note[1..] + (note.EndsWith('.') ? "" : "."));
        }

        page.Element("li", "The models, their equations and how far off they were are in docs/models of the program's repository.");
        page.Raw("</ul>\n");
    }
}
