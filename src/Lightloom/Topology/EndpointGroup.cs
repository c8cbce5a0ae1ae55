using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>The ports that one pool brings to one plane.</summary>
/// <param name="Pool">Index of the pool.</param>
/// <param name="FirstNode">Number of the pool's first node.</param>
/// <param name="Nodes">Nodes.</param>
/// <param name="Rails">Ports a node brings to the plane: NICs, or more where a NIC has several there.</param>
/// <param name="FirstRail">Position of the first of them.</param>
/// <param name="Rate">Rate of a port in this plane.</param>
/// <param name="XpusPerNode">XPUs a node.</param>
/// <param name="Ports">The node's NICs.</param>
internal sealed record EndpointGroup(
    int Pool,
    int FirstNode,
    int Nodes,
    int Rails,
    int FirstRail,
    DataRate Rate,
    int XpusPerNode,
    NicPorts Ports
)
{
    /// <summary>Where its nodes may stand; groups of unlike places share no leaf.</summary>
    public PlaceKey Place { get; init; }

    /// <summary>
    /// True for nodes of trays: of a pair of leaves, one takes every other cage, so that each tray is on both.
    /// </summary>
    public bool HasTrays { get; init; }

    /// <summary>Ports of all nodes.</summary>
    public long Endpoints => (long)Nodes * Rails;
}
