namespace Lightloom.Topology;

/// <summary>A pod of a three-tier plane: leaves that share spines.</summary>
/// <param name="FirstLeaf">Its first leaf (within the plane).</param>
/// <param name="Leaves">Leaves.</param>
/// <param name="FirstSpine">Its first spine (within the plane).</param>
/// <param name="Spines">Spines.</param>
internal readonly record struct PodPlan(int FirstLeaf, int Leaves, int FirstSpine, int Spines);
