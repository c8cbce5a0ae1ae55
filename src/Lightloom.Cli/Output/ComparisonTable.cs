using System.Globalization;
using System.Text;
using Lightloom.Experiments.Compare;
using Lightloom.Report.Compare;

namespace Lightloom.Cli.Output;

/// <summary>A comparison on a terminal: the designs, what they did, the verdict. Fits 80 columns.</summary>
internal static class ComparisonTable
{
    /// <summary>Prints all of it.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="text">Where to.</param>
    /// <param name="width">Columns to use.</param>
    public static void Print(Comparison comparison, TextWriter text, int width)
    {
        Designs(comparison, text, width);
        if (comparison.Columns.Count > 0)
        {
            Runs(comparison, text);
        }

        foreach (string sentence in comparison.Verdict)
        {
            Wrapped(text, "- ", sentence, width);
        }

        foreach (string note in comparison.Notes)
        {
            Wrapped(text, "note: ", note, width);
        }
    }

    /// <summary>Prints plane scaling: a line a count of planes.</summary>
    public static void Print(IReadOnlyList<PlanePoint> points, TextWriter text)
    {
        int least = points.Where(p => p.Reason.Length == 0).Select(p => p.Planes).DefaultIfEmpty(1).Min();
        text.WriteLine(
            $"permutation, times in us; rate an XPU against {(least == 1 ? "one plane" : Inv($"{least} planes"))}; a spine of plane 0 dies"
        );
        text.WriteLine("planes    XPUs switches latency   inside   rate  over all   rate  plane 0 others");
        foreach (PlanePoint p in points)
        {
            text.WriteLine(
                p.Reason.Length > 0
                    ? Inv($"{p.Planes, 6} {p.Xpus, 7:#,0} {p.Reason}")
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"{p.Planes, 6} {p.Xpus, 7:#,0} {p.BackendSwitches, 8:#,0} {p.LatencyUs ?? 0, 7:0.00} {p.WithinUs, 8:#,0.0} "
                            + $"{p.WithinEfficiency * 100, 5:0.0}% {p.AcrossUs, 9:#,0.0} {p.AcrossEfficiency * 100, 5:0.0}% "
                            + $"{Faulty(p), 8} "
                            + $"{p.OthersTouched, 6:#,0}"
                    )
            );
        }

        text.WriteLine("others: flows of other planes whose completion changed at all; never: flows of plane 0 did not end");
    }

    private static string Faulty(PlanePoint p) =>
        p.FaultyPlaneUnfinished > 0 ? "never"
        : p.FaultyPlane is { } f ? "x" + f.ToString("0.00", CultureInfo.InvariantCulture)
        : "-";

    private static void Designs(Comparison comparison, TextWriter text, int width)
    {
        const int Names = 30;
        // Designs beside each other as far as the width goes, further ones below.
        int cell = 24,
            each = Math.Max(1, (width - Names) / cell);
        for (int first = 0; first < comparison.Contenders.Count; first += each)
        {
            Contender[] shown = [.. comparison.Contenders.Skip(first).Take(each)];
            text.WriteLine(new string(' ', Names) + string.Concat(shown.Select(c => Cut(c.Label, cell - 2).PadLeft(cell))));
            foreach ((string name, Func<ContenderFigures, string> value) in ComparisonPage.Rows)
            {
                string[] values = [.. shown.Select(c => c.Figures is { } f ? value(f) : "-")];
                if (values.Any(v => v != "-"))
                {
                    text.WriteLine(name.PadRight(Names) + string.Concat(values.Select(v => Cut(v, cell - 1).PadLeft(cell))));
                }
            }

            text.WriteLine();
        }
    }

    private static void Runs(Comparison comparison, TextWriter text)
    {
        text.WriteLine(Inv($"{comparison.Xpus:#,0} XPUs, times in us; rate: payload over what the busiest card could carry"));
        text.WriteLine("                        time  rate FCT p50     p99     max   KiB lost/trm");
        for (int s = 0; s < comparison.Scenarios.Count; s++)
        {
            Scenario scenario = comparison.Scenarios[s];
            string note = string.Join("; ", comparison.Outcomes.Select(o => o[s].Note).Where(n => n.Length > 0).Distinct());
            text.WriteLine(scenario.Title + (note.Length > 0 && note.Length + scenario.Title.Length < 76 ? $" ({note})" : ""));
            for (int c = 0; c < comparison.Columns.Count; c++)
            {
                Outcome o = comparison.Outcomes[c][s];
                string label = "  " + Cut(comparison.Columns[c].Label, 18).PadRight(18);
                if (o.Reason.Length > 0)
                {
                    text.WriteLine($"{label} {o.Reason}");
                    continue;
                }

                if (o.Unfinished > 0)
                {
                    // What ended says nothing of the whole: a rate beside "never" would be that of the others.
                    text.WriteLine(
                        Inv(
                            $"{label} never: {o.Unfinished:#,0} flows did not end; {Short(o.Lost)} packets lost, {Short(o.Trimmed)} trimmed"
                        )
                    );
                    continue;
                }

                string time = Time(o.TimeUs);
                string lost = o.Lost + o.Trimmed == 0 ? "0" : $"{Short(o.Lost)}/{Short(o.Trimmed)}";
                text.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{label}{time, 8}{o.Utilisation * 100, 5:0.0}%{Time(o.FctUs.P50), 8}{Time(o.FctUs.P99), 8}{Time(o.FctUs.Max), 8}"
                            + $"{o.BufferPeakBytes / 1024.0, 6:#,0}{lost, 9}"
                    ) + (comparison.Relative(c, scenario) is { } relative ? Inv($" x{relative:0.00}") : "")
                );
            }
        }

        text.WriteLine();
    }

    private static string Time(double us) => us.ToString(us < 10_000 ? "#,0.0" : "#,0", CultureInfo.InvariantCulture);

    private static string Short(long n) =>
        n >= 10_000_000 ? Inv($"{n / 1e6:0}M")
        : n >= 10_000 ? Inv($"{n / 1e3:0}k")
        : n.ToString(CultureInfo.InvariantCulture);

    private static string Cut(string value, int most) => value.Length <= most ? value : value[..(most - 1)] + "~";

    private static void Wrapped(TextWriter text, string lead, string sentence, int width)
    {
        StringBuilder line = new(lead);
        bool empty = true;
        foreach (string word in sentence.Split(' '))
        {
            if (!empty && line.Length + 1 + word.Length > width)
            {
                text.WriteLine(line.ToString());
                line.Clear().Append(' ', lead.Length);
                empty = true;
            }

            line.Append(empty ? "" : " ").Append(word);
            empty = false;
        }

        text.WriteLine(line.ToString());
    }

    private static string Inv(FormattableString value) => FormattableString.Invariant(value);
}
