using System.Runtime.InteropServices;
using Lightloom.Simulation.Events;
using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>What a run measured. Immutable.</summary>
public sealed record SimulationResult
{
    /// <summary>What computed it.</summary>
    public EngineKind Engine { get; init; }

    /// <summary>The settings of the run.</summary>
    public required SimulationOptions Options { get; init; }

    /// <summary>
    /// True when a sender repeated everything behind a lost packet (go-back-N): one loss then explains many packets sent again.
    /// </summary>
    public bool GoesBack { get; init; }

    /// <summary>When the last event was, or the end that was asked for.</summary>
    public required SimTime SimulatedTime { get; init; }

    /// <summary>Time on the clock, from the first event to the last.</summary>
    public required TimeSpan WallTime { get; init; }

    /// <summary>Threads that took part; fewer than asked for when the traffic cannot be divided.</summary>
    public required int Threads { get; init; }

    /// <summary>Events worked on.</summary>
    public required long Events { get; init; }

    /// <summary>Links crossed by packets of any kind.</summary>
    public required long PacketHops { get; init; }

    /// <summary>By flow, in the order of the description.</summary>
    public required IReadOnlyList<FlowResult> Flows { get; init; }

    /// <summary>By job, in the order of the description; empty unless several jobs share the network.</summary>
    public IReadOnlyList<JobResult> Jobs { get; init; } = [];

    /// <summary>By rank of a replayed trace; empty elsewhere.</summary>
    public IReadOnlyList<RankResult> Ranks { get; init; } = [];

    /// <summary>Packets of data, by what became of them.</summary>
    public required PacketTotals Packets { get; init; }

    /// <summary>By class, in the order of the options; empty unless switches keep classes apart or share their buffers.</summary>
    public IReadOnlyList<ClassResult> Classes { get; init; } = [];

    /// <summary>The most that any switch's shared buffer held.</summary>
    public DataSize PeakBuffer { get; init; }

    /// <summary>One-way delay of data packets: the median, the 99th percentile and the largest.</summary>
    public required (SimTime P50, SimTime P99, SimTime Maximum) Latency { get; init; }

    /// <summary>What a data packet found in a switch's queue, its own included: the 99th percentile and the largest.</summary>
    public required (DataSize P99, DataSize Maximum) Queue { get; init; }

    /// <summary>
    /// How far out of order packets came, in packets: the 99th percentile and the farthest, and the share that came late.
    /// </summary>
    public required (long P99, long Maximum, double Share) Reordering { get; init; }

    /// <summary>Each direction of each link that carried anything.</summary>
    public required IReadOnlyList<LinkResult> Links { get; init; }

    /// <summary>What transport and load balancing add to ideal rates; null where packets were run, or where that is not known.</summary>
    public CalibratedResult? Calibrated { get; init; }

    /// <summary>What a switch-scheduled fabric did; null where packets were switched.</summary>
    public CellResult? Cells { get; init; }

    /// <summary>Covers every flow's completion time: equal hashes mean equal results.</summary>
    public required string ResultHash { get; init; }

    /// <summary>Why the run ended before its flows did; empty when they all finished.</summary>
    public string Unfinished { get; init; } = "";

    /// <summary>Whether the run was given up because it made no progress; <see cref="Unfinished"/> says so in words.</summary>
    public Standstill Standstill { get; init; }

    /// <summary>Remarks on the run, for example why it used fewer threads.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Samples over time, when asked for.</summary>
    public IReadOnlyList<TraceSample> Trace { get; init; } = [];

    /// <summary>The busiest links and those with the fullest queues at the same moments.</summary>
    public IReadOnlyList<LinkSeries> LinkSeries { get; init; } = [];

    /// <summary>Completion times of the flows that finished, shortest first.</summary>
    public SimTime[] CompletionTimes()
    {
        int count = 0;
        for (int f = 0; f < Flows.Count; f++)
        {
            count += Flows[f].CompletionTime is not null ? 1 : 0;
        }
        var times = new SimTime[count];
        count = 0;
        for (int f = 0; f < Flows.Count; f++)
        {
            if (Flows[f].CompletionTime is { } time)
            {
                times[count++] = time;
            }
        }
        KeySort.Sort(MemoryMarshal.Cast<SimTime, long>(times.AsSpan()));
        return times;
    }

    /// <summary>The value at a share of sorted times, by nearest rank; zero when there is none.</summary>
    public static SimTime NearestRank(IReadOnlyList<SimTime> sorted, double share) =>
        sorted.Count == 0 ? SimTime.Zero : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
}

/// <summary>One flow's outcome. Immutable.</summary>
public readonly record struct FlowResult
{
    // A time that is not known takes no more room than one that is: there is one of these for every flow.
    private const long None = -1;
    private readonly long _start;
    private readonly long _finish;

    /// <summary>Keeps an outcome.</summary>
    /// <param name="start">When it began; null when it never did.</param>
    /// <param name="finish">When its sender had the last acknowledgement; null when it never had.</param>
    /// <param name="packets">Packets its bytes make.</param>
    /// <param name="retransmitted">Packets sent again.</param>
    /// <param name="planes">The planes that its packets took, a bit each.</param>
    public FlowResult(SimTime? start, SimTime? finish, long packets, long retransmitted, ulong planes = 0)
        : this(start?.Picoseconds ?? None, finish?.Picoseconds ?? None, packets, retransmitted, planes) { }

    /// <summary>The same of raw picoseconds, as the engine keeps them: -1 for what never came.</summary>
    internal FlowResult(long start, long finish, long packets, long retransmitted, ulong planes = 0)
    {
        _start = start;
        _finish = finish;
        Packets = packets;
        Retransmitted = retransmitted;
        Planes = planes;
    }

    /// <summary>When it began; null when it never did.</summary>
    public SimTime? Start => _start < 0 ? null : SimTime.FromPicoseconds(_start);

    /// <summary>When its sender had the last acknowledgement; null when it never had.</summary>
    public SimTime? Finish => _finish < 0 ? null : SimTime.FromPicoseconds(_finish);

    /// <summary>From its start to its sender's last acknowledgement; null when it is not done.</summary>
    public SimTime? CompletionTime => _finish < 0 ? null : SimTime.FromPicoseconds(_finish - _start);

    /// <summary>Whether its sender had the last acknowledgement.</summary>
    public bool IsDone => _finish >= 0;

    /// <summary>Packets its bytes make.</summary>
    public long Packets { get; }

    /// <summary>Packets sent again.</summary>
    public long Retransmitted { get; }

    /// <summary>The planes that its packets took, a bit each.</summary>
    public ulong Planes { get; }
}

/// <summary>Packets by what became of them: sent = delivered + trimmed + dropped + in flight, always.</summary>
/// <param name="Sent">Data packets put on the wire, retransmissions included.</param>
/// <param name="Delivered">Data packets that reached their host whole.</param>
/// <param name="Trimmed">Data packets whose payload a queue cut off.</param>
/// <param name="Dropped">Data packets lost, for whatever reason.</param>
/// <param name="InFlight">Data packets in queues and on wires at the end.</param>
/// <param name="Retransmitted">Data packets sent again.</param>
/// <param name="EcnMarked">Data packets marked.</param>
/// <param name="DroppedQueueFull">Lost to a full queue.</param>
/// <param name="DroppedLinkDown">Lost to a dead link.</param>
/// <param name="DroppedNoRoute">Lost because no way led to the host.</param>
/// <param name="DroppedCorrupted">Lost to bit errors.</param>
/// <param name="LinkRetries">Packets that a link sent again by itself.</param>
/// <param name="Pauses">Pause frames.</param>
public readonly record struct PacketTotals(
    long Sent,
    long Delivered,
    long Trimmed,
    long Dropped,
    long InFlight,
    long Retransmitted,
    long EcnMarked,
    long DroppedQueueFull,
    long DroppedLinkDown,
    long DroppedNoRoute,
    long DroppedCorrupted,
    long LinkRetries,
    long Pauses
);

/// <summary>One direction of a link.</summary>
/// <param name="Link">The link's place in the description.</param>
/// <param name="Upwards">From its A end to its Z end.</param>
/// <param name="Sent">What it carried.</param>
/// <param name="Utilisation">That over what the rate allows between the first and the last moment of the run.</param>
/// <param name="PeakQueue">The most data that waited for it at once.</param>
/// <param name="Marked">Packets marked here.</param>
/// <param name="Trimmed">Packets trimmed here.</param>
/// <param name="Dropped">Packets lost here.</param>
/// <param name="Paused">Time it was told to wait.</param>
public readonly record struct LinkResult(
    int Link,
    bool Upwards,
    DataSize Sent,
    double Utilisation,
    DataSize PeakQueue,
    int Marked,
    int Trimmed,
    int Dropped,
    SimTime Paused
);

/// <summary>The state of the network at one moment of a run.</summary>
/// <param name="Time">When.</param>
/// <param name="FlowsFinished">Flows done so far.</param>
/// <param name="DeliveredPackets">Data packets delivered so far.</param>
/// <param name="Queued">Data in all switch queues; like the next, the most at any look since the sample before.</param>
/// <param name="LargestQueue">Data in the fullest.</param>
/// <param name="MeanUtilisation">Of all links that join switches, since the sample before.</param>
/// <param name="MaximumUtilisation">Of the busiest link; where samples were joined, in its busiest part of the time.</param>
/// <param name="CarryingUtilisation">Of those links that join switches and have carried anything so far: the mean of all, where few hosts
/// take part in a large network, says little.</param>
public readonly record struct TraceSample(
    SimTime Time,
    long FlowsFinished,
    long DeliveredPackets,
    DataSize Queued,
    DataSize LargestQueue,
    double MeanUtilisation,
    double MaximumUtilisation,
    double CarryingUtilisation = 0
);
