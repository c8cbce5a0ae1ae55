using Lightloom.Units;

namespace Lightloom.Design;

/// <summary>One part of a path's unloaded latency.</summary>
/// <param name="Name">What it is, for example <c>switch nvidia-qm9700</c>.</param>
/// <param name="Each">One occurrence.</param>
/// <param name="Times">How often it occurs on the path.</param>
/// <param name="Source">Where the figure comes from.</param>
/// <param name="Assumed">True when no source gives it.</param>
public sealed record LatencyTerm(string Name, SimTime Each, int Times, string Source, bool Assumed)
{
    /// <summary>All occurrences.</summary>
    public SimTime Total => Each * Times;
}
