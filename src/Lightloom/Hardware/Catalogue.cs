using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using Lightloom.Diagnostics;
using Lightloom.Units;
using Lightloom.Yaml;

namespace Lightloom.Hardware;

/// <summary>
/// All hardware that a design may use, with every figure's source. Immutable; iteration order is the order of the files, a user's additions
/// last.
/// </summary>
/// <remarks>Safe to share between threads.</remarks>
public sealed class Catalogue
{
    internal static readonly IReadOnlyDictionary<string, Money> NoPrices = new Dictionary<string, Money>();
    private static readonly Lazy<Catalogue> BuiltIn = new(ReadBuiltIn);

    /// <summary>An empty catalogue, to be filled in.</summary>
    public Catalogue() { }

    // Everything of another, to change some of it.
    [SetsRequiredMembers]
    private Catalogue(Catalogue other)
    {
        Switches = other.Switches;
        Nodes = other.Nodes;
        Nics = other.Nics;
        Interconnects = other.Interconnects;
        Passives = other.Passives;
        Asics = other.Asics;
        Facts = other.Facts;
        Sources = other.Sources;
        ArticleClasses = other.ArticleClasses;
        Differences = other.Differences;
        Rules = other.Rules;
        Models = other.Models;
        Generations = other.Generations;
        Stacks = other.Stacks;
        PriceBook = other.PriceBook;
    }

    /// <summary>
    /// The catalogue that Lightloom brings: <c>catalog/*.yaml</c> of the repository, embedded in the library, read on first use.
    /// </summary>
    public static Catalogue Default => BuiltIn.Value;

    /// <summary>Switches by id.</summary>
    public required IReadOnlyDictionary<string, SwitchModel> Switches { get; init; }

    /// <summary>Nodes by id.</summary>
    public required IReadOnlyDictionary<string, NodeModel> Nodes { get; init; }

    /// <summary>NICs by id.</summary>
    public required IReadOnlyDictionary<string, NicModel> Nics { get; init; }

    /// <summary>Interconnects by id.</summary>
    public required IReadOnlyDictionary<string, InterconnectModel> Interconnects { get; init; }

    /// <summary>Figures that belong to no part, by key (<see cref="Fact.Key"/>).</summary>
    public required IReadOnlyDictionary<string, Fact> Facts { get; init; }

    /// <summary>Sources by id.</summary>
    public required IReadOnlyDictionary<string, Source> Sources { get; init; }

    /// <summary>Fibre cables, trunks and panels by id.</summary>
    public IReadOnlyDictionary<string, PassiveModel> Passives { get; init; } = new Dictionary<string, PassiveModel>();

    /// <summary>Switching chips by id.</summary>
    public IReadOnlyDictionary<string, AsicModel> Asics { get; init; } = new Dictionary<string, AsicModel>();

    /// <summary>The article's table of interconnects by distance.</summary>
    public IReadOnlyDictionary<string, ArticleClass> ArticleClasses { get; init; } = new Dictionary<string, ArticleClass>();

    /// <summary>Where the article and the standards differ.</summary>
    public IReadOnlyDictionary<string, ArticleDifference> Differences { get; init; } = new Dictionary<string, ArticleDifference>();

    /// <summary>Rules of the trade to quote.</summary>
    public IReadOnlyDictionary<string, CatalogueRule> Rules { get; init; } = new Dictionary<string, CatalogueRule>();

    /// <summary>Transformers that can be trained by name.</summary>
    public IReadOnlyDictionary<string, TransformerModel> Models { get; init; } = new Dictionary<string, TransformerModel>();

    /// <summary>What generations of XPUs deliver of their peaks.</summary>
    public IReadOnlyDictionary<string, XpuGeneration> Generations { get; init; } = new Dictionary<string, XpuGeneration>();

    /// <summary>Training frameworks.</summary>
    public IReadOnlyDictionary<string, TrainingStack> Stacks { get; init; } = new Dictionary<string, TrainingStack>();

    /// <summary>The user's prices, by id; also those of ids that the catalogue does not know.</summary>
    public IReadOnlyDictionary<string, Money> PriceBook { get; init; } = NoPrices;

    /// <summary>The figure under <paramref name="key"/>.</summary>
    /// <exception cref="KeyNotFoundException">The catalogue has no such fact: a defect of the catalogue's files.</exception>
    public Fact Fact(string key) =>
        Facts.TryGetValue(key, out Fact? fact) ? fact : throw new KeyNotFoundException($"the catalogue has no fact '{key}'");

    /// <summary>The delay under a key that ends in <c>-ns</c> or <c>-ns-per-m</c>.</summary>
    /// <exception cref="KeyNotFoundException">The catalogue has no such fact: a defect of the catalogue's files.</exception>
    public Figure<SimTime> Nanoseconds(string key) => Fact(key).Figure.To(SimTime.FromNanoseconds);

    /// <summary>The part of that id, whatever it is, or null.</summary>
    public CatalogueEntry? Find(string id) =>
        Switches.TryGetValue(id, out SwitchModel? s) ? s
        : Nodes.TryGetValue(id, out NodeModel? n) ? n
        : Interconnects.TryGetValue(id, out InterconnectModel? i) ? i
        : Nics.TryGetValue(id, out NicModel? c) ? c
        : Passives.TryGetValue(id, out PassiveModel? p) ? p
        : Asics.GetValueOrDefault(id);

    /// <summary>
    /// The class, difference, rule, model, generation or stack of that id, or null: what the catalogue has to quote and not to build with.
    /// </summary>
    public CatalogueItem? FindQuotation(string id) =>
        ArticleClasses.TryGetValue(id, out ArticleClass? c) ? c
        : Differences.TryGetValue(id, out ArticleDifference? d) ? d
        : Rules.TryGetValue(id, out CatalogueRule? r) ? r
        : Models.TryGetValue(id, out TransformerModel? m) ? m
        : Generations.TryGetValue(id, out XpuGeneration? g) ? g
        : Stacks.GetValueOrDefault(id);

    /// <summary>All parts, kind by kind.</summary>
    public IEnumerable<CatalogueEntry> Entries =>
        Switches
            .Values.Concat<CatalogueEntry>(Nodes.Values)
            .Concat(Nics.Values)
            .Concat(Interconnects.Values)
            .Concat(Passives.Values)
            .Concat(Asics.Values);

    /// <summary>
    /// This catalogue and a user's additions, written in the schema of the catalogue's own files: the <c>catalog:</c> of a cluster file.
    /// </summary>
    /// <param name="additions">A map of sections (<c>switches:</c>, <c>nodes:</c> ...); null or an empty value adds nothing.</param>
    /// <param name="diagnostics">Receives everything that is wrong; a wrong entry is left out.</param>
    public Catalogue With(YamlNode? additions, DiagnosticBag diagnostics)
    {
        if (additions is null or YamlScalar { IsNull: true })
        {
            return this;
        }

        var reader = new CatalogueReader(diagnostics, userDefined: true, this);
        reader.Add(additions);
        return reader.Finish();
    }

    /// <summary>This catalogue and the text of a file of additions.</summary>
    public Catalogue With(string text, string file, DiagnosticBag diagnostics)
    {
        var reader = new CatalogueReader(diagnostics, userDefined: true, this);
        reader.Add(text, file);
        return reader.Finish();
    }

    /// <summary>This catalogue and every <c>*.yaml</c> file of a directory, in the order of their names: <c>--catalog DIR</c>.</summary>
    public Catalogue WithDirectory(string directory, DiagnosticBag diagnostics)
    {
        var reader = new CatalogueReader(diagnostics, userDefined: true, this);
        try
        {
            string[] files =
            [
                .. Directory.EnumerateFiles(directory).Where(f => Path.GetExtension(f) is ".yaml" or ".yml").Order(StringComparer.Ordinal),
            ];
            if (files.Length == 0)
            {
                diagnostics.Error(
                    CatalogueProblem.Unreadable,
                    $"'{directory}' holds no .yaml file; give a directory of catalogue files (docs/catalogue.md)"
                );
            }

            foreach (string file in files)
            {
                reader.Add(File.ReadAllText(file), file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            diagnostics.Error(
                CatalogueProblem.Unreadable,
                $"'{directory}' cannot be read: {e.Message}; give a directory of catalogue files (docs/catalogue.md)"
            );
        }

        return reader.Finish();
    }

    /// <summary>This catalogue with a price book on top: the <c>prices:</c> of a cluster file, a map of ids to dollars each.</summary>
    /// <remarks>A price of an id that the catalogue does not know is kept in <see cref="PriceBook"/> and warned of.</remarks>
    public Catalogue WithPrices(YamlNode? prices, DiagnosticBag diagnostics)
    {
        if (prices is null or YamlScalar { IsNull: true })
        {
            return this;
        }

        if (prices is not YamlMap map)
        {
            diagnostics.Error(
                CatalogueProblem.WrongType,
                $"prices must map ids to dollars, as in {{nvidia-sn5600: 48000}}, not {prices.Noun}",
                mark: prices.Mark
            );
            return this;
        }

        var book = new Dictionary<string, Money>(PriceBook);
        foreach (YamlEntry entry in map.Entries)
        {
            if (
                entry.Value is not YamlScalar { IsQuoted: false } scalar
                || !double.TryParse(
                    scalar.Text,
                    System.Globalization.NumberStyles.Float,
                    System.Globalization.CultureInfo.InvariantCulture,
                    out double usd
                )
                || !(usd >= 0 && usd <= 1e10)
            )
            {
                diagnostics.Error(
                    CatalogueProblem.WrongType,
                    $"prices.{Excerpt.Of(entry.Key)} must be a number of dollars, not {entry.Value.Noun}",
                    mark: entry.Value.Mark
                );
                continue;
            }

            book[entry.Key] = Money.FromDollars(usd);
            if (!Prices(entry.Key))
            {
                diagnostics.Warning(
                    CatalogueProblem.PriceOfNothing,
                    $"there is no part '{Excerpt.Of(entry.Key)}' to "
                        + $"price{Nearest.Suggestion(entry.Key, Entries.Select(e => e.Id), "; `lightloom catalog list` shows the ids")}",
                    mark: entry.Mark
                );
            }
        }

        return WithPrices(book);
    }

    // A key may name a part, a length of it (dac-800g-osfp@1.5m), its price by the metre (fibre-lc-os2-per-m) or a family of passive parts
    // (fibre-mpo12).
    private bool Prices(string key)
    {
        string id = BookKey.Of(key).Id;
        return Find(id) is not null || Passives.Keys.Any(p => p.StartsWith(id + "-", StringComparison.Ordinal)) || BookKey.IsPassive(id);
    }

    /// <summary>This catalogue with the user's prices, which override every other price of those parts.</summary>
    public Catalogue WithPrices(IReadOnlyDictionary<string, Money> book)
    {
        if (book.Count == 0)
        {
            return this;
        }

        var sources = new Dictionary<string, Source>(Sources, StringComparer.Ordinal);
        sources.TryAdd(ChosenPrice.PriceBook, new() { Id = ChosenPrice.PriceBook, Title = "The price book of the cluster file" });
        return new(this)
        {
            Switches = Priced(Switches, book),
            Nodes = Priced(Nodes, book),
            Nics = Priced(Nics, book),
            Interconnects = Priced(Interconnects, book),
            Passives = Priced(Passives, book),
            Asics = Priced(Asics, book),
            Sources = sources,
            PriceBook = book,
        };
    }

    /// <summary>This catalogue with a node in the place of the one of its id.</summary>
    internal Catalogue With(NodeModel node) =>
        new(this) { Nodes = new Dictionary<string, NodeModel>(Nodes, StringComparer.Ordinal) { [node.Id] = node } };

    private static Dictionary<string, T> Priced<T>(IReadOnlyDictionary<string, T> parts, IReadOnlyDictionary<string, Money> book)
        where T : PricedEntry
    {
        var priced = new Dictionary<string, T>(parts, StringComparer.Ordinal);
        foreach (
            IGrouping<string, (BookKey Key, Money Usd)> own in book.Select(b => (Key: BookKey.Of(b.Key), Usd: b.Value))
                .GroupBy(b => b.Key.Id)
        )
        {
            if (!priced.TryGetValue(own.Key, out T? part))
            {
                continue;
            }

            Money each = own.Where(b => b.Key is { LengthMetres: null, PerMetre: false }).Select(b => b.Usd).LastOrDefault();
            var prices = new List<Price>();
            foreach ((BookKey key, Money usd) in own)
            {
                if (key.PerMetre)
                {
                    prices.Add(Own(each, null) with { PerMetre = usd });
                }
                else if (key.LengthMetres is not null || !own.Any(b => b.Key.PerMetre))
                {
                    prices.Add(Own(usd, key.LengthMetres));
                }
            }

            priced[own.Key] = (T)(part with { Prices = [.. prices, .. part.Prices.Where(p => p.SourceId != ChosenPrice.PriceBook)] });
        }

        return priced;

        static Price Own(Money usd, double? metres) =>
            new()
            {
                Range = new(usd, usd),
                SourceId = ChosenPrice.PriceBook,
                Length = metres is { } m ? Length.FromMetres(m) : null,
            };
    }

    private static Catalogue ReadBuiltIn()
    {
        var diagnostics = new DiagnosticBag();
        Catalogue catalogue = Read(BuiltInFiles(), diagnostics);
        return diagnostics.HasErrors
            ? throw new InvalidOperationException(
                "the built-in catalogue is broken: " + diagnostics.First(d => d.Severity == Severity.Error)
            )
            : catalogue;
    }

    /// <summary>Reads a whole catalogue by the strict rules of the built-in one.</summary>
    internal static Catalogue Read(IEnumerable<(string File, string Text)> files, DiagnosticBag diagnostics)
    {
        var reader = new CatalogueReader(diagnostics, userDefined: false);
        foreach ((string file, string text) in files)
        {
            reader.Add(text, file);
        }

        return reader.Finish();
    }

    /// <summary>The embedded files, in the order of their names.</summary>
    internal static IEnumerable<(string File, string Text)> BuiltInFiles()
    {
        Assembly assembly = typeof(Catalogue).Assembly;
        foreach (
            string name in assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith("catalog/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name, reader.ReadToEnd());
        }
    }
}
