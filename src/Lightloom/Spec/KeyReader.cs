using System.Collections;
using System.Globalization;
using Lightloom.Diagnostics;
using Lightloom.Units;
using Lightloom.Yaml;

namespace Lightloom.Spec;

/// <summary>
/// Fills a record whose properties carry <see cref="KeyAttribute"/> from a map of a YAML file; whatever does not fit becomes a diagnostic
/// and leaves the default standing, so that one run reports every mistake.
/// </summary>
/// <remarks>Not safe for use from several threads at once.</remarks>
public sealed class KeyReader
{
    // Suggestions cost time that grows with the file's mistakes; nobody reads the hundredth.
    private const int MostSuggestions = 100;

    // Beyond this no quantity is meant, and conversions to whole millimetres or cents stay far from overflow.
    private const double LargestNumber = 1e12;

    private readonly DiagnosticBag _diagnostics;
    private readonly KeyedType _root;
    private int _suggestions;

    private KeyReader(KeyedType root, DiagnosticBag diagnostics)
    {
        _root = root;
        _diagnostics = diagnostics;
    }

    /// <summary>Reads a record. It is returned even when some of its keys were wrong; the diagnostics tell.</summary>
    public static T Read<T>(YamlMap map, DiagnosticBag diagnostics)
        where T : class
    {
        KeyedType type = KeyedType.Of(typeof(T));
        return (T)new KeyReader(type, diagnostics).ReadSection(map, type, "");
    }

    private object ReadSection(YamlMap map, KeyedType type, string path)
    {
        object section = Activator.CreateInstance(type.Type)!;
        type.Mark?.SetValue(section, map.Mark);
        foreach (YamlEntry entry in map.Entries)
        {
            if (type[entry.Key] is not { } property)
            {
                ReportUnknownKey(entry, type, path);
            }
            else if (entry.Value is YamlScalar { IsNull: true })
            {
                // A key whose value is commented out keeps its default; a required one is reported below.
            }
            else if (ReadValue(entry.Value, property, property.Shape, Join(path, entry.Key)) is { } value)
            {
                property.Property.SetValue(section, value);
            }
        }

        foreach (KeyedProperty property in type.Properties)
        {
            if (property.Key.Required && map[property.Key.Name] is not { Value: not YamlScalar { IsNull: true } })
            {
                YamlEntry? empty = map[property.Key.Name];
                string what = empty is null
                    ? $"{(path.Length == 0 ? "the file" : $"'{path}'")} has no '{property.Key.Name}'"
                    : $"'{property.Key.Name}' has no value";
                Error(
                    SpecProblem.MissingKey,
                    $"{what}; add `{property.Key.Name}: {Example(property)}` ({LowerFirst(property.Key.Description)})",
                    Join(path, property.Key.Name),
                    empty?.Mark ?? map.Mark
                );
            }
        }

        return section;
    }

    private object? ReadValue(YamlNode node, KeyedProperty property, ValueShape shape, string path) =>
        shape.Kind switch
        {
            ValueKind.Integer => ReadInteger(node, property, path),
            ValueKind.AutoInteger => ReadAutoInteger(node, property, path),
            ValueKind.Number or ValueKind.Quantity => ReadNumber(node, property.Key, shape, path),
            ValueKind.Flag => ReadFlag(node, path),
            ValueKind.Text => ReadText(node, property, path),
            ValueKind.Word => ReadWord(node, shape, path),
            ValueKind.Size => ReadSize(node, path),
            ValueKind.List => ReadList(node, property, shape, path),
            ValueKind.Book => ReadBook(node, property.Key, shape, path),
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
                object section = Activator.CreateInstance(type.Type)!;
                foreach (KeyedProperty property in type.Properties)
                {
                    if (shorthand.Key is null || shorthand.Key == property.Key.Name)
                    {
                        if (ReadValue(scalar, property, property.Shape, path) is not { } value)
                        {
                            return null;
                        }

                        property.Property.SetValue(section, value);
                    }
                }

                return section;
            default:
                KeyedProperty first = type.Properties[0];
                return WrongType(node, path, $"a section with keys, as in `{LastOf(path)}: {{{first.Key.Name}: {Example(first)}}}`");
        }
    }

    private object? ReadList(YamlNode node, KeyedProperty property, ValueShape shape, string path)
    {
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

        var items = new ArrayList(list.Items.Count);
        for (int i = 0; i < list.Items.Count; i++)
        {
            if (ReadValue(list.Items[i], property, shape.Element!, $"{path}[{i.ToString(CultureInfo.InvariantCulture)}]") is { } item)
            {
                items.Add(item);
            }
        }

        return items.ToArray(shape.Type);
    }

    private Dictionary<string, Money>? ReadBook(YamlNode node, KeyAttribute key, ValueShape shape, string path)
    {
        if (node is not YamlMap map)
        {
            WrongType(node, path, "a section of `id: dollars`");
            return null;
        }

        var book = new Dictionary<string, Money>(StringComparer.Ordinal);
        foreach (YamlEntry entry in map.Entries)
        {
            if (
                ReadNumber(
                    entry.Value,
                    new KeyAttribute(entry.Key, key.Description) { Minimum = 0, Maximum = 1e9 },
                    shape,
                    Join(path, entry.Key)
                )
                is Money price
            )
            {
                book[entry.Key] = price;
            }
        }

        return book;
    }

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
            && InRange(value, property.Key)
            ? value
            : OutOfRange(scalar, property.Key, path, integer: true);
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

    private object? ReadNumber(YamlNode node, KeyAttribute key, ValueShape shape, string path)
    {
        if (node is not YamlScalar { IsQuoted: false } scalar || !TryParseNumber(scalar.Text, out double value))
        {
            return WrongType(node, path, (shape.Unit is { } unit ? $"a number of {unit}" : "a number") + NumberHint(node));
        }

        return InRange(value, key) ? shape.FromNumber!(value) : OutOfRange(scalar, key, path, integer: false);
    }

    private object? ReadFlag(YamlNode node, string path) =>
        node switch
        {
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

        if (property.Key.OneOf is { } words && !words.Split('|').Contains(scalar.Text))
        {
            return UnknownWord(scalar, words.Split('|'), path);
        }

        return scalar.Text;
    }

    private object? ReadWord(YamlNode node, ValueShape shape, string path)
    {
        if (node is not YamlScalar scalar)
        {
            return WrongType(node, path, "one of " + string.Join(", ", shape.Words));
        }

        for (int i = 0; i < shape.Words.Count; i++)
        {
            if (shape.Words[i] == scalar.Text)
            {
                return shape.WordValues[i];
            }
        }

        return UnknownWord(scalar, shape.Words, path);
    }

    private object? ReadSize(YamlNode node, string path) =>
        node is YamlScalar scalar && DataSize.TryParse(scalar.Text, out DataSize size)
            ? size
            : WrongType(node, path, "a size in bytes, or with a unit: 65536, 4MiB, 1GB");

    private object? UnknownWord(YamlScalar scalar, IReadOnlyList<string> words, string path)
    {
        string all =
            words.Count == 1 ? $"; it can only be {words[0]}" : $"; use {string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";
        Error(
            SpecProblem.UnknownWord,
            $"'{LastOf(path)}' cannot be {scalar.Noun}{all}{Suggest(scalar.Text, words, "")}",
            path,
            scalar.Mark
        );
        return null;
    }

    private void ReportUnknownKey(YamlEntry entry, KeyedType type, string path)
    {
        string within = path.Length == 0 ? "" : $" in '{path}'";
        IEnumerable<string> keys = type.Properties.Select(p => p.Key.Name);
        string known = $"; the keys here are {string.Join(", ", keys)}";
        string remedy = known;
        if (_suggestions < MostSuggestions)
        {
            // An exact match elsewhere in the format means a slip of indentation; it beats a similar word in the same section.
            string? elsewhere = _root[entry.Key] is not null ? entry.Key : _root.PathTo(entry.Key);
            remedy =
                elsewhere is not null && Nearest.Of(entry.Key, keys) is null
                    ? $"; the format has it as '{elsewhere}', so move it there"
                    : Suggest(entry.Key, keys, known);
        }

        Error(SpecProblem.UnknownKey, $"unknown key '{Excerpt.Of(entry.Key)}'{within}{remedy}", Join(path, entry.Key), entry.Mark);
    }

    private string Suggest(string text, IEnumerable<string> candidates, string fallback) =>
        _suggestions++ < MostSuggestions ? Nearest.Suggestion(text, candidates, fallback) : fallback;

    private object? WrongType(YamlNode node, string path, string expected)
    {
        Error(SpecProblem.WrongType, $"'{LastOf(path)}' is {node.Noun}; it must be {expected}", path, node.Mark);
        return null;
    }

    private object? OutOfRange(YamlScalar scalar, KeyAttribute key, string path, bool integer)
    {
        Error(
            SpecProblem.OutOfRange,
            $"'{LastOf(path)}' is {Excerpt.Of(scalar.Text)}; it must be {Range(key, integer)}",
            path,
            scalar.Mark
        );
        return null;
    }

    private void Error(string id, string message, string path, SourceMark mark) => _diagnostics.Error(id, message, path, mark);

    private static bool InRange(double value, KeyAttribute key) =>
        value <= Math.Min(key.Maximum, LargestNumber)
        && (key.ExclusiveMinimum ? value > key.Minimum : value >= Math.Max(key.Minimum, -LargestNumber));

    private static string Range(KeyAttribute key, bool integer)
    {
        double low = Math.Max(key.Minimum, integer ? int.MinValue : -LargestNumber);
        double high = Math.Min(key.Maximum, integer ? int.MaxValue : LargestNumber);
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

    // Only digits, sign, point and exponent: .NET would also take "Infinity", "NaN" and surrounding blanks.
    private static bool TryParseNumber(string text, out double value)
    {
        value = 0;
        return text.Length > 0
            && !text.AsSpan().ContainsAnyExcept("0123456789+-.eE")
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
        property.Key.Example?.Trim('[', ']')
        ?? (property.Shape.Element ?? property.Shape).Kind switch
        {
            ValueKind.Integer or ValueKind.AutoInteger or ValueKind.Number or ValueKind.Quantity => (
                double.IsFinite(property.Key.Minimum) ? Math.Max(1, property.Key.Minimum) : 1
            ).ToString(CultureInfo.InvariantCulture),
            ValueKind.Flag => "true",
            ValueKind.Word or ValueKind.Text when property.Words.Count > 0 => property.Words[0],
            ValueKind.Size => "4MiB",
            ValueKind.Section when property.Shape.Kind == ValueKind.List => "[...]",
            ValueKind.Section or ValueKind.Book or ValueKind.Raw => "{...}",
            _ => property.Key.Name.ToUpperInvariant(),
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
