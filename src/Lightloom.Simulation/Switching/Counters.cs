using Lightloom.Simulation.Measurement;

namespace Lightloom.Simulation.Switching;

/// <summary>What one partition counted; summed at the end.</summary>
internal sealed class Counters
{
    public long Events;
    public long Hops;
    public long DataSent;
    public long Retransmitted;
    public long DataDelivered;

    /// <summary>Data packets that their receiver kept and did not have before: what brings a flow nearer to its end.</summary>
    public long Kept;
    public long Trimmed;
    public long TrimmedDelivered;
    public long TrimmedDropped;
    public long Marked;
    public long ControlSent;
    public long ControlDelivered;
    public long ControlDropped;
    public long DroppedQueueFull;
    public long DroppedLinkDown;
    public long DroppedNoRoute;
    public long DroppedCorrupted;
    public long DroppedByReceiver;
    public long LinkRetries;
    public long Pauses;
    public long OutOfOrder;
    public long FlowsFinished;

    /// <summary>Decreases of a rate by round trips, counted by TIMELY.</summary>
    public long Slowed;

    /// <summary>When the last flow was complete that sent no packet: one inside a scale-up domain, or of no bytes; in picoseconds.</summary>
    public long LastWithoutPacket;
    public readonly Histogram Latency = new();
    public readonly Histogram Queues = new();
    public readonly Histogram ReorderDistance = new();

    public long DataDropped => DroppedQueueFull + DroppedLinkDown + DroppedNoRoute + DroppedCorrupted;

    public void Add(Counters other)
    {
        Events += other.Events;
        Hops += other.Hops;
        DataSent += other.DataSent;
        Retransmitted += other.Retransmitted;
        DataDelivered += other.DataDelivered;
        Kept += other.Kept;
        Trimmed += other.Trimmed;
        TrimmedDelivered += other.TrimmedDelivered;
        TrimmedDropped += other.TrimmedDropped;
        Marked += other.Marked;
        ControlSent += other.ControlSent;
        ControlDelivered += other.ControlDelivered;
        ControlDropped += other.ControlDropped;
        DroppedQueueFull += other.DroppedQueueFull;
        DroppedLinkDown += other.DroppedLinkDown;
        DroppedNoRoute += other.DroppedNoRoute;
        DroppedCorrupted += other.DroppedCorrupted;
        DroppedByReceiver += other.DroppedByReceiver;
        LinkRetries += other.LinkRetries;
        Pauses += other.Pauses;
        OutOfOrder += other.OutOfOrder;
        FlowsFinished += other.FlowsFinished;
        Slowed += other.Slowed;
        LastWithoutPacket = Math.Max(LastWithoutPacket, other.LastWithoutPacket);
        Latency.Add(other.Latency);
        Queues.Add(other.Queues);
        ReorderDistance.Add(other.ReorderDistance);
    }
}
