using System.Runtime.InteropServices;

namespace Lightloom.Simulation.Switching;

/// <summary>
/// In-band telemetry: ports write their queue and their bytes into packets that leave; acknowledgements carry the record back.
/// </summary>
internal sealed unsafe partial class Partition
{
    private PathTelemetry* _paths;
    private int _pathCapacity;
    private int _pathsUsed;
    private uint _pathFree = uint.MaxValue;

    /// <summary>A record without hops.</summary>
    public uint TakeTelemetry()
    {
        uint index = _pathFree;
        if (index != uint.MaxValue)
        {
            _pathFree = _paths[index].NextFree;
        }
        else
        {
            if (_pathsUsed == _pathCapacity)
            {
                _pathCapacity = Math.Max(1024, _pathCapacity * 2);
                _paths = (PathTelemetry*)NativeMemory.Realloc(_paths, (nuint)_pathCapacity * (nuint)sizeof(PathTelemetry));
            }
            index = (uint)_pathsUsed++;
        }
        _paths[index].Count = 0;
        return index;
    }

    /// <summary>The record with this index; valid until the next <see cref="TakeTelemetry"/>.</summary>
    public PathTelemetry* Path(uint index) => _paths + index;

    /// <summary>Gives a record back.</summary>
    public void FreeTelemetry(uint index)
    {
        _paths[index].NextFree = _pathFree;
        _pathFree = index;
    }

    private void Telemetry(PortState* port, Packet* packet)
    {
        if ((port->Flags & PortState.FromHost) != 0)
        {
            return;
        }
        PathTelemetry* path = _paths + packet->Extra;
        if (path->Count == PathTelemetry.MaximumHops)
        {
            return;
        }
        HopTelemetry* hop = PathTelemetry.Hops(path) + path->Count++;
        hop->Time = port->ServiceEnd;
        hop->SentBytes = _tallies[port - Ports].SentBytes;
        hop->QueueBytes = port->DataBytes;
        hop->ByteTime = _classes[port->Class].ByteTime;
        hop->Port = (int)(port - Ports);
    }
}
