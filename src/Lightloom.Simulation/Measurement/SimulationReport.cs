using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lightloom.Simulation.Cells;
using Lightloom.Simulation.Network;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Measurement;

/// <summary>Writes a result: as the contract's JSON, as text for people, as tables for a spreadsheet.</summary>
public sealed class SimulationReport
{
    private readonly NetworkDescription _network;
    private readonly TrafficDescription _traffic;
    private readonly SimulationResult _result;
    private readonly long[] _times;
    private readonly long _lastFinish;

    private readonly Func<int, string> _nameOfHost;

    /// <summary>Prepares the report of one run.</summary>
    /// <param name="network">What was simulated.</param>
    /// <param name="traffic">What was sent.</param>
    /// <param name="result">What came out.</param>
    /// <param name="nameOfHost">What people call a host; its number when null.</param>
    public SimulationReport(NetworkDescription network, TrafficDescription traffic, SimulationResult result, Func<int, string>? nameOfHost = null)
    {
        _nameOfHost = nameOfHost ?? (host => $"host {host}");
        _network = network;
        _traffic = traffic;
        _result = result;
        _times = result.CompletionTimes();
        _lastFinish = result.Flows.Count == 0 ? 0 : Math.Max(0, result.Flows.Max(f => f.FinishPicoseconds));
    }

    /// <summary>Seconds that the collective or the last flow took.</summary>
    private double TotalSeconds => _lastFinish * 1e-12;

    /// <summary>The best possible completion of the busiest card, in seconds: its bytes with headers at its rate.</summary>
    private double IdealSeconds()
    {
        var sent = new long[_network.HostCount];
        var received = new long[_network.HostCount];
        int payload = _result.Options.Mtu - _result.Options.HeaderBytes;
        foreach (FlowDescription flow in _traffic.Flows)
        {
            if (_network.ScaleUp?.Joins(flow.Source, flow.Destination) == true)
            {
                continue;
            }
            long wire = flow.Bytes + (flow.Bytes + payload - 1) / payload * _result.Options.HeaderBytes;
            sent[flow.Source] += wire;
            received[flow.Destination] += wire;
        }
        var rate = new double[_network.HostCount];
        foreach (LinkDescription link in _network.Links)
        {
            if (link.A.IsHost)
            {
                rate[link.A.Index] += link.BitsPerSecond;
            }
        }
        double ideal = 0;
        for (int h = 0; h < _network.HostCount; h++)
        {
            ideal = Math.Max(ideal, 8.0 * Math.Max(sent[h], received[h]) / rate[h]);
        }
        return ideal;
    }

    /// <summary>The share of line rate that the busiest card reached over the whole run.</summary>
    public double Efficiency => _lastFinish == 0 ? 0 : Math.Min(1, IdealSeconds() / TotalSeconds);

    /// <summary>Jain's fairness index of the flows' mean rates: 1 when all are equal.</summary>
    public double Fairness()
    {
        double sum = 0, squares = 0;
        int count = 0;
        for (int f = 0; f < _result.Flows.Count; f++)
        {
            FlowResult flow = _result.Flows[f];
            if (flow.FinishPicoseconds > flow.StartPicoseconds)
            {
                double rate = _traffic.Flows[f].Bytes / (double)(flow.FinishPicoseconds - flow.StartPicoseconds);
                sum += rate;
                squares += rate * rate;
                count++;
            }
        }
        return count == 0 ? 0 : sum * sum / (count * squares);
    }

    /// <summary>Writes the contract's document and nothing else.</summary>
    public void WriteJson(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        SimulationResult r = _result;
        json.WriteStartObject();
        json.WriteString("engine", r.Engine);
        json.WriteNumber("seed", r.Options.Seed);
        json.WriteNumber("threads", r.Threads);
        json.WriteString("transport", Word(r.Options.Transport));
        json.WriteString("load_balancing", Word(r.Options.LoadBalancing));
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
            double bus = algorithm * Workload.BusFactor(_traffic.Name, _traffic.CollectiveHosts);
            json.WriteStartObject("collective");
            json.WriteString("name", _traffic.Name);
            json.WriteNumber("xpus", _traffic.CollectiveHosts);
            json.WriteNumber("bytes", _traffic.CollectiveBytes);
            json.WriteNumber("time_us", Micro(_lastFinish));
            json.WriteNumber("algbw_gbps", Math.Round(algorithm, 3));
            json.WriteNumber("busbw_gbps", Math.Round(bus, 3));
            // With scale-up domains the bus is wider than one card; the busiest card's share of its line rate says how well the network was used.
            json.WriteNumber("utilisation", Math.Round(_network.ScaleUp is null ? bus * 1e9 / HostRate() : Efficiency, 6));
            json.WriteEndObject();
        }
        WriteJobs(json);
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

    /// <summary>Writes a summary for people: what came out, whether it reached 90 % of line rate, and if not, what held it back.</summary>
    public void WriteSummary(TextWriter text)
    {
        SimulationResult r = _result;
        string F(double value) => value.ToString("#,0.###", CultureInfo.InvariantCulture);
        string spread = r.Options.Cells is null ? "with " + Word(r.Options.LoadBalancing) : "over a switch-scheduled fabric" + (r.Options.Cells.Mode == CellMode.Cells ? ", cell by cell," : "");
        text.WriteLine($"{(r.Engine == "fluid" ? "fluid flows" : Word(r.Options.Transport))} {spread} on {_network.HostCount} hosts and {_network.Switches.Count} switches, seed {r.Options.Seed}");
        text.WriteLine($"  flows        {_times.Length} of {r.Flows.Count} done, the last after {F(_lastFinish / 1e6)} us");
        if (_times.Length > 0)
        {
            text.WriteLine($"  completion   mean {F(_times.Average() / 1e6)}, median {F(SimulationResult.NearestRank(_times, 0.5) / 1e6)}, " +
                $"p99 {F(SimulationResult.NearestRank(_times, 0.99) / 1e6)}, slowest {F(_times[^1] / 1e6)} us; fairness {Fairness():0.000}");
        }
        if (_traffic.CollectiveHosts > 0 && TotalSeconds > 0)
        {
            double algorithm = _traffic.CollectiveBytes * 8 / TotalSeconds / 1e9;
            text.WriteLine($"  collective   {_traffic.Name} over {_traffic.CollectiveHosts}: {F(algorithm)} Gb/s algorithm, " +
                $"{F(algorithm * Workload.BusFactor(_traffic.Name, _traffic.CollectiveHosts))} Gb/s bus bandwidth");
        }
        foreach (JobResult job in r.Jobs)
        {
            long[] times = [.. job.CompletionTimes];
            text.WriteLine($"  job          {job.Job.Name}, {job.Job.Workload}, from {F(job.Job.StartPicoseconds / 1e6)} us: " +
                (job.FinishPicoseconds < 0 ? $"{job.Completed} of {job.Job.FlowCount} flows done" : $"done in {F(job.TimePicoseconds / 1e6)} us") +
                (job.BusBitsPerSecond > 0 ? $", {F(job.BusBitsPerSecond / 1e9)} Gb/s bus bandwidth" : "") +
                $"; flows' median {F(SimulationResult.NearestRank(times, 0.5) / 1e6)}, p99 {F(SimulationResult.NearestRank(times, 0.99) / 1e6)} us");
        }
        PacketTotals p = r.Packets;
        text.WriteLine($"  packets      {F(p.Sent)} sent, {F(p.Trimmed)} trimmed, {F(p.Dropped)} dropped, {F(p.Retransmitted)} sent again, {F(p.EcnMarked)} marked" +
            (p.Pauses > 0 ? $", {F(p.Pauses)} pauses" : "") + (p.LinkRetries > 0 ? $", {F(p.LinkRetries)} link retries" : ""));
        text.WriteLine($"  latency      median {F(r.LatencyPicoseconds.P50 / 1e6)}, p99 {F(r.LatencyPicoseconds.P99 / 1e6)}, largest {F(r.LatencyPicoseconds.Maximum / 1e6)} us; " +
            $"fullest queue {F(r.QueueBytes.Maximum / 1024.0)} KiB; {100 * r.Reordering.Share:0.0} % of packets late");
        if (r.Cells is { } cells)
        {
            text.WriteLine($"  cells        {F(cells.Cells)} cells on {F(cells.Credits)} credits; {cells.LinkQueueCells.Mean:0.0} cells before a link, p99 {cells.LinkQueueCells.P99}, most {cells.LinkQueueCells.Maximum}" +
                (cells.MarkedCells > 0 ? $"; {F(cells.MarkedCells)} marked" : "") + (cells.PacketsLost > 0 ? $"; {F(cells.PacketsLost)} packets lost with links" : ""));
            text.WriteLine($"  ingress      fullest virtual output queue {F(cells.VoqPeakBytes / 1024.0)} KiB, fullest leaf {F(cells.LeafPeakBytes / 1048576.0)} MiB" +
                (cells.SpilledBytes > 0 ? $", {F(cells.SpilledBytes / 1048576.0)} MiB to external memory" : "") + (cells.VoqDrops > 0 ? $", {F(cells.VoqDrops)} dropped" : "") +
                $"; fabric over hosts, net of cell headers, {cells.NetSpeedup:0.000}" + (cells.NetSpeedup < 1 ? ": less than all hosts can send" : ""));
        }
        text.WriteLine($"  engine       {F(r.PacketHops)} hops in {F(r.WallSeconds)} s on {r.Threads} thread(s), {F(r.PacketHops / Math.Max(1e-9, r.WallSeconds) / 1e6)} million a second; result {r.ResultHash}");
        if (r.Unfinished.Length > 0)
        {
            text.WriteLine($"  UNFINISHED   {r.Unfinished}");
        }
        foreach (string note in r.Notes)
        {
            text.WriteLine($"  note         {note}");
        }
        WriteVerdict(text);
    }

    private void WriteVerdict(TextWriter text)
    {
        if (_times.Length == 0 || _result.Unfinished.Length > 0)
        {
            return;
        }
        if (_result.Packets.Sent == 0)
        {
            text.WriteLine("  line rate    nothing crossed the network: every transfer stayed inside a scale-up domain");
            return;
        }
        text.WriteLine($"  line rate    {100 * Efficiency:0.0} % of what the busiest card could carry, {(Efficiency >= 0.9 ? "above" : "below")} 90 %");
        if (Efficiency >= 0.9)
        {
            return;
        }
        if (_result.Links.Count == 0)
        {
            return;
        }
        LinkResult busiest = _result.Links.MaxBy(l => l.Utilisation);
        if (_result.Engine == "fluid")
        {
            text.WriteLine($"               the busiest link, {NameOf(busiest)}, {100 * busiest.Utilisation:0.0} % of the run");
            return;
        }
        LinkResult fullest = _result.Links.MaxBy(l => l.PeakQueueBytes);
        PacketTotals p = _result.Packets;
        double lost = p.Sent == 0 ? 0 : (double)(p.Trimmed + p.Dropped) / p.Sent;
        (double inside, double waiting, long size) = LatencyShare();
        double roundTripBytes = 2 * _network.DiameterLatencyPicoseconds() * 1e-12 * _network.HostBitsPerSecond() / 8;
        // Nothing lost, short queues, no full link: it is not the network that is in the way.
        if (lost < 0.001 && fullest.PeakQueueBytes < Math.Max(roundTripBytes, 4 * _result.Options.Mtu) && busiest.Utilisation < 0.9)
        {
            text.WriteLine(inside > 0.5 ? $"  held back by the scale-up domains: transfers inside nodes take {100 * inside:0} % of all transfers' time"
                : waiting < 0.5
                    ? $"  held back by latency: transfers of {size / 1024.0:0.#} KiB each wait for the one before, and are short for their round trip; " +
                      "larger messages or more of them at once would fill the links"
                    : "  held back by the order of its steps: transfers wait for each other while no link is full and no queue long");
            text.WriteLine($"               the longest queue, {fullest.PeakQueueBytes / 1024.0:0.#} KiB before {NameOf(fullest)}");
        }
        else
        {
            text.WriteLine($"  held back by the longest queue, {fullest.PeakQueueBytes / 1024.0:0.#} KiB before {NameOf(fullest)} " +
                $"({fullest.Trimmed} trimmed, {fullest.Dropped} dropped, {fullest.Marked} marked there)");
        }
        text.WriteLine($"               the busiest link, {NameOf(busiest)}, {100 * busiest.Utilisation:0.0} % of the run");
        int slowest = Enumerable.Range(0, _result.Flows.Count).Where(f => !IsLocal(f)).DefaultIfEmpty(0).MaxBy(f => _result.Flows[f].FinishPicoseconds - _result.Flows[f].StartPicoseconds);
        FlowDescription flow = _traffic.Flows[slowest];
        FlowResult outcome = _result.Flows[slowest];
        text.WriteLine($"               the slowest flow, {_nameOfHost(flow.Source)} to {_nameOfHost(flow.Destination)}: {(outcome.FinishPicoseconds - outcome.StartPicoseconds) / 1e6:0.###} us, " +
            $"{outcome.Retransmitted} of its {outcome.Packets} packets sent again");
    }

    private bool IsLocal(int flow) => _network.ScaleUp?.Joins(_traffic.Flows[flow].Source, _traffic.Flows[flow].Destination) == true;

    // The share of all transfer time that is spent inside scale-up domains; by how much network flows are slower than the closed form of an empty
    // network; and their mean size.
    private (double Inside, double Waiting, long Size) LatencyShare()
    {
        double rate = _network.HostBitsPerSecond();
        double latency = _network.DiameterLatencyPicoseconds();
        double inside = 0, outside = 0, ideal = 0;
        long bytes = 0;
        int count = 0;
        for (int f = 0; f < _result.Flows.Count; f++)
        {
            FlowResult r = _result.Flows[f];
            if (r.FinishPicoseconds < 0)
            {
                continue;
            }
            double time = r.FinishPicoseconds - r.StartPicoseconds;
            if (IsLocal(f))
            {
                inside += time;
                continue;
            }
            int mtu = (int)Math.Min(_traffic.Flows[f].Bytes, _result.Options.Mtu);
            outside += time;
            ideal += 2 * latency + (_traffic.Flows[f].Bytes + (_network.Diameter() - 1.0) * mtu) * 8e12 / rate;
            bytes += _traffic.Flows[f].Bytes;
            count++;
        }
        return (inside / Math.Max(1, inside + outside), count == 0 ? 0 : Math.Max(0, outside / ideal - 1), count == 0 ? 0 : bytes / count);
    }

    private string NameOf(LinkResult result)
    {
        LinkDescription link = _network.Links[result.Link];
        string Name(NodeId node) => node.IsHost ? _nameOfHost(node.Index) : _network.Switches[node.Index].Name is { Length: > 0 } name ? name : node.ToString();
        return result.Upwards ? $"{Name(link.A)} to {Name(link.Z)}" : $"{Name(link.Z)} to {Name(link.A)}";
    }

    /// <summary>Writes one row a flow: <c>id,src,dst,bytes,start_us,finish_us,fct_us,packets,retransmitted,path_plane</c>; the last is the plane that the flow's packets took, or several as <c>0-3</c> or <c>0-1+3</c>. Where several jobs share the network their name follows.</summary>
    public void WriteFlows(TextWriter text)
    {
        text.Write("id,src,dst,bytes,start_us,finish_us,fct_us,packets,retransmitted,path_plane" + (_traffic.Jobs.Count > 0 ? ",job" : "") + "\n");
        int job = 0;
        for (int f = 0; f < _result.Flows.Count; f++)
        {
            FlowDescription flow = _traffic.Flows[f];
            FlowResult r = _result.Flows[f];
            string Job(int flow)
            {
                while (job < _traffic.Jobs.Count && flow >= _traffic.Jobs[job].FirstFlow + _traffic.Jobs[job].FlowCount)
                {
                    job++;
                }
                return job < _traffic.Jobs.Count ? "," + _traffic.Jobs[job].Name : "";
            }
            string Time(long picoseconds) => picoseconds < 0 ? "" : (picoseconds / 1e6m).ToString("0.######", CultureInfo.InvariantCulture);
            text.Write(string.Create(CultureInfo.InvariantCulture,
                $"{(flow.Id != 0 ? flow.Id : f + 1)},{flow.Source},{flow.Destination},{flow.Bytes},{Time(r.StartPicoseconds)},{Time(r.FinishPicoseconds)}," +
                $"{(r.FinishPicoseconds < 0 ? "" : Time(r.FinishPicoseconds - r.StartPicoseconds))},{r.Packets},{r.Retransmitted},{PlaneList(r.Planes)}{Job(f)}\n"));
        }
    }

    /// <summary>The planes of a bit mask as users read them: <c>2</c>, <c>0-3</c>, <c>0-1+3</c>; empty for none.</summary>
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
                text.Append('-').Append(last);
            }
            plane = last;
        }
        return text.ToString();
    }

    /// <summary>Writes the samples over time, one row each.</summary>
    public void WriteTrace(TextWriter text)
    {
        text.Write("time_us,flows_finished,packets_delivered,queued_bytes,largest_queue_bytes,mean_utilisation,max_utilisation\n");
        foreach (TraceSample s in _result.Trace)
        {
            text.Write(string.Create(CultureInfo.InvariantCulture,
                $"{s.TimePicoseconds / 1e6:0.######},{s.FlowsFinished},{s.DeliveredPackets},{s.QueuedBytes},{s.LargestQueueBytes},{s.MeanUtilisation:0.####},{s.MaximumUtilisation:0.####}\n"));
        }
    }

    private double HostRate()
    {
        var rate = new double[_network.HostCount];
        foreach (LinkDescription link in _network.Links)
        {
            if (link.A.IsHost)
            {
                rate[link.A.Index] += link.BitsPerSecond;
            }
        }
        return rate.Max();
    }

    private static double Micro(long picoseconds) => Math.Round(picoseconds / 1e6, 6);

    private static string Word(TransportKind kind) => kind == TransportKind.NsccRccc ? "nscc+rccc" : kind.ToString().ToLowerInvariant();

    private static string Word(PlanePolicy policy) => policy switch
    {
        PlanePolicy.ShortestQueue => "shortest-queue",
        PlanePolicy.RoundRobin => "round-robin",
        PlanePolicy.WeightedEntropy => "weighted-entropy",
        _ => policy.ToString().ToLowerInvariant(),
    };

    private static string Word(LoadBalancingKind kind) => kind switch
    {
        LoadBalancingKind.SwitchRr => "switch-rr",
        LoadBalancingKind.SwitchAr => "switch-ar",
        LoadBalancingKind.SwitchArFlow => "switch-ar-flow",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
