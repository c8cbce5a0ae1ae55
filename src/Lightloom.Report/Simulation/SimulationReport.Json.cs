using System.Diagnostics;
using System.Text.Json;
using Lightloom.Simulation.Measurement;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Report;

/// <content>The document of <c>simulate --json</c> and <c>simulation.json</c>.</content>
public sealed partial class SimulationReport
{
    /// <summary>Writes the contract's document and nothing else.</summary>
    public void WriteJson(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, JsonText.Options);
        SimulationResult r = _result;
        json.WriteStartObject();
        json.WriteString("engine", OptionWords.Engine.Of(r.Engine));
        json.WriteNumber("seed", r.Options.Seed);
        json.WriteNumber("threads", r.Threads);
        json.WriteString("transport", r.Options.Transport);
        json.WriteString("load_balancing", r.Options.LoadBalancing);
        if (_network.PlaneCount > 1)
        {
            json.WriteNumber("planes", _network.PlaneCount);
            json.WriteString("plane_policy", OptionWords.PlanePolicy.Of(r.Options.PlanePolicy));
            json.WriteString("congestion_state", OptionWords.CongestionState.Of(r.Options.CongestionState));
        }
        json.WriteNumber("simulated_us", Micro(r.SimulatedTime));
        json.WriteNumber("wall_s", Math.Round(r.WallTime.TotalSeconds, 6));
        json.WriteNumber("events", r.Events);
        json.WriteNumber("packet_hops", r.PacketHops);
        using (Process process = Process.GetCurrentProcess())
        {
            json.WriteNumber("peak_rss_mb", Math.Round(process.PeakWorkingSet64 / 1048576.0, 1));
        }
        WriteFlowTotals(json);
        WriteCollective(json);
        WriteJobs(json);
        WriteReplay(json);
        WriteClasses(json);
        WritePackets(json);
        WriteLoads(json);
        if (r.Cells is not null)
        {
            WriteCells(json, r);
        }
        WriteCalibrated(json);
        json.WriteNumber("line_rate_share", Math.Round(Efficiency, 6));
        WriteVerdict(json);
        json.WriteString("result_hash", r.ResultHash);
        if (r.Unfinished.Length > 0)
        {
            json.WriteString("unfinished", r.Unfinished);
        }
        json.WriteStartArray("notes");
        foreach (string note in r.Notes)
        {
            json.WriteStringValue(note);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteCalibrated(Utf8JsonWriter json)
    {
        if (_result.Calibrated is not { } calibrated)
        {
            return;
        }
        json.WriteStartObject("ideal");
        json.WriteNumber("time_us", Micro(calibrated.IdealFinish));
        json.WriteNumber("mean_fct_us", Micro(calibrated.IdealMean));
        json.WriteEndObject();
        json.WriteStartObject("as");
        json.WriteString("transport", calibrated.Transport);
        json.WriteString("load_balancing", calibrated.LoadBalancing);
        json.WriteNumber("time_us", Micro(calibrated.Finish));
        json.WriteNumber("mean_fct_us", Micro(calibrated.Mean));
        json.WriteNumber("mean_error", calibrated.Error);
        json.WriteNumber("measured_gbps", calibrated.MeasuredRate.Gbps);
        if (calibrated.Doubt is { } doubt)
        {
            json.WriteString("doubt", doubt);
        }
        json.WriteEndObject();
    }

    private void WriteFlowTotals(Utf8JsonWriter json)
    {
        SimulationResult r = _result;
        json.WriteStartObject("flows");
        json.WriteNumber("count", r.Flows.Count);
        json.WriteNumber("completed", _times.Length);
        json.WriteNumber("bytes", _traffic.Flows.Sum(f => f.Size.Bytes));
        json.WriteNumber("last_finish_us", Micro(_lastFinish));
        json.WriteStartObject("fct_us");
        json.WriteNumber("min", Micro(_times.FirstOrDefault()));
        json.WriteNumber("mean", Math.Round(_times.Length == 0 ? 0 : _times.Average(t => t.Picoseconds) / 1e6, 6));
        foreach ((string name, double share) in new[] { ("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p999", 0.999) })
        {
            json.WriteNumber(name, Micro(SimulationResult.NearestRank(_times, share)));
        }
        json.WriteNumber("max", Micro(_times.LastOrDefault()));
        json.WriteEndObject();
        json.WriteNumber("jain", Math.Round(Fairness(), 6));
        json.WriteEndObject();
    }

    private void WriteCollective(Utf8JsonWriter json)
    {
        if (_traffic.CollectiveHosts > 0)
        {
            double algorithm = TotalSeconds == 0 ? 0 : _traffic.CollectiveSize.Bytes * 8 / TotalSeconds / 1e9;
            double bus = algorithm * Collective.BusFactor(_traffic.Name, _traffic.CollectiveHosts);
            json.WriteStartObject("collective");
            json.WriteString("name", _traffic.Name);
            json.WriteNumber("xpus", _traffic.CollectiveHosts);
            json.WriteNumber("bytes", _traffic.CollectiveSize.Bytes);
            json.WriteNumber("time_us", Micro(_lastFinish));
            json.WriteNumber("algbw_gbps", Math.Round(algorithm, 3));
            json.WriteNumber("busbw_gbps", Math.Round(bus, 3));
            // With scale-up domains the bus is wider than one card; the busiest card's share of its line rate says how well the network was
            // used.
            json.WriteNumber("utilisation", Math.Round(_network.ScaleUp is null ? bus * 1e9 / HostRate() : Efficiency, 6));
            json.WriteEndObject();
        }
    }

    private void WritePackets(Utf8JsonWriter json)
    {
        PacketTotals p = _result.Packets;
        json.WriteStartObject("packets");
        json.WriteNumber("sent", p.Sent);
        json.WriteNumber("delivered", p.Delivered);
        json.WriteNumber("trimmed", p.Trimmed);
        json.WriteNumber("dropped", p.Dropped);
        json.WriteNumber("in_flight", p.InFlight);
        json.WriteNumber("retransmitted", p.Retransmitted);
        json.WriteNumber("ecn_marked", p.EcnMarked);
        json.WriteStartObject("dropped_because");
        json.WriteNumber("queue_full", p.DroppedQueueFull);
        json.WriteNumber("link_down", p.DroppedLinkDown);
        json.WriteNumber("no_route", p.DroppedNoRoute);
        json.WriteNumber("corrupted", p.DroppedCorrupted);
        json.WriteEndObject();
        json.WriteNumber("link_retries", p.LinkRetries);
        json.WriteNumber("pauses", p.Pauses);
        json.WriteEndObject();
    }

    private void WriteLoads(Utf8JsonWriter json)
    {
        SimulationResult r = _result;
        json.WriteStartObject("latency_us");
        json.WriteNumber("p50", Micro(r.Latency.P50));
        json.WriteNumber("p99", Micro(r.Latency.P99));
        json.WriteNumber("max", Micro(r.Latency.Maximum));
        json.WriteEndObject();
        json.WriteStartObject("queues");
        json.WriteNumber("max_bytes", r.Queue.Maximum.Bytes);
        json.WriteNumber("p99_bytes", r.Queue.P99.Bytes);
        json.WriteEndObject();
        json.WriteStartObject("reordering");
        json.WriteNumber("share", Math.Round(r.Reordering.Share, 6));
        json.WriteNumber("p99_packets", r.Reordering.P99);
        json.WriteNumber("max_packets", r.Reordering.Maximum);
        json.WriteEndObject();
        json.WriteStartObject("links");
        json.WriteStartObject("utilisation");
        json.WriteNumber("mean", Math.Round(r.Links.Count == 0 ? 0 : r.Links.Average(l => l.Utilisation), 6));
        json.WriteNumber("max", Math.Round(r.Links.Count == 0 ? 0 : r.Links.Max(l => l.Utilisation), 6));
        json.WriteEndObject();
        json.WriteNumber("paused_us", Micro(SimTime.FromPicoseconds(r.Links.Sum(l => l.Paused.Picoseconds))));
        json.WriteEndObject();
    }

    private void WriteVerdict(Utf8JsonWriter json)
    {
        json.WriteStartObject("verdict");
        json.WriteBoolean("reached_90_percent", _findings.Obstacle == Obstacle.None);
        json.WriteString(
            "held_back_by",
            _findings.Obstacle == Obstacle.ScaleUp ? "scale-up" : _findings.Obstacle.ToString().ToLowerInvariant()
        );
        json.WriteStartArray("reasons");
        foreach (string reason in _findings.Reasons())
        {
            json.WriteStringValue(reason);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCells(Utf8JsonWriter json, SimulationResult result)
    {
        CellResult cells = result.Cells!;
        json.WriteStartObject("cells");
        json.WriteString("mode", result.Options.Cells!.Mode == CellMode.Cells ? "true" : "bursts");
        json.WriteNumber("credits", cells.Credits);
        json.WriteNumber("cells", cells.Cells);
        json.WriteNumber("cell_hops", cells.CellHops);
        json.WriteNumber("control_cells", cells.ControlCells);
        json.WriteNumber("voqs", cells.Voqs);
        json.WriteNumber("voq_peak_bytes", cells.VoqPeak.Bytes);
        json.WriteNumber("leaf_peak_bytes", cells.LeafPeak.Bytes);
        json.WriteNumber("spilled_bytes", cells.Spilled.Bytes);
        json.WriteNumber("spill_peak_bytes", cells.SpillPeak.Bytes);
        json.WriteNumber("voq_drops", cells.VoqDrops);
        json.WriteNumber("pauses", cells.Pauses);
        json.WriteNumber("egress_stops", cells.EgressStops);
        json.WriteStartObject("link_queue_cells");
        json.WriteNumber("mean", Math.Round(cells.LinkQueueCells.Mean, 6));
        json.WriteNumber("p99", cells.LinkQueueCells.P99);
        json.WriteNumber("max", cells.LinkQueueCells.Maximum);
        json.WriteEndObject();
        json.WriteNumber("marked_cells", cells.MarkedCells);
        json.WriteNumber("packets_lost", cells.PacketsLost);
        json.WriteNumber("link_load_spread", Math.Round(cells.LinkLoadSpread, 6));
        json.WriteNumber("net_speedup", Math.Round(cells.NetSpeedup, 6));
        json.WriteNumber("least_net_speedup", Math.Round(cells.LeastNetSpeedup, 6));
        json.WriteEndObject();
    }

    private void WriteClasses(Utf8JsonWriter json)
    {
        if (_result.Classes.Count == 0)
        {
            return;
        }
        json.WriteStartArray("classes");
        foreach (ClassResult one in _result.Classes)
        {
            json.WriteStartObject();
            json.WriteString("name", one.Name);
            json.WriteNumber("forwarded_bytes", one.Forwarded.Bytes);
            json.WriteNumber("dropped", one.DroppedPackets);
            json.WriteNumber("trimmed", one.TrimmedPackets);
            json.WriteNumber("pauses", one.Pauses);
            json.WriteNumber("max_queue_bytes", one.PeakQueue.Bytes);
            json.WriteNumber("max_headroom_bytes", one.PeakHeadroom.Bytes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (_result.Options.SharedBuffer is { } buffer)
        {
            json.WriteStartObject("buffer");
            json.WriteNumber("bytes", buffer.Bytes);
            json.WriteNumber("max_bytes", _result.PeakBuffer.Bytes);
            json.WriteEndObject();
        }
    }

    private void WriteJobs(Utf8JsonWriter json)
    {
        if (_result.Jobs.Count == 0)
        {
            return;
        }
        json.WriteStartArray("jobs");
        foreach (JobResult job in _result.Jobs)
        {
            json.WriteStartObject();
            json.WriteString("name", job.Job.Name);
            json.WriteString("workload", job.Job.Workload);
            if (job.Job.CollectiveHosts > 0)
            {
                json.WriteNumber("xpus", job.Job.CollectiveHosts);
                json.WriteNumber("collective_bytes", job.Job.CollectiveSize.Bytes);
            }
            json.WriteNumber("flows", job.Job.FlowCount);
            json.WriteNumber("completed", job.Completed);
            json.WriteNumber("bytes", job.Size.Bytes);
            json.WriteNumber("start_us", Micro(job.Job.Start));
            if (job is { Finish: { } finish, Time: { } time })
            {
                json.WriteNumber("finish_us", Micro(finish));
                json.WriteNumber("time_us", Micro(time));
            }
            if (job.Job.CollectiveHosts > 0)
            {
                json.WriteNumber("algbw_gbps", Math.Round(job.AlgorithmRate.Gbps, 3));
                json.WriteNumber("busbw_gbps", Math.Round(job.BusRate.Gbps, 3));
            }
            IReadOnlyList<SimTime> times = job.CompletionTimes;
            json.WriteStartObject("fct_us");
            json.WriteNumber("min", Micro(times.FirstOrDefault()));
            json.WriteNumber("mean", Math.Round(times.Count == 0 ? 0 : times.Average(t => t.Picoseconds) / 1e6, 6));
            json.WriteNumber("p50", Micro(SimulationResult.NearestRank(times, 0.5)));
            json.WriteNumber("p99", Micro(SimulationResult.NearestRank(times, 0.99)));
            json.WriteNumber("max", Micro(times.LastOrDefault()));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private double HostRate()
    {
        var rate = new double[_network.HostCount];
        foreach (LinkDescription link in _network.Links)
        {
            if (link.A.IsHost)
            {
                rate[link.A.Index] += link.Rate.BitsPerSecond;
            }
        }
        return rate.Max();
    }

    private static double Micro(SimTime time) => Math.Round(time.Microseconds, 6);
}
