using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>What one class of packets met at the switches.</summary>
/// <param name="Name">The class.</param>
/// <param name="Forwarded">What left switch ports.</param>
/// <param name="DroppedPackets">Packets lost to a full buffer.</param>
/// <param name="TrimmedPackets">Packets trimmed by one.</param>
/// <param name="Pauses">Pause frames sent for it.</param>
/// <param name="PeakQueue">Its largest queue at any port.</param>
/// <param name="PeakHeadroom">The most headroom it took at any ingress.</param>
public readonly record struct ClassResult(
    string Name,
    DataSize Forwarded,
    long DroppedPackets,
    long TrimmedPackets,
    long Pauses,
    DataSize PeakQueue,
    DataSize PeakHeadroom
);
