using Lightloom.Hardware;

namespace Lightloom.Topology;

/// <summary>The switch of each tier.</summary>
/// <param name="Leaf">At the hosts.</param>
/// <param name="Spine">Above the leaves.</param>
/// <param name="SuperSpine">Above the spines.</param>
internal readonly record struct TierSwitches(SwitchModel Leaf, SwitchModel Spine, SwitchModel SuperSpine);
