namespace Lightloom.Catalog;

/// <summary>
/// One field of a catalogue entry as it is shown: its name in the file, its value in the unit that the name gives, and the value as text.
/// </summary>
/// <param name="Key">The field, as the catalogue's files write it: <c>power_w</c>, <c>backend.cages</c>, <c>details.psu</c>.</param>
/// <param name="Value">A number, a text, a truth value or a list of texts; null when it was looked for and is not published.</param>
/// <param name="Text">The value for a reader.</param>
public sealed record Figure(string Key, object? Value, string Text);
