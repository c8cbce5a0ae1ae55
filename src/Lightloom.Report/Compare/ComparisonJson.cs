using System.Text.Json;
using Lightloom.Experiments.Compare;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Report.Compare;

/// <summary>
/// Writes a comparison as the JSON document of <c>compare --json</c> and <c>compare.json</c>. Two runs give the same bytes.
/// </summary>
public static class ComparisonJson
{
    /// <summary>Writes the document.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(Comparison comparison, Stream stream)
    {
        using Utf8JsonWriter json = new(stream, JsonText.Options);
        json.WriteStartObject();
        json.WriteString("version", DesignJson.Version);
        json.WriteNumber("xpus", comparison.Xpus);
        json.WriteNumber("bytes", comparison.Options.Bytes);
        json.WriteNumber("seeds", comparison.Options.Seeds);
        json.WriteStartArray("designs");
        foreach (Contender contender in comparison.Contenders)
        {
            WriteContender(json, contender);
        }

        json.WriteEndArray();
        json.WriteStartArray("columns");
        foreach (SimulatedColumn column in comparison.Columns)
        {
            json.WriteStartObject();
            json.WriteString("label", column.Label);
            json.WriteString("design", comparison.Contenders[column.Contender].Label);
            json.WriteBoolean("ecmp", column.IsEcmp);
            json.WriteString("scheduled_by", ColumnWords.Of(comparison, column));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("scenarios");
        for (int s = 0; s < comparison.Scenarios.Count; s++)
        {
            WriteScenario(json, comparison, s);
        }

        json.WriteEndArray();
        Strings(json, "verdict", comparison.Verdict);
        Strings(json, "notes", comparison.Notes);
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void WriteContender(Utf8JsonWriter json, Contender contender)
    {
        json.WriteStartObject();
        json.WriteString("label", contender.Label);
        json.WriteString("name", contender.Spec.Name);
        json.WriteBoolean("feasible", contender.Design is not null);
        json.WriteString("reason", contender.Reason);
        if (contender.Figures is { } f)
        {
            json.WriteString("paradigm", f.Paradigm.ToWord());
            json.WriteNumber("xpus", f.Xpus);
            json.WriteNumber("planes", f.Planes);
            json.WriteString("plane_layout", f.PlaneLayout.ToWord());
            json.WriteStartArray("tiers");
            foreach ((Tier tier, string model, long count) in f.BackendTiers)
            {
                json.WriteStartObject();
                json.WriteString("tier", tier.ToWord());
                json.WriteString("switch", model);
                json.WriteNumber("count", count);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("totals");
            json.WriteNumber("switches", f.Switches);
            json.WriteNumber("transceivers", f.Optics);
            json.WriteNumber("cables", f.Cables);
            json.WriteNumber("fibres", f.Fibres);
            json.WriteNumber("racks", f.Racks);
            json.WriteNumber("capex_usd", f.Capex.Dollars);
            json.WriteNumber("unpriced_pieces", f.UnpricedPieces);
            json.WriteNumber("network_power_kw", Math.Round(f.Power.Kilowatts, 3));
            json.WriteEndObject();
            Strings(json, "unpriced", f.Unpriced);
            json.WriteNumber("estimated_usd", Math.Round(f.EstimatedUsd));
            json.WriteNumber("guessed_share", Math.Round(f.GuessedShare, 4));
            json.WriteNumber("longest_hops", f.Hops);
            if (f.LatencyUs is { } latency)
            {
                json.WriteStartObject("latency_us");
                json.WriteNumber("min", Math.Round(latency.Shortest, 6));
                json.WriteNumber("max", Math.Round(latency.Longest, 6));
                json.WriteBoolean("rests_on_assumptions", f.LatencyAssumed);
                json.WriteEndObject();
            }

            json.WriteNumber("bisection_tbps", Math.Round(f.Bisection.Gbps / 1000, 4));
            if (f.SpeedUp is { } speedUp)
            {
                json.WriteNumber("fabric_speed_up", Math.Round(speedUp, 4));
            }

            Strings(json, "broken_limits", f.BrokenLimits);
        }

        Strings(json, "notes", contender.Notes);
        json.WriteEndObject();
    }

    private static void WriteScenario(Utf8JsonWriter json, Comparison comparison, int s)
    {
        Scenario scenario = comparison.Scenarios[s];
        json.WriteStartObject();
        json.WriteString("key", scenario.Key);
        json.WriteString("title", scenario.Title);
        json.WriteString("question", scenario.Question);
        json.WriteStartArray("results");
        for (int c = 0; c < comparison.Columns.Count; c++)
        {
            Outcome o = comparison.Outcomes[c][s];
            json.WriteStartObject();
            json.WriteString("column", comparison.Columns[c].Label);
            json.WriteString("reason", o.Reason);
            if (o.Reason.Length == 0)
            {
                json.WriteNumber("time_us", Math.Round(o.TimeUs, 6));
                json.WriteStartArray("times_us");
                foreach (double time in o.TimesUs)
                {
                    json.WriteNumberValue(Math.Round(time, 6));
                }

                json.WriteEndArray();
                json.WriteNumber("bound_us", Math.Round(o.BoundUs, 6));
                json.WriteNumber("utilisation", Math.Round(o.Utilisation, 6));
                json.WriteStartObject("fct_us");
                json.WriteNumber("p50", Math.Round(o.FctUs.P50, 6));
                json.WriteNumber("p99", Math.Round(o.FctUs.P99, 6));
                json.WriteNumber("max", Math.Round(o.FctUs.Max, 6));
                json.WriteEndObject();
                json.WriteNumber("latency_p99_us", Math.Round(o.LatencyP99Us, 6));
                json.WriteNumber("buffer_peak_bytes", o.BufferPeakBytes);
                json.WriteNumber("packets_sent", o.Sent);
                json.WriteNumber("packets_lost", o.Lost);
                json.WriteNumber("packets_trimmed", o.Trimmed);
                json.WriteNumber("packets_retransmitted", o.Retransmitted);
                json.WriteNumber("unfinished", o.Unfinished);
                if (comparison.Relative(c, scenario) is { } relative)
                {
                    json.WriteString("relative_to", scenario.Reference);
                    json.WriteNumber("relative", Math.Round(relative, 6));
                }

                json.WriteString("made_of", o.Note);
                Strings(json, "result_hashes", o.ResultHashes);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
