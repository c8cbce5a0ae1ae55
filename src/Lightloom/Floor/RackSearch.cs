using Lightloom.Topology;

namespace Lightloom.Floor;

/// <summary>Moves single racks of switches to where their cables cost less.</summary>
internal static class RackSearch
{
    /// <summary>Improves a candidate in place and returns how many racks were moved.</summary>
    public static int Improve(FloorGeometry geometry, Network network, FloorCandidate candidate, CableCost cost) => 0;
}
