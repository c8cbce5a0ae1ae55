using System.Text.RegularExpressions;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Keys;
using Lightloom.Spec;

namespace Lightloom.Tests.Spec;

public partial class SpecTemplatesTest
{
    public static TheoryData<string> Names() => [.. SpecTemplates.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_template_reads_without_a_word(string name)
    {
        SpecTemplate template = SpecTemplates.Find(name).ShouldNotBeNull();
        var bag = new DiagnosticBag();
        SpecReader.Read(template.Text, name, Catalogue.Default, bag).ShouldNotBeNull();
        bag.Select(d => d.ToString()).ShouldBeEmpty();
        template.Summary.Length.ShouldBeInRange(20, 140);
        template.Text.ShouldEndWith("\n");
    }

    [Fact]
    public void The_full_template_holds_every_key()
    {
        string text = SpecTemplates.Find("full")!.Text;
        foreach (KeyedType type in AllTypes(ClusterSpecKeys.Type))
        {
            foreach (KeyedProperty property in type.Properties)
            {
                text.ShouldContain($"{property.Name}:", customMessage: $"{type.Name}.{property.Name}");
                text.ShouldContain(property.Description.Length == 0 && property.Name != "catalog" ? "?" : property.Description);
            }
        }
    }

    [Fact]
    public void The_full_template_gives_the_defaults()
    {
        var bag = new DiagnosticBag();
        ClusterSpec full = SpecReader.Read(SpecTemplates.Find("full")!.Text, "full", Catalogue.Default, bag)!;
        full.Backend.ShouldBe(new BackendSpec { Mark = full.Backend.Mark });
        full.Frontend.ShouldBe(new FrontendSpec { Mark = full.Frontend.Mark });
        full.Interconnect.Objective.ShouldBe(new InterconnectSpec().Objective);
        full.Objectives.ShouldBe(new ObjectivesSpec());
    }

    [Fact]
    public void The_comments_of_the_full_template_are_keys_too()
    {
        // Uncommented, every key must be known and well typed; what then contradicts itself (both nodes and xpus) may be said.
        string text = Commented().Replace(SpecTemplates.Find("full")!.Text, "");
        var bag = new DiagnosticBag();
        SpecReader.Read(text, "full", Catalogue.Default, bag);
        bag.Where(d => d.Id is not ("LL2023" or "LL2034" or "LL2022" or "LL2032" or "LL2033" or "LL2043" or "LL2048"))
            .Select(d => d.ToString())
            .ShouldBeEmpty();
    }

    internal static IReadOnlyList<KeyedType> AllTypes(KeyedType root)
    {
        var types = new List<KeyedType> { root };
        for (int i = 0; i < types.Count; i++)
        {
            foreach (KeyedProperty property in types[i].Properties)
            {
                ValueShape shape = property.Shape.Element ?? property.Shape;
                if (shape.Kind == ValueKind.Section && !types.Contains(shape.Section))
                {
                    types.Add(shape.Section);
                }
            }
        }

        return types;
    }

    [GeneratedRegex("^# (?= *(- )?[a-z_0-9-]+:)", RegexOptions.Multiline)]
    private static partial Regex Commented();
}
