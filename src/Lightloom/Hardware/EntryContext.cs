using Lightloom.Diagnostics;
using Lightloom.Units;
using Lightloom.Yaml;

namespace Lightloom.Hardware;

/// <summary>
/// What one entry of a catalogue file says beside its figures: the <c>source</c> of each and what is <c>assumed</c>. Demands a source of
/// every figure of the built-in catalogue, and collects what is wrong with the entry.
/// </summary>
internal sealed class EntryContext : KeyContext
{
    /// <summary>What <c>source</c> is, for the schema and the docs.</summary>
    public const string SourceDescription = "Field to the ids of its sources; '*' covers every field that is not named.";

    /// <summary>What <c>assumed</c> is, for the schema and the docs.</summary>
    public const string AssumedDescription = "Field to {value, why}: what no source gives and a design cannot do without.";

    private const string NoPorts = "nics";
    private readonly Dictionary<string, IReadOnlyList<string>> _sources = [];
    private readonly Dictionary<string, Assumption> _assumed = [];
    private readonly ReadContext _files;
    private readonly KeyedType _type;
    private readonly bool _hasSources;
    private List<string>? _notPublished;
    private string? _reason;

    /// <summary>Starts on an entry; reads its <c>source</c> and <c>assumed</c> first.</summary>
    /// <param name="section">The section that the entry stands in.</param>
    /// <param name="id">The entry's id.</param>
    /// <param name="map">The entry as written.</param>
    /// <param name="files">What the reading of all files shares.</param>
    public EntryContext(CatalogueSection section, string id, YamlMap map, ReadContext files)
    {
        (Noun, Id, Map, _files, _type, _hasSources) = (section.Noun, id, map, files, section.Type, section.HasSources);
        if (_hasSources)
        {
            ReadSources();
            ReadAssumed(reasonAlone: section.ReasonAlone);
        }
    }

    /// <summary>What the entry is, for messages: <c>switch</c>.</summary>
    public string Noun { get; }

    /// <summary>The entry's id.</summary>
    public string Id { get; }

    /// <summary>The entry as written.</summary>
    public YamlMap Map { get; }

    /// <summary>True for a user's additions.</summary>
    public bool UserDefined => _files.UserDefined;

    /// <summary>True when something was wrong and the entry cannot be used.</summary>
    public bool Failed { get; private set; }

    /// <summary>The source ids of the whole entry.</summary>
    public IReadOnlyList<string> SourcesOfEntry => _sources.TryGetValue("*", out IReadOnlyList<string>? ids) ? ids : [];

    /// <summary>Fields that are null and stay so.</summary>
    public IReadOnlyList<string> NotPublished => _notPublished ?? (IReadOnlyList<string>)[];

    /// <inheritdoc/>
    public override string Subject => "it";

    /// <inheritdoc/>
    public override bool TakesYesAndNo => true;

    /// <inheritdoc/>
    public override bool Owns(string path) => _hasSources && path is "source" or "assumed";

    /// <inheritdoc/>
    public override YamlNode? Find(KeyedProperty property, string path, YamlEntry? written)
    {
        if (written is { Value: YamlMap section } && HasNoPorts(property, section))
        {
            return null;
        }

        bool given = written is { Value: not YamlScalar { IsNull: true } };
        if (_assumed.Count > 0 && _assumed.TryGetValue(Bare(path), out Assumption? assumed))
        {
            assumed.Met = true;
            if (given && assumed.Value is not null)
            {
                Error(CatalogueProblem.GivenAndAssumed, $"{path} is given and assumed; keep the one that is true", written!.Mark);
            }

            if (given || assumed.Value is not null)
            {
                return given ? written!.Value : assumed.Value;
            }
        }
        else if (given && property.Shape.IsWrapped)
        {
            DemandSource(path, written!.Mark);
        }
        else if (given && property.Shape is { Kind: ValueKind.Map, Element.IsWrapped: true } && written!.Value is YamlMap map)
        {
            foreach (YamlEntry entry in map.Entries)
            {
                DemandSource(path + "." + entry.Key, entry.Mark);
            }
        }

        if (written is not null && !given)
        {
            (_notPublished ??= []).Add(path);
        }

        return given ? written!.Value : null;
    }

    // `nics: 0` says that there are no such ports, so that nothing else of them need be said.
    private static bool HasNoPorts(KeyedProperty property, YamlMap section) =>
        property.Shape.Kind == ValueKind.Section
        && property.Shape.Section == NicPortsKeys.Type
        && section[NoPorts] is { Value: YamlScalar { IsQuoted: false, Text: "0" } };

    /// <inheritdoc/>
    public override void Report(DiagnosticBag diagnostics, KeyFault fault, string message, string path, SourceMark mark) =>
        Error(
            fault switch
            {
                KeyFault.UnknownKey => CatalogueProblem.UnknownKey,
                KeyFault.MissingKey => CatalogueProblem.Missing,
                _ => CatalogueProblem.WrongType,
            },
            message,
            mark
        );

    /// <summary>Complains; the entry is then left out.</summary>
    public void Error(string problem, string message, SourceMark mark)
    {
        _files.Diagnostics.Error(problem, $"{Noun} '{Excerpt.Of(Id)}': {message}", mark: mark);
        Failed = true;
    }

    /// <summary>Complains of values that contradict each other.</summary>
    public void Contradiction(string message, string path) => Error(CatalogueProblem.Inconsistent, message, MarkOf(path));

    /// <summary>
    /// Where a field's value comes from: its own assumption or sources, else those of the block it stands in (<c>backend</c> for
    /// <c>backend.cages</c>), else those of the whole entry.
    /// </summary>
    public Origin OriginOf(string path)
    {
        string full = Bare(path);
        int dot = full.IndexOf('.');
        string block = dot > 0 ? full[..dot] : full;
        if (_reason is not null)
        {
            return new(SourcesOfEntry, _reason);
        }

        if (_assumed.TryGetValue(full, out Assumption? assumed) || _assumed.TryGetValue(block, out assumed))
        {
            return new([], assumed.Why);
        }

        // One of several blocks may have sources or a reason of its own: trays.compute for trays.compute.units.
        if (full.LastIndexOf('.') is var last && last > dot)
        {
            string inner = full[..last];
            if (_assumed.TryGetValue(inner, out assumed))
            {
                return new([], assumed.Why);
            }

            if (!_sources.ContainsKey(full) && _sources.TryGetValue(inner, out IReadOnlyList<string>? own))
            {
                return new(own, null);
            }
        }

        // Blocks of cages may have their sources under the key alone: breakouts for cages.breakouts.
        return
            _sources.TryGetValue(full, out IReadOnlyList<string>? ids)
            || (block == "cages" && dot > 0 && _sources.TryGetValue(full[(dot + 1)..], out ids))
            || _sources.TryGetValue(block, out ids)
            || _sources.TryGetValue("*", out ids)
            ? new(ids, null)
            : Origin.Own;
    }

    /// <summary>True when the key is written with a value, or assumed with one.</summary>
    public bool IsGiven(string path) => Written(path) is { Value: not YamlScalar { IsNull: true } } || Assumed(path)?.Value is not null;

    /// <summary>The place of a key's value, of its assumption, or else of the entry.</summary>
    public SourceMark MarkOf(string path) => Written(path)?.Value.Mark ?? Assumed(path)?.Mark ?? Map.Mark;

    /// <summary>Cites a source at a place, to be checked once all sources are known.</summary>
    public void Cite(string sourceId, SourceMark mark) => _files.Citations.Add(new(sourceId, mark));

    /// <summary>Complains of an entry of the built-in catalogue that cites nothing, where its texts have no source of their own.</summary>
    public void DemandSourceOfEntry()
    {
        if (!UserDefined && _sources.Count == 0)
        {
            Error(CatalogueProblem.NoSource, "it has no source; name it under `source:`", Map.Mark);
        }
    }

    /// <summary>A value that follows from a key, with the key's origin; an empty list or map where the entry does not have it.</summary>
    public Figure<T> Follow<T>(string path, T value) => new(value, OriginOf(path));

    /// <summary>Complains of a word that is none of those known.</summary>
    public void DemandWord(string path, string? word, IReadOnlyList<string> known)
    {
        if (word is not null && !known.Contains(word))
        {
            Error(CatalogueProblem.WrongType, $"{path} '{word}' is not known; write one of {string.Join(", ", known)}", MarkOf(path));
        }
    }

    /// <summary>Complains of lengths that do not ascend.</summary>
    public void DemandAscending(string path, IReadOnlyList<Length>? lengths)
    {
        for (int i = 1; i < lengths?.Count; i++)
        {
            if (lengths[i] <= lengths[i - 1])
            {
                Contradiction($"{path} must ascend; write the shortest length first", path);
                return;
            }
        }
    }

    /// <summary>Complains of a list that names something twice.</summary>
    public void DemandDistinct<T>(string path, IReadOnlyList<T>? items, Func<T, string> word)
    {
        for (int i = 1; i < items?.Count; i++)
        {
            string item = word(items[i]);
            for (int j = 0; j < i; j++)
            {
                if (word(items[j]) == item)
                {
                    Contradiction($"{path} lists '{item}' twice; remove one", path);
                    return;
                }
            }
        }
    }

    /// <summary>Complains of assumptions and sources of keys that the entry does not have.</summary>
    public void CheckNames()
    {
        foreach ((string field, Assumption assumed) in _assumed)
        {
            if (!assumed.Met)
            {
                Error(
                    CatalogueProblem.UnknownKey,
                    $"an assumption is made of '{Excerpt.Of(field)}', which this entry does not "
                        + $"have{_files.Suggest(field, Paths(_type, ""), "; remove it")}",
                    assumed.Mark
                );
            }
        }

        foreach (string field in _sources.Keys)
        {
            if (field != "*" && !Has(_type, field))
            {
                Error(
                    CatalogueProblem.UnknownKey,
                    $"a source is given for '{Excerpt.Of(field)}', which this entry does not "
                        + $"have{_files.Suggest(field, Paths(_type, ""), "; remove it")}",
                    MarkOf("source")
                );
            }
        }
    }

    // Items of a list share the sources and assumptions of its key: cages.lanes for cages[1].lanes.
    private static string Bare(string path)
    {
        for (int open = path.IndexOf('['); open >= 0; open = path.IndexOf('['))
        {
            path = path.Remove(open, path.IndexOf(']', open) + 1 - open);
        }

        return path;
    }

    private bool Has(KeyedType type, string field)
    {
        int dot = field.IndexOf('.');
        if (type[dot < 0 ? field : field[..dot]] is not { } property)
        {
            return false;
        }

        ValueShape shape = property.Shape is { Kind: not ValueKind.Map, Element: { Kind: ValueKind.Section } element }
            ? element
            : property.Shape;
        return dot < 0
            || (
                shape.Kind == ValueKind.Section
                    ? Has(shape.Section, field[(dot + 1)..])
                    : shape.Kind == ValueKind.Map && Map[property.Name]?.Value is YamlMap map && HasInMap(shape, map, field[(dot + 1)..])
            );
    }

    // trays.compute, and trays.compute.units inside it.
    private bool HasInMap(ValueShape shape, YamlMap map, string field)
    {
        int dot = field.IndexOf('.');
        return map[dot < 0 ? field : field[..dot]] is not null
            && (dot < 0 || (shape.Element is { Kind: ValueKind.Section } of && Has(of.Section, field[(dot + 1)..])));
    }

    private static IEnumerable<string> Paths(KeyedType type, string prefix)
    {
        foreach (KeyedProperty property in type.Properties)
        {
            yield return prefix + property.Name;
            if ((property.Shape.Element ?? property.Shape) is { Kind: ValueKind.Section } section)
            {
                foreach (string below in Paths(section.Section, prefix + property.Name + "."))
                {
                    yield return below;
                }
            }
        }
    }

    private Assumption? Assumed(string path) => _assumed.GetValueOrDefault(Bare(path));

    private YamlEntry? Written(string path)
    {
        YamlMap? map = Map;
        YamlEntry? entry = null;
        string place = "";
        foreach (string part in path.Split('.'))
        {
            place = place.Length == 0 ? part : place + "." + part;
            int open = part.IndexOf('[');
            entry = map?[open < 0 ? part : part[..open]];
            YamlNode? value = entry?.Value ?? Assumed(place)?.Value;
            if (open >= 0 && value is YamlList list)
            {
                value = list.Items[
                    int.Parse(part.AsSpan(open + 1, part.Length - open - 2), System.Globalization.CultureInfo.InvariantCulture)
                ];
            }

            map = value as YamlMap;
        }

        return entry;
    }

    private void DemandSource(string path, SourceMark mark)
    {
        if (UserDefined || _reason is not null || _sources.ContainsKey("*"))
        {
            return;
        }

        string full = Bare(path);
        int dot = full.IndexOf('.');
        string block = dot > 0 ? full[..dot] : full;
        if (!_sources.ContainsKey(full) && !_sources.ContainsKey(block) && !_assumed.ContainsKey(block))
        {
            Error(
                CatalogueProblem.NoSource,
                $"{full} has no source; name it under `source:`, or move it under `assumed:` with the reason",
                mark
            );
        }
    }

    private void ReadSources()
    {
        if (Map["source"] is not { Value: not YamlScalar { IsNull: true } } entry)
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
        var ids = new List<string>(items.Count);
        foreach (YamlNode item in items)
        {
            if (item is YamlScalar { IsNull: false } scalar)
            {
                ids.Add(scalar.Text);
                Cite(scalar.Text, scalar.Mark);
            }
            else
            {
                Error(CatalogueProblem.WrongType, $"source must name source ids, not {item.Noun}", item.Mark);
            }
        }

        return [.. ids];
    }

    private void ReadAssumed(bool reasonAlone)
    {
        if (Map["assumed"] is not { Value: not YamlScalar { IsNull: true } } entry)
        {
            return;
        }

        if (entry.Value is YamlScalar reason && reasonAlone)
        {
            _reason = reason.Text;
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

            YamlNode? value = body["value"]?.Value;
            _assumed[field.Key] = new(value is YamlScalar { IsNull: true } ? null : value, why.Text, field.Mark);
        }
    }

    private sealed record Assumption(YamlNode? Value, string Why, SourceMark Mark)
    {
        public bool Met { get; set; }
    }
}
