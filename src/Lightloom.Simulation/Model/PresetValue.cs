namespace Lightloom.Simulation.Model;

/// <summary>A constant as one publication has it.</summary>
/// <param name="Option">The option that it sets.</param>
/// <param name="Figure">The figure, in the option's unit or as a multiple of what <paramref name="Scale"/> says.</param>
/// <param name="Scale">What the figure grows with.</param>
public sealed record PresetValue(TransportOption Option, double Figure, ValueScale Scale = ValueScale.Fixed);
