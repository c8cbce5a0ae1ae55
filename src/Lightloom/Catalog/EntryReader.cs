using System.Globalization;
using Lightloom.Diagnostics;
using Lightloom.Units;
using Lightloom.Yaml;

namespace Lightloom.Catalog;

/// <summary>
/// Reads the fields of one entry: resolves assumed values, demands a source of every figure, and complains of what nobody asked for.
/// </summary>
internal sealed class EntryReader
{
    private readonly YamlMap _map;
    private readonly EntryReader? _parent;
    private readonly string _prefix;
    private readonly List<string> _known = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _sources;
    private readonly Dictionary<string, Assumption> _assumed;
    private readonly HashSet<string> _assumptionsMet;
    private readonly HashSet<string> _asked;
    private readonly Dictionary<string, string> _assumptions;
    private readonly List<string> _notPublished;

    /// <summary>Starts on an entry; reads its <c>source</c> and <c>assumed</c> first.</summary>
    public EntryReader(string noun, string id, YamlMap map, ReadContext context)
    {
        (Noun, Id, _map, Context, _prefix) = (noun, id, map, context, "");
        (_sources, _assumed, _assumptionsMet, _asked, _assumptions, _notPublished) = ([], [], [], [], [], []);
        ReadSources();
        ReadAssumed();
    }

    private EntryReader(EntryReader parent, string key, YamlMap map)
    {
        (Noun, Id, _map, Context, _prefix, _parent) = (parent.Noun, parent.Id, map, parent.Context, parent._prefix + key + ".", parent);
        (_sources, _assumed, _assumptionsMet, _asked, _assumptions, _notPublished) = (
            parent._sources,
            parent._assumed,
            parent._assumptionsMet,
            parent._asked,
            parent._assumptions,
            parent._notPublished
        );
    }

    /// <summary>What the entry is, for messages: <c>switch</c>.</summary>
    public string Noun { get; }

    /// <summary>The entry's id.</summary>
    public string Id { get; }

    /// <summary>Shared state.</summary>
    public ReadContext Context { get; }

    /// <summary>Where the entry starts.</summary>
    public SourceMark Mark => _map.Mark;

    /// <summary>The source ids of the whole entry.</summary>
    public IReadOnlyList<string> SourcesOfEntry => _sources.TryGetValue("*", out IReadOnlyList<string>? ids) ? ids : [];

    /// <summary>The reason, where <c>assumed</c> is a text and speaks of the whole entry (facts); else null.</summary>
    public string? AssumedText { get; private set; }

    /// <summary>Fields that are null and stay so.</summary>
    public IReadOnlyList<string> NotPublished => _notPublished;

    /// <summary>True when something was wrong and the entry cannot be built.</summary>
    public bool Failed { get; private set; }

    /// <summary>Complains; the entry is then not built.</summary>
    public void Error(string problem, string message, SourceMark mark)
    {
        Context.Diagnostics.Error(problem, $"{Noun} '{Excerpt.Of(Id)}': {message}", mark: mark);
        for (EntryReader? r = this; r is not null; r = r._parent)
        {
            r.Failed = true;
        }
    }

    /// <summary>Marks a field as assumed by the reader itself, where a default fills what the file leaves open.</summary>
    public void Assume(string key, string why) => _assumptions.TryAdd(_prefix + key, why);

    /// <summary>True when the field is written with a value, or assumed with one.</summary>
    public bool Has(string key) => Peek(key) is not null;

    /// <summary>The mark of a field's value, or of the entry.</summary>
    public SourceMark MarkOf(string key) =>
        _map[key]?.Value.Mark ?? (_assumed.TryGetValue(_prefix + key, out Assumption? a) ? a.Mark : _map.Mark);

    /// <summary>A text that is no figure and needs no source.</summary>
    public string? Text(string key) => Node(key, figure: false) is { } node ? TextOf(key, node) : null;

    /// <summary>A text that says something about the part and needs a source.</summary>
    public Figure<string>? Claim(string key) => Node(key) is { } node && TextOf(key, node) is { } text ? Figure(key, text) : null;

    /// <summary>A number in a range.</summary>
    public Figure<double>? Number(string key, double min = 0, double max = 1e12) =>
        Node(key) is { } node && NumberOf(key, node, min, max) is { } number ? Figure(key, number) : null;

    /// <summary>A value with the origin that the entry gives its key.</summary>
    public Figure<T> Figure<T>(string key, T value) => new(value, OriginOf(_prefix + key));

    /// <summary>A list with the origin of its key; null when it is empty.</summary>
    public Figure<IReadOnlyList<T>>? FigureOfList<T>(string key, IReadOnlyList<T> values) => values.Count == 0 ? null : Figure(key, values);

    /// <summary>
    /// Where a field's value comes from: its own assumption or sources, else those of the block it stands in (<c>backend</c> for
    /// <c>backend.cages</c>), else those of the whole entry.
    /// </summary>
    public Origin OriginOf(string full)
    {
        int dot = full.IndexOf('.');
        string block = dot > 0 ? full[..dot] : full;
        if (_assumptions.TryGetValue(full, out string? why) || _assumptions.TryGetValue(block, out why))
        {
            return new([], why);
        }

        return
            _sources.TryGetValue(full, out IReadOnlyList<string>? ids)
            || (block == "cages" && dot > 0 && _sources.TryGetValue(full[(dot + 1)..], out ids))
            || _sources.TryGetValue(block, out ids)
            || _sources.TryGetValue("*", out ids)
            ? new(ids, null)
            : Origin.Own;
    }

    /// <summary>A whole number in a range.</summary>
    public Figure<int>? Int(string key, int min = 0, int max = 1_000_000)
    {
        if (Number(key, min, max) is not { Value: var number })
        {
            return null;
        }

        if (number == Math.Floor(number))
        {
            return Figure(key, (int)number);
        }

        Error(
            CatalogueProblem.WrongType,
            $"{_prefix}{key} must be a whole number, not {number.ToString(CultureInfo.InvariantCulture)}",
            MarkOf(key)
        );
        return null;
    }

    /// <summary>A whole number that must be there.</summary>
    public Figure<int> RequiredInt(string key, int min, int max)
    {
        Require(key);
        return Int(key, min, max) ?? min;
    }

    /// <summary>True or false.</summary>
    public Figure<bool>? Flag(string key)
    {
        switch (Node(key))
        {
            case null:
                return null;
            case YamlScalar { IsQuoted: false, Text: "true" or "True" or "yes" or "on" }:
                return Figure(key, true);
            case YamlScalar { IsQuoted: false, Text: "false" or "False" or "no" or "off" }:
                return Figure(key, false);
            case var node:
                Error(CatalogueProblem.WrongType, $"{_prefix}{key} must be true or false, not {node.Noun}", node.Mark);
                return null;
        }
    }

    /// <summary>A rate in Gb/s.</summary>
    public Figure<DataRate>? Rate(string key, double max = 10_000_000) => Number(key, 0.001, max)?.To(DataRate.FromGbps);

    /// <summary>A power in watts.</summary>
    public Figure<Power>? Watts(string key) => Number(key, 0, 1e8)?.To(Power.FromWatts);

    /// <summary>A mass in kilograms.</summary>
    public Figure<Mass>? Kilograms(string key, double max = 1e6) => Number(key, 0, max)?.To(Mass.FromKilograms);

    /// <summary>A length in millimetres.</summary>
    public Figure<Length>? Millimetres(string key) => Number(key, 0, 1e6)?.To(mm => Length.FromMetres(mm / 1000));

    /// <summary>A cable's diameter in millimetres.</summary>
    public Figure<Diameter>? DiameterMillimetres(string key) => Number(key, 0.1, 200)?.To(Diameter.FromMillimetres);

    /// <summary>A delay in nanoseconds.</summary>
    public Figure<SimTime>? Nanoseconds(string key) => Number(key, 0, 1e12)?.To(SimTime.FromNanoseconds);

    /// <summary>Lengths in metres, ascending.</summary>
    public Length[] Metres(string key)
    {
        IReadOnlyList<YamlNode> items = Items(key);
        var gathering = new Gathering<Length>(items.Count);
        foreach (YamlNode item in items)
        {
            if (NumberOf(key, item, 0.01, 200_000) is { } metres)
            {
                gathering.Add(Length.FromMetres(metres));
            }
        }

        Length[] lengths = gathering.ToArray();
        for (int i = 1; i < lengths.Length; i++)
        {
            if (lengths[i] <= lengths[i - 1])
            {
                Error(CatalogueProblem.Inconsistent, $"{_prefix}{key} must ascend; write the shortest length first", MarkOf(key));
                break;
            }
        }

        return lengths;
    }

    /// <summary>A list of texts; a single text counts as a list of one.</summary>
    public IReadOnlyList<string> Texts(string key, bool figure = true) => TextsOf(key, Items(key, figure));

    /// <summary>A list of breakouts such as 2x400.</summary>
    public Breakout[] Breakouts(string key)
    {
        IReadOnlyList<YamlNode> items = Items(key);
        var breakouts = new Gathering<Breakout>(items.Count);
        foreach (YamlNode item in items)
        {
            if (BreakoutOf(key, item) is { } breakout)
            {
                breakouts.Add(breakout);
            }
        }

        Breakout[] result = breakouts.ToArray();
        for (int i = 0; i < result.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (result[i] == result[j])
                {
                    Error(CatalogueProblem.Inconsistent, $"{_prefix}{key} lists {result[i]} twice; remove one", MarkOf(key));
                    return result;
                }
            }
        }

        return result;
    }

    /// <summary>One breakout; complains when it is none.</summary>
    public Breakout? BreakoutOf(string key, YamlNode node)
    {
        if (node is YamlScalar scalar && Breakout.TryParse(scalar.Text, out Breakout breakout))
        {
            return breakout;
        }

        Error(
            CatalogueProblem.WrongType,
            $"{_prefix}{key}: a breakout is written as ports x Gb/s, for example 2x400, not {node.Noun}",
            node.Mark
        );
        return null;
    }

    /// <summary>One of a few words.</summary>
    public T? Word<T>(string key, Words<T> words, bool figure = true)
        where T : struct => Node(key, figure) is { } node ? WordOf(key, node, words) : null;

    /// <summary>A list of words.</summary>
    public T[] WordList<T>(string key, Words<T> words)
        where T : struct
    {
        IReadOnlyList<YamlNode> items = Items(key);
        var list = new Gathering<T>(items.Count);
        long seen = 0;
        foreach (YamlNode item in items)
        {
            if (WordOf(key, item, words) is not { } word)
            {
                continue;
            }

            long bit = 1L << words.IndexOf(((YamlScalar)item).Text);
            if ((seen & bit) != 0)
            {
                Error(CatalogueProblem.Inconsistent, $"{_prefix}{key} lists {item.Noun} twice; remove one", item.Mark);
                break;
            }

            seen |= bit;
            list.Add(word);
        }

        return list.ToArray();
    }

    /// <summary>Numbers by medium.</summary>
    public ByMedium<double> ByMedium(string key, double min, double max)
    {
        var values = new ByMedium<double>();
        if (Node(key) is { } node)
        {
            if (node is not YamlMap map)
            {
                Error(CatalogueProblem.WrongType, $"{_prefix}{key} must name each medium, as in {{om4: 100}}, not {node.Noun}", node.Mark);
                return values;
            }

            foreach (YamlEntry entry in map.Entries)
            {
                if (!Words.Media.TryParse(entry.Key, out Medium medium))
                {
                    Error(
                        CatalogueProblem.UnknownKey,
                        $"{_prefix}{key}: '{Excerpt.Of(entry.Key)}' is no medium; use one of {Words.Media.List}",
                        entry.Mark
                    );
                }
                else if (NumberOf(key, entry.Value, min, max) is { } number)
                {
                    values.Set(medium, number);
                }
            }
        }

        return values;
    }

    /// <summary>The nested map under a key, as a reader of its own; null when absent.</summary>
    public EntryReader? Nested(string key)
    {
        switch (Node(key))
        {
            case null:
                return null;
            case YamlMap map:
                return new EntryReader(this, key, map);
            case var node:
                Error(CatalogueProblem.WrongType, $"{_prefix}{key} must be a map of fields, not {node.Noun}", node.Mark);
                return null;
        }
    }

    /// <summary>A reader of one map in a list under a key; sources and assumptions are those of the key.</summary>
    public EntryReader? NestedItem(string key, YamlNode node)
    {
        if (node is YamlMap map)
        {
            return new EntryReader(this, key, map);
        }

        Error(CatalogueProblem.WrongType, $"{_prefix}{key}: each item must be a map of fields, not {node.Noun}", node.Mark);
        return null;
    }

    /// <summary>Prices of a part.</summary>
    public IReadOnlyList<Price> Prices(string key)
    {
        var prices = new List<Price>();
        foreach (YamlNode item in Items(key))
        {
            if (item is YamlScalar)
            {
                // The short form, for a user's own part: one number.
                if (NumberOf(key, item, 0, 1e10) is { } usd)
                {
                    prices.Add(new(Money.FromDollars(usd), Money.FromDollars(usd), null, null, null, ChosenPrice.PriceBook));
                }

                continue;
            }

            if (NestedItem(key, item) is not { } reader)
            {
                continue;
            }

            reader.Require("usd");
            IReadOnlyList<YamlNode> ends = reader.Items("usd", figure: false);
            double[] range = new double[ends.Count];
            for (int i = 0; i < range.Length; i++)
            {
                range[i] = reader.NumberOf("usd", ends[i], 0, 1e10) ?? 0;
            }

            double? length = reader.Node("length_m", figure: false) is { } l ? reader.NumberOf("length_m", l, 0.01, 200_000) : null;
            string? source = reader.Text("source");
            if (source is not null)
            {
                Context.Citations.Add(new(source, reader.MarkOf("source")));
            }
            else if (!Context.UserDefined)
            {
                reader.Error(CatalogueProblem.NoSource, "a price has no source; add `source:` with the id of where it was read", item.Mark);
            }

            bool estimate = reader.Node("estimate", figure: false) is YamlScalar { Text: "true" };
            string? priced = reader.Text("item"),
                seller = reader.Text("seller"),
                date = reader.Text("date");
            reader.Finish();
            if (range.Length is 1 or 2 && range[0] <= range[^1])
            {
                prices.Add(
                    new(
                        Money.FromDollars(range[0]),
                        Money.FromDollars(range[^1]),
                        priced,
                        seller,
                        date,
                        source ?? ChosenPrice.PriceBook,
                        estimate,
                        length
                    )
                );
            }
            else if (!reader.Failed)
            {
                Error(CatalogueProblem.WrongType, "a price is one number, or the lower and the upper end of a range", item.Mark);
            }
        }

        return prices;
    }

    /// <summary>Figures that are shown only.</summary>
    public IReadOnlyDictionary<string, Figure<string>> Details()
    {
        var details = new Dictionary<string, Figure<string>>();
        if (Node("details", figure: false) is not { } node)
        {
            return details;
        }

        if (node is not YamlMap map)
        {
            Error(CatalogueProblem.WrongType, $"details must be a map of names to values, not {node.Noun}", node.Mark);
            return details;
        }

        foreach (YamlEntry entry in map.Entries)
        {
            _asked.Add("details." + entry.Key);
            DemandSource("details." + entry.Key, entry.Mark);
            details[entry.Key] = Figure("details." + entry.Key, Flatten(entry.Value));
        }

        return details;
    }

    /// <summary>Complains when the field is absent.</summary>
    public void Require(string key)
    {
        if (!Has(key))
        {
            Error(CatalogueProblem.Missing, $"{_prefix}{key} is missing; add it", _map.Mark);
        }
    }

    /// <summary>The items of a list; a single value counts as a list of one.</summary>
    public IReadOnlyList<YamlNode> Items(string key, bool figure = true) =>
        Node(key, figure) switch
        {
            null => [],
            YamlList list => list.Items,
            var single => [single],
        };

    /// <summary>A field's value, or null when it is absent, null, or not published.</summary>
    public YamlNode? Node(string key, bool figure = true)
    {
        string full = _prefix + key;
        _known.Add(key);
        bool first = _asked.Add(full);
        YamlEntry? written = _map[key];
        bool hasAssumption = _assumed.TryGetValue(full, out Assumption? assumed);
        if (hasAssumption)
        {
            _assumptionsMet.Add(full);
            if (written is { Value: not YamlScalar { IsNull: true } } && assumed!.Value is not null && first)
            {
                Error(CatalogueProblem.GivenAndAssumed, $"{full} is given and assumed; keep the one that is true", written.Mark);
            }
        }

        if (written is { Value: not YamlScalar { IsNull: true } })
        {
            if (hasAssumption)
            {
                _assumptions.TryAdd(full, assumed!.Why);
            }
            else if (figure && first)
            {
                DemandSource(full, written.Mark);
            }

            return written.Value;
        }

        if (hasAssumption && assumed!.Value is not null)
        {
            _assumptions.TryAdd(full, assumed!.Why);
            return assumed.Value;
        }

        if (written is not null && first)
        {
            _notPublished.Add(full);
        }

        return null;
    }

    /// <summary>Complains of every key, source and assumption that nobody asked for.</summary>
    public void Finish()
    {
        foreach (YamlEntry entry in _map.Entries)
        {
            if (!_known.Contains(entry.Key))
            {
                Error(
                    CatalogueProblem.UnknownKey,
                    $"unknown key '{Excerpt.Of(_prefix + entry.Key)}'{Context.Suggest(entry.Key, _known)}",
                    entry.Mark
                );
            }
        }

        if (_parent is not null)
        {
            return;
        }

        foreach ((string field, (_, _, SourceMark mark)) in _assumed)
        {
            if (!_assumptionsMet.Contains(field) && !_asked.Contains(field))
            {
                Error(
                    CatalogueProblem.UnknownKey,
                    $"an assumption is made of '{Excerpt.Of(field)}', which this entry does not "
                        + $"have{Context.Suggest(field, _asked, "; remove it")}",
                    mark
                );
            }
        }

        foreach (string field in _sources.Keys)
        {
            if (field != "*" && !_asked.Contains(field))
            {
                Error(
                    CatalogueProblem.UnknownKey,
                    $"a source is given for '{Excerpt.Of(field)}', which this entry does not "
                        + $"have{Context.Suggest(field, _asked, "; remove it")}",
                    MarkOf("source")
                );
            }
        }
    }

    private YamlNode? Peek(string key) =>
        _map[key] is { Value: not YamlScalar { IsNull: true } } entry ? entry.Value
        : _assumed.TryGetValue(_prefix + key, out Assumption? assumed) ? assumed.Value
        : null;

    private void DemandSource(string full, SourceMark mark)
    {
        if (Context.UserDefined || AssumedText is not null || _sources.ContainsKey("*") || _sources.ContainsKey(full))
        {
            return;
        }

        int dot = full.IndexOf('.');
        string block = dot > 0 ? full[..dot] : full;
        if (_sources.ContainsKey(block) || _assumed.ContainsKey(block) || _assumed.ContainsKey(full))
        {
            return;
        }

        Error(
            CatalogueProblem.NoSource,
            $"{full} has no source; name it under `source:`, or move it under `assumed:` with the reason",
            mark
        );
    }

    private void ReadSources()
    {
        _known.Add("source");
        if (_map["source"] is not { } entry || entry.Value is YamlScalar { IsNull: true })
        {
            return;
        }

        if (entry.Value is not YamlMap map)
        {
            _sources["*"] = SourceIds(entry.Value);
            return;
        }

        foreach (YamlEntry field in map.Entries)
        {
            _sources[field.Key] = SourceIds(field.Value);
        }
    }

    private string[] SourceIds(YamlNode node)
    {
        IReadOnlyList<YamlNode> items = node is YamlList list ? list.Items : [node];
        var ids = new List<string>();
        foreach (YamlNode item in items)
        {
            if (item is YamlScalar { IsNull: false } scalar)
            {
                ids.Add(scalar.Text);
                Context.Citations.Add(new(scalar.Text, scalar.Mark));
            }
            else
            {
                Error(CatalogueProblem.WrongType, $"source must name source ids, not {item.Noun}", item.Mark);
            }
        }

        return [.. ids];
    }

    private void ReadAssumed()
    {
        _known.Add("assumed");
        if (_map["assumed"] is not { } entry || entry.Value is YamlScalar { IsNull: true })
        {
            return;
        }

        if (entry.Value is YamlScalar reason && Noun == "fact")
        {
            AssumedText = reason.Text;
            return;
        }

        if (entry.Value is not YamlMap map)
        {
            Error(
                CatalogueProblem.WrongType,
                $"assumed must be a map of fields to {{value, why}}, not {entry.Value.Noun}",
                entry.Value.Mark
            );
            return;
        }

        foreach (YamlEntry field in map.Entries)
        {
            if (field.Value is not YamlMap body || body["why"]?.Value is not YamlScalar { IsNull: false } why)
            {
                Error(
                    CatalogueProblem.WrongType,
                    $"assumed.{Excerpt.Of(field.Key)} must be a map with `why` and, unless the field is written, `value`",
                    field.Value.Mark
                );
                continue;
            }

            foreach (YamlEntry part in body.Entries)
            {
                if (part.Key is not ("value" or "why"))
                {
                    Error(
                        CatalogueProblem.UnknownKey,
                        $"unknown key '{Excerpt.Of(part.Key)}' in assumed.{Excerpt.Of(field.Key)}; use value, why",
                        part.Mark
                    );
                }
            }

            _assumed[field.Key] = new(body["value"]?.Value, why.Text, field.Mark);
        }
    }

    private string? TextOf(string key, YamlNode node)
    {
        if (node is YamlScalar scalar)
        {
            return scalar.Text;
        }

        Error(CatalogueProblem.WrongType, $"{_prefix}{key} must be a text, not {node.Noun}", node.Mark);
        return null;
    }

    private List<string> TextsOf(string key, IReadOnlyList<YamlNode> items)
    {
        var texts = new List<string>(items.Count);
        foreach (YamlNode item in items)
        {
            if (TextOf(key, item) is { } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    private double? NumberOf(string key, YamlNode node, double min, double max)
    {
        if (
            node is YamlScalar { IsQuoted: false } scalar
            && double.TryParse(
                scalar.Text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out double number
            )
            && number >= min
            && number <= max
        )
        {
            return number;
        }

        Error(
            CatalogueProblem.WrongType,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{_prefix}{key} must be a number from {min:0.###} to {max:0.###}, not {node.Noun}"
            ),
            node.Mark
        );
        return null;
    }

    private T? WordOf<T>(string key, YamlNode node, Words<T> words)
        where T : struct
    {
        if (node is YamlScalar scalar && words.TryParse(scalar.Text, out T value))
        {
            return value;
        }

        string hint = Context.Suggest(node is YamlScalar wrong ? wrong.Text : "", words.All);
        Error(CatalogueProblem.WrongType, $"{_prefix}{key} cannot be {node.Noun}{hint}", node.Mark);
        return null;
    }

    private sealed record Assumption(YamlNode? Value, string Why, SourceMark Mark);

    private static string Flatten(YamlNode node) =>
        node switch
        {
            YamlScalar scalar => scalar.Text,
            YamlList list => string.Join(", ", list.Items.Select(Flatten)),
            YamlMap map => string.Join(
                ", ",
                map.Entries.Where(e => e.Value is not YamlScalar { IsNull: true }).Select(e => e.Key + " " + Flatten(e.Value))
            ),
            _ => "",
        };
}
