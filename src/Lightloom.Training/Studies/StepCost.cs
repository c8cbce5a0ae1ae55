using Lightloom.Units;

namespace Lightloom.Training.Studies;

/// <summary>What one step takes of power and money. Immutable.</summary>
/// <param name="EnergyKwh">Energy of nodes and network that take part, the site's overhead included, in kilowatt-hours.</param>
/// <param name="Energy">Its cost.</param>
/// <param name="Network">The network's purchase price over the years of operation, for the time of the step.</param>
/// <param name="PowerUnknown">Nodes whose power is not known and does not count.</param>
public sealed record StepCost(double EnergyKwh, Money Energy, Money Network, IReadOnlyList<string> PowerUnknown);
