using System.Runtime.InteropServices;

namespace Lightloom.Simulation.Switching;

/// <summary>
/// Packets inside a switch that have arrived and have their port: each joins its queue one switch latency after its arrival, so they leave
/// in the order they came.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal unsafe struct SwitchPipeline
{
    /// <summary>A ring of packets on their way to a queue.</summary>
    public PipelinedPacket* Ring;
    public uint Head,
        Tail,
        Capacity;

    /// <summary>The switch's latency, in picoseconds.</summary>
    public long Latency;

    /// <summary>Whether there is no packet inside.</summary>
    public readonly bool IsEmpty => Head == Tail;

    /// <summary>The packet that leaves next; only while there is one.</summary>
    public readonly PipelinedPacket* First => Ring + (Head & (Capacity - 1));
}

/// <summary>A packet inside a switch.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PipelinedPacket
{
    public Packet Packet;

    /// <summary>When it joins its queue, in picoseconds.</summary>
    public long Time;

    /// <summary>The output port that it was given.</summary>
    public int To;

    /// <summary>The port that brought it.</summary>
    public int From;
}
