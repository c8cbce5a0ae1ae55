using System.Text.Json;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
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
    [InlineData("catalog: {nodes: {x: {xpus: -1}}}")]
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

    [Fact]
    public void Every_file_of_the_built_in_catalogue_is_valid_by_the_schema_of_catalogue_files()
    {
        string schema = SpecSchema.GenerateCatalogue();
        // Ports of nodes whose count is assumed beside them lack it in their own section, which a schema cannot see.
        foreach ((string file, string text) in Catalogue.BuiltInFiles().Where(f => f.File != "catalog/nodes.yaml"))
        {
            YamlNode root = YamlText.Parse(text, file, new DiagnosticBag()).ShouldNotBeNull();
            SchemaValidator.Validate(schema, root).ShouldBeEmpty(file);
        }
    }

    private static IReadOnlyList<string> Problems(string text)
    {
        var bag = new DiagnosticBag();
        YamlNode root = YamlText.Parse(text, "c", bag).ShouldNotBeNull();
        return SchemaValidator.Validate(Schema, root);
    }
}
