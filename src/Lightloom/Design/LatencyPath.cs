using Lightloom.Units;

namespace Lightloom.Design;

/// <summary>The unloaded one-way latency of a path between two hosts, term by term.</summary>
/// <param name="Name"><c>shortest</c>, <c>typical</c> or <c>longest</c>.</param>
/// <param name="Description">What the path passes, in words.</param>
/// <param name="Switches">Switches passed.</param>
/// <param name="CableMetres">Cable on the path.</param>
/// <param name="Terms">Its parts.</param>
public sealed record LatencyPath(string Name, string Description, int Switches, double CableMetres, IReadOnlyList<LatencyTerm> Terms)
{
    /// <summary>Sum of the terms.</summary>
    public SimTime Total => Terms.Aggregate(SimTime.Zero, (sum, term) => sum + term.Total);

    /// <summary>True when at least one term is assumed.</summary>
    public bool RestsOnAssumptions => Terms.Any(t => t.Assumed);
}
