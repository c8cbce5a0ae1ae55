namespace Lightloom.Hardware;

/// <summary>A field of a catalogue entry, as a file writes it.</summary>
/// <param name="Path">The key; below a section with that before it: <c>cages.count</c>.</param>
/// <param name="Value">What may stand there, in words: <c>number of W, 0 or more</c>.</param>
/// <param name="Required">True when the section must have it.</param>
/// <param name="Description">What it means, in a sentence.</param>
public sealed record EntryField(string Path, string Value, bool Required, string Description);
