using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lightloom.Experiments;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Fluid;
using Lightloom.Units;

namespace Lightloom.Report;

/// <summary>Collectives that were answered as a whole: the document of <c>simulate --json</c>, and the table that nccl-tests print.</summary>
/// <param name="runs">The runs, one a size.</param>
/// <param name="seed">The seed.</param>
public sealed class CollectiveReport(IReadOnlyList<CollectiveRun> runs, ulong seed)
{
    /// <summary>Writes one document, or a list of them where there are several runs.</summary>
    public void WriteJson(Stream output)
    {
        using (Utf8JsonWriter w = new(output, JsonText.Options))
        {
            if (runs.Count != 1)
            {
                w.WriteStartArray();
            }

            foreach (CollectiveRun run in runs)
            {
                WriteRun(w, run);
            }

            if (runs.Count != 1)
            {
                w.WriteEndArray();
            }
        }

        output.WriteByte((byte)'\n');
    }

    private void WriteRun(Utf8JsonWriter w, CollectiveRun run)
    {
        (CollectiveTiming timing, double time) = (run.Timing, Micro(run.Timing.Time));
        w.WriteStartObject();
        w.WriteString("engine", Engine(run.Model));
        w.WriteNumber("seed", seed);
        w.WriteNumber("threads", run.Threads);
        w.WriteNumber("simulated_us", time);
        w.WriteNumber("wall_s", Math.Round(run.WallTime.TotalSeconds, 6));
        w.WriteNumber("events", run.Events > 0 ? run.Events : timing.Steps);
        w.WriteNumber("packet_hops", run.PacketHops);
        using (Process process = Process.GetCurrentProcess())
        {
            w.WriteNumber("peak_rss_mb", Math.Round(process.PeakWorkingSet64 / 1048576.0, 1));
        }

        w.WriteStartObject("flows");
        w.WriteNumber("count", timing.Flows);
        w.WriteNumber("completed", timing.Flows);
        w.WriteNumber("last_finish_us", time);
        w.WriteStartObject("fct_us");
        w.WriteNumber("mean", timing.Steps == 0 ? time : Math.Round(time / timing.Steps, 6));
        if (timing.FlowsOfTime.Count > 0)
        {
            w.WriteNumber("min", Micro(timing.FlowsOfTime[0].Time));
            foreach ((string name, double share) in new[] { ("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p999", 0.999), ("max", 1.0) })
            {
                w.WriteNumber(name, Micro(timing.StepTimeOf(share)));
            }
        }

        w.WriteEndObject();
        w.WriteEndObject();
        w.WriteStartObject("collective");
        w.WriteString("name", run.Name);
        w.WriteString("algorithm", CollectiveWords.Algorithms.Of(timing.Algorithm));
        if (timing.Choice.Length > 0)
        {
            w.WriteString("tuner", timing.Choice);
        }

        w.WriteNumber("xpus", run.Ranks);
        w.WriteNumber("bytes", run.Size.Bytes);
        w.WriteNumber("time_us", time);
        w.WriteNumber("algbw_gbps", Math.Round(run.AlgorithmRate.Gbps, 3));
        w.WriteNumber("busbw_gbps", Math.Round(run.BusRate.Gbps, 3));
        w.WriteNumber("utilisation", Math.Round(run.BusRate / run.HostRate, 6));
        w.WriteNumber("steps", timing.Steps);
        w.WriteNumber("fixed_us", Micro(timing.Fixed));
        w.WriteNumber("standard_error", Math.Round(timing.Error, 6));
        w.WriteString("bound", timing.Bound);
        w.WriteEndObject();
        if (run.Terms is { } terms && timing.Calibrated is { } real)
        {
            WriteTimes(w, "ideal", run, timing.Time, null);
            WriteTimes(w, "as", run, real, terms);
        }

        w.WriteString("result_hash", ((ulong)timing.Time.Picoseconds * 0x9E3779B97F4A7C15UL).ToString("x16", CultureInfo.InvariantCulture));
        w.WriteStartArray("notes");
        foreach (string note in run.Notes)
        {
            w.WriteStringValue(note);
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static void WriteTimes(Utf8JsonWriter w, string name, CollectiveRun run, SimTime time, FluidTerms? terms)
    {
        w.WriteStartObject(name);
        if (terms is not null)
        {
            w.WriteString("transport", terms.Transport);
            w.WriteString("load_balancing", terms.LoadBalancing);
        }

        w.WriteNumber("time_us", Micro(time));
        w.WriteNumber("busbw_gbps", Math.Round(run.BusRateIn(time).Gbps, 3));
        if (terms is not null)
        {
            w.WriteNumber("mean_error", terms.Error);
            w.WriteNumber("measured_gbps", terms.MeasuredRate.Gbps);
        }

        w.WriteEndObject();
    }

    /// <summary>The table: a line for each size, in the units and with the columns of nccl-tests; out of place alone.</summary>
    public IEnumerable<string> Table()
    {
        CollectiveRun first = runs[0];
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"# {CollectiveWords.Kinds.Of(first.Kind)} over {first.Ranks:#,0} ranks, {first.HostRate} each, {Engine(first.Model)}"
        );
        FluidTerms? terms = first.Timing.Calibrated is null ? null : first.Terms;
        if (terms is not null)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"# real: as {terms.Transport} with {terms.LoadBalancing}, off by {100 * terms.Error:0.0} % on average at {terms.MeasuredRate.Gbps:0.##}G; the others are ideal"
            );
        }

        yield return $"#{"size", 15}{"time", 14}{"algbw", 10}{"busbw", 10}  {"algorithm", -18}{"steps", 12}{(terms is null ? "" : Heading("real"))}  bound by";
        yield return $"#{"(B)", 15}{"(us)", 14}{"(GB/s)", 10}{"(GB/s)", 10}{(terms is null ? "" : new string(' ', 32) + Heading("(us)"))}";
        foreach (CollectiveRun run in runs)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $" {run.Size.Bytes, 15}{run.Timing.Time.Microseconds, 14:0.00}{run.AlgorithmRate.Gbps / 8, 10:0.00}"
                    + $"{run.BusRate.Gbps / 8, 10:0.00}  {AlgorithmOf(run.Timing), -18}{run.Timing.Steps, 12}"
                    + $"{(terms is null || run.Timing.Calibrated is not { } real ? "" : Heading(Text(real)))}  "
                    + $"{(run.Timing.Fixed.Picoseconds * 2 > run.Timing.Time.Picoseconds ? "latency" : run.Timing.Bound)}"
            );
        }

        foreach (string note in runs.SelectMany(r => r.Notes).Distinct())
        {
            yield return "# " + note;
        }
    }

    /// <summary>How it was run: what a tuner chose, else the algorithm.</summary>
    internal static string AlgorithmOf(CollectiveTiming timing) =>
        timing.Choice.Length > 0 ? timing.Choice : CollectiveWords.Algorithms.Of(timing.Algorithm);

    private static string Heading(string text) => text.PadLeft(14);

    private static string Text(SimTime time) => time.Microseconds.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>The word of the model that answered.</summary>
    internal static string Engine(CollectiveModel model) =>
        model switch
        {
            CollectiveModel.Astra => "astra",
            CollectiveModel.Simai => "simai",
            CollectiveModel.Hybrid => "hybrid",
            _ => "fluid",
        };

    private static double Micro(SimTime time) => Math.Round(time.Microseconds, 6);
}
