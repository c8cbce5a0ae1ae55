using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Experiments.Faults;

/// <summary>A run in which the fault strikes while everybody sends, is found, and is repaired later.</summary>
public sealed record StrikeOutcome
{
    /// <summary>Hosts that send and receive.</summary>
    public required int Hosts { get; init; }

    /// <summary>When the fault strikes.</summary>
    public required SimTime Struck { get; init; }

    /// <summary>When it is repaired.</summary>
    public required SimTime Repaired { get; init; }

    /// <summary>From the fault to new routes: the setting of the run, no result.</summary>
    public required SimTime Detection { get; init; }

    /// <summary>
    /// From the fault until the delivered rate stays at its new level, within a twentieth; null when that is not reached before the repair.
    /// </summary>
    public required SimTime? Recovery { get; init; }

    /// <summary>
    /// From the repair until the delivered rate is within a twentieth of the rate before the fault; null when it does not come back while
    /// flows last.
    /// </summary>
    public required SimTime? Restoration { get; init; }

    /// <summary>Delivered before the fault, in packets a microsecond.</summary>
    public required double RateBefore { get; init; }

    /// <summary>The least delivered, in the mean of five samples, between fault and repair.</summary>
    public required double RateLeast { get; init; }

    /// <summary>Delivered at the end of the fault's time.</summary>
    public required double RateDuring { get; init; }

    /// <summary>What became of packets: sent = delivered + trimmed + dropped + in flight.</summary>
    public required PacketTotals Packets { get; init; }

    /// <summary>Data packets lost to the dead links and for want of a route.</summary>
    public long Lost => Packets.DroppedLinkDown + Packets.DroppedNoRoute;

    /// <summary>Flows that did not end, although the fault was repaired.</summary>
    public required int Unfinished { get; init; }

    /// <summary>Packets that links of planes without a fault dropped; null without such a plane.</summary>
    public required long? OtherPlanesDropped { get; init; }

    /// <summary>The samples.</summary>
    public required IReadOnlyList<TraceSample> Series { get; init; }
}
