using System.Buffers;
using System.Globalization;
using Lightloom.Diagnostics;
using Lightloom.Units;
using Lightloom.Yaml;

namespace Lightloom.Keys;

/// <summary>
/// Fills a record whose properties carry <see cref="KeyAttribute"/> from a map of a YAML file; whatever does not fit becomes a diagnostic
/// and leaves the default standing, so that one run reports every mistake.
/// </summary>
/// <remarks>Not safe for use from several threads at once.</remarks>
public sealed class KeyReader
{
    // Suggestions cost time that grows with the file's mistakes; nobody reads the hundredth.
    private const int MostSuggestions = 100;

    private readonly DiagnosticBag _diagnostics;
    private readonly KeyedType _root;
    private readonly KeyContext _context;
    private int _suggestions;

    private KeyReader(KeyedType root, DiagnosticBag diagnostics, KeyContext context)
    {
        _root = root;
        _diagnostics = diagnostics;
        _context = context;
    }

    /// <summary>Reads a section. A value is returned even when some of its keys were wrong; the diagnostics tell.</summary>
    /// <param name="type">The keys of the section: <c>ClusterSpecKeys.Type</c>.</param>
    /// <param name="map">The section.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <param name="context">What is said of the values elsewhere, or null.</param>
    public static T Read<T>(KeyedType<T> type, YamlMap map, DiagnosticBag diagnostics, KeyContext? context = null)
        where T : class => (T)Read((KeyedType)type, map, diagnostics, context);

    /// <summary>Reads a section of a type that is known when the program runs only.</summary>
    public static object Read(KeyedType type, YamlMap map, DiagnosticBag diagnostics, KeyContext? context = null) =>
        new KeyReader(type, diagnostics, context ?? new()).ReadSection(map, type, "");

    private object ReadSection(YamlMap map, KeyedType type, string path)
    {
        foreach (YamlEntry entry in map.Entries)
        {
            if (type[entry.Key] is null && !_context.Owns(Join(path, entry.Key)))
            {
                ReportUnknownKey(entry, type, path);
            }
        }

        object?[] values = new object?[type.Properties.Count];
        foreach (KeyedProperty property in type.Properties)
        {
            YamlEntry? entry = map[property.Name];
            string below = Join(path, property.Name);
            YamlNode? node = _context.Find(property, below, entry);

            // A key whose value is commented out keeps its default, unless the file must have it.
            if (node is not (null or YamlScalar { IsNull: true }))
            {
                values[property.Index] = ReadValue(node, property, property.Shape, below);
            }
            else if (property.Required)
            {
                ReportMissing(map, property, path, entry);
            }
        }

        return type.Make(values, map.Mark);
    }

    private void ReportMissing(YamlMap map, KeyedProperty property, string path, YamlEntry? empty)
    {
        string what = empty is null
            ? $"{(path.Length == 0 ? _context.Subject : $"'{path}'")} has no '{property.Name}'"
            : $"'{property.Name}' has no value";
        Error(
            KeyFault.MissingKey,
            $"{what}; add `{property.Name}: {Example(property)}` ({LowerFirst(property.Description)})",
            Join(path, property.Name),
            empty?.Mark ?? map.Mark
        );
    }

    private object? ReadValue(YamlNode node, KeyedProperty property, ValueShape shape, string path) =>
        ReadBare(node, property, shape, path) is { } value ? shape.Wrap(value, new(path, node, _context)) : null;

    private object? ReadBare(YamlNode node, KeyedProperty property, ValueShape shape, string path) =>
        shape.Kind switch
        {
            ValueKind.Integer => ReadInteger(node, property, path),
            ValueKind.AutoInteger => ReadAutoInteger(node, property, path),
            ValueKind.Number or ValueKind.Quantity => ReadNumber(node, property, shape, path),
            ValueKind.Flag => ReadFlag(node, path),
            ValueKind.Text => ReadText(node, property, path),
            ValueKind.Word => ReadWord(node, shape, path),
            ValueKind.Size => ReadSize(node, path),
            ValueKind.List => ReadList(node, property, shape, path),
            ValueKind.Map => ReadMap(node, property, shape, path),
            ValueKind.Parsed or ValueKind.Own => ReadParsed(node, shape, path),
            ValueKind.Raw => ReadRaw(node, path),
            _ => ReadNested(node, shape.Section, path),
        };

    private object? ReadNested(YamlNode node, KeyedType type, string path)
    {
        switch (node)
        {
            case YamlMap map:
                return ReadSection(map, type, path);
            case YamlScalar scalar when type.Shorthand is { } shorthand:
                object?[] values = new object?[type.Properties.Count];
                foreach (KeyedProperty property in type.Properties)
                {
                    if (shorthand.Key is null || shorthand.Key == property.Name)
                    {
                        if (ReadValue(scalar, property, property.Shape, path) is not { } value)
                        {
                            return null;
                        }

                        values[property.Index] = value;
                    }
                }

                return type.Make(values, scalar.Mark);
            default:
                KeyedProperty first = type.Properties[0];
                return WrongType(node, path, $"a section with keys, as in `{LastOf(path)}: {{{first.Name}: {Example(first)}}}`");
        }
    }

    private object? ReadList(YamlNode node, KeyedProperty property, ValueShape shape, string path)
    {
        if (node is not YamlList && property.OneOrMany)
        {
            return ReadValue(node, property, shape.Element!, path) is { } single ? shape.GatherList([single]) : null;
        }

        if (node is not YamlList list)
        {
            return WrongType(
                node,
                path,
                shape.Element!.Kind == ValueKind.Section
                    ? "a list; start each item with `- `"
                    : $"a list, as in `{LastOf(path)}: [{Example(property)}]`"
            );
        }

        var items = new List<object>(list.Items.Count);
        for (int i = 0; i < list.Items.Count; i++)
        {
            if (ReadValue(list.Items[i], property, shape.Element!, $"{path}[{i.ToString(CultureInfo.InvariantCulture)}]") is { } item)
            {
                items.Add(item);
            }
        }

        return shape.GatherList(items);
    }

    private object? ReadMap(YamlNode node, KeyedProperty property, ValueShape shape, string path)
    {
        ValueShape element = shape.Element!;
        if (node is not YamlMap map)
        {
            return WrongType(node, path, $"a section of `{(shape.MapWords is null ? "id" : shape.MapWords[0])}: {NounOf(element)}`");
        }

        var ids = new List<string>(map.Entries.Count);
        var items = new List<object>(map.Entries.Count);
        foreach (YamlEntry entry in map.Entries)
        {
            string below = Join(path, entry.Key);
            if (shape.MapWords is { } words && !words.Contains(entry.Key))
            {
                string remedy = Suggest(entry.Key, words, $"; the keys here are {string.Join(", ", words)}");
                Error(KeyFault.UnknownKey, $"unknown key '{Excerpt.Of(entry.Key)}' in '{path}'{remedy}", below, entry.Mark);
            }
            else if (shape.Id is { } id && id.Parse(entry.Key) is null)
            {
                Error(KeyFault.WrongType, $"'{Excerpt.Of(entry.Key)}' in '{path}' must be {id.Expected}", below, entry.Mark);
            }
            else if (ReadValue(entry.Value, property, element, below) is { } value)
            {
                ids.Add(entry.Key);
                items.Add(value);
            }
        }

        return shape.GatherMap(ids, items);
    }

    private static string NounOf(ValueShape shape) =>
        shape.Kind switch
        {
            ValueKind.Quantity => shape.Unit == "US dollars" ? "dollars" : shape.Unit!,
            ValueKind.Number or ValueKind.Integer => "number",
            ValueKind.Section => "{...}",
            _ => "value",
        };

    private object? ReadParsed(YamlNode node, ValueShape shape, string path) =>
        (
            shape.Kind == ValueKind.Own ? shape.ReadNode(node)
            : node is YamlScalar scalar ? shape.Parse(scalar.Text)
            : null
        ) ?? WrongType(node, path, shape.Expected!);

    private object? ReadRaw(YamlNode node, string path) => node is YamlMap ? node : WrongType(node, path, "a section with keys");

    private object? ReadInteger(YamlNode node, KeyedProperty property, string path)
    {
        if (node is not YamlScalar { IsQuoted: false } scalar || !IsWhole(scalar.Text))
        {
            return WrongType(node, path, "a whole number" + NumberHint(node));
        }

        // The text is a whole number, so failing to parse can only mean that it is too large: report it as such.
        return
            int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            && InRange(value, property, ValueShape.Integer)
            ? value
            : OutOfRange(scalar, property, ValueShape.Integer, path);
    }

    private object? ReadAutoInteger(YamlNode node, KeyedProperty property, string path)
    {
        if (node is YamlScalar { Text: "auto" })
        {
            return AutoInt.Auto;
        }

        if (node is not YamlScalar { IsQuoted: false } scalar || !IsWhole(scalar.Text))
        {
            return WrongType(node, path, "a whole number or auto" + NumberHint(node));
        }

        return ReadInteger(node, property, path) is int value ? new AutoInt(value) : null;
    }

    private object? ReadNumber(YamlNode node, KeyedProperty key, ValueShape shape, string path)
    {
        if (node is not YamlScalar { IsQuoted: false } scalar || !TryParseNumber(scalar.Text, out double value))
        {
            return WrongType(node, path, (shape.Unit is { } unit ? $"a number of {unit}" : "a number") + NumberHint(node));
        }

        return InRange(value, key, shape) ? shape.FromNumber(value) : OutOfRange(scalar, key, shape, path);
    }

    private object? ReadFlag(YamlNode node, string path) =>
        node switch
        {
            YamlScalar { IsQuoted: false, Text: "yes" or "Yes" or "YES" or "on" or "On" or "ON" } when _context.TakesYesAndNo => true,
            YamlScalar { IsQuoted: false, Text: "no" or "No" or "NO" or "off" or "Off" or "OFF" } when _context.TakesYesAndNo => false,
            YamlScalar { IsQuoted: false, Text: "true" or "True" or "TRUE" } => true,
            YamlScalar { IsQuoted: false, Text: "false" or "False" or "FALSE" } => false,
            YamlScalar { Text: "yes" or "Yes" or "YES" or "on" or "On" or "ON" } => WrongType(node, path, "true or false; write true"),
            YamlScalar { Text: "no" or "No" or "NO" or "off" or "Off" or "OFF" } => WrongType(node, path, "true or false; write false"),
            _ => WrongType(node, path, "true or false"),
        };

    private object? ReadText(YamlNode node, KeyedProperty property, string path)
    {
        if (node is not YamlScalar scalar || scalar.IsNull)
        {
            return WrongType(node, path, "a text");
        }

        if (property.OneOf.Count > 0 && !property.OneOf.Contains(scalar.Text))
        {
            return UnknownWord(scalar, property.OneOf, path);
        }

        return scalar.Text;
    }

    private object? ReadWord(YamlNode node, ValueShape shape, string path)
    {
        if (node is not YamlScalar scalar)
        {
            return WrongType(node, path, "one of " + string.Join(", ", shape.Words));
        }

        return shape.Parse(scalar.Text) ?? UnknownWord(scalar, shape.Words, path);
    }

    private object? ReadSize(YamlNode node, string path) =>
        node is YamlScalar scalar && DataSize.TryParse(scalar.Text, out DataSize size)
            ? size
            : WrongType(node, path, "a size in bytes, or with a unit: 65536, 4MiB, 1GB");

    private object? UnknownWord(YamlScalar scalar, IReadOnlyList<string> words, string path)
    {
        string all =
            words.Count == 1 ? $"; it can only be {words[0]}" : $"; use {string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";
        Error(KeyFault.UnknownWord, $"'{LastOf(path)}' cannot be {scalar.Noun}{all}{Suggest(scalar.Text, words, "")}", path, scalar.Mark);
        return null;
    }

    private void ReportUnknownKey(YamlEntry entry, KeyedType type, string path)
    {
        string within = path.Length == 0 ? "" : $" in '{path}'";
        IEnumerable<string> keys = type.Properties.Select(p => p.Name);
        string known = $"; the keys here are {string.Join(", ", keys)}";
        string remedy = known;
        if (_suggestions < MostSuggestions)
        {
            // An exact match further down in the section means a level left out; it beats a similar word. One elsewhere in the format, a
            // slip of indentation, does not.
            string? below = type.PathTo(entry.Key, path.Length == 0 ? "" : path + ".");
            string? elsewhere = below ?? (_root[entry.Key] is not null ? entry.Key : _root.PathTo(entry.Key));
            remedy =
                elsewhere is not null && (below is not null || Nearest.Of(entry.Key, keys) is null)
                    ? $"; the format has it as '{elsewhere}', so move it there"
                    : Suggest(entry.Key, keys, known);
        }

        Error(KeyFault.UnknownKey, $"unknown key '{Excerpt.Of(entry.Key)}'{within}{remedy}", Join(path, entry.Key), entry.Mark);
    }

    private string Suggest(string text, IEnumerable<string> candidates, string fallback) =>
        _suggestions++ < MostSuggestions ? Nearest.Suggestion(text, candidates, fallback) : fallback;

    private object? WrongType(YamlNode node, string path, string expected)
    {
        Error(KeyFault.WrongType, $"'{LastOf(path)}' is {node.Noun}; it must be {expected}", path, node.Mark);
        return null;
    }

    private object? OutOfRange(YamlScalar scalar, KeyedProperty key, ValueShape shape, string path)
    {
        Error(KeyFault.OutOfRange, $"'{LastOf(path)}' is {Excerpt.Of(scalar.Text)}; it must be {Range(key, shape)}", path, scalar.Mark);
        return null;
    }

    private void Error(KeyFault fault, string message, string path, SourceMark mark) =>
        _context.Report(_diagnostics, fault, message, path, mark);

    private static bool InRange(double value, KeyedProperty key, ValueShape shape) =>
        value <= Math.Min(key.Maximum, shape.Largest)
        && (key.ExclusiveMinimum ? value > key.Minimum : value >= Math.Max(key.Minimum, shape.Smallest));

    private static string Range(KeyedProperty key, ValueShape shape)
    {
        double low = Math.Max(key.Minimum, shape.Smallest);
        double high = Math.Min(key.Maximum, shape.Largest);
        string from = low.ToString("0.############", CultureInfo.InvariantCulture),
            to = high.ToString("0.############", CultureInfo.InvariantCulture);
        return key.ExclusiveMinimum ? $"more than {from}, and at most {to}"
            : low == high ? from
            : $"{from} to {to}";
    }

    private static bool IsWhole(string text)
    {
        ReadOnlySpan<char> digits = text is ['-' or '+', ..] ? text.AsSpan(1) : text;
        return digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9');
    }

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789+-.eE");

    // Only digits, sign, point and exponent: .NET would also take "Infinity", "NaN" and surrounding blanks.
    private static bool TryParseNumber(string text, out double value)
    {
        value = 0;
        return text.Length > 0
            && !text.AsSpan().ContainsAnyExcept(NumberCharacters)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static string NumberHint(YamlNode node)
    {
        if (node is not YamlScalar scalar)
        {
            return "";
        }

        string bare = scalar
            .Text.Replace("_", "", StringComparison.Ordinal)
            .Replace(",", "", StringComparison.Ordinal)
            .Replace(" ", "", StringComparison.Ordinal);
        if (!TryParseNumber(bare, out _))
        {
            return scalar.Text is ".inf" or "-.inf" or ".nan" or ".NaN" or ".Inf" or "NaN" or "Infinity" ? ", and a finite one" : "";
        }

        return scalar.IsQuoted && bare == scalar.Text ? "; drop the quotes"
            : bare != scalar.Text ? "; write it without separators"
            : "";
    }

    private static string Example(KeyedProperty property) =>
        property.Example?.Trim('[', ']')
        ?? (property.Shape.Element ?? property.Shape).Kind switch
        {
            ValueKind.Integer or ValueKind.AutoInteger or ValueKind.Number or ValueKind.Quantity => (
                double.IsFinite(property.Minimum) ? Math.Max(1, property.Minimum) : 1
            ).ToString(CultureInfo.InvariantCulture),
            ValueKind.Flag => "true",
            ValueKind.Word or ValueKind.Text when property.Words.Count > 0 => property.Words[0],
            ValueKind.Size => "4MiB",
            ValueKind.Section when property.Shape.Kind == ValueKind.List => "[...]",
            ValueKind.Section or ValueKind.Map or ValueKind.Raw => "{...}",
            _ => property.Name.ToUpperInvariant(),
        };

    private static string LowerFirst(string sentence) =>
        char.ToLowerInvariant(sentence[0]) + (sentence.EndsWith('.') ? sentence[1..^1] : sentence[1..]);

    // A part's id may hold a point before a digit (sr4.2-800g), which a key never does.
    private static string LastOf(string path)
    {
        int dot = path.LastIndexOf('.');
        while (dot > 0 && dot + 1 < path.Length && char.IsAsciiDigit(path[dot + 1]))
        {
            dot = path.LastIndexOf('.', dot - 1);
        }

        return Excerpt.Of(path[(dot + 1)..]);
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
