using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>One direction of a link over time, one value for each of <see cref="SimulationResult.Trace"/>'s samples. Immutable.</summary>
/// <param name="Link">The link's place in the description.</param>
/// <param name="Upwards">From its A end to its Z end.</param>
/// <param name="Utilisation">Share of the rate used since the sample before; not a number for the time before the link was watched.</param>
/// <param name="Queue">Data waiting for it, the most at any look since the sample before.</param>
public sealed record LinkSeries(int Link, bool Upwards, IReadOnlyList<float> Utilisation, IReadOnlyList<DataSize> Queue);
