using Lightloom.Floor;

namespace Lightloom.Placing;

/// <summary>A layout and what all its cables cost by the planner's own measure.</summary>
/// <param name="Candidate">The layout.</param>
/// <param name="Dollars">Cost of all cables in US dollars.</param>
/// <param name="Millimetres">All cables, end to end.</param>
/// <param name="Moves">Moves of racks that led to it.</param>
internal readonly record struct CandidateCost(FloorCandidate Candidate, double Dollars, double Millimetres, int Moves);
