using Lightloom.Diagnostics;
using Lightloom.Yaml;

namespace Lightloom.Hardware;

/// <summary>
/// Reads catalogue files: the built-in ones, a user's directory of them, and the <c>catalog:</c> and <c>prices:</c> of a cluster file.
/// </summary>
/// <remarks>
/// Everything wrong becomes a diagnostic with its file, line and column; nothing throws. A built-in figure without a source is refused. A
/// user's entries are the user's own word: they need no source and replace built-in ones of the same id.
/// </remarks>
internal sealed class CatalogueReader
{
    private static readonly string[] Sections = [.. CatalogueSection.All.Select(s => s.Key)];
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
        Models = Copy(basis?.Models);
        Generations = Copy(basis?.Generations);
        Stacks = Copy(basis?.Stacks);
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

    private Dictionary<string, TransformerModel> Models { get; }

    private Dictionary<string, XpuGeneration> Generations { get; }

    private Dictionary<string, TrainingStack> Stacks { get; }

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

            if (CatalogueSection.Of(section.Key) is not { } kind)
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
                    AddEntry(kind, entry);
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
        PutOnCards();
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
            Models = Models,
            Generations = Generations,
            Stacks = Stacks,
            PriceBook = Basis?.PriceBook ?? Catalogue.NoPrices,
        };
    }

    private void PutOnCards()
    {
        NicPorts? On(NicPorts? ports) => ports?.On(ports.NicModel is { } id ? Nics.GetValueOrDefault(id) : null);
        foreach (NodeModel node in Nodes.Values.ToList())
        {
            Nodes[node.Id] = node with
            {
                Backend = On(node.Backend),
                Frontend = On(node.Frontend),
                Networks = node.Networks?.ToDictionary(n => n.Key, n => On(n.Value)!),
            };
        }
    }

    private void CheckReferences()
    {
        foreach (NodeModel node in Nodes.Values)
        {
            foreach (
                string? nic in new[] { node.Backend?.NicModel, node.Frontend?.NicModel }.Concat(
                    (node.Networks?.Values ?? []).Select(p => p.NicModel)
                )
            )
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

    private void AddEntry(CatalogueSection section, YamlEntry entry)
    {
        string noun = section.Noun;
        if (!_seen.Add(section.Key + "/" + entry.Key))
        {
            _context.Diagnostics.Error(
                CatalogueProblem.Twice,
                $"{noun} '{Excerpt.Of(entry.Key)}' is defined twice; rename or remove one",
                mark: entry.Mark
            );
            return;
        }

        if (!IsId(entry.Key, section.Key))
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

        var context = new EntryContext(section, entry.Key, map, _context);
        CatalogueItem item = ((CatalogueItem)KeyReader.Read(section.Type, map, _context.Diagnostics, context)).Complete(context);
        context.CheckNames();
        if (!context.Failed)
        {
            Put(item, entry, noun);
        }
    }

    private void Put(CatalogueItem item, YamlEntry entry, string noun)
    {
        switch (item)
        {
            case SwitchModel model:
                Put(Switches, entry, model, noun);
                break;
            case NodeModel model:
                Put(Nodes, entry, model, noun);
                break;
            case NicModel model:
                Put(Nics, entry, model, noun);
                break;
            case InterconnectModel model:
                Put(Interconnects, entry, model, noun);
                break;
            case PassiveModel model:
                Put(Passives, entry, model, noun);
                break;
            case AsicModel model:
                Put(Asics, entry, model, noun);
                break;
            case Fact fact:
                Put(Facts, entry, fact, noun);
                break;
            case ArticleClass row:
                Put(ArticleClasses, entry, row, noun);
                break;
            case ArticleDifference difference:
                Put(Differences, entry, difference, noun);
                break;
            case CatalogueRule rule:
                Put(Rules, entry, rule, noun);
                break;
            case TransformerModel model:
                Put(Models, entry, model, noun);
                break;
            case XpuGeneration generation:
                Put(Generations, entry, generation, noun);
                break;
            case TrainingStack stack:
                Put(Stacks, entry, stack, noun);
                break;
            default:
                Sources[entry.Key] = (Source)item;
                break;
        }
    }

    private void Put<T>(Dictionary<string, T> into, YamlEntry entry, T value, string noun)
    {
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
