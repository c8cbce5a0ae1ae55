using System.Runtime.InteropServices;

namespace Lightloom.Topology;

/// <summary>One logical link: a MAC-to-MAC connection after breakout. Sixteen bytes, because a design may hold tens of millions.</summary>
/// <remarks>
/// The A end is the lower tier's. Cages are the numbers printed on the faceplate, lanes the breakout leg in the cage from 0.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
public readonly struct Link(int a, int z, int aCage, int aLane, int zCage, int zLane, int rail)
{
    /// <summary>Device at the lower tier.</summary>
    public readonly int A = a;

    /// <summary>Device at the upper tier.</summary>
    public readonly int Z = z;

    /// <summary>Cage number at the A end, from 1.</summary>
    public readonly ushort ACage = (ushort)aCage;

    /// <summary>Cage number at the Z end, from 1.</summary>
    public readonly ushort ZCage = (ushort)zCage;

    /// <summary>Breakout leg in the A cage, from 0.</summary>
    public readonly byte ALane = (byte)aLane;

    /// <summary>Breakout leg in the Z cage, from 0.</summary>
    public readonly byte ZLane = (byte)zLane;

    /// <summary>NIC position (rail) at the A end of a host link, from 0; -1 elsewhere.</summary>
    public readonly short Rail = (short)rail;
}
