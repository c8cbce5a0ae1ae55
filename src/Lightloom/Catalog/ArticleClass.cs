using Lightloom.Units;

namespace Lightloom.Catalog;

/// <summary>One row of the article's table of interconnects by distance, and what standards and vendors say of it.</summary>
/// <param name="Id">The class, as <see cref="InterconnectModel.ArticleClass"/> names it.</param>
/// <param name="Order">Its place: classes of a lower order decide first.</param>
/// <param name="Scenario">Where it is used.</param>
/// <param name="MaxLength">The longest link that the article gives it.</param>
/// <param name="Article">The article's rule.</param>
/// <param name="Standards">What standards and vendors say.</param>
/// <param name="SourceIds">Where both come from.</param>
public sealed record ArticleClass(
    string Id,
    int Order,
    string Scenario,
    Length MaxLength,
    string Article,
    string Standards,
    IReadOnlyList<string> SourceIds
);
