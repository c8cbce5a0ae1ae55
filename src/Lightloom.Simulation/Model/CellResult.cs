using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>What a switch-scheduled fabric did in a run. Immutable.</summary>
public sealed record CellResult
{
    /// <summary>Credits granted.</summary>
    public required long Credits { get; init; }

    /// <summary>Cells cut from packets.</summary>
    public required long Cells { get; init; }

    /// <summary>Links crossed by cells.</summary>
    public required long CellHops { get; init; }

    /// <summary>Control cells: flow status and credits, and reachability over the time simulated is not counted.</summary>
    public required long ControlCells { get; init; }

    /// <summary>Virtual output queues that were ever used.</summary>
    public required int Voqs { get; init; }

    /// <summary>The most data in one virtual output queue.</summary>
    public required DataSize VoqPeak { get; init; }

    /// <summary>The most data in all queues of one leaf.</summary>
    public required DataSize LeafPeak { get; init; }

    /// <summary>What went to external memory because the chip's was full, over the run and all leaves.</summary>
    public required DataSize Spilled { get; init; }

    /// <summary>The most data of one leaf in external memory at once.</summary>
    public required DataSize SpillPeak { get; init; }

    /// <summary>Data packets dropped at a full virtual output queue.</summary>
    public required long VoqDrops { get; init; }

    /// <summary>Times a host was paused.</summary>
    public required long Pauses { get; init; }

    /// <summary>Times an egress port's scheduler stopped because the port's buffer was full.</summary>
    public required long EgressStops { get; init; }

    /// <summary>
    /// Cells that a cell found before it when it joined a link's queue, the one in service included: mean, 99th percentile, largest.
    /// </summary>
    public required (double Mean, int P99, int Maximum) LinkQueueCells { get; init; }

    /// <summary>Cells (in the coarse mode, bursts) that came marked by a long queue.</summary>
    public required long MarkedCells { get; init; }

    /// <summary>Packets lost with a link inside the fabric.</summary>
    public required long PacketsLost { get; init; }

    /// <summary>
    /// How far the busiest link of a leaf lay above the mean of that leaf's links in the same direction, as a share of the mean; the
    /// largest over leaves that carried at least a tenth of what the busiest carried. 0 in the coarse mode, which assumes it.
    /// </summary>
    public required double LinkLoadSpread { get; init; }

    /// <summary>
    /// Fabric rate of the narrowest leaf over its hosts' rate, net of cell headers and with the frame gap that the run had, for full
    /// packets. Below 1 the fabric cannot carry what all its hosts can send.
    /// </summary>
    public required double NetSpeedup { get; init; }

    /// <summary>The same for the frame size, from 64 bytes to a full packet, at which it is least.</summary>
    public required double LeastNetSpeedup { get; init; }
}
