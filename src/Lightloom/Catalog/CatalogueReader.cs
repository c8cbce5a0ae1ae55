using System.Globalization;
using Lightloom.Diagnostics;
using Lightloom.Units;
using Lightloom.Yaml;

namespace Lightloom.Catalog;

/// <summary>
/// Reads catalogue files: the built-in ones, a user's directory of them, and the <c>catalog:</c> and <c>prices:</c> of a cluster file.
/// </summary>
/// <remarks>
/// Everything wrong becomes a diagnostic with its file, line and column; nothing throws. A built-in figure without a source is refused. A
/// user's entries are the user's own word: they need no source and replace built-in ones of the same id.
/// </remarks>
internal sealed class CatalogueReader
{
    private static readonly string[] Sections =
    [
        "switches",
        "nodes",
        "nics",
        "interconnects",
        "passives",
        "asics",
        "facts",
        "sources",
        "article_classes",
        "differences",
        "rules",
    ];
    private readonly ReadContext _context;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public CatalogueReader(DiagnosticBag diagnostics, bool userDefined, Catalogue? basis = null)
    {
        _context = new(diagnostics, userDefined);
        Basis = basis;
        Switches = Copy(basis?.Switches);
        Nodes = Copy(basis?.Nodes);
        Nics = Copy(basis?.Nics);
        Interconnects = Copy(basis?.Interconnects);
        Passives = Copy(basis?.Passives);
        Asics = Copy(basis?.Asics);
        Facts = Copy(basis?.Facts);
        Sources = Copy(basis?.Sources);
        ArticleClasses = Copy(basis?.ArticleClasses);
        Differences = Copy(basis?.Differences);
        Rules = Copy(basis?.Rules);
    }

    private Catalogue? Basis { get; }

    private Dictionary<string, SwitchModel> Switches { get; }

    private Dictionary<string, NodeModel> Nodes { get; }

    private Dictionary<string, NicModel> Nics { get; }

    private Dictionary<string, InterconnectModel> Interconnects { get; }

    private Dictionary<string, PassiveModel> Passives { get; }

    private Dictionary<string, AsicModel> Asics { get; }

    private Dictionary<string, Fact> Facts { get; }

    private Dictionary<string, Source> Sources { get; }

    private Dictionary<string, ArticleClass> ArticleClasses { get; }

    private Dictionary<string, ArticleDifference> Differences { get; }

    private Dictionary<string, CatalogueRule> Rules { get; }

    /// <summary>Adds the text of one file.</summary>
    public void Add(string text, string file)
    {
        if (YamlText.Parse(text, file, _context.Diagnostics) is { } node)
        {
            Add(node);
        }
    }

    /// <summary>Adds the sections of one map.</summary>
    public void Add(YamlNode node)
    {
        if (node is YamlScalar { IsNull: true })
        {
            return;
        }

        if (node is not YamlMap map)
        {
            _context.Diagnostics.Error(
                CatalogueProblem.WrongType,
                $"a catalogue is a map of sections ({string.Join(", ", Sections[..4])} ...), not {node.Noun}",
                mark: node.Mark
            );
            return;
        }

        foreach (YamlEntry section in map.Entries)
        {
            if (section.Value is YamlScalar { IsNull: true })
            {
                continue;
            }

            if (!Sections.Contains(section.Key))
            {
                _context.Diagnostics.Error(
                    CatalogueProblem.UnknownKey,
                    $"unknown section '{Excerpt.Of(section.Key)}' of a catalogue{_context.Suggest(section.Key, Sections)}",
                    mark: section.Mark
                );
            }
            else if (section.Value is not YamlMap entries)
            {
                _context.Diagnostics.Error(
                    CatalogueProblem.WrongType,
                    $"{section.Key} must map an id to its fields, not {section.Value.Noun}",
                    mark: section.Value.Mark
                );
            }
            else
            {
                foreach (YamlEntry entry in entries.Entries)
                {
                    AddEntry(section.Key, entry);
                }
            }
        }
    }

    /// <summary>Checks what spans files, and makes the catalogue. Null when anything was wrong.</summary>
    public Catalogue Finish()
    {
        foreach ((string id, SourceMark mark) in _context.Citations)
        {
            if (!Sources.ContainsKey(id) && !_context.UserDefined)
            {
                _context.Diagnostics.Error(
                    CatalogueProblem.UnknownSource,
                    $"there is no source '{Excerpt.Of(id)}'{_context.Suggest(id, Sources.Keys, "; add it under `sources:`")}",
                    mark: mark
                );
            }
        }

        CheckReferences();
        return new Catalogue
        {
            Switches = Switches,
            Nodes = Nodes,
            Nics = Nics,
            Interconnects = Interconnects,
            Passives = Passives,
            Asics = Asics,
            Facts = Facts,
            Sources = Sources,
            ArticleClasses = ArticleClasses,
            Differences = Differences,
            Rules = Rules,
            PriceBook = Basis?.PriceBook ?? Catalogue.NoPrices,
        };
    }

    private void CheckReferences()
    {
        foreach (NodeModel node in Nodes.Values)
        {
            foreach (string? nic in new[] { node.Backend?.NicModel, node.Frontend?.NicModel })
            {
                if (nic is not null && !Nics.ContainsKey(nic) && (node.UserDefined || !_context.UserDefined))
                {
                    _context.Diagnostics.Error(
                        CatalogueProblem.UnknownReference,
                        $"node '{node.Id}': there is no nic "
                            + $"'{Excerpt.Of(nic)}'{_context.Suggest(nic, Nics.Keys, "; add it under `nics:` or remove `nic`")}",
                        mark: node.DefinedAt
                    );
                }
            }
        }

        foreach (InterconnectModel model in Interconnects.Values)
        {
            if (model.ArticleClass is { } name && !ArticleClasses.ContainsKey(name))
            {
                _context.Diagnostics.Error(
                    CatalogueProblem.UnknownReference,
                    $"interconnect '{model.Id}': there is no article_class '{Excerpt.Of(name)}"
                        + $"'{_context.Suggest(name, ArticleClasses.Keys)}",
                    mark: model.DefinedAt
                );
            }
        }
    }

    private void AddEntry(string section, YamlEntry entry)
    {
        string noun = section switch
        {
            "switches" => "switch",
            "article_classes" => "article class",
            _ => section[..^1],
        };
        if (!_seen.Add(section + "/" + entry.Key))
        {
            _context.Diagnostics.Error(
                CatalogueProblem.Twice,
                $"{noun} '{Excerpt.Of(entry.Key)}' is defined twice; rename or remove one",
                mark: entry.Mark
            );
            return;
        }

        if (!IsId(entry.Key, section))
        {
            _context.Diagnostics.Error(
                CatalogueProblem.WrongType,
                $"'{Excerpt.Of(entry.Key)}' cannot be an id: use lower-case letters, digits, '-', '.' and '_', at most 64 of them",
                mark: entry.Mark
            );
            return;
        }

        if (entry.Value is not YamlMap map)
        {
            _context.Diagnostics.Error(
                CatalogueProblem.WrongType,
                $"{noun} '{Excerpt.Of(entry.Key)}' must be a map of fields, not {entry.Value.Noun}",
                mark: entry.Value.Mark
            );
            return;
        }

        if (section == "sources")
        {
            AddSource(entry.Key, map);
            return;
        }

        var reader = new EntryReader(noun, entry.Key, map, _context);
        switch (section)
        {
            case "switches":
                Put(Switches, entry, EntryBuilders.Switch(reader), noun);
                break;
            case "nodes":
                Put(Nodes, entry, EntryBuilders.Node(reader), noun);
                break;
            case "nics":
                Put(Nics, entry, EntryBuilders.Nic(reader), noun);
                break;
            case "interconnects":
                Put(Interconnects, entry, EntryBuilders.Interconnect(reader), noun);
                break;
            case "passives":
                Put(Passives, entry, EntryBuilders.Passive(reader), noun);
                break;
            case "asics":
                Put(Asics, entry, EntryBuilders.Asic(reader), noun);
                break;
            case "facts":
                Put(Facts, entry, ReadFact(reader, map), noun);
                break;
            case "article_classes":
                Put(ArticleClasses, entry, ReadClass(reader), noun);
                break;
            case "differences":
                Put(Differences, entry, ReadDifference(reader), noun);
                break;
            default:
                Put(Rules, entry, ReadRule(reader), noun);
                break;
        }
    }

    private void Put<T>(Dictionary<string, T> into, YamlEntry entry, T? value, string noun)
        where T : class
    {
        if (value is null)
        {
            return;
        }

        if (_context.UserDefined && into.ContainsKey(entry.Key))
        {
            _context.Diagnostics.Note(
                CatalogueProblem.Replaces,
                $"{noun} '{entry.Key}' replaces the one of the same id in the catalogue",
                mark: entry.Mark
            );
        }

        into[entry.Key] = value;
    }

    private void AddSource(string id, YamlMap map)
    {
        string? title = null,
            url = null;
        foreach (YamlEntry field in map.Entries)
        {
            if (field.Value is not YamlScalar scalar)
            {
                _context.Diagnostics.Error(
                    CatalogueProblem.WrongType,
                    $"source '{Excerpt.Of(id)}': {Excerpt.Of(field.Key)} must be a text, not {field.Value.Noun}",
                    mark: field.Value.Mark
                );
            }
            else if (field.Key == "title")
            {
                title = scalar.Text;
            }
            else if (field.Key == "url")
            {
                url = scalar.Text;
            }
            else
            {
                _context.Diagnostics.Error(
                    CatalogueProblem.UnknownKey,
                    $"source '{Excerpt.Of(id)}': unknown key '{Excerpt.Of(field.Key)}'; use title, url",
                    mark: field.Mark
                );
            }
        }

        if (string.IsNullOrWhiteSpace(title))
        {
            _context.Diagnostics.Error(
                CatalogueProblem.Missing,
                $"source '{Excerpt.Of(id)}': title is missing; say what was read",
                mark: map.Mark
            );
            return;
        }

        Sources[id] = new(id, title, url);
    }

    // A fact names its assumption in one word: `assumed` is the reason itself, not a map of fields.
    private Fact? ReadFact(EntryReader r, YamlMap map)
    {
        bool isAssumed = map["assumed"] is not null;
        double? value = r.Number("value", double.MinValue, double.MaxValue)?.Value;
        IReadOnlyList<YamlNode> items = r.Items("values");
        double[] values = new double[items.Count];
        for (int i = 0; i < values.Length; i++)
        {
            if (
                items[i] is not YamlScalar { IsQuoted: false } s
                || !double.TryParse(s.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out values[i])
                || !double.IsFinite(values[i])
            )
            {
                r.Error(CatalogueProblem.WrongType, $"values must be numbers, not {items[i].Noun}", items[i].Mark);
                return null;
            }
        }

        if (value is null == (values.Length == 0))
        {
            if (!r.Failed)
            {
                r.Error(CatalogueProblem.Missing, "a fact has `value` or `values`, one of the two", map.Mark);
            }

            return null;
        }

        Confidence confidence =
            r.Word("confidence", Words.Confidences, figure: false) ?? (_context.UserDefined ? Confidence.High : Confidence.Low);
        string? notes = r.Text("notes");
        r.Finish();
        return r.Failed
            ? null
            : new Fact(r.Id, new(value ?? values[^1], new(r.SourcesOfEntry, isAssumed ? r.AssumedText : null)), confidence, notes)
            {
                Values = value is { } one ? [one] : values,
            };
    }

    private static ArticleClass? ReadClass(EntryReader r)
    {
        int order = r.RequiredInt("order", 0, 1000).Value;
        r.Require("max_length_m");
        var result = new ArticleClass(
            r.Id,
            order,
            r.Claim("scenario")?.Value ?? "",
            Length.FromMetres(r.Number("max_length_m", 0, 1e7)?.Value ?? 0),
            r.Claim("article")?.Value ?? "",
            r.Claim("standards")?.Value ?? "",
            r.SourcesOfEntry
        );
        r.Finish();
        return r.Failed ? null : result;
    }

    private static ArticleDifference? ReadDifference(EntryReader r)
    {
        r.Require("article");
        r.Require("found");
        var result = new ArticleDifference(
            r.Id,
            r.Text("class"),
            r.Claim("article")?.Value ?? "",
            r.Claim("found")?.Value ?? "",
            r.Claim("consequence")?.Value ?? "",
            r.SourcesOfEntry
        );
        r.Finish();
        return r.Failed ? null : result;
    }

    private static CatalogueRule? ReadRule(EntryReader r)
    {
        r.Require("text");
        var result = new CatalogueRule(r.Id, r.Claim("text")?.Value ?? "", r.SourcesOfEntry);
        r.Finish();
        return r.Failed ? null : result;
    }

    private static bool IsId(string id, string section)
    {
        if (id.Length is 0 or > 64)
        {
            return false;
        }

        foreach (char c in id)
        {
            bool fine =
                c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-' or '.' or '_' || (section == "sources" && c is >= 'A' and <= 'Z');
            if (!fine)
            {
                return false;
            }
        }

        return true;
    }

    private static Dictionary<string, T> Copy<T>(IReadOnlyDictionary<string, T>? from) =>
        from is null ? new(StringComparer.Ordinal) : new(from, StringComparer.Ordinal);
}
