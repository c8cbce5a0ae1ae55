using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>Starts flows when others finish, without delay.</summary>
/// <param name="Kind">What an activation does.</param>
/// <param name="Count">Activations a barrier needs.</param>
/// <param name="Id">The number reports show.</param>
/// <param name="Delay">From the activation to the start, for computation between two steps of a collective.</param>
public readonly record struct TriggerDescription(TriggerKind Kind, int Count = 1, int Id = 0, SimTime Delay = default);
