namespace Lightloom.Simulation.Fluid;

/// <summary>What binds flows of one size that start together: the slowest ends after <see cref="Picoseconds"/>.</summary>
/// <param name="ByteTime">Picoseconds a byte of a flow takes at the smallest max-min fair rate.</param>
/// <param name="PacketByteTime">Picoseconds a byte of the last packet takes on the links after the first; the largest of the flows.</param>
/// <param name="Latency">Propagation and switches in picoseconds; the largest of the flows.</param>
/// <param name="Bound">Which links are full: their level, or one of the constants.</param>
internal readonly record struct StepLoad(double ByteTime, double PacketByteTime, double Latency, int Bound)
{
    /// <summary>The mean of <see cref="PacketByteTime"/> over the flows of a segment; the largest of all segments.</summary>
    public double MeanPacketByteTime { get; init; }

    /// <summary>The mean of <see cref="Latency"/> over the flows of a segment; the largest of all segments.</summary>
    public double MeanLatency { get; init; }

    /// <summary>
    /// The same for a step that goes around a ring again and again: nobody waits for the longest way, as each waits for its neighbour only,
    /// so that in the long run a step takes the mean latency around the ring.
    /// </summary>
    public StepLoad AroundARing => this with { PacketByteTime = MeanPacketByteTime, Latency = MeanLatency };

    public const int Nothing = -3;
    public const int ScaleUpPort = -2;
    public const int HostLink = -1;

    /// <summary>How long flows of so many wire bytes take.</summary>
    public double Picoseconds(double wire, double packet) =>
        wire <= 0 ? 0 : wire * ByteTime + Math.Min(packet, wire) * PacketByteTime + Latency;

    /// <summary>In a few words.</summary>
    public static string InWords(int bound) =>
        bound switch
        {
            Nothing => "",
            ScaleUpPort => "scale-up ports",
            HostLink => "host links",
            0 => "leaf uplinks",
            1 => "spine uplinks",
            _ => $"uplinks of tier {bound}",
        };
}
