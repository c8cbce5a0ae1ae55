using System.Text.Json;
using Lightloom.Cli.Output;
using Lightloom.Hardware;
using Lightloom.Report;

namespace Lightloom.Cli.Tests.Commands;

/// <summary><c>lightloom catalog</c>: its tables and its JSON.</summary>
public class CatalogCommandTest
{
    private static string Table(string? kind)
    {
        var text = new StringWriter();
        CatalogueTables.WriteList(text, Catalogue.Default, kind);
        return text.ToString();
    }

    private static string Shown(string id)
    {
        var text = new StringWriter();
        CatalogueItem item =
            Catalogue.Default.Find(id)
            ?? (CatalogueItem?)Catalogue.Default.Facts.GetValueOrDefault(id)
            ?? (CatalogueItem?)Catalogue.Default.Sources.GetValueOrDefault(id)
            ?? Catalogue.Default.FindQuotation(id)!;
        CatalogueTables.WriteOne(text, Catalogue.Default, item);
        return text.ToString();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("switches")]
    [InlineData("facts")]
    [InlineData("sources")]
    [InlineData("assumed")]
    public void A_list_fits_100_columns_and_has_no_colour_where_nobody_looks(string? kind)
    {
        string table = Table(kind);
        table.Split('\n').ShouldAllBe(line => line.TrimEnd().Length <= 100);
        table.ShouldNotContain("\u001b");
        table.Length.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void Every_part_can_be_shown_within_100_columns_with_its_sources()
    {
        foreach (CatalogueEntry entry in Catalogue.Default.Entries)
        {
            string shown = Shown(entry.Id);
            shown.Split('\n').ShouldAllBe(line => line.TrimEnd().Length <= 100, entry.Id);
            foreach (string why in CatalogueFigures.Of(entry).Select(f => f.Assumed).OfType<string>())
            {
                shown
                    .Replace("\n", "", StringComparison.Ordinal)
                    .Replace(" ", "", StringComparison.Ordinal)
                    .ShouldContain(why[..10].Replace(" ", "", StringComparison.Ordinal), Case.Sensitive, entry.Id);
            }
        }
    }

    [Fact]
    public void An_assumed_value_has_a_tilde_and_its_reason_and_an_unpublished_one_says_so()
    {
        string shown = Shown("nvidia-sn5600");
        shown.ShouldContain("~ 560 ns");
        shown.ShouldContain("assumed (");
        shown.ShouldContain("not published");
        shown.ShouldContain("S20");
    }

    [Fact]
    public void A_fact_and_a_source_can_be_shown_too()
    {
        Shown("tray-height-m").ShouldContain("2.75");
        Shown("hot-aisle-m").ShouldContain("Assumed:");
        Shown("S1").ShouldContain("https://www.tiafotc.org/");
    }

    [Fact]
    public void The_JSON_of_the_whole_catalogue_has_a_source_or_a_reason_for_every_value()
    {
        using var stream = new MemoryStream();
        CatalogueJson.WriteList(stream, Catalogue.Default, null);
        using JsonDocument json = JsonDocument.Parse(stream.ToArray());
        int values = 0;
        foreach (
            JsonElement part in json
                .RootElement.GetProperty("switches")
                .EnumerateArray()
                .Concat(json.RootElement.GetProperty("interconnects").EnumerateArray())
        )
        {
            foreach (
                JsonProperty field in part.GetProperty("fields")
                    .EnumerateObject()
                    .Where(f => f.Value.GetProperty("value").ValueKind != JsonValueKind.Null)
            )
            {
                (
                    field.Value.GetProperty("sources").GetArrayLength() > 0
                    || field.Value.GetProperty("assumed").ValueKind == JsonValueKind.String
                ).ShouldBeTrue($"{part.GetProperty("id")} {field.Name}");
                values++;
            }
        }

        values.ShouldBeGreaterThan(1000);
    }

    [Theory]
    [InlineData(1, "did you mean 'nvidia-sn5600'?", "show", "nvidia-sn5601")]
    [InlineData(2, "did you mean 'switches'?", "list", "switchs")]
    [InlineData(1, "LL1011", "list", "--catalog", "/nowhere")]
    public void A_mistake_ends_with_its_code_and_a_suggestion(int code, string says, params string[] arguments)
    {
        Cli.Run run = Cli.Execute(["catalog", .. arguments]);
        run.Code.ShouldBe(code);
        run.Error.ShouldContain(says);
        run.Out.ShouldBeEmpty();
    }

    [Fact]
    public void With_json_standard_output_is_one_document()
    {
        Cli.Run run = Cli.Execute("catalog", "show", "dgx-h100", "--json");
        run.Code.ShouldBe(0);
        using JsonDocument json = JsonDocument.Parse(run.Out);
        json.RootElement.GetProperty("fields").GetProperty("backend.cages").GetProperty("value").GetDouble().ShouldBe(4);
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public void The_schema_names_every_field_with_its_values_and_fits_100_columns()
    {
        var text = new StringWriter();
        CatalogueTables.WriteSchema(text, null);
        string[] lines = text.ToString().Split('\n');
        lines.ShouldAllBe(line => line.TrimEnd().Length <= 100);
        foreach (EntryField field in CatalogueFields.Sections.SelectMany(CatalogueFields.Of))
        {
            lines.ShouldContain(line => line.StartsWith(" " + field.Path + " ", StringComparison.Ordinal));
        }

        // Bounds and words come with the field.
        CatalogueFields.Of("switches").Single(f => f.Path == "rack_units").Value.ShouldBe("whole number, 1 to 60");
        CatalogueFields.Of("switches").Single(f => f.Path == "cages.form_factor").Value.ShouldContain("qsfp-dd800");
        Should.Throw<ArgumentException>(() => CatalogueFields.Of("screws"));
    }
}
