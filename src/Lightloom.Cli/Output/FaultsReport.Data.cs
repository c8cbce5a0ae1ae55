using System.Globalization;
using System.Text.Json;
using Lightloom.Experiments.Faults;
using Lightloom.Simulation.Model;
using Lightloom.Topology;

namespace Lightloom.Cli.Output;

/// <content>JSON and CSV.</content>
internal sealed partial class FaultsReport
{
    /// <summary>Writes one JSON document.</summary>
    public void WriteJson(Stream stream)
    {
        using Utf8JsonWriter json = new(stream, new() { Indented = true });
        json.WriteStartObject();
        json.WriteString("name", design.Spec.Name);
        json.WriteString("fabric", Fabric.Role.ToWord());
        json.WriteNumber("endpoints", study.Graph.Endpoints);
        json.WriteNumber("planes", Fabric.Planes);
        json.WriteNumber("hosts_simulated", study.HostCount);
        json.WriteNumber("bisection_gbps", Number(study.Graph.BisectionBitsPerSecond / 1e9));
        json.WriteStartArray("faults");
        foreach (FaultOutcome o in outcomes)
        {
            Outcome(json, o);
        }

        json.WriteEndArray();
        json.WriteStartArray("rule_checks");
        foreach (RuleCheck check in RuleCheck.Of(outcomes))
        {
            json.WriteStartObject();
            json.WriteString("pair", check.Pair);
            json.WriteString("workload", check.Workload);
            json.WriteNumber("by_rule", Number(check.ByRule));
            json.WriteNumber("simulated", Number(check.Simulated));
            json.WriteNumber("error", Number(check.Error));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Goodput(json);
        json.WriteStartArray("notes");
        foreach (string note in AllNotes())
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Outcome(Utf8JsonWriter json, FaultOutcome o)
    {
        json.WriteStartObject();
        json.WriteString("fault", o.Scenario.Label);
        json.WriteString("instance", o.Scenario.Name);
        json.WriteNumber("links_lost", o.Scenario.Parts.SelectMany(p => p.Links).Distinct().Count());
        json.WriteNumber("cut_off", o.Graph.CutOff);
        json.WriteNumber("partly_cut_off", o.Graph.PartlyCutOff);
        json.WriteNumber("nodes_hit", o.Graph.NodesHit);
        json.WriteStartObject("bandwidth_left");
        json.WriteNumber("hosts", Number(o.Graph.HostsLeft));
        json.WriteNumber("worst_host", Number(o.Graph.WorstHostLeft));
        json.WriteNumber("worst_leaf_uplinks", Number(o.Graph.WorstLeafLeft));
        json.WriteNumber("fabric", Number(o.Graph.FabricLeft));
        json.WriteNumber("bisection", Number(o.Graph.BisectionLeft));
        json.WriteEndObject();
        json.WriteStartArray("workloads");
        foreach (WorkloadOutcome w in o.Workloads)
        {
            json.WriteStartObject();
            json.WriteString("name", w.Name);
            json.WriteNumber("hosts", w.Hosts);
            json.WriteBoolean("stops", w.Stops);
            json.WriteNumber("sound_us", Number(w.SoundPicoseconds / 1e6));
            Nullable(json, "faulty_us", w.FaultyPicoseconds < 0 ? null : w.FaultyPicoseconds / 1e6);
            Nullable(json, "inflation", w.Inflation);
            Nullable(json, "inflation_least", w.Spread.Least);
            Nullable(json, "inflation_largest", w.Spread.Largest);
            json.WriteNumber("slowed", w.Slowed);
            Nullable(json, "slowed_by_median", w.MedianSlowdown);
            Nullable(json, "slowed_by_worst", w.WorstSlowdown);
            Nullable(json, "other_planes_load", w.OtherPlanesLoad);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (o.OtherPlanesNoticed is { } noticed)
        {
            json.WriteBoolean("other_planes_noticed", noticed);
        }
        else
        {
            json.WriteNull("other_planes_noticed");
        }

        StrikeOutcome s = o.Strike;
        json.WriteStartObject("strike");
        json.WriteNumber("hosts", s.Hosts);
        json.WriteNumber("struck_us", Number(s.StruckPicoseconds / 1e6));
        json.WriteNumber("repaired_us", Number(s.RepairedPicoseconds / 1e6));
        json.WriteNumber("detect_us", Number(s.DetectPicoseconds / 1e6));
        Nullable(json, "recover_us", s.RecoverPicoseconds < 0 ? null : s.RecoverPicoseconds / 1e6);
        Nullable(json, "restore_us", s.RestorePicoseconds < 0 ? null : s.RestorePicoseconds / 1e6);
        json.WriteNumber("rate_least", Number(s.RateBefore > 0 ? s.RateLeast / s.RateBefore : 0));
        json.WriteNumber("rate_during", Number(s.RateBefore > 0 ? s.RateDuring / s.RateBefore : 0));
        json.WriteStartObject("packets");
        PacketTotals p = s.Packets;
        json.WriteNumber("sent", p.Sent);
        json.WriteNumber("delivered", p.Delivered);
        json.WriteNumber("trimmed", p.Trimmed);
        json.WriteNumber("dropped", p.Dropped);
        json.WriteNumber("in_flight", p.InFlight);
        json.WriteNumber("lost_to_fault", s.Lost);
        json.WriteNumber("retransmitted", p.Retransmitted);
        json.WriteEndObject();
        json.WriteNumber("unfinished", s.Unfinished);
        Nullable(json, "other_planes_dropped", s.OtherPlanesDropped);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Goodput(Utf8JsonWriter json)
    {
        json.WriteStartObject("goodput");
        GoodputEstimate? e = year.Estimate;
        json.WriteNumber("years", options.Years);
        Nullable(json, "mean", e?.Mean);
        Nullable(json, "ci95_low", e?.Low);
        Nullable(json, "ci95_high", e?.High);
        Nullable(json, "worst_of_20", e?.WorstOf20);
        Nullable(json, "interruptions_per_year", e?.InterruptionsPerYear);
        json.WriteNumber("expected_capacity", Number(year.ExpectedCapacity));
        json.WriteNumber("restart_min", options.RestartMinutes);
        json.WriteNumber("checkpoint_min", options.CheckpointMinutes);
        json.WriteNumber("network_share", options.NetworkShare);
        json.WriteStartArray("parts");
        foreach (GoodputRow row in year.Rows)
        {
            json.WriteStartObject();
            json.WriteString("part", row.Word);
            json.WriteNumber("population", row.Population);
            json.WriteNumber("unknown", row.Unknown);
            Nullable(json, "failures_per_part_year", row.Class?.FailuresPerYear);
            json.WriteBoolean("rate_assumed", row.Assumed);
            Nullable(json, "repair_h", row.Class?.RepairHours);
            json.WriteBoolean("repair_assumed", row.RepairAssumed);
            Nullable(json, "lost_share", row.Class?.LostShare);
            Nullable(json, "slowdown", row.Class?.Slowdown);
            Nullable(json, "interrupt_share", row.Class?.InterruptShare);
            Nullable(json, "goodput_lost_alone", row.Alone is null ? null : 1 - row.Alone.Mean);
            json.WriteStartArray("basis");
            foreach (string basis in row.Basis)
            {
                json.WriteStringValue(basis);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static double Number(double value) => Math.Round(value, 9);

    private static void Nullable(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, Number(number));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>Writes one row a fault and workload.</summary>
    public void WriteCsv(TextWriter writer)
    {
        writer.Write(
            "fault,instance,cut_off,partly_cut_off,hosts_left,worst_host_left,fabric_left,bisection_left,workload,hosts,stops,sound_us,faulty_us,inflation,slowed,slowed_by_median,detect_us,recover_us,restore_us,packets_lost,retransmitted,other_planes_noticed\n"
        );
        foreach (FaultOutcome o in outcomes)
        {
            foreach (WorkloadOutcome? w in o.Workloads.Count == 0 ? [null] : o.Workloads.Cast<WorkloadOutcome?>())
            {
                GraphOutcome g = o.Graph;
                StrikeOutcome s = o.Strike;
                writer.Write(
                    string.Join(
                        ',',
                        Quoted(o.Scenario.Label),
                        Quoted(o.Scenario.Name),
                        g.CutOff,
                        g.PartlyCutOff,
                        N(g.HostsLeft),
                        N(g.WorstHostLeft),
                        N(g.FabricLeft),
                        N(g.BisectionLeft),
                        w?.Name,
                        w?.Hosts,
                        w is null ? ""
                            : w.Stops ? "true"
                            : "false",
                        N(w?.SoundPicoseconds / 1e6),
                        w is null || w.FaultyPicoseconds < 0 ? "" : N(w.FaultyPicoseconds / 1e6),
                        N(w?.Inflation),
                        w?.Slowed,
                        N(w?.MedianSlowdown),
                        N(s.DetectPicoseconds / 1e6),
                        s.RecoverPicoseconds < 0 ? "" : N(s.RecoverPicoseconds / 1e6),
                        s.RestorePicoseconds < 0 ? "" : N(s.RestorePicoseconds / 1e6),
                        s.Lost,
                        s.Packets.Retransmitted,
                        o.OtherPlanesNoticed is { } noticed
                            ? noticed
                                ? "true"
                                : "false"
                            : ""
                    )
                );
                writer.Write('\n');
            }
        }
    }

    /// <summary>Writes the samples of every strike.</summary>
    public void WriteSeries(TextWriter writer)
    {
        writer.Write(
            "fault,instance,time_us,delivered_packets,flows_finished,queued_bytes,largest_queue_bytes,mean_utilisation,max_utilisation\n"
        );
        foreach (FaultOutcome o in outcomes)
        {
            foreach (TraceSample t in o.Strike.Series)
            {
                writer.Write(
                    string.Join(
                        ',',
                        Quoted(o.Scenario.Label),
                        Quoted(o.Scenario.Name),
                        N(t.TimePicoseconds / 1e6),
                        t.DeliveredPackets,
                        t.FlowsFinished,
                        t.QueuedBytes,
                        t.LargestQueueBytes,
                        N(t.MeanUtilisation),
                        N(t.MaximumUtilisation)
                    )
                );
                writer.Write('\n');
            }
        }
    }

    private static string N(double? value) =>
        value is { } number && double.IsFinite(number) ? number.ToString("0.######", CultureInfo.InvariantCulture) : "";

    private static string Quoted(string text) =>
        text.IndexOfAny([',', '"', '\n']) < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
