namespace Lightloom.Simulation.Model;

/// <summary>What one class of packets met at the switches.</summary>
/// <param name="Name">The class.</param>
/// <param name="ForwardedBytes">Bytes that left switch ports.</param>
/// <param name="DroppedPackets">Packets lost to a full buffer.</param>
/// <param name="TrimmedPackets">Packets trimmed by one.</param>
/// <param name="Pauses">Pause frames sent for it.</param>
/// <param name="PeakQueueBytes">Its largest queue at any port.</param>
/// <param name="PeakHeadroomBytes">The most headroom it took at any ingress.</param>
public readonly record struct ClassResult(
    string Name,
    long ForwardedBytes,
    long DroppedPackets,
    long TrimmedPackets,
    long Pauses,
    long PeakQueueBytes,
    long PeakHeadroomBytes
);
