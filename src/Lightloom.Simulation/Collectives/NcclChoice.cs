using Lightloom.Units;

namespace Lightloom.Simulation.Collectives;

/// <summary>What NCCL's tuner would take, and how long it expects it to last. Immutable.</summary>
/// <param name="Algorithm">ring, tree, nvls or nvls-tree.</param>
/// <param name="Protocol">ll, ll128 or simple.</param>
/// <param name="Time">The time it expects.</param>
public sealed record NcclChoice(string Algorithm, string Protocol, SimTime Time);
