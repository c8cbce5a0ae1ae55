using Lightloom.Training.Machines;

namespace Lightloom.Training.Studies;

/// <summary>What a class of links twice as fast would save. Immutable.</summary>
/// <param name="Kind">The class.</param>
/// <param name="Saves">Seconds of a step.</param>
public sealed record BindingLink(LinkKind Kind, double Saves);
