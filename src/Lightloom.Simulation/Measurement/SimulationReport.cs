using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Measurement;

/// <summary>Writes a result: as the contract's JSON, as text for people, as tables for a spreadsheet.</summary>
public sealed class SimulationReport
{
    private readonly NetworkDescription _network;
    private readonly TrafficDescription _traffic;
    private readonly SimulationResult _result;
    private readonly long[] _times;
    private readonly long _lastFinish;

    private readonly INetworkNames _names;
    private readonly Findings _findings;

    /// <summary>Prepares the report of one run.</summary>
    /// <param name="network">What was simulated.</param>
    /// <param name="traffic">What was sent.</param>
    /// <param name="result">What came out.</param>
    /// <param name="names">What people call its parts; numbers when null.</param>
    public SimulationReport(NetworkDescription network, TrafficDescription traffic, SimulationResult result, INetworkNames? names = null)
    {
        _names = names ?? new NumberedNames(network);
        _findings = new(network, traffic, result, _names);
        _network = network;
        _traffic = traffic;
        _result = result;
        _times = result.CompletionTimes();
        _lastFinish = _findings.LastFinishPicoseconds;
    }

    /// <summary>Seconds that the collective or the last flow took.</summary>
    private double TotalSeconds => _lastFinish * 1e-12;

    /// <summary>The share of line rate that the busiest card reached over the whole run.</summary>
    public double Efficiency => _findings.LineRateShare;

    /// <summary>What the run means.</summary>
    public Findings Findings => _findings;

    /// <summary>Jain's fairness index of the flows' mean rates: 1 when all are equal.</summary>
    public double Fairness() => _findings.Fairness();

    /// <summary>Writes the contract's document and nothing else.</summary>
    public void WriteJson(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        SimulationResult r = _result;
        json.WriteStartObject();
        json.WriteString("engine", r.Engine);
        json.WriteNumber("seed", r.Options.Seed);
        json.WriteNumber("threads", r.Threads);
        json.WriteString("transport", r.Options.Transport);
        json.WriteString("load_balancing", r.Options.LoadBalancing);
        if (_network.PlaneCount > 1)
        {
            json.WriteNumber("planes", _network.PlaneCount);
            json.WriteString("plane_policy", Word(r.Options.PlanePolicy));
            json.WriteString("congestion_state", r.Options.CongestionState == CongestionState.PerPlane ? "per-plane" : "global");
        }
        json.WriteNumber("simulated_us", Micro(r.SimulatedPicoseconds));
        json.WriteNumber("wall_s", Math.Round(r.WallSeconds, 6));
        json.WriteNumber("events", r.Events);
        json.WriteNumber("packet_hops", r.PacketHops);
        using (Process process = Process.GetCurrentProcess())
        {
            json.WriteNumber("peak_rss_mb", Math.Round(process.PeakWorkingSet64 / 1048576.0, 1));
        }
        json.WriteStartObject("flows");
        json.WriteNumber("count", r.Flows.Count);
        json.WriteNumber("completed", _times.Length);
        json.WriteNumber("bytes", _traffic.Flows.Sum(f => f.Bytes));
        json.WriteNumber("last_finish_us", Micro(_lastFinish));
        json.WriteStartObject("fct_us");
        json.WriteNumber("min", Micro(_times.FirstOrDefault()));
        json.WriteNumber("mean", Math.Round(_times.Length == 0 ? 0 : _times.Average() / 1e6, 6));
        foreach ((string name, double share) in new[] { ("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p999", 0.999) })
        {
            json.WriteNumber(name, Micro(SimulationResult.NearestRank(_times, share)));
        }
        json.WriteNumber("max", Micro(_times.LastOrDefault()));
        json.WriteEndObject();
        json.WriteNumber("jain", Math.Round(Fairness(), 6));
        json.WriteEndObject();
        if (_traffic.CollectiveHosts > 0)
        {
            double algorithm = TotalSeconds == 0 ? 0 : _traffic.CollectiveBytes * 8 / TotalSeconds / 1e9;
            double bus = algorithm * Collective.BusFactor(_traffic.Name, _traffic.CollectiveHosts);
            json.WriteStartObject("collective");
            json.WriteString("name", _traffic.Name);
            json.WriteNumber("xpus", _traffic.CollectiveHosts);
            json.WriteNumber("bytes", _traffic.CollectiveBytes);
            json.WriteNumber("time_us", Micro(_lastFinish));
            json.WriteNumber("algbw_gbps", Math.Round(algorithm, 3));
            json.WriteNumber("busbw_gbps", Math.Round(bus, 3));
            // With scale-up domains the bus is wider than one card; the busiest card's share of its line rate says how well the network was
            // used.
            json.WriteNumber("utilisation", Math.Round(_network.ScaleUp is null ? bus * 1e9 / HostRate() : Efficiency, 6));
            json.WriteEndObject();
        }
        WriteJobs(json);
        WriteClasses(json);
        PacketTotals p = r.Packets;
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
        json.WriteStartObject("latency_us");
        json.WriteNumber("p50", Micro(r.LatencyPicoseconds.P50));
        json.WriteNumber("p99", Micro(r.LatencyPicoseconds.P99));
        json.WriteNumber("max", Micro(r.LatencyPicoseconds.Maximum));
        json.WriteEndObject();
        json.WriteStartObject("queues");
        json.WriteNumber("max_bytes", r.QueueBytes.Maximum);
        json.WriteNumber("p99_bytes", r.QueueBytes.P99);
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
        json.WriteNumber("paused_us", Micro(r.Links.Sum(l => l.PausedPicoseconds)));
        json.WriteEndObject();
        if (r.Cells is not null)
        {
            WriteCells(json, r);
        }
        json.WriteNumber("line_rate_share", Math.Round(Efficiency, 6));
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
        json.WriteNumber("voq_peak_bytes", cells.VoqPeakBytes);
        json.WriteNumber("leaf_peak_bytes", cells.LeafPeakBytes);
        json.WriteNumber("spilled_bytes", cells.SpilledBytes);
        json.WriteNumber("spill_peak_bytes", cells.SpillPeakBytes);
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
            json.WriteNumber("forwarded_bytes", one.ForwardedBytes);
            json.WriteNumber("dropped", one.DroppedPackets);
            json.WriteNumber("trimmed", one.TrimmedPackets);
            json.WriteNumber("pauses", one.Pauses);
            json.WriteNumber("max_queue_bytes", one.PeakQueueBytes);
            json.WriteNumber("max_headroom_bytes", one.PeakHeadroomBytes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (_result.Options.SharedBufferBytes > 0)
        {
            json.WriteStartObject("buffer");
            json.WriteNumber("bytes", _result.Options.SharedBufferBytes);
            json.WriteNumber("max_bytes", _result.PeakBufferBytes);
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
                json.WriteNumber("collective_bytes", job.Job.CollectiveBytes);
            }
            json.WriteNumber("flows", job.Job.FlowCount);
            json.WriteNumber("completed", job.Completed);
            json.WriteNumber("bytes", job.Bytes);
            json.WriteNumber("start_us", Micro(job.Job.StartPicoseconds));
            if (job.FinishPicoseconds >= 0)
            {
                json.WriteNumber("finish_us", Micro(job.FinishPicoseconds));
                json.WriteNumber("time_us", Micro(job.TimePicoseconds));
            }
            if (job.Job.CollectiveHosts > 0)
            {
                json.WriteNumber("algbw_gbps", Math.Round(job.AlgorithmBitsPerSecond / 1e9, 3));
                json.WriteNumber("busbw_gbps", Math.Round(job.BusBitsPerSecond / 1e9, 3));
            }
            long[] times = [.. job.CompletionTimes];
            json.WriteStartObject("fct_us");
            json.WriteNumber("min", Micro(times.FirstOrDefault()));
            json.WriteNumber("mean", Math.Round(times.Length == 0 ? 0 : times.Average() / 1e6, 6));
            json.WriteNumber("p50", Micro(SimulationResult.NearestRank(times, 0.5)));
            json.WriteNumber("p99", Micro(SimulationResult.NearestRank(times, 0.99)));
            json.WriteNumber("max", Micro(times.LastOrDefault()));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>
    /// The figures for people, as a name and a sentence each, in the order of interest. What the engine took is <see cref="EngineWords"/>,
    /// as it differs between runs.
    /// </summary>
    public IReadOnlyList<(string Name, string Text)> Summary()
    {
        SimulationResult r = _result;
        List<(string, string)> rows =
        [
            ("flows", $"{Words(_times.Length)} of {Words(r.Flows.Count)} done, the last after {Words(_lastFinish / 1e6)} us"),
        ];
        if (_times.Length > 0)
        {
            rows.Add(
                (
                    "completion",
                    $"mean {Words(_times.Average() / 1e6)}, median {Words(SimulationResult.NearestRank(_times, 0.5) / 1e6)}, "
                        + $"p99 {Words(SimulationResult.NearestRank(_times, 0.99) / 1e6)}, slowest {Words(_times[^1] / 1e6)} us; fairness {Fairness().ToString("0.000", CultureInfo.InvariantCulture)}"
                )
            );
        }
        if (_traffic.CollectiveHosts > 0 && TotalSeconds > 0)
        {
            double algorithm = _traffic.CollectiveBytes * 8 / TotalSeconds / 1e9;
            rows.Add(
                (
                    "collective",
                    $"{_traffic.Name} over {Words(_traffic.CollectiveHosts)}: {Words(algorithm)} Gb/s algorithm, "
                        + $"{Words(algorithm * Collective.BusFactor(_traffic.Name, _traffic.CollectiveHosts))} Gb/s bus bandwidth"
                )
            );
        }
        foreach (JobResult job in r.Jobs)
        {
            long[] times = [.. job.CompletionTimes];
            rows.Add(
                (
                    "job",
                    $"{job.Job.Name}, {job.Job.Workload}, from {Words(job.Job.StartPicoseconds / 1e6)} us: "
                        + (
                            job.FinishPicoseconds < 0
                                ? $"{Words(job.Completed)} of {Words(job.Job.FlowCount)} flows done"
                                : $"done in {Words(job.TimePicoseconds / 1e6)} us"
                        )
                        + (job.BusBitsPerSecond > 0 ? $", {Words(job.BusBitsPerSecond / 1e9)} Gb/s bus bandwidth" : "")
                        + $"; flows' median {Words(SimulationResult.NearestRank(times, 0.5) / 1e6)}, p99 {Words(SimulationResult.NearestRank(times, 0.99) / 1e6)} us"
                )
            );
        }
        foreach (ClassResult one in r.Classes)
        {
            rows.Add(
                (
                    "class",
                    $"{one.Name}: {Words(one.DroppedPackets)} dropped, {Words(one.TrimmedPackets)} trimmed, {Words(one.Pauses)} pauses, "
                        + $"longest queue {Words(one.PeakQueueBytes / 1024.0)} KiB"
                        + (one.PeakHeadroomBytes > 0 ? $", {Words(one.PeakHeadroomBytes / 1024.0)} KiB of headroom" : "")
                )
            );
        }
        if (r.Options.SharedBufferBytes > 0)
        {
            rows.Add(
                ("buffer", $"at most {Words(r.PeakBufferBytes / 1024.0)} of {Words(r.Options.SharedBufferBytes / 1024.0)} KiB of a switch")
            );
        }
        PacketTotals p = r.Packets;
        rows.Add(
            (
                "packets",
                $"{Words(p.Sent)} sent, {Words(p.Trimmed)} trimmed, {Words(p.Dropped)} dropped, {Words(p.Retransmitted)} sent again, {Words(p.EcnMarked)} marked"
                    + (p.Pauses > 0 ? $", {Words(p.Pauses)} pauses" : "")
                    + (p.LinkRetries > 0 ? $", {Words(p.LinkRetries)} link retries" : "")
            )
        );
        rows.Add(
            (
                "latency",
                $"median {Words(r.LatencyPicoseconds.P50 / 1e6)}, p99 {Words(r.LatencyPicoseconds.P99 / 1e6)}, largest {Words(r.LatencyPicoseconds.Maximum / 1e6)} us; "
                    + $"{(100 * r.Reordering.Share).ToString("0.0", CultureInfo.InvariantCulture)} % of packets late"
            )
        );
        rows.Add(("queues", $"p99 {Words(r.QueueBytes.P99 / 1024.0)}, fullest {Words(r.QueueBytes.Maximum / 1024.0)} KiB"));
        if (r.Cells is { } cells)
        {
            string Short(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
            rows.Add(
                (
                    "cells",
                    $"{Words(cells.Cells)} cells on {Words(cells.Credits)} credits; {Short(cells.LinkQueueCells.Mean, "0.0")} cells before a link, "
                        + $"p99 {cells.LinkQueueCells.P99}, most {cells.LinkQueueCells.Maximum}"
                        + (cells.MarkedCells > 0 ? $"; {Words(cells.MarkedCells)} marked" : "")
                        + (cells.PacketsLost > 0 ? $"; {Words(cells.PacketsLost)} packets lost with links" : "")
                )
            );
            rows.Add(
                (
                    "ingress",
                    $"fullest virtual output queue {Words(cells.VoqPeakBytes / 1024.0)} KiB, fullest leaf {Words(cells.LeafPeakBytes / 1048576.0)} MiB"
                        + (cells.SpilledBytes > 0 ? $", {Words(cells.SpilledBytes / 1048576.0)} MiB to external memory" : "")
                        + (cells.VoqDrops > 0 ? $", {Words(cells.VoqDrops)} dropped" : "")
                        + $"; fabric over hosts, net of cell headers, {Short(cells.NetSpeedup, "0.000")}"
                        + (cells.NetSpeedup < 1 ? ": less than all hosts can send" : "")
                )
            );
        }
        return rows;
    }

    /// <summary>What was run, in a line: transport, balancing, network, seed.</summary>
    public string Title
    {
        get
        {
            string spread = _result.Options.Cells is null
                ? "with " + _result.Options.LoadBalancing
                : "over a switch-scheduled fabric" + (_result.Options.Cells.Mode == CellMode.Cells ? ", cell by cell," : "");
            return $"{(_result.Engine == "fluid" ? "fluid flows" : _result.Options.Transport)} {spread} on {Words(_network.HostCount)} hosts and {Words(_network.Switches.Count)} switches, seed {_result.Options.Seed}";
        }
    }

    /// <summary>How fast the engine was: hops, seconds, threads, and the hash of the result.</summary>
    public string EngineWords =>
        $"{Words(_result.PacketHops)} hops in {Words(_result.WallSeconds)} s on {_result.Threads} thread(s), "
        + $"{Words(_result.PacketHops / Math.Max(1e-9, _result.WallSeconds) / 1e6)} million a second; result {_result.ResultHash}";

    private static string Words(double value) => value.ToString("#,0.###", CultureInfo.InvariantCulture);

    /// <summary>
    /// Writes one row a flow: <c>id,src,dst,bytes,start_us,finish_us,fct_us,packets,retransmitted,path_plane</c>; the last is the plane
    /// that the flow's packets took, or several as <c>0..3</c> or <c>0..1+3</c>. Where several jobs share the network their name follows
    /// (<c>job</c>), and where hosts have names of their own these (<c>src_name,dst_name</c>). Times have six decimals at most, a point
    /// before them and no separators.
    /// </summary>
    public void WriteFlows(TextWriter text)
    {
        bool named = _names is not NumberedNames;
        text.Write(
            "id,src,dst,bytes,start_us,finish_us,fct_us,packets,retransmitted,path_plane"
                + (_traffic.Jobs.Count > 0 ? ",job" : "")
                + (named ? ",src_name,dst_name\n" : "\n")
        );
        int job = 0;
        for (int f = 0; f < _result.Flows.Count; f++)
        {
            FlowDescription flow = _traffic.Flows[f];
            FlowResult r = _result.Flows[f];
            while (job < _traffic.Jobs.Count && f >= _traffic.Jobs[job].FirstFlow + _traffic.Jobs[job].FlowCount)
            {
                job++;
            }
            text.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(flow.Id != 0 ? flow.Id : f + 1)},{flow.Source},{flow.Destination},{flow.Bytes},{Time(r.StartPicoseconds)},{Time(r.FinishPicoseconds)},"
                        + $"{(r.FinishPicoseconds < 0 ? "" : Time(r.FinishPicoseconds - r.StartPicoseconds))},{r.Packets},{r.Retransmitted},{PlaneList(r.Planes)}"
                )
            );
            text.Write(
                (job < _traffic.Jobs.Count ? "," + Field(_traffic.Jobs[job].Name) : "")
                    + (named ? $",{Field(_names.Host(flow.Source))},{Field(_names.Host(flow.Destination))}\n" : "\n")
            );
        }
    }

    /// <summary>
    /// The planes of a bit mask as users read them: <c>2</c>, <c>0..3</c>, <c>0..1+3</c>; empty for none. A spreadsheet would read 1-3 as a
    /// day in January.
    /// </summary>
    internal static string PlaneList(ulong planes)
    {
        var text = new System.Text.StringBuilder();
        for (int plane = 0; plane < 64; plane++)
        {
            if ((planes >> plane & 1) == 0)
            {
                continue;
            }
            int last = plane;
            while (last < 63 && (planes >> (last + 1) & 1) != 0)
            {
                last++;
            }
            text.Append(text.Length > 0 ? "+" : "").Append(plane);
            if (last > plane)
            {
                text.Append("..").Append(last);
            }
            plane = last;
        }
        return text.ToString();
    }

    /// <summary>Writes the samples of the whole network over time, one row each.</summary>
    public void WriteTrace(TextWriter text)
    {
        text.Write(
            "time_us,flows_finished,packets_delivered,queued_bytes,largest_queue_bytes,mean_utilisation,max_utilisation,carrying_utilisation\n"
        );
        foreach (TraceSample s in _result.Trace)
        {
            text.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Time(s.TimePicoseconds)},{s.FlowsFinished},{s.DeliveredPackets},{s.QueuedBytes},{s.LargestQueueBytes},{s.MeanUtilisation:0.####},{s.MaximumUtilisation:0.####},{s.CarryingUtilisation:0.####}\n"
                )
            );
        }
    }

    /// <summary>
    /// Writes the samples of the busiest links and of those with the fullest queues, one row a link and moment:
    /// <c>time_us,link,from,to,cable,utilisation,queue_bytes</c>.
    /// </summary>
    public void WriteLinkTrace(TextWriter text)
    {
        text.Write("time_us,link,from,to,cable,utilisation,queue_bytes\n");
        foreach (LinkSeries series in _result.LinkSeries)
        {
            (string from, string to) = _names.Ends(series.Link, series.Upwards);
            string link = string.Create(
                CultureInfo.InvariantCulture,
                $"{series.Link}{(series.Upwards ? "-up" : "-down")},{Field(from)},{Field(to)},{Field(_names.Cable(series.Link))}"
            );
            for (int s = 0; s < _result.Trace.Count; s++)
            {
                if (!float.IsNaN(series.Utilisation[s]))
                {
                    text.Write(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{Time(_result.Trace[s].TimePicoseconds)},{link},{series.Utilisation[s]:0.####},{series.QueueBytes[s]}\n"
                        )
                    );
                }
            }
        }
    }

    private static string Time(long picoseconds) =>
        picoseconds < 0 ? "" : (picoseconds / 1e6m).ToString("0.######", CultureInfo.InvariantCulture);

    // A name may come from a cluster file, so it may hold a comma, a quote, or what a spreadsheet would take for a formula.
    private static string Field(string text)
    {
        string safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : safe;
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

    private static double Micro(long picoseconds) => Math.Round(picoseconds / 1e6, 6);

    private static string Word(PlanePolicy policy) =>
        policy switch
        {
            PlanePolicy.ShortestQueue => "shortest-queue",
            PlanePolicy.RoundRobin => "round-robin",
            PlanePolicy.WeightedEntropy => "weighted-entropy",
            _ => policy.ToString().ToLowerInvariant(),
        };
}
