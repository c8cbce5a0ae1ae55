using System.Runtime.InteropServices;

namespace Lightloom.Simulation.Switching;

/// <summary>What one port writes into a packet that leaves it.</summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal struct HopTelemetry
{
    public long Time;
    public long SentBytes;
    public int QueueBytes;
    public uint ByteTime;
    public int Port;
}

/// <summary>In-band telemetry of a packet's way: up to eight hops.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PathTelemetry
{
    public const int MaximumHops = 8;

    private fixed byte _hops[MaximumHops * 32];
    public int Count;
    public uint NextFree;

    public static HopTelemetry* Hops(PathTelemetry* path) => (HopTelemetry*)path->_hops;
}
