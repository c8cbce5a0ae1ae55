using System.Globalization;
using System.Text.Json;
using Lightloom.Design;
using Lightloom.Experiments.Faults;
using Lightloom.Simulation.Model;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Report;

/// <summary>A fault study as JSON and CSV, and the notes that belong to its figures. Immutable.</summary>
/// <param name="design">The design.</param>
/// <param name="study">The study: what was simulated, and on what.</param>
/// <param name="outcomes">What came of each fault.</param>
/// <param name="noise">By workload: the time of the slowest over that of the fastest run of the sound network.</param>
/// <param name="year">The year of random failures.</param>
/// <param name="options">What the year was reckoned with.</param>
public sealed partial class FaultStudyReport(
    ClusterDesign design,
    FaultStudy study,
    IReadOnlyList<FaultOutcome> outcomes,
    IReadOnlyList<double> noise,
    GoodputYear year,
    GoodputOptions options
)
{
    private Fabric Fabric => study.Inventory.Designed.Fabric;

    /// <summary>What a reader should know of how the figures came about, a sentence each.</summary>
    public IEnumerable<string> Notes()
    {
        foreach (string note in study.Notes.Concat(study.Inventory.Designed.Notes))
        {
            yield return note;
        }

        foreach (
            (double factor, string name) in noise.Zip(
                outcomes.Select(o => o.Workloads).FirstOrDefault(w => w.Count == noise.Count)?.Select(w => w.Name) ?? []
            )
        )
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"runs of the sound network with different seeds differ by {100 * (factor - 1):0.0} % in the time of {name}; "
                    + $"an inflation below that means nothing and does not count in the year"
            );
        }

        if (outcomes.SelectMany(o => o.Workloads).FirstOrDefault() is { } step)
        {
            (string name, long bytes) = study.Workloads[0];
            double rate = study
                .Inventory.Designed.Network.Links.Where(l => l.A.IsHost && l.A.Index == 0)
                .Sum(l => (double)l.Rate.BitsPerSecond);
            double used = bytes * 8.0 * Collective.BusFactor(name, step.Hosts) / rate / (step.Sound.Picoseconds * 1e-12);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"the year's step is {name} of {Units.DataSize.FromBytes(bytes)}, the first workload; sound, "
                    + $"it keeps the cards {100 * used:0} % busy"
            ) + (used < 0.5 ? ": it is bound by latency and hardly feels lost bandwidth; a larger --size weighs it" : "");
        }

        if (Fabric.Paradigm == Paradigm.SwitchScheduled)
        {
            yield return "the fabric is switch-scheduled: cells and credits with their defaults, a packet's cells at once";
        }

        List<GoodputRow> repaired = [.. year.Rows.Where(r => r.Class is not null && r.RepairAssumed)];
        if (repaired.Count > 0)
        {
            string hours = string.Join(", ", repaired.Select(r => FormattableString.Invariant($"{r.Word} {r.Class!.RepairHours:0.##} h")));
            yield return $"repair times are assumed: {hours}; --repair says otherwise";
        }

        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"an interruption costs {options.RestartMinutes:0.##} min of restart and half of {options.CheckpointMinutes:0.##} min between "
                + $"checkpoints (assumed unless you said so: --restart-min, --checkpoint-min)"
        );
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"a node with an XPU that is cut off leaves the job until it is repaired, and comes back for free; "
                + $"{100 * options.NetworkShare:0.##} % of a step waits for the network (--network-share)"
        );
        yield return "the interval is of the sampling; how wrong the rates are is not in it. "
            + "Failures of nodes, software and power are not counted";
        foreach (GoodputRow row in year.Rows.Where(r => r.Class is not null))
        {
            yield return $"rate of {row.Word}: {string.Join("; ", row.Basis.Where(b => !b.StartsWith("no", StringComparison.Ordinal)))}";
        }
    }

    /// <summary>Writes one JSON document.</summary>
    public void WriteJson(Stream stream)
    {
        using Utf8JsonWriter json = new(stream, JsonText.Options);
        json.WriteStartObject();
        json.WriteString("name", design.Spec.Name);
        json.WriteString("fabric", Fabric.Role.ToWord());
        json.WriteNumber("endpoints", study.Graph.Endpoints);
        json.WriteNumber("planes", Fabric.Planes);
        json.WriteNumber("hosts_simulated", study.HostCount);
        json.WriteNumber("bisection_gbps", Number(study.Graph.SoundBisection.Gbps));
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
        foreach (string note in Notes())
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
            json.WriteNumber("sound_us", Number(w.Sound.Microseconds));
            Nullable(json, "faulty_us", w.Faulty?.Microseconds);
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

        Strike(json, o.Strike);
        json.WriteEndObject();
    }

    private static void Strike(Utf8JsonWriter json, StrikeOutcome s)
    {
        json.WriteStartObject("strike");
        json.WriteNumber("hosts", s.Hosts);
        json.WriteNumber("struck_us", Number(s.Struck.Microseconds));
        json.WriteNumber("repaired_us", Number(s.Repaired.Microseconds));
        json.WriteNumber("detect_us", Number(s.Detection.Microseconds));
        Nullable(json, "recover_us", s.Recovery?.Microseconds);
        Nullable(json, "restore_us", s.Restoration?.Microseconds);
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
}
