using System.Text.Json;
using Lightloom.Catalog;
using Lightloom.Diagnostics;
using Lightloom.Keys;
using Lightloom.Spec;
using Lightloom.Yaml;

namespace Lightloom.Tests.Spec;

public class SpecSchemaTest
{
    private static readonly string Schema = SpecSchema.Generate();

    public static TheoryData<string> Templates() => [.. SpecTemplates.Names];

    [Theory]
    [MemberData(nameof(Templates))]
    public void Every_template_is_valid_by_the_schema(string name) => Problems(SpecTemplates.Find(name)!.Text).ShouldBeEmpty();

    [Fact]
    public void The_contracts_file_is_valid_by_the_schema() => Problems(ContractFile.Text).ShouldBeEmpty();

    [Theory]
    [InlineData("backend: {plans: 2}")]
    [InlineData("backend: {planes: 17}")]
    [InlineData("backend: {planes: two}")]
    [InlineData("backend: {paradigm: endpoint}")]
    [InlineData("backend: {oversubscription: {leaf: 0}}")]
    [InlineData("backend: {redundancy: 0}")]
    [InlineData("frontend: 3")]
    [InlineData("prices: {x: -1}")]
    [InlineData("catalog: {nodes: {x: {xpus: 8, backend: {nics: 8}}}}")]
    [InlineData("catalog: {nodes: {x: {}}}")]
    [InlineData("catalog: {switches: {x: {cages: 64, rate: 800}}}")]
    [InlineData("catalog: {gpus: {}}")]
    [InlineData("workload: {collectives: [{size: big, name: x}]}")]
    [InlineData("workload: {collectives: [{size: 4Ki, name: x}]}")]
    [InlineData("prices: {x: 1000000001}")]
    public void What_the_reader_refuses_the_schema_refuses(string line)
    {
        string text = "lightloom: 1\nname: t\npools: [{name: p, node: dgx-h100, nodes: 1}]\n" + line + "\n";
        Problems(text).ShouldNotBeEmpty();
        var bag = new DiagnosticBag();
        SpecReader.Read(text, "c", Catalogue.Default, bag).ShouldBeNull();
    }

    [Theory]
    [InlineData("workload: {collectives: [{name: all-reduce, size: 4MiB}]}")]
    [InlineData("workload: {collectives: [{name: all-reduce, size: 4 mib}]}")]
    [InlineData("workload: {collectives: [{name: all-reduce, size: 1.5kb}]}")]
    [InlineData("workload: {collectives: [{name: all-reduce, size: 1e6}]}")]
    [InlineData("workload: {collectives: [{name: all-reduce, size: 1e6 B}]}")]
    [InlineData("workload: {collectives: [{name: all-reduce, size: 65536}]}")]
    [InlineData("workload: {collectives: [all-reduce]}")]
    [InlineData("prices: {x: 1000000000}")]
    public void What_the_reader_takes_the_schema_takes(string line)
    {
        string text = "lightloom: 1\nname: t\npools: [{name: p, node: dgx-h100, nodes: 1}]\n" + line + "\n";
        var bag = new DiagnosticBag();
        SpecReader.Read(text, "c", Catalogue.Default, bag).ShouldNotBeNull(string.Join("\n", bag.Select(d => d.ToString())));
        Problems(text).ShouldBeEmpty();
    }

    [Fact]
    public void The_schema_and_the_types_have_the_same_keys()
    {
        using JsonDocument document = JsonDocument.Parse(Schema);
        var missing = new List<string>();
        foreach (KeyedType type in SpecTemplatesTest.AllTypes(ClusterSpecKeys.Type))
        {
            JsonElement definition =
                type == ClusterSpecKeys.Type
                    ? document.RootElement
                    : document
                        .RootElement.GetProperty("$defs")
                        .GetProperty(JsonNamingPolicy.KebabCaseLower.ConvertName(type.Name.Replace("Spec", "", StringComparison.Ordinal)));
            definition
                .GetProperty("properties")
                .EnumerateObject()
                .Select(p => p.Name)
                .Order()
                .ShouldBe(type.Properties.Select(p => p.Name).Order());
            missing.AddRange(type.Properties.Where(p => p.Description.Length < 4).Select(p => p.Name));
        }

        missing.ShouldBeEmpty("every key is described");
    }

    [Theory]
    [InlineData("switches", "switch", "cages: 1, rate_gbps: 800")]
    [InlineData("nodes", "node", "xpus: 8")]
    [InlineData("nics", "nic", "")]
    [InlineData("interconnects", "interconnect", "kind: dac, rate_gbps: 800")]
    [InlineData("passives", "passive", "kind: panel")]
    public void The_schemas_parts_have_the_keys_that_the_catalogue_reads(string section, string definition, string required)
    {
        string asked = KnownKeys($"{section}: {{x: {{{required}{(required.Length > 0 ? ", " : "")}zzzzzzzzzzzzzzzzzzzzzzz: 1}}}}");
        asked.Split(", ").Distinct().Order().ShouldBe(CatalogSchema.KeysOf(definition).Distinct().Order());
    }

    [Fact]
    public void The_schemas_ports_have_the_keys_that_the_catalogue_reads()
    {
        string asked = KnownKeys("nodes: {x: {xpus: 8, backend: {nics: 8, rate_gbps: 400, zzzzzzzzzzzzzzzzzzzzzzz: 1}}}");
        asked.Split(", ").Distinct().Order().ShouldBe(CatalogSchema.KeysOf("ports").Distinct().Order());
    }

    [Fact]
    public void The_schemas_cages_have_the_keys_that_the_catalogue_reads()
    {
        string asked = KnownKeys("switches: {x: {cages: [{count: 8, rate_gbps: 800, zzzzzzzzzzzzzzzzzzzzzzz: 1}]}}");
        asked.Split(", ").Distinct().Order().ShouldBe(CatalogSchema.KeysOf("cage-block").Distinct().Order());
    }

    private static IReadOnlyList<string> Problems(string text)
    {
        var bag = new DiagnosticBag();
        YamlNode root = YamlText.Parse(text, "c", bag).ShouldNotBeNull();
        return SchemaValidator.Validate(Schema, root);
    }

    // The catalogue's remedy for a key that nobody asked for lists those that were.
    private static string KnownKeys(string additions)
    {
        var bag = new DiagnosticBag();
        Catalogue.Default.With(additions, "c", bag);
        string message = bag.Select(d => d.Message).First(m => m.Contains("zzzzzzz", StringComparison.Ordinal));
        return message[(message.IndexOf("; use one of ", StringComparison.Ordinal) + "; use one of ".Length)..];
    }
}
