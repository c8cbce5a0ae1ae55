using Lightloom.Topology;

namespace Lightloom.Channels;

/// <summary>Where a plug of a piece goes.</summary>
/// <param name="Device">Number of the device in the network, or -1 for a panel.</param>
/// <param name="Fabric">The fabric whose cage it is; tells a node's ports apart.</param>
/// <param name="Port">The cage, or the port of the panel, from 1.</param>
/// <param name="Socket">The module's optical socket from 0; -1 where the end is no optical socket.</param>
/// <param name="Panel">Number of the panel, or -1 for a device of the network.</param>
/// <param name="Rear">True for the rear of a panel, where trunks arrive.</param>
public readonly record struct PieceEnd(int Device, FabricRole Fabric, int Port, int Socket, int Panel = -1, bool Rear = false);
