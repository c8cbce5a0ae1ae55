using Lightloom.Hardware;

namespace Lightloom.Tests.Hardware;

/// <summary>docs/catalogue.md says what the catalogue is.</summary>
public class CatalogueDocumentTest
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "catalogue.md"));

    [Fact]
    public void Every_assumed_field_is_in_the_document()
    {
        string assumed = Document[
            Document.IndexOf("## What is assumed", StringComparison.Ordinal)..Document.IndexOf("## Gaps", StringComparison.Ordinal)
        ];
        foreach (CatalogueEntry entry in Catalogue.Default.Entries)
        {
            foreach (ShownFigure figure in CatalogueFigures.Of(entry))
            {
                if (figure.Assumed is { } why && !why.StartsWith("Not given", StringComparison.Ordinal))
                {
                    // The document may name the block that is assumed as a whole: `frontend` for frontend.nics.
                    string[] names = [figure.Key, figure.Key.Split('.')[0]];
                    names.ShouldContain(n => assumed.Contains("`" + n + "`"), $"{entry.Id} assumes {figure.Key}");
                }
            }
        }
    }

    [Fact]
    public void Every_difference_between_article_and_standards_is_in_the_document() =>
        Catalogue.Default.Differences.Keys.ShouldAllBe(id => Document.Contains("`" + id + "`", StringComparison.Ordinal));

    [Fact]
    public void Every_word_of_the_schema_is_in_the_document()
    {
        foreach (
            string word in SwitchRoleWords
                .All.Concat(FormFactorWords.All)
                .Concat(InterconnectKindWords.All)
                .Concat(PassiveKindWords.All)
                .Concat(MediumWords.All)
                .Concat(PortPurposeWords.All)
        )
        {
            Document.ShouldContain(word);
        }
    }

    [Fact]
    public void The_entry_that_the_document_shows_is_the_one_of_the_catalogue()
    {
        SwitchModel shown = Catalogue.Default.Switches["drivenets-5300r"];
        (shown.RackUnits, shown.PowerTypical!.Value.Watts, shown.PowerMaximum!.Value.Watts, shown.Latency!.Value.Nanoseconds).ShouldBe(
            (2, 782, 1140, 1000)
        );
        shown.Capacity!.SourceIds.ShouldBe(["CALC"]);
    }

    // What every kind of entry may have is said once, above the list.
    private static readonly string[] Common = ["name", "vendor", "confidence", "notes", "details", "source", "assumed"];

    [Fact]
    public void The_list_of_fields_is_whole()
    {
        const string Fence = "```";
        int start = Document.IndexOf("## Fields", StringComparison.Ordinal);
        start = Document.IndexOf(Fence, start, StringComparison.Ordinal) + Fence.Length;
        string list = Document[start..Document.IndexOf(Fence, start, StringComparison.Ordinal)];
        Words(list).ShouldBe(Words(string.Join('\n', FieldLists())));
    }

    [Fact]
    public void Every_section_of_a_catalogue_file_has_its_own_schema()
    {
        foreach (string section in CatalogueFields.Sections)
        {
            using var schema = System.Text.Json.JsonDocument.Parse(Lightloom.Spec.SpecSchema.GenerateCatalogue(section));
            string name = schema.RootElement.GetProperty("$ref").GetString()!.Split('/')[^1];
            string[] keys =
            [
                .. schema
                    .RootElement.GetProperty("$defs")
                    .GetProperty(name)
                    .GetProperty("properties")
                    .EnumerateObject()
                    .Select(p => p.Name),
            ];
            CatalogueFields.Of(section).Select(f => f.Path).Where(p => !p.Contains('.')).ShouldBe(keys, ignoreOrder: true);
        }
    }

    private static IEnumerable<string> FieldLists()
    {
        var blocks = new Dictionary<string, List<string>>();
        foreach (string section in CatalogueFields.Sections)
        {
            EntryField[] fields = [.. CatalogueFields.Of(section)];
            yield return $"{section}: "
                + string.Join(' ', fields.Where(f => !f.Path.Contains('.') && !Common.Contains(f.Path)).Select(f => Marked(f.Path, f)));
            foreach (EntryField field in fields.Where(f => f.Path.Contains('.')))
            {
                string[] parts = field.Path.Split('.', 2);
                string title = parts[0] == "prices_usd" ? parts[0] : $"{parts[0]} of {section}";
                List<string> keys = blocks.TryGetValue(title, out List<string>? known) ? known : blocks[title] = [];
                if (!keys.Contains(Marked(parts[1], field)))
                {
                    keys.Add(Marked(parts[1], field));
                }
            }
        }

        foreach ((string title, List<string> keys) in blocks)
        {
            yield return $"{title}: {string.Join(' ', keys)}";
        }
    }

    private static string Marked(string name, EntryField field) => field.Required ? name + "*" : name;

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
