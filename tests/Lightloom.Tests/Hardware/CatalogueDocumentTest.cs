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
}
