using Lightloom.Topology;

namespace Lightloom.Cabling;

/// <summary>A tier of one network.</summary>
/// <param name="Fabric">The network.</param>
/// <param name="From">The lower end.</param>
/// <param name="To">The upper end.</param>
internal readonly record struct TierKey(FabricRole Fabric, Tier From, Tier To);
