using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>A choice of switches that was carried through and did not become a design.</summary>
/// <param name="Fabric">The network.</param>
/// <param name="Switches">Ids of its switches, from the leaf up.</param>
/// <param name="Reason">What it failed by.</param>
public sealed record PassedOver(FabricRole Fabric, string Switches, string Reason);
