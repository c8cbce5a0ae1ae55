namespace Lightloom.Training.Studies;

/// <summary>A figure that an answer rests on. Immutable.</summary>
/// <param name="Name">What it is of, as the catalogue's key.</param>
/// <param name="Value">The value; words are 0 with the word in <paramref name="Text"/>.</param>
/// <param name="Text">The value as people write it.</param>
/// <param name="Source">Its sources, or why it is assumed.</param>
public sealed record Assumption(string Name, double Value, string Text, string Source);
