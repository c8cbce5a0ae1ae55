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

    /// <summary>Picoseconds a byte of a flow takes if hosts' links alone bind.</summary>
    public double HostByteTime { get; init; }

    /// <summary>Flows on the fullest of them.</summary>
    public double HostFlows { get; init; }

    /// <summary>Ports that a flow divides itself over.</summary>
    public double Ports { get; init; }

    /// <summary>
    /// Picoseconds a byte of a flow takes on the fullest link between switches where flows keep to one path each, the mean over drawings; 0
    /// where none was drawn.
    /// </summary>
    public double Drawn { get; init; }

    /// <summary>Uplinks of leaves.</summary>
    public LevelLoad Leaf { get; init; }

    /// <summary>Uplinks of the tier above.</summary>
    public LevelLoad Spine { get; init; }

    /// <summary>Uplinks of all tiers further up.</summary>
    public LevelLoad Upper { get; init; }

    /// <summary>The same with the links of a level.</summary>
    public StepLoad With(int level, LevelLoad load) =>
        level switch
        {
            0 => this with { Leaf = Leaf.With(load) },
            1 => this with { Spine = Spine.With(load) },
            _ => this with { Upper = Upper.With(load) },
        };

    /// <summary>
    /// The same for a step that goes around a ring again and again: nobody waits for the longest way, as each waits for its neighbour only,
    /// so that in the long run a step takes the mean latency around the ring.
    /// </summary>
    public StepLoad AroundARing =>
        this with
        {
            PacketByteTime = MeanPacketByteTime,
            Latency = MeanLatency,
            Longest = (Latency, PacketByteTime),
        };

    /// <summary>Of a step that goes around a ring: latency and time a byte of the last packet takes on the longest way.</summary>
    public (double Latency, double PacketByteTime) Longest { get; init; }

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
