namespace Lightloom.Catalog;

/// <summary>A rule of the trade in words, to be quoted with its source by the check that enforces it.</summary>
/// <param name="Id">Its name, for example <c>mpo-apc</c>.</param>
/// <param name="Text">The rule.</param>
/// <param name="SourceIds">Where it comes from.</param>
public sealed record CatalogueRule(string Id, string Text, IReadOnlyList<string> SourceIds);
