namespace Lightloom.Topology;

/// <summary>A scalable unit in a plan.</summary>
/// <param name="Group">Index of the endpoint group.</param>
/// <param name="FirstNode">Number of its first node.</param>
/// <param name="Nodes">Nodes present.</param>
/// <param name="BuiltNodes">Nodes it is built for.</param>
internal readonly record struct PlanUnit(int Group, int FirstNode, int Nodes, int BuiltNodes);
