using Lightloom.Hardware;

namespace Lightloom.Topology;

/// <summary>A leaf switch and how its uplink cages are divided.</summary>
/// <param name="Leaf">The switch.</param>
/// <param name="Up">Division of an uplink cage.</param>
internal readonly record struct LeafKind(SwitchModel Leaf, Breakout Up);
