using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>
/// The article's table of interconnects by distance: which class it names for a length, and in which order classes are tried.
/// </summary>
/// <remarks>The classes and their distances come from the catalogue. Immutable; safe to use from several threads.</remarks>
public sealed class DistanceTable
{
    private const int BeyondTheTable = 2000;
    private readonly ArticleClass[] _classes;
    private readonly Dictionary<string, ArticleClass> _byId;

    /// <summary>Reads the catalogue's table.</summary>
    public DistanceTable(Catalogue catalogue)
    {
        _classes = [.. catalogue.ArticleClasses.Values.OrderBy(c => c.Order)];
        _byId = _classes.ToDictionary(c => c.Id, StringComparer.Ordinal);
    }

    /// <summary>Classes, nearest first.</summary>
    public IReadOnlyList<ArticleClass> Classes => _classes;

    /// <summary>The class that the article names for a length; null beyond its table.</summary>
    public ArticleClass? NamedFor(Length length)
    {
        foreach (ArticleClass c in _classes)
        {
            if (length <= c.MaxLength)
            {
                return c;
            }
        }

        return null;
    }

    /// <summary>
    /// The class of a product: what its entry says, else what its kind and reach imply; null for what the article does not speak of.
    /// </summary>
    public ArticleClass? Of(InterconnectModel model)
    {
        string? id =
            model.ArticleClass
            ?? (
                model.Traits.ReachNamesArticleClass && model.Reach.OrEmpty().TryGetValue(Medium.Os2, out Length reach)
                    ? SinglemodeClass(reach)
                    : model.Traits.ArticleClass
            );
        return id is not null && _byId.TryGetValue(id, out ArticleClass? c) ? c : null;
    }

    /// <summary>
    /// When a class is tried for a length: the class that the article names first, longer ones after it, then shorter ones whose product
    /// reaches farther than the article says, nearest first.
    /// </summary>
    public static int Turn(ArticleClass? c, Length length) =>
        c is null ? BeyondTheTable
        : length <= c.MaxLength ? c.Order
        : (BeyondTheTable / 2) - c.Order;

    private string? SinglemodeClass(Length reach)
    {
        foreach (string id in (ReadOnlySpan<string>)["dr8", "2xdr4-or-2fr4", "lr8"])
        {
            if (_byId.TryGetValue(id, out ArticleClass? c) && reach <= c.MaxLength)
            {
                return id;
            }
        }

        return null;
    }
}
