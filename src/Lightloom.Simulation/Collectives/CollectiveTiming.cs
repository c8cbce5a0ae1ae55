using Lightloom.Units;

namespace Lightloom.Simulation.Collectives;

/// <summary>How long a collective takes, and what of it. Immutable.</summary>
/// <param name="Time">From its start to the end of the slowest group.</param>
/// <param name="Fixed">The share of it that no bandwidth shortens: latencies of its steps.</param>
/// <param name="Algorithm">How it was run.</param>
/// <param name="Bound">Which kind of link is full while it runs, in a few words; empty where no link is.</param>
public sealed record CollectiveTiming(SimTime Time, SimTime Fixed, CollectiveAlgorithm Algorithm, string Bound);
