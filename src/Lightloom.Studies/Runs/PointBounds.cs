namespace Lightloom.Studies.Runs;

/// <summary>What a point may take.</summary>
/// <param name="MemoryBytes">Memory; beyond it the point is ended.</param>
/// <param name="Time">Time; null for any.</param>
public sealed record PointBounds(long MemoryBytes, TimeSpan? Time);
