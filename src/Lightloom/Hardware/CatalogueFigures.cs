using System.Collections;
using System.Globalization;
using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>Lists what the catalogue says of a part, key by key, as its files name them. Made from the keys of the part's type.</summary>
public static class CatalogueFigures
{
    // What a heading says of a part, and what has a table of its own.
    private static readonly string[] Apart = ["name", "vendor", "confidence", "notes", "prices_usd"];

    /// <summary>
    /// Every field with a value, and those that were looked for and are not published, in the order of the type's keys. Prices are apart,
    /// on the part.
    /// </summary>
    public static IReadOnlyList<ShownFigure> Of(CatalogueItem entry)
    {
        var figures = new List<ShownFigure>();
        AddSection(SectionOf(entry).Type, entry, "", entry, new(entry.SourceIds, null), figures);
        return figures;
    }

    /// <summary>Every source that a part's figures cite, in the order of the figures; those of prices are with the prices.</summary>
    public static IEnumerable<string> SourcesOf(CatalogueItem entry) =>
        entry.SourceIds.Concat(Of(entry).SelectMany(f => f.SourceIds)).Distinct();

    /// <summary>The prices of a part.</summary>
    public static IReadOnlyList<Price> PricesOf(CatalogueItem entry) => entry is PricedEntry priced ? priced.Prices : [];

    /// <summary>
    /// What kind of entry it is, in a word: <c>switch</c>, <c>node</c>, <c>nic</c>, <c>interconnect</c>, <c>passive</c>, <c>asic</c>,
    /// <c>article class</c>, <c>difference</c>, <c>rule</c>, <c>model</c>,
    /// <c>generation</c>, <c>stack</c>.
    /// </summary>
    public static string KindOf(CatalogueItem entry) => SectionOf(entry).Noun;

    private static CatalogueSection SectionOf(CatalogueItem entry) =>
        CatalogueSection.Of(
            entry switch
            {
                SwitchModel => "switches",
                NodeModel => "nodes",
                NicModel => "nics",
                InterconnectModel => "interconnects",
                PassiveModel => "passives",
                AsicModel => "asics",
                Fact => "facts",
                Source => "sources",
                ArticleClass => "article_classes",
                ArticleDifference => "differences",
                CatalogueRule => "rules",
                TransformerModel => "models",
                XpuGeneration => "generations",
                TrainingStack => "stacks",
                _ => throw new ArgumentException($"{entry.GetType().Name} is no section of the catalogue", nameof(entry)),
            }
        )!;

    private static void AddSection(
        KeyedType type,
        object section,
        string prefix,
        CatalogueItem entry,
        Origin origin,
        List<ShownFigure> into
    )
    {
        foreach (KeyedProperty property in type.Properties)
        {
            if (prefix.Length == 0 && Apart.Contains(property.Name))
            {
                continue;
            }

            string key = prefix + property.Name;
            object? value = type.ValueOf(section, property);
            if (IsNothing(value) && entry is CatalogueEntry part && part.NotPublished.Contains(key))
            {
                into.Add(new(key, null, "not published", [], null));
            }
            else if (!IsNothing(value))
            {
                Add(property, key, value!, entry, origin, into);
            }
        }
    }

    private static void Add(KeyedProperty property, string key, object value, CatalogueItem entry, Origin origin, List<ShownFigure> into)
    {
        switch (property.Shape.Kind)
        {
            case ValueKind.Section:
                AddSection(property.Shape.Section, value, key + ".", entry, OriginOf(property.Shape.Section, value, origin), into);
                break;
            case ValueKind.List when property.Shape.Element!.Kind == ValueKind.Section:
                AddSections(property.Shape.Element.Section, key, (IReadOnlyList<object>)value, origin, into);
                break;
            case ValueKind.Map when value is IReadOnlyDictionary<string, Figure<PublishedText>> details:
                foreach ((string name, Figure<PublishedText> detail) in details)
                {
                    into.Add(Shown(property.Shape.Element!, null, $"{key}.{name}", detail, origin));
                }

                break;
            case ValueKind.Map when property.Shape.Element is { Kind: ValueKind.Section } element:
                foreach (DictionaryEntry one in (IDictionary)value)
                {
                    AddSection(
                        element.Section,
                        one.Value!,
                        $"{key}.{one.Key}.",
                        entry,
                        OriginOf(element.Section, one.Value!, origin),
                        into
                    );
                }

                break;
            default:
                into.Add(Shown(property.Shape, property.After, key, value, origin));
                break;
        }
    }

    // Sections of a list are shown together: each in a line of words, then key by key what all of them have.
    private static void AddSections(KeyedType type, string key, IReadOnlyList<object> sections, Origin origin, List<ShownFigure> into)
    {
        string[] words = [.. sections.Select(s => s.ToString()!)];
        origin = OriginOf(type, sections[0], origin);
        into.Add(new(key, words, string.Join("\n", words), origin.SourceIds, origin.Assumed));
        foreach (KeyedProperty property in type.Properties)
        {
            ShownFigure[] all =
            [
                .. sections
                    .Select(s => type.ValueOf(s, property))
                    .Where(v => !IsNothing(v))
                    .Select(v => Shown(property.Shape, property.After, $"{key}.{property.Name}", v!, origin)),
            ];
            if (all.Length > 0)
            {
                string[] texts = [.. all.Select(f => f.Text)];
                ShownFigure first = all.FirstOrDefault(f => f.Assumed is not null) ?? all[0];
                into.Add(first with { Value = texts, Text = string.Join(texts.Any(t => t.Contains(',')) ? "; " : ", ", texts) });
            }
        }
    }

    // A word or a name stands in no need of a source of its own: it has that of what it stands beside.
    private static Origin OriginOf(KeyedType type, object section, Origin otherwise) =>
        type.Properties.Select(p => type.ValueOf(section, p)).OfType<IFigure>().FirstOrDefault()?.Origin ?? otherwise;

    private static ShownFigure Shown(ValueShape shape, string? after, string key, object value, Origin beside)
    {
        Origin origin = value is IFigure figure ? figure.Origin : beside;
        object bare = value is IFigure { Boxed: { } boxed } ? boxed : value;
        string text = TextOf(shape, bare);
        return new(key, PlainOf(shape, bare), after is null ? text : text + " " + after, origin.SourceIds, origin.Assumed);
    }

    private static bool IsNothing(object? value)
    {
        object? bare = value is IFigure figure ? figure.Boxed : value;
        return bare is null || (bare is not string and System.Collections.IEnumerable items && !items.GetEnumerator().MoveNext());
    }

    // What a script gets: a number in the key's unit, a truth value, a text or a list of texts.
    private static object PlainOf(ValueShape shape, object value) =>
        shape.Kind switch
        {
            ValueKind.Integer => (double)(int)value,
            ValueKind.Number or ValueKind.Quantity => shape.NumberOf(value),
            ValueKind.Flag => value,
            ValueKind.List or ValueKind.Map => Items(shape, value),
            _ => TextOf(shape, value),
        };

    private static string TextOf(ValueShape shape, object value) =>
        shape.Kind switch
        {
            ValueKind.Integer => Number((int)value),
            ValueKind.Number or ValueKind.Quantity => QuantityText(shape, value),
            ValueKind.Flag => (bool)value ? "yes" : "no",
            ValueKind.Word => shape.WordOf(value),
            ValueKind.List or ValueKind.Map => string.Join(", ", Items(shape, value)),
            _ => value.ToString() ?? "",
        };

    private static string[] Items(ValueShape shape, object value)
    {
        var texts = new List<string>();
        if (value is System.Collections.IDictionary or not System.Collections.IEnumerable)
        {
            return [value.ToString() ?? ""];
        }

        foreach (object item in (System.Collections.IEnumerable)value)
        {
            texts.Add(
                item switch
                {
                    KeyValuePair<Medium, Length> reach => $"{reach.Key.ToWord()} {TextOf(shape.Element!, reach.Value)}",
                    KeyValuePair<Medium, double> loss => $"{loss.Key.ToWord()} {TextOf(shape.Element!, loss.Value)}",
                    KeyValuePair<Breakout, Power> mode => $"{mode.Key} {TextOf(shape.Element!, mode.Value)}",
                    KeyValuePair<Breakout, CageNumbers> limit => $"{limit.Key} on {limit.Value} only",
                    _ => TextOf(shape.Element!, item),
                }
            );
        }

        return [.. texts];
    }

    private static string QuantityText(ValueShape shape, object value) =>
        value switch
        {
            Power power => power.ToString(),
            DataRate { Gbps: >= 3000 and var gbps } => FormattableString.Invariant($"{gbps / 1000:0.###} Tb/s"),
            _ when shape.Symbol.Length > 0 => Number(shape.NumberOf(value)) + " " + shape.Symbol,
            _ => Number(shape.NumberOf(value)),
        };

    private static string Number(double number) =>
        number.ToString(Math.Abs(number) >= 10_000 ? "#,0.###" : "0.####", CultureInfo.InvariantCulture);
}
