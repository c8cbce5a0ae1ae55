namespace Lightloom.Hardware;

/// <summary>A section of catalogue files: its key, what one of its entries is called, and the keys of an entry.</summary>
/// <param name="Key">The section: <c>switches</c>.</param>
/// <param name="Noun">One entry, in messages and results: <c>switch</c>.</param>
/// <param name="Description">What an entry is, in a sentence.</param>
/// <param name="Type">The keys of an entry.</param>
internal sealed record CatalogueSection(string Key, string Noun, string Description, KeyedType Type)
{
    /// <summary>All sections, parts first.</summary>
    public static IReadOnlyList<CatalogueSection> All { get; } =
    [
        new("switches", "switch", "A switch: its cages, its limits, its size and power.", SwitchModelKeys.Type),
        new("nodes", "node", "A node: its XPUs, its ports, its size and power.", NodeModelKeys.Type),
        new("nics", "nic", "A NIC, DPU or IPU.", NicModelKeys.Type),
        new("interconnects", "interconnect", "A pluggable module, or an assembly with its cable.", InterconnectModelKeys.Type),
        new("passives", "passive", "A fibre cable, trunk or panel.", PassiveModelKeys.Type),
        new("asics", "asic", "A switching chip, for reading: a box repeats the limits that bind it.", AsicModelKeys.Type),
        new("models", "model", "A transformer that can be trained by name.", TransformerModelKeys.Type),
        new("generations", "generation", "What share of its peaks a generation of XPUs delivers.", XpuGenerationKeys.Type),
        new("stacks", "stack", "What a training framework overlaps, and what it costs.", TrainingStackKeys.Type),
        new("facts", "fact", "A figure that belongs to no part.", FactKeys.Type) { ReasonAlone = true },
        new("sources", "source", "A page, standard or data sheet that was read.", SourceKeys.Type) { HasSources = false },
        new("article_classes", "article class", "A row of the article's table of interconnects by distance.", ArticleClassKeys.Type),
        new("differences", "difference", "A point on which the article and the standards differ.", ArticleDifferenceKeys.Type),
        new("rules", "rule", "A rule of the trade to quote.", CatalogueRuleKeys.Type),
    ];

    /// <summary>True when entries have <c>source</c> and <c>assumed</c>.</summary>
    public bool HasSources { get; init; } = true;

    /// <summary>True when <c>assumed</c> may be the reason itself.</summary>
    public bool ReasonAlone { get; init; }

    /// <summary>The section of a key, or null.</summary>
    public static CatalogueSection? Of(string key)
    {
        foreach (CatalogueSection section in All)
        {
            if (section.Key == key)
            {
                return section;
            }
        }

        return null;
    }
}
