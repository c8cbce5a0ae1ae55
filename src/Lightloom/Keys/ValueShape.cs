using Lightloom.Yaml;

namespace Lightloom.Keys;

/// <summary>What a value of a file must look like. The source generator derives it from the property that holds the value.</summary>
public sealed class ValueShape
{
    private readonly Func<string, object?>? _parse;
    private readonly Func<object, string>? _wordOf;
    private readonly Func<KeyedType>? _section;
    private readonly Func<IReadOnlyList<object>, object>? _list;
    private readonly Func<IReadOnlyList<string>, IReadOnlyList<object>, object>? _map;
    private readonly Func<object, KeyPlace, object>? _wrap;
    private readonly Func<YamlNode, object?>? _readNode;
    private readonly Quantity? _quantity;

    private ValueShape(ValueKind kind) => Kind = kind;

    private ValueShape(ValueShape inner, Func<object, KeyPlace, object> wrap)
        : this(inner.Kind)
    {
        (_parse, _wordOf, _section, _list, _map, _quantity, _readNode) = (
            inner._parse,
            inner._wordOf,
            inner._section,
            inner._list,
            inner._map,
            inner._quantity,
            inner._readNode
        );
        (Element, Words, MapWords, Id, Expected, Pattern, _wrap) = (
            inner.Element,
            inner.Words,
            inner.MapWords,
            inner.Id,
            inner.Expected,
            inner.Pattern,
            wrap
        );
    }

    private ValueShape(ValueKind kind, Quantity quantity)
        : this(kind) => _quantity = quantity;

    private ValueShape(IReadOnlyList<string> words, Func<string, object?> parse, Func<object, string> wordOf)
        : this(ValueKind.Word) => (Words, _parse, _wordOf) = (words, parse, wordOf);

    private ValueShape(string expected, string? pattern, Func<string, object?> parse)
        : this(ValueKind.Parsed) => (Expected, Pattern, _parse) = (expected, pattern, parse);

    private ValueShape(string expected, Func<YamlNode, object?> readNode)
        : this(ValueKind.Own) => (Expected, _readNode) = (expected, readNode);

    private ValueShape(Func<KeyedType> section)
        : this(ValueKind.Section) => _section = section;

    private ValueShape(ValueShape element, Func<IReadOnlyList<object>, object> list)
        : this(ValueKind.List) => (Element, _list) = (element, list);

    private ValueShape(
        ValueShape element,
        IReadOnlyList<string>? words,
        Func<IReadOnlyList<string>, IReadOnlyList<object>, object> map,
        ValueShape? id
    )
        : this(ValueKind.Map) => (Element, MapWords, _map, Id) = (element, words, map, id);

    /// <summary>A whole number.</summary>
    public static ValueShape Integer { get; } = new(ValueKind.Integer);

    /// <summary>A number without a unit.</summary>
    public static ValueShape Number { get; } = new(ValueKind.Number, Quantity.Plain);

    /// <summary>true or false.</summary>
    public static ValueShape Flag { get; } = new(ValueKind.Flag);

    /// <summary>A text.</summary>
    public static ValueShape Text { get; } = new(ValueKind.Text);

    /// <summary>A whole number or <c>auto</c>.</summary>
    public static ValueShape AutoInteger { get; } = new(ValueKind.AutoInteger);

    /// <summary>An amount of data.</summary>
    public static ValueShape Size { get; } = new(ValueKind.Size);

    /// <summary>A section that is handed on as it was written.</summary>
    public static ValueShape Raw { get; } = new(ValueKind.Raw);

    /// <summary>The kind.</summary>
    public ValueKind Kind { get; }

    /// <summary>The unit of a quantity in words; null for anything else.</summary>
    public string? Unit => Kind == ValueKind.Quantity ? _quantity!.Unit : null;

    /// <summary>The shape of a list's or map's values, or null.</summary>
    public ValueShape? Element { get; }

    /// <summary>The words of an enum, in order of declaration; empty for anything else.</summary>
    public IReadOnlyList<string> Words { get; } = [];

    /// <summary>The only ids that a map may have, or null when any will do.</summary>
    public IReadOnlyList<string>? MapWords { get; }

    /// <summary>The shape of a map's ids where a type reads them itself, or null.</summary>
    public ValueShape? Id { get; }

    /// <summary>True when the value is wrapped together with what is said of it elsewhere: a fact of the catalogue.</summary>
    public bool IsWrapped => _wrap is not null;

    /// <summary>The symbol of a quantity's unit, as in <c>940 W</c>; empty for what has none.</summary>
    public string Symbol => _quantity?.Symbol ?? "";

    /// <summary>What a parsed text must be, to follow "it must be"; null for anything else.</summary>
    public string? Expected { get; }

    /// <summary>A regular expression of a parsed text, or null.</summary>
    public string? Pattern { get; }

    /// <summary>The keys of a section.</summary>
    /// <exception cref="InvalidOperationException">The shape is no section's.</exception>
    public KeyedType Section => (_section ?? throw new InvalidOperationException($"a {Kind} has no keys"))();

    /// <summary>A number in a unit.</summary>
    public static ValueShape Of(Quantity quantity) => new(ValueKind.Quantity, quantity);

    /// <summary>One of the words of an enum.</summary>
    /// <param name="words">The words.</param>
    /// <param name="parse">The value of a word, or null when it is none.</param>
    /// <param name="wordOf">The word of a value.</param>
    public static ValueShape Word(IReadOnlyList<string> words, Func<string, object?> parse, Func<object, string> wordOf) =>
        new(words, parse, wordOf);

    /// <summary>A text that a type reads itself.</summary>
    /// <param name="expected">What it must be, to follow "it must be".</param>
    /// <param name="pattern">A regular expression of such texts, or null.</param>
    /// <param name="parse">The value of a text, or null when it is none.</param>
    public static ValueShape Parsed(string expected, string? pattern, Func<string, object?> parse) => new(expected, pattern, parse);

    /// <summary>A value that a type reads itself from whatever is written.</summary>
    /// <param name="expected">What it must be, to follow "it must be".</param>
    /// <param name="read">The value of what is written, or null when it is none.</param>
    public static ValueShape Own(string expected, Func<YamlNode, object?> read) => new(expected, read);

    /// <summary>A section with keys of its own.</summary>
    /// <param name="type">Gives the keys; asked when they are needed, so that a type may hold itself.</param>
    public static ValueShape SectionOf(Func<KeyedType> type) => new(type);

    /// <summary>A list.</summary>
    /// <param name="element">The shape of its values.</param>
    /// <param name="gather">Makes the property's own list of the values.</param>
    public static ValueShape List(ValueShape element, Func<IReadOnlyList<object>, object> gather) => new(element, gather);

    /// <summary>Ids, or words, to values.</summary>
    /// <param name="element">The shape of the values.</param>
    /// <param name="words">The only ids allowed, or null.</param>
    /// <param name="gather">Makes the property's own map of ids and values.</param>
    /// <param name="id">The shape of the ids where a type reads them itself, or null.</param>
    public static ValueShape Map(
        ValueShape element,
        IReadOnlyList<string>? words,
        Func<IReadOnlyList<string>, IReadOnlyList<object>, object> gather,
        ValueShape? id = null
    ) => new(element, words, gather, id);

    /// <summary>The same shape, whose values are wrapped together with their place.</summary>
    public ValueShape Wrapped(Func<object, KeyPlace, object> wrap) => new(this, wrap);

    /// <summary>The word of an enum's value.</summary>
    /// <exception cref="InvalidOperationException">The shape is no word's.</exception>
    public string WordOf(object value) => (_wordOf ?? throw new InvalidOperationException($"a {Kind} has no words"))(value);

    /// <summary>The number of a quantity in the key's unit.</summary>
    /// <exception cref="InvalidOperationException">The shape is no number's.</exception>
    public double NumberOf(object value) => (_quantity ?? throw new InvalidOperationException($"a {Kind} is no number")).NumberOf(value);

    internal double Smallest => _quantity?.Smallest ?? int.MinValue;

    internal double Largest => _quantity?.Largest ?? int.MaxValue;

    internal object FromNumber(double number) => _quantity!.Of(number);

    internal object? Parse(string text) => _parse!(text);

    internal object? ReadNode(YamlNode node) => _readNode!(node);

    internal object GatherList(IReadOnlyList<object> items) => _list!(items);

    internal object GatherMap(IReadOnlyList<string> ids, IReadOnlyList<object> items) => _map!(ids, items);

    internal object Wrap(object value, KeyPlace place) => _wrap is null ? value : _wrap(value, place);
}
