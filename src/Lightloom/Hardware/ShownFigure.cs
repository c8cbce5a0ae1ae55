namespace Lightloom.Hardware;

/// <summary>
/// One field of a catalogue entry as it is shown: its name in the file, its value in the unit that the name gives, the value as text, and
/// where it comes from.
/// </summary>
/// <param name="Key">The field, as the catalogue's files write it: <c>power_w</c>, <c>backend.cages</c>, <c>details.psu</c>.</param>
/// <param name="Value">A number, a text, a truth value or a list of texts; null when it was looked for and is not published.</param>
/// <param name="Text">The value for a reader.</param>
/// <param name="SourceIds">The sources of the value; empty when it is assumed, not published or the user's own word.</param>
/// <param name="Assumed">Why the value is assumed, or null.</param>
public sealed record ShownFigure(string Key, object? Value, string Text, IReadOnlyList<string> SourceIds, string? Assumed);
