using System.Globalization;
using Lightloom.Simulation.Measurement;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Report;

/// <summary>Writes a result: as the contract's JSON, as text for people, as tables for a spreadsheet.</summary>
public sealed partial class SimulationReport
{
    /// <summary>Rows that spreadsheets show of a sheet, the header among them.</summary>
    public const int MostRows = 1_048_576;

    private readonly NetworkDescription _network;
    private readonly TrafficDescription _traffic;
    private readonly SimulationResult _result;
    private readonly SimTime[] _times;
    private readonly SimTime _lastFinish;

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
        _lastFinish = _findings.LastFinish;
    }

    /// <summary>Seconds that the collective or the last flow took.</summary>
    private double TotalSeconds => _lastFinish.Picoseconds * 1e-12;

    /// <summary>The share of line rate that the busiest card reached over the whole run.</summary>
    public double Efficiency => _findings.LineRateShare;

    /// <summary>What the run means.</summary>
    public Findings Findings => _findings;

    /// <summary>Jain's fairness index of the flows' mean rates: 1 when all are equal.</summary>
    public double Fairness() => _findings.Fairness();

    /// <summary>
    /// The figures for people, as a name and a sentence each, in the order of interest. What the engine took is <see cref="EngineWords"/>,
    /// as it differs between runs.
    /// </summary>
    public IReadOnlyList<(string Name, string Text)> Summary()
    {
        SimulationResult r = _result;
        List<(string, string)> rows =
        [
            ("flows", $"{Words(_times.Length)} of {Words(r.Flows.Count)} done, the last after {Words(_lastFinish.Microseconds)} us"),
        ];
        if (_times.Length > 0)
        {
            rows.Add(
                (
                    "completion",
                    $"mean {Words(_times.Average(t => t.Picoseconds) / 1e6)}, median {Words(SimulationResult.NearestRank(_times, 0.5).Microseconds)}, "
                        + $"p99 {Words(SimulationResult.NearestRank(_times, 0.99).Microseconds)}, slowest {Words(_times[^1].Microseconds)} us; "
                        + $"fairness {Fairness().ToString("0.000", CultureInfo.InvariantCulture)}"
                )
            );
        }
        if (_traffic.CollectiveHosts > 0 && TotalSeconds > 0)
        {
            double algorithm = _traffic.CollectiveSize.Bytes * 8 / TotalSeconds / 1e9;
            rows.Add(
                (
                    "collective",
                    $"{_traffic.Name} over {Words(_traffic.CollectiveHosts)}: {Words(algorithm)} Gb/s algorithm, "
                        + $"{Words(algorithm * Collective.BusFactor(_traffic.Name, _traffic.CollectiveHosts))} Gb/s bus bandwidth"
                )
            );
        }
        AddReplay(rows);
        if (r.Calibrated is { } calibrated)
        {
            rows.Add(
                (
                    "as measured",
                    $"{calibrated.Transport} with {calibrated.LoadBalancing}: the last after {Words(calibrated.Finish.Microseconds)} us, "
                        + $"where the ideal takes {Words(calibrated.IdealFinish.Microseconds)} us; such figures are off by "
                        + $"{(100 * calibrated.Error).ToString("0.0", CultureInfo.InvariantCulture)} % on average"
                        + (
                            calibrated.MeasuredRate > DataRate.Zero
                                ? string.Create(CultureInfo.InvariantCulture, $" at {calibrated.MeasuredRate.Gbps:0.##}G")
                                : ""
                        )
                        + (calibrated.Doubt is { } doubt ? "; " + doubt : "")
                )
            );
        }
        AddJobsAndClasses(rows);
        PacketTotals p = r.Packets;
        rows.Add(
            (
                "packets",
                $"{Words(p.Sent)} sent, {Words(p.Trimmed)} trimmed, {Words(p.Dropped)} dropped, {Words(p.Retransmitted)} sent again, "
                    + $"{Words(p.EcnMarked)} marked"
                    + (p.Pauses > 0 ? $", {Words(p.Pauses)} pauses" : "")
                    + (p.LinkRetries > 0 ? $", {Words(p.LinkRetries)} link retries" : "")
            )
        );
        rows.Add(
            (
                "latency",
                $"median {Words(r.Latency.P50.Microseconds)}, p99 {Words(r.Latency.P99.Microseconds)}, "
                    + $"largest {Words(r.Latency.Maximum.Microseconds)} us; "
                    + $"{(100 * r.Reordering.Share).ToString("0.0", CultureInfo.InvariantCulture)} % of packets late"
            )
        );
        rows.Add(("queues", $"p99 {Words(r.Queue.P99.Bytes / 1024.0)}, fullest {Words(r.Queue.Maximum.Bytes / 1024.0)} KiB"));
        AddCells(rows);
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
            return $"{(_result.Engine == EngineKind.Fluid ? "fluid flows" : _result.Options.Transport)} {spread} on {Words(_network.HostCount)} "
                + $"{(_network.HostCount == 1 ? "host" : "hosts")} and {Words(_network.Switches.Count)} "
                + $"{(_network.Switches.Count == 1 ? "switch" : "switches")}, seed {_result.Options.Seed}";
        }
    }

    /// <summary>How fast the engine was: hops, seconds, threads, and the hash of the result.</summary>
    public string EngineWords =>
        $"{Words(_result.PacketHops)} hops in {Words(_result.WallTime.TotalSeconds)} s on {_result.Threads} {(_result.Threads == 1 ? "thread" : "threads")}, "
        + $"{Words(_result.PacketHops / Math.Max(1e-9, _result.WallTime.TotalSeconds) / 1e6)} million a second; result {_result.ResultHash}";

    private void AddJobsAndClasses(List<(string, string)> rows)
    {
        SimulationResult r = _result;
        foreach (JobResult job in r.Jobs)
        {
            IReadOnlyList<SimTime> times = job.CompletionTimes;
            rows.Add(
                (
                    "job",
                    $"{job.Job.Name}, {job.Job.Workload}, from {Words(job.Job.Start.Microseconds)} us: "
                        + (
                            job.Time is not { } time
                                ? $"{Words(job.Completed)} of {Words(job.Job.FlowCount)} flows done"
                                : $"done in {Words(time.Microseconds)} us"
                        )
                        + (job.BusRate > DataRate.Zero ? $", {Words(job.BusRate.Gbps)} Gb/s bus bandwidth" : "")
                        + $"; flows' median {Words(SimulationResult.NearestRank(times, 0.5).Microseconds)}, "
                        + $"p99 {Words(SimulationResult.NearestRank(times, 0.99).Microseconds)} us"
                )
            );
        }
        foreach (ClassResult one in r.Classes)
        {
            rows.Add(
                (
                    "class",
                    $"{one.Name}: {Words(one.DroppedPackets)} dropped, {Words(one.TrimmedPackets)} trimmed, {Words(one.Pauses)} pauses, "
                        + $"longest queue {Words(one.PeakQueue.Bytes / 1024.0)} KiB"
                        + (one.PeakHeadroom.Bytes > 0 ? $", {Words(one.PeakHeadroom.Bytes / 1024.0)} KiB of headroom" : "")
                )
            );
        }
        if (r.Options.SharedBuffer is { } buffer)
        {
            rows.Add(("buffer", $"at most {Words(r.PeakBuffer.Bytes / 1024.0)} of {Words(buffer.Bytes / 1024.0)} KiB of a switch"));
        }
    }

    private void AddCells(List<(string, string)> rows)
    {
        if (_result.Cells is { } cells)
        {
            string Short(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
            rows.Add(
                (
                    "cells",
                    $"{Words(cells.Cells)} cells on {Words(cells.Credits)} credits; "
                        + $"{Short(cells.LinkQueueCells.Mean, "0.0")} cells before a link, "
                        + $"p99 {cells.LinkQueueCells.P99}, most {cells.LinkQueueCells.Maximum}"
                        + (cells.MarkedCells > 0 ? $"; {Words(cells.MarkedCells)} marked" : "")
                        + (cells.PacketsLost > 0 ? $"; {Words(cells.PacketsLost)} packets lost with links" : "")
                )
            );
            rows.Add(
                (
                    "ingress",
                    $"fullest virtual output queue {Words(cells.VoqPeak.Bytes / 1024.0)} KiB, "
                        + $"fullest leaf {Words(cells.LeafPeak.Bytes / 1048576.0)} MiB"
                        + (cells.Spilled.Bytes > 0 ? $", {Words(cells.Spilled.Bytes / 1048576.0)} MiB to external memory" : "")
                        + (cells.VoqDrops > 0 ? $", {Words(cells.VoqDrops)} dropped" : "")
                        + $"; fabric over hosts, net of cell headers, {Short(cells.NetSpeedup, "0.000")}"
                        + (cells.NetSpeedup < 1 ? ": less than all hosts can send" : "")
                )
            );
        }
    }

    private static string Words(double value) => value.ToString("#,0.###", CultureInfo.InvariantCulture);
}
