using Lightloom.Diagnostics;
using Lightloom.Hardware;

namespace Lightloom.Tests.Hardware;

/// <summary>What the reader of catalogue files refuses, with its place and a remedy.</summary>
public class CatalogueReaderTest
{
    private const string Sources = "sources: {S1: {title: A page that was read}}\n";

    private static DiagnosticBag Strict(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        Catalogue.Read([("a.yaml", yaml)], diagnostics);
        return diagnostics;
    }

    private static DiagnosticBag User(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        Catalogue.Default.With(yaml, "my.yaml", diagnostics);
        return diagnostics;
    }

    private static void ShouldBeOne(DiagnosticBag diagnostics, string id, int line, int column, string says)
    {
        Diagnostic one = diagnostics.ShouldHaveSingleItem();
        one.Id.ShouldBe(id);
        one.Severity.ShouldBe(Severity.Error);
        one.Message.ShouldContain(says);
        (one.Mark!.Value.Line, one.Mark.Value.Column).ShouldBe((line, column), one.ToString());
    }

    [Fact]
    public void A_figure_without_a_source_is_refused_with_its_place_and_a_remedy()
    {
        DiagnosticBag diagnostics = Strict(
            Sources
                + "switches:\n  s:\n    cages: 64\n    rate_gbps: 800\n    breakouts: [1x800]\n    power_w: 1700\n    source: {cages: [S1], rate_gbps: [S1], breakouts: [S1]}\n"
        );
        ShouldBeOne(diagnostics, "LL1001", 7, 5, "power_w has no source; name it under `source:`, or move it under `assumed:`");
        diagnostics[0].ToString().ShouldStartWith("a.yaml:7:5: error LL1001: switch 's': ");
    }

    [Fact]
    public void A_figure_whose_reason_is_given_is_accepted() =>
        Strict(
                Sources
                    + "switches:\n  s:\n    cages: 64\n    rate_gbps: 800\n    breakouts: [1x800]\n    assumed: {power_w: {value: 1700, why: As its sibling.}}\n    source: {cages: [S1], rate_gbps: [S1], breakouts: [S1]}\n"
            )
            .ShouldBeEmpty();

    [Fact]
    public void A_price_without_a_source_is_refused() =>
        ShouldBeOne(Strict(Sources + "nics:\n  n: {prices_usd: [{usd: 12}], source: [S1]}\n"), "LL1001", 3, 20, "a price has no source");

    [Fact]
    public void A_fact_without_a_source_or_a_reason_is_refused() =>
        ShouldBeOne(Strict("facts:\n  tray-height-m: {value: 2.75}\n"), "LL1001", 2, 19, "value has no source");

    [Fact]
    public void A_detail_without_a_source_is_refused() =>
        ShouldBeOne(
            Strict(Sources + "nics:\n  n: {max_planes: 2, details: {psu: two}, source: {max_planes: [S1]}}\n"),
            "LL1001",
            3,
            32,
            "details.psu has no source"
        );

    [Fact]
    public void A_source_that_does_not_exist_is_refused_and_the_nearest_suggested() =>
        ShouldBeOne(
            Strict("sources: {S12: {title: A page that was read}}\nnics:\n  n: {max_planes: 2, source: [S13]}\n"),
            "LL1004",
            3,
            31,
            "there is no source 'S13'; did you mean 'S12'?"
        );

    [Fact]
    public void An_unknown_key_is_refused_and_the_nearest_suggested() =>
        ShouldBeOne(
            User("switches:\n  s: {cages: 64, rate_gbps: 800, rack_unit: 2}\n"),
            "LL1002",
            2,
            34,
            "unknown key 'rack_unit'; did you mean 'rack_units'?"
        );

    [Fact]
    public void An_unknown_key_of_a_nested_map_is_refused() =>
        ShouldBeOne(
            User("nodes:\n  n: {xpus: 8, backend: {nics: 8, rate_gbps: 400, cagez: 4}}\n"),
            "LL1002",
            2,
            51,
            "unknown key 'cagez' in 'backend'; did you mean 'cages'?"
        );

    [Fact]
    public void An_unknown_section_is_refused() => ShouldBeOne(User("switch:\n  s: {}\n"), "LL1002", 1, 1, "did you mean 'switches'?");

    [Theory]
    [InlineData("switches:\n  s: {cages: 64, rate_gbps: fast}\n", "'rate_gbps' is ")]
    [InlineData("switches:\n  s: {cages: 64, rate_gbps: '800'}\n", "'rate_gbps' is ")]
    [InlineData("switches:\n  s: {cages: 6.5, rate_gbps: 800}\n", "it must be a whole number")]
    [InlineData("switches:\n  s: {cages: 0, rate_gbps: 800}\n", "it must be 1 to 4096")]
    [InlineData("switches:\n  s: {cages: 64, rate_gbps: 800, power_w: -5}\n", "it must be 0 to 100000000")]
    [InlineData("switches:\n  s: {cages: 64, rate_gbps: 800, power_w: [1, 2]}\n", "'power_w' is ")]
    [InlineData("switches:\n  s: {cages: 64, rate_gbps: 800, power_w: .nan}\n", "'power_w' is ")]
    [InlineData("switches:\n  s: {cages: 64, rate_gbps: 800, power_w: 1e999}\n", "'power_w' is ")]
    [InlineData("switches:\n  s: {cages: 64, rate_gbps: 800, breakouts: [2*400]}\n", "for example 2x400")]
    [InlineData("switches:\n  s: {cages: 64, rate_gbps: 800, role: clo}\n", "did you mean 'clos'?")]
    [InlineData("switches:\n  s: {cages: 64, rate_gbps: 800, form_factor: osfp8}\n", "'form_factor' cannot be 'osfp8'")]
    [InlineData("switches:\n  s: {cages: 64, rate_gbps: 800, liquid_cooled: maybe}\n", "it must be true or false")]
    [InlineData("switches:\n  s: {cages: 64, rate_gbps: 800, name: [a]}\n", "it must be a text")]
    [InlineData("switches:\n  s: 64\n", "must be a map of fields")]
    [InlineData("switches:\n  - s\n", "must map an id to its fields")]
    [InlineData("switches:\n  My Leaf: {cages: 64, rate_gbps: 800}\n", "cannot be an id")]
    [InlineData("nodes:\n  n: {xpus: 8, backend: 8}\n", "it must be a section with keys")]
    [InlineData("nodes:\n  n: {xpus: 8, backend: {nics: 8, rate_gbps: 400, lane_options: [x]}}\n", "it must be a whole number")]
    [InlineData("interconnects:\n  i: {kind: dac, rate_gbps: 800, reach_m: 2}\n", "it must be a section of `copper: metres`")]
    [InlineData("interconnects:\n  i: {kind: dac, rate_gbps: 800, prices_usd: [{usd: [3, 2]}]}\n", "lower and the upper end")]
    [InlineData(
        "switches:\n  s: {cages: 4, rate_gbps: 800, breakouts: [1x800], restrictions: {1x800: some}}\n",
        "must be odd, even or a list"
    )]
    [InlineData("- a\n", "a catalogue is a map of sections")]
    public void A_value_of_the_wrong_type_is_refused(string yaml, string says)
    {
        DiagnosticBag diagnostics = User(yaml);
        diagnostics.ShouldContain(
            d => d.Id == "LL1003" && d.Message.Contains(says, StringComparison.Ordinal) && d.Mark != null,
            string.Join("\n", diagnostics)
        );
        diagnostics.ShouldAllBe(d => d.Id.StartsWith("LL1"));
    }

    [Fact]
    public void A_service_node_need_not_say_that_it_has_no_xpus() =>
        User("nodes:\n  s: {networks: {storage: {nics: 2, rate_gbps: 400}}, frontend: {nics: 0}, power_w: 900}\n").ShouldBeEmpty();

    [Theory]
    [InlineData("switches:\n  s: {cages: 64}\n", "rate_gbps is missing")]
    [InlineData("nodes:\n  n: {backend: {nics: 8, rate_gbps: 400}}\n", "it has no 'xpus'")]
    [InlineData("nodes:\n  n: {xpus: 8, backend: {rate_gbps: 400}}\n", "'backend' has no 'nics'")]
    [InlineData("interconnects:\n  i: {rate_gbps: 400}\n", "it has no 'kind'")]
    [InlineData("facts:\n  f: {notes: nothing}\n", "one of the two")]
    [InlineData("sources:\n  S1: {url: 'https://x'}\n", "it has no 'title'")]
    public void A_field_that_must_be_there_is_asked_for(string yaml, string says) =>
        User(yaml).ShouldContain(d => d.Id == "LL1005" && d.Message.Contains(says, StringComparison.Ordinal) && d.Mark != null);

    [Theory]
    [InlineData("switches:\n  s: {cages: 64, rate_gbps: 800, breakouts: [2x800]}\n", "does not fit a cage of 800G")]
    [InlineData("switches:\n  s: {cages: 64, rate_gbps: 800, lanes: 2, breakouts: [8x100]}\n", "does not fit a cage")]
    [InlineData("switches:\n  s: {cages: 64, rate_gbps: 800, lanes: 7}\n", "cannot be divided into 7 lanes")]
    [InlineData("switches:\n  s: {cages: 64, rate_gbps: 800, cages_per_port_group: 2}\n", "go together")]
    [InlineData("nodes:\n  n: {xpus: 8, backend: {nics: 8, rate_gbps: 400, cages: 3}}\n", "8 nics and 3 cages do not divide evenly; 2 do")]
    [InlineData("interconnects:\n  i: {kind: dac, rate_gbps: 400, breakouts: [2x400]}\n", "more than its 400G")]
    [InlineData("interconnects:\n  i: {kind: dac, rate_gbps: 400, lengths_m: [2, 1]}\n", "must ascend")]
    [InlineData("interconnects:\n  i: {kind: dac, rate_gbps: 400, form_factors: [osfp, osfp]}\n", "lists 'osfp' twice")]
    [InlineData("switches:\n  s: {cages: 64, rate_gbps: 800, breakouts: [1x800, 2x400, 1x800]}\n", "lists '1x800' twice")]
    public void Values_that_contradict_each_other_are_refused(string yaml, string says) =>
        User(yaml).ShouldContain(d => d.Id == "LL1009" && d.Message.Contains(says, StringComparison.Ordinal) && d.Mark != null);

    [Fact]
    public void A_value_that_is_given_and_assumed_is_refused() =>
        ShouldBeOne(
            User("switches:\n  s: {cages: 64, rate_gbps: 800, power_w: 1, assumed: {power_w: {value: 2, why: guess}}}\n"),
            "LL1006",
            2,
            34,
            "given and assumed"
        );

    [Fact]
    public void An_assumption_without_a_reason_is_refused() =>
        User("switches:\n  s: {cages: 64, rate_gbps: 800, assumed: {power_w: {value: 2}}}\n")
            .ShouldContain(d => d.Id == "LL1003" && d.Message.Contains("`why`", StringComparison.Ordinal));

    [Fact]
    public void An_assumption_of_a_field_that_does_not_exist_is_refused() =>
        User("switches:\n  s: {cages: 64, rate_gbps: 800, assumed: {powr_w: {value: 2, why: guess}}}\n")
            .ShouldContain(d => d.Id == "LL1002" && d.Message.Contains("'power_w'", StringComparison.Ordinal));

    [Fact]
    public void An_id_that_is_defined_twice_across_files_is_refused()
    {
        var diagnostics = new DiagnosticBag();
        Catalogue.Read(
            [("a.yaml", Sources + "nics: {n: {max_planes: 1, source: [S1]}}"), ("b.yaml", "nics: {n: {max_planes: 2, source: [S1]}}")],
            diagnostics
        );
        Diagnostic one = diagnostics.ShouldHaveSingleItem();
        (one.Id, one.Mark!.Value.File, one.Mark.Value.Line).ShouldBe(("LL1007", "b.yaml", 1));
    }

    [Fact]
    public void A_key_that_is_written_twice_is_refused() =>
        User("switches:\n  s: {cages: 64, rate_gbps: 800}\n  s: {cages: 64, rate_gbps: 800}\n").HasErrors.ShouldBeTrue();

    [Fact]
    public void A_nic_that_does_not_exist_is_refused_and_the_nearest_suggested() =>
        ShouldBeOne(
            User("nodes:\n  n: {xpus: 8, backend: {nics: 8, rate_gbps: 400, nic: connectx7}}\n"),
            "LL1012",
            2,
            6,
            "did you mean 'connectx-7'?"
        );

    [Fact]
    public void An_article_class_that_does_not_exist_is_refused() =>
        User("interconnects:\n  i: {kind: dac, rate_gbps: 400, article_class: dac}\n").ShouldContain(d => d.Id == "LL1012");

    [Fact]
    public void Several_mistakes_are_reported_at_once_and_the_good_parts_are_kept()
    {
        var diagnostics = new DiagnosticBag();
        Catalogue catalogue = Catalogue.Default.With(
            "switches:\n  bad: {cages: x}\n  good: {cages: 2, rate_gbps: 800}\nnodes:\n  worse: {}\n",
            "my.yaml",
            diagnostics
        );
        diagnostics.Count.ShouldBeGreaterThan(1);
        catalogue.Switches.Keys.ShouldContain("good");
        catalogue.Switches.Keys.ShouldNotContain("bad");
        catalogue.Nodes.Keys.ShouldNotContain("worse");
    }

    [Fact]
    public void Broken_YAML_is_a_complaint_not_an_exception() => User("switches: {s: [}").HasErrors.ShouldBeTrue();
}
