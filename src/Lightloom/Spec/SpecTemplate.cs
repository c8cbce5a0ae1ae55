namespace Lightloom.Spec;

/// <summary>A starter file that <c>lightloom init</c> writes.</summary>
/// <param name="Name">The name to ask for it by.</param>
/// <param name="Summary">Who it is for, in one line.</param>
/// <param name="Text">The file.</param>
public sealed record SpecTemplate(string Name, string Summary, string Text);
