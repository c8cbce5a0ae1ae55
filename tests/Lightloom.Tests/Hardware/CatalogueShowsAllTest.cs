using Lightloom.Hardware;
using Shouldly;
using YamlDotNet.RepresentationModel;

namespace Lightloom.Tests.Hardware;

/// <summary>
/// What the catalogue's files say of an entry is shown, each field with its source. The files are read by another program's parser, so that
/// what our own reader would lose is seen.
/// </summary>
public sealed class CatalogueShowsAllTest
{
    // The heading and the table of prices say these; `source` and `assumed` are what is shown beside the others.
    private static readonly string[] Apart = ["name", "vendor", "confidence", "notes", "prices_usd", "source", "assumed"];

    private static readonly string[] Sections =
    [
        "switches",
        "nodes",
        "nics",
        "interconnects",
        "passives",
        "asics",
        "article_classes",
        "differences",
        "rules",
    ];

    public static TheoryData<string> Files =>
        [.. Repository.Files("catalog", "*.yaml").Select(f => Path.GetFileName(f)).Where(f => f != "sources.yaml")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_field_of_every_entry_is_shown_with_the_source_that_the_file_gives_it(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(Repository.Root, "catalog", file))));
        foreach ((YamlNode section, YamlNode entries) in (YamlMappingNode)yaml.Documents[0].RootNode)
        {
            foreach ((YamlNode id, YamlNode entry) in Sections.Contains(section.ToString()) ? (YamlMappingNode)entries : [])
            {
                HoldsAll(id.ToString(), (YamlMappingNode)entry);
            }
        }
    }

    private static void HoldsAll(string id, YamlMappingNode entry)
    {
        CatalogueItem item = Catalogue.Default.Find(id) ?? Catalogue.Default.FindQuotation(id)!;
        ILookup<string, ShownFigure> shown = CatalogueFigures.Of(item).ToLookup(f => f.Key.Split('.')[0]);
        foreach ((YamlNode key, YamlNode value) in entry)
        {
            string field = key.ToString();
            bool isNothing = value is YamlScalarNode { Value: null or "" or "null" or "~" } or YamlSequenceNode { Children.Count: 0 };
            if (Apart.Contains(field) || isNothing)
            {
                continue;
            }

            shown[field].ShouldNotBeEmpty($"{id} says {field}");
            if (
                entry.Children.TryGetValue("source", out YamlNode? sources)
                && sources is YamlMappingNode map
                && map.Children.TryGetValue(field, out YamlNode? own)
                && own is YamlSequenceNode cited
            )
            {
                string[] ids = [.. cited.Select(c => c.ToString())];
                shown[field].ShouldContain(f => f.SourceIds.SequenceEqual(ids), $"{id} cites {string.Join(", ", ids)} for {field}");
            }
        }

        if (entry.Children.TryGetValue("assumed", out YamlNode? assumed) && assumed is YamlMappingNode guesses)
        {
            foreach ((YamlNode key, YamlNode guess) in guesses)
            {
                string why = guess is YamlMappingNode both ? both.Children["why"].ToString() : guess.ToString();
                CatalogueFigures
                    .Of(item)
                    .Where(f => f.Key == key.ToString() || f.Key.StartsWith(key + ".", StringComparison.Ordinal))
                    .ShouldContain(f => f.Assumed != null && Words(f.Assumed) == Words(why), $"{id} assumes {key}");
            }
        }
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
