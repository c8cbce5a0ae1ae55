using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Yaml;

namespace Lightloom.Spec;

/// <summary>
/// Judges what no single key can tell: that ids exist in the catalogue, that names are unique, that keys do not contradict each other; and
/// fills in what follows from the file.
/// </summary>
internal sealed partial class SpecCheck(ClusterSpec spec, DiagnosticBag diagnostics)
{
    /// <summary>What a design is sized for at most; beyond it, sums would no longer mean anything a person could build.</summary>
    public const int MostXpus = 16_777_216;

    /// <summary>The nodes of all pools and services together at most.</summary>
    public const int MostNodes = 4_194_304;

    private const int LongestName = 100;

    // As in KeyReader: nobody reads the hundredth suggestion, and each costs time.
    private const int MostSuggestions = 100;

    private int _suggestions;
    private string[]? _places;
    private NameBook _names = null!;

    private ClusterSpec Spec => spec;

    private Catalogue Catalogue => spec.Catalogue;

    /// <summary>Runs every check; the result has pools with both counts, and planes filled in where the layout decides them.</summary>
    public ClusterSpec Run()
    {
        CheckName(spec.Name, "name");
        List<PoolSpec> pools = CheckPools(spec.Pools, "pools", isService: false),
            services = CheckPools(spec.Services, "services", isService: true);
        if (spec.Pools.Count == 0 && spec.Services.Count == 0 && spec.Source?["pools"]?.Value is YamlList { Items.Count: 0 } empty)
        {
            Error(
                KeyProblem.MissingKey,
                "'pools' is empty, and so is 'services'; list at least one pool, as in `- {name: train, node: dgx-h100, nodes: 8}`",
                "pools",
                empty.Mark
            );
        }

        _names = new NameBook(this, "pool, service or external");
        for (int i = 0; i < pools.Count; i++)
        {
            _names.Add(pools[i].Name, $"pools[{i}].name");
        }

        for (int i = 0; i < services.Count; i++)
        {
            _names.Add(services[i].Name, $"services[{i}].name");
        }

        CheckTotals(pools, services);
        CheckFabric(spec.Backend, "backend");
        CheckFabric(spec.Frontend, "frontend");
        CheckFabric(spec.Oob, "oob");
        CheckNetworks(pools, services);
        BackendSpec backend = CheckPlanes(pools);
        CheckFloor();
        CheckPrices();
        CheckStock();
        CheckExclusions();
        CheckMedia();
        CheckNames();
        return spec with { Pools = pools, Services = services, Backend = backend };
    }

    private void CheckPrices()
    {
        foreach (string id in spec.Prices.Keys)
        {
            if (!IsPriced(id))
            {
                string otherwise = "; it counts only if something of that id is bought";
                diagnostics.Warning(
                    SpecProblem.UnknownPrice,
                    $"nothing in the catalogue is called '{Excerpt.Of(id)}'{Suggest(id, Catalogue.Entries.Select(e => e.Id), otherwise)}",
                    "prices." + Excerpt.Of(id),
                    spec.Source?["prices"]?.Value is YamlMap book ? book[id]?.Mark : null
                );
            }
        }
    }

    private void CheckStock()
    {
        foreach (string id in spec.Existing.Keys)
        {
            string path = "existing." + Excerpt.Of(id);
            bool isSwitch = Catalogue.Switches.ContainsKey(id);
            // An order code is a module's id and its form: sr8-800g-2xsr4-50m:osfp-flat.
            string product = id.Split(':')[0];
            if (
                !isSwitch
                && !(Catalogue.Interconnects.TryGetValue(product, out InterconnectModel? module) && !module.IsAssembly)
                && !IsOwnPart(id)
            )
            {
                IEnumerable<string> known = Catalogue.Switches.Keys.Concat(
                    Catalogue.Interconnects.Values.Where(i => !i.IsAssembly).Select(i => i.Id)
                );
                string what = SortOf(id) is { } sort
                    ? $"'{Excerpt.Of(id)}' is {sort}; stock counts for switches and modules"
                    : $"no switch or module '{Excerpt.Of(id)}' is in the catalogue{Suggest(id, known, "")}";
                Error(SpecProblem.UnknownStock, what, path, spec.MarkOf(path));
            }
            else if (!isSwitch && spec.Existing[id].UsedPorts > 0)
            {
                Error(SpecProblem.UnknownStock, $"'{id}' is no switch, so it has no used_ports; remove them", path, spec.MarkOf(path));
            }
        }
    }

    // As PriceRule reads the book: ID, ID@3m, ID-per-m, and for passive parts the id cut at any hyphen (`fibre`).
    private bool IsPriced(string key)
    {
        string id = BookKey.Of(key).Id;
        return Catalogue.Find(id) is not null || IsOwnPart(id) || BookKey.IsPassive(id);
    }

    private void CheckMedia()
    {
        string[] kinds = [.. InterconnectKindWords.All];
        foreach ((string tier, IReadOnlyList<string> listed) in spec.Interconnect.Media.ByTier)
        {
            string path = "interconnect.media." + tier;
            foreach (string kind in listed.Where(k => !kinds.Contains(k)))
            {
                Error(
                    SpecProblem.UnknownMedium,
                    $"no kind of interconnect is called '{Excerpt.Of(kind)}'{Suggest(kind, kinds, "")}; kinds are {string.Join(", ", kinds)}",
                    path,
                    spec.MarkOf(path)
                );
            }
        }
    }

    private void CheckExclusions()
    {
        string[] kinds = spec.Interconnect.Exclude.Count == 0 ? [] : [.. InterconnectKindWords.All];
        for (int i = 0; i < spec.Interconnect.Exclude.Count; i++)
        {
            string what = spec.Interconnect.Exclude[i];
            if (!kinds.Contains(what) && !Catalogue.Interconnects.ContainsKey(what))
            {
                string at = $"interconnect.exclude[{i}]";
                string otherwise = $"; kinds are {string.Join(", ", kinds)}";
                diagnostics.Warning(
                    SpecProblem.UnknownExclusion,
                    $"no kind or interconnect is called '{Excerpt.Of(what)}', so nothing is excluded by "
                        + $"it{Suggest(what, kinds.Concat(Catalogue.Interconnects.Keys), otherwise)}",
                    at,
                    spec.MarkOf(at)
                );
            }
        }
    }

    private void CheckName(string name, string path)
    {
        if (name.Length == 0)
        {
            // A missing name was reported when the key was looked for; an empty one in quotes was not.
            if (IsGiven(path))
            {
                Error(SpecProblem.BadName, $"'{LastOf(path)}' is empty; give it a name", path, spec.MarkOf(path));
            }
        }
        else if (name.Length > LongestName || name.Any(char.IsControl) || name != name.Trim())
        {
            Error(
                SpecProblem.BadName,
                $"the name '{Excerpt.Of(name)}' cannot be printed on a label; use at most {LongestName} characters, no control characters, "
                    + $"no blanks at its ends",
                path,
                spec.MarkOf(path)
            );
        }
    }

    private bool IsGiven(string path)
    {
        int dot = path.LastIndexOf('.');
        YamlNode? at = spec.Source;
        foreach (string step in (dot < 0 ? "" : path[..dot]).Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
        {
            at =
                at is YamlMap map ? map[step]?.Value
                : at is YamlList list && int.TryParse(step, out int index) && index < list.Items.Count ? list.Items[index]
                : null;
        }

        return at is YamlMap section && section[path[(dot + 1)..]] is { Value: not YamlScalar { IsNull: true } };
    }

    private string Suggest(string text, IEnumerable<string> candidates, string otherwise) =>
        _suggestions++ < MostSuggestions ? Nearest.Suggestion(text, candidates, otherwise) : otherwise;

    private static string LastOf(string path) => path[(path.LastIndexOf('.') + 1)..];

    private void Error(string id, string message, string path, SourceMark mark) => diagnostics.Error(id, message, path, mark);

    /// <summary>Names that must differ, each with the place of the one that had it first.</summary>
    private sealed class NameBook(SpecCheck check, string sort)
    {
        private readonly Dictionary<string, string> _paths = new(StringComparer.OrdinalIgnoreCase);

        public void Add(string name, string path)
        {
            if (name.Length > 0 && !_paths.TryAdd(name, path))
            {
                int line = check.Spec.MarkOf(_paths[name]).Line;
                check.Error(
                    SpecProblem.DuplicateName,
                    $"another {sort} is already called '{Excerpt.Of(name)}' (line {line}); device names start with it, so choose another",
                    path,
                    check.Spec.MarkOf(path)
                );
            }
        }
    }
}
