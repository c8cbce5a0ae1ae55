namespace Lightloom.Topology;

/// <summary>Why a shape is not feasible: which limit binds, and by how much.</summary>
/// <param name="Reason">A sentence for a person, without a full stop.</param>
/// <param name="Limit">A short word for what binds, for example <c>radix</c>.</param>
public sealed record Rejection(string Reason, string Limit);
