namespace Lightloom.Catalog;

/// <summary>A point on which the article and the standards or vendors differ; a diagnostic quotes both.</summary>
/// <param name="Id">Its name, for example <c>dac-3m</c>.</param>
/// <param name="Class">The class of the article's table that it concerns, or null for all.</param>
/// <param name="Article">What the article says.</param>
/// <param name="Found">What standards and vendors say.</param>
/// <param name="Consequence">What Lightloom does about it.</param>
/// <param name="SourceIds">Where both come from.</param>
public sealed record ArticleDifference(
    string Id,
    string? Class,
    string Article,
    string Found,
    string Consequence,
    IReadOnlyList<string> SourceIds
);
