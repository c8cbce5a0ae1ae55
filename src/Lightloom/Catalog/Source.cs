namespace Lightloom.Catalog;

/// <summary>A page, standard or data sheet that figures of the catalogue come from.</summary>
/// <param name="Id">The id by which entries cite it.</param>
/// <param name="Title">What it is.</param>
/// <param name="Url">Where it was read, or null.</param>
public sealed record Source(string Id, string Title, string? Url);
