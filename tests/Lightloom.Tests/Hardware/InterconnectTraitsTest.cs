using System.Text.RegularExpressions;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Units;
using Shouldly;

namespace Lightloom.Tests.Hardware;

/// <summary>A kind of interconnect says in one place what holds for it, and nothing else in the sources knows the kinds.</summary>
public sealed partial class InterconnectTraitsTest
{
    public static TheoryData<InterconnectKind> Kinds => [.. Enum.GetValues<InterconnectKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_describes_itself_by_facts_and_classes_that_the_catalogue_has(InterconnectKind kind)
    {
        InterconnectTraits traits = InterconnectTraits.Of(kind);
        traits.Media.ShouldNotBeEmpty();
        traits.Family.ShouldNotBeNullOrEmpty();
        (traits.Optics == Optics.None).ShouldBe(traits.Media.All(m => m is Medium.Copper or Medium.TwistedPair));
        if (traits.ArticleClass is { } article)
        {
            Catalogue.Default.ArticleClasses.Keys.ShouldContain(article);
        }

        if (traits.MtbfFact is { } mtbf)
        {
            Catalogue.Default.Facts.Keys.ShouldContain(mtbf);
        }
    }

    // What the catalogue's files say of their products is not made from the traits, so it can tell a wrong trait.
    [Fact]
    public void Products_of_the_catalogue_are_as_their_kind_says()
    {
        foreach (InterconnectModel model in Catalogue.Default.Interconnects.Values)
        {
            model.Reach.OrEmpty().Keys.ShouldBeSubsetOf(model.Traits.Media, model.Id);
            if (model.Fibres is not null)
            {
                model.Traits.Optics.ShouldNotBe(Optics.None, model.Id);
            }

            if (model.ArticleClass is not null && model.Kind != InterconnectKind.Dr)
            {
                model.ArticleClass.ShouldBe(model.Traits.ArticleClass, model.Id);
            }

            if (model is { Fibres: { Value: var fibres }, Lanes: { Value: var lanes }, IsAssembly: false })
            {
                // IEEE 802.3: SR and DR have a fibre each way for every lane; FR4 and LR4 put four wavelengths on a pair.
                (fibres == 2 * lanes || model.HostLaneRate is not null || model.Traits.Optics != Optics.Parallel).ShouldBeTrue(model.Id);
            }
        }
    }

    // What the entries say in words is not made from the rule: a maker who sells a coherent module writes so in its name or family.
    [Fact]
    public void Long_reach_modules_are_coherent_where_their_makers_say_so_and_nowhere_else()
    {
        foreach (
            InterconnectModel model in Catalogue.Default.Interconnects.Values.Where(m =>
                m.Kind is InterconnectKind.Er or InterconnectKind.Zr
            )
        )
        {
            bool said = $"{model.Name} {model.Family}".Contains("coherent", StringComparison.OrdinalIgnoreCase);
            (model.Optics == Optics.Coherent).ShouldBe(said, model.Id);
        }
    }

    [Theory]
    [InlineData("aec", "copper: 3", "cr")]
    [InlineData("sr", "om4: 50", "sr")]
    [InlineData("er", "os2: 40000", "er4-100g")]
    [InlineData("zr", "os2: 80000", "zr4-100g")]
    [InlineData("utp", "twisted-pair: 100", "base-t")]
    public void A_users_product_has_the_family_of_its_kind(string kind, string reach, string family)
    {
        Catalogue catalogue = Catalogue.Default.With(
            $"interconnects: {{own: {{kind: {kind}, rate_gbps: 400, lanes: 4, form_factors: [qsfp112], reach_m: {{{reach}}}}}}}",
            "own.yaml",
            new DiagnosticBag()
        );
        catalogue.Interconnects["own"].Family.ShouldBe(family);
    }

    [Theory]
    [InlineData("dac", "os2")]
    [InlineData("dr", "copper")]
    [InlineData("utp", "om4")]
    public void A_reach_over_a_medium_that_the_kind_does_not_run_on_is_refused(string kind, string medium)
    {
        DiagnosticBag diagnostics = new();
        Catalogue.Default.With(
            $"interconnects: {{own: {{kind: {kind}, rate_gbps: 400, form_factors: [qsfp112], reach_m: {{{medium}: 3}}}}}}",
            "own.yaml",
            diagnostics
        );
        diagnostics.ShouldHaveSingleItem().Message.ShouldContain(medium);
    }

    [Fact]
    public void Lanes_of_another_rate_than_100G_are_another_family() =>
        InterconnectTraits.Of(InterconnectKind.Dr).FamilyOf(DataRate.FromGbps(200)).ShouldBe("dr-200g");

    [Fact]
    public void Nothing_but_the_kinds_own_description_names_a_kind()
    {
        string[] knowing =
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
                .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
                .Where(f => Named().IsMatch(File.ReadAllText(f)))
                .Select(f => Path.GetFileName(f)),
        ];
        knowing.ShouldBe(["InterconnectTraits.cs"]);
    }

    [GeneratedRegex(@"\bInterconnectKind\.[A-Z]")]
    private static partial Regex Named();
}
