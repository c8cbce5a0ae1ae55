using System.Runtime.InteropServices;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Switching;

/// <summary>What a switch needs to forward a packet: a dense range of leaves it treats one by one, and one choice for all others.</summary>
/// <remarks>
/// A route is a port when it is at least 0, the complement of a group of ports when negative, <see cref="NoRoute"/> when there is none.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct SwitchState
{
    public const int NoRoute = int.MinValue;

    public int FirstLeaf;
    public uint LeafCount;
    public int TableBase;
    public int DefaultRoute;
    public uint Salt;
    public int Plane;
    public int Tier;
    public uint RoundRobin;
    public uint Random;
    public int Partition;

    /// <summary>What a switch mixes into every hash.</summary>
    public static uint SaltOf(int at, SimulationOptions options) =>
        options.UnsaltedHash ? 0 : Hash.Mix32((uint)options.Seed * 0x9E3779B9u + (uint)at + 1);
}

/// <summary>Ports that lead to the same place: a run of <see cref="RouteTables.GroupPorts"/>.</summary>
internal struct PortGroup
{
    public int First;
    public int Count;

    /// <summary>A round-robin switch's place in its current order.</summary>
    public int Turn;
}

/// <summary>Where a host hangs on a plane.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct Attachment
{
    public int Leaf;

    /// <summary>The leaf's port towards the host.</summary>
    public int Port;
    public int Count;

    /// <summary>
    /// The first of all the attachments when there are several. In the list of those: which of the host's cards it is, dead ones counted.
    /// </summary>
    public int Next;
}
