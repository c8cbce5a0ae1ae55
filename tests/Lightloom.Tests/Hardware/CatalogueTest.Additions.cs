using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Units;
using Lightloom.Yaml;

namespace Lightloom.Tests.Hardware;

/// <summary>A user's additions and prices.</summary>
public partial class CatalogueTest
{
    private static Catalogue With(string yaml, out DiagnosticBag diagnostics)
    {
        diagnostics = new DiagnosticBag();
        return Built.With(yaml, "my.yaml", diagnostics);
    }

    private static Catalogue WithPrices(string yaml, out DiagnosticBag diagnostics)
    {
        diagnostics = new DiagnosticBag();
        return Built.WithPrices(YamlText.Parse(yaml, "my.yaml", diagnostics), diagnostics);
    }

    [Fact]
    public void The_short_inline_node_and_switch_of_the_contract_are_enough()
    {
        Catalogue catalogue = With(
            """
            nodes:
              my-node: {xpus: 8, backend: {nics: 8, rate_gbps: 400}, frontend: {nics: 2, rate_gbps: 200}, power_w: 10200, rack_units: 8}
            switches:
              my-leaf: {cages: 64, rate_gbps: 800, breakouts: [1x800, 2x400, 4x200, 8x100], rack_units: 2, power_w: 1700}
            """,
            out DiagnosticBag diagnostics
        );
        diagnostics.ShouldBeEmpty();

        NodeModel node = catalogue.Nodes["my-node"];
        (node.Xpus, node.Backend!.Nics, node.Backend.Cages, node.Backend.LanesPerNic, node.Backend.MaxPlanes).ShouldBe((8, 8, 8, 4, 4));
        node.Backend.FormFactor.ShouldBe(FormFactor.Qsfp112);
        node.Frontend!.LanesPerNic.ShouldBe(2);
        node.PowerTypical!.Value.Watts.ShouldBe(10200);
        node.ManagementPorts.ShouldBe(1);
        node.UserDefined.ShouldBeTrue();
        node.Backend!.FormFactor.IsAssumed.ShouldBeTrue();

        SwitchModel leaf = catalogue.Switches["my-leaf"];
        leaf.Cages.Single()
            .ShouldSatisfyAllConditions(
                c => c.Count.ShouldBe(64),
                c => c.Lanes.ShouldBe(8),
                c => c.FormFactor.ShouldBe(FormFactor.Osfp),
                c => c.Breakouts.OrEmpty().Count.ShouldBe(4),
                c => c.Thermal.ShouldBe(ThermalType.Ihs)
            );
        leaf.MaxLogicalPorts.ShouldBeNull();
        leaf.MaxLogicalPortsPerGroup.ShouldBeNull();
        leaf.Role.ShouldBe(SwitchRole.Clos);
    }

    [Theory]
    [InlineData(1600, 8, 200)]
    [InlineData(800, 8, 100)]
    [InlineData(400, 4, 100)]
    [InlineData(200, 2, 100)]
    [InlineData(100, 4, 25)]
    [InlineData(25, 1, 25)]
    [InlineData(10, 1, 10)]
    [InlineData(1, 1, 1)]
    public void Lanes_of_an_inline_switch_follow_from_the_rate_of_its_cages(int rate, int lanes, int lane)
    {
        CageBlock cage = With($"switches: {{s: {{cages: 32, rate_gbps: {rate}}}}}", out _).Switches["s"].Cages.Single();
        (cage.Lanes, cage.LaneRate.Gbps).ShouldBe((lanes, lane));
        cage.Breakouts.Value[0].ToString().ShouldBe($"1x{rate}");
    }

    [Fact]
    public void Nothing_added_is_the_same_catalogue()
    {
        var diagnostics = new DiagnosticBag();
        Built.With(null, diagnostics).ShouldBeSameAs(Built);
        Built.WithPrices((YamlNode?)null, diagnostics).ShouldBeSameAs(Built);
        Built.With(YamlText.Parse("x: ", "f", diagnostics) is YamlMap map ? map["x"]!.Value : null, diagnostics).ShouldBeSameAs(Built);
        diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void A_user_part_of_a_known_id_replaces_it_and_a_note_says_so()
    {
        Catalogue catalogue = With("switches: {nvidia-qm9700: {cages: 16, rate_gbps: 800}}", out DiagnosticBag diagnostics);
        catalogue.Switches["nvidia-qm9700"].Cages.Single().Count.ShouldBe(16);
        diagnostics.Single().ShouldSatisfyAllConditions(d => d.Severity.ShouldBe(Severity.Note), d => d.Id.ShouldBe("LL1008"));
        Built.Switches["nvidia-qm9700"].Cages.Single().Count.ShouldBe(32);
    }

    [Fact]
    public void A_user_interconnect_needs_only_kind_rate_reach_and_cages()
    {
        InterconnectModel cable = With(
            "interconnects: {my-dac: {kind: dac, rate_gbps: 800, form_factors: [osfp], reach_m: {copper: 2.5}, lengths_m: [1, 2, 2.5], prices_usd: 120}}",
            out DiagnosticBag diagnostics
        ).Interconnects["my-dac"];
        diagnostics.ShouldBeEmpty();
        (cable.Family, cable.ArticleClass, cable.Lanes!.Value, cable.Breakouts.OrEmpty().Single().ToString()).ShouldBe(
            ("cr", "passive-dac", 8, "1x800")
        );
        cable.BestPrice()!.Value.Amount.Value.Dollars.ShouldBe(120);
    }

    [Fact]
    public void A_user_restriction_and_a_port_budget_are_kept()
    {
        SwitchModel s = With(
            """
            switches:
              s:
                cages: [{count: 4, rate_gbps: 800, breakouts: [1x800, 4x200], restrictions: {4x200: [2, 4]}}, {count: 2, rate_gbps: 25, purpose: management}]
                max_logical_ports: 10
                cages_per_port_group: 2
                max_logical_ports_per_group: 5
            """,
            out DiagnosticBag diagnostics
        ).Switches["s"];
        diagnostics.ShouldBeEmpty();
        s.Cages[0].Allows(2, new(4, DataRate.FromGbps(200))).ShouldBeTrue();
        s.Cages[0].Allows(3, new(4, DataRate.FromGbps(200))).ShouldBeFalse();
        s.Cages[1].FirstNumber.ShouldBe(5);
        (s.MaxLogicalPorts, s.CagesPerPortGroup, s.MaxLogicalPortsPerGroup).ShouldBe((10, 2, 5));
    }

    [Fact]
    public void A_price_book_overrides_every_other_price()
    {
        Catalogue catalogue = WithPrices("{nvidia-sn5600: 48000, nvidia-qm9700: 1, 2xdr4-800g: 500.5}", out DiagnosticBag diagnostics);
        diagnostics.ShouldBeEmpty();
        catalogue.Switches["nvidia-sn5600"].BestPrice().ShouldBe(new ChosenPrice(Money.FromDollars(48000), null, false, null));
        catalogue.Switches["nvidia-sn5600"].BestPrice()!.Value.Amount.SourceIds.ShouldBe(["price-book"]);
        catalogue.Switches["nvidia-qm9700"].BestPrice()!.Value.Amount.Value.Dollars.ShouldBe(1);
        catalogue.Interconnects["2xdr4-800g"].BestPrice()!.Value.Amount.Value.Dollars.ShouldBe(500.5);
        catalogue.Sources.Keys.ShouldContain("price-book");
        Built.Switches["nvidia-sn5600"].BestPrice().ShouldBeNull();
    }

    [Fact]
    public void A_price_book_prices_one_length_or_the_metre()
    {
        Catalogue catalogue = WithPrices(
            "{dac-800g-osfp: 100, dac-800g-osfp@2m: 150, fibre-lc-os2: 10, fibre-lc-os2-per-m: 0.5}",
            out DiagnosticBag diagnostics
        );
        diagnostics.ShouldBeEmpty();
        catalogue.Interconnects["dac-800g-osfp"].BestPrice(Length.FromMetres(2))!.Value.Amount.Value.Dollars.ShouldBe(150);
        catalogue.Passives["fibre-lc-os2"].BestPrice(Length.FromMetres(100))!.Value.Amount.Value.Dollars.ShouldBe(60);
    }

    [Fact]
    public void A_price_of_an_unknown_part_warns_and_suggests_the_nearest()
    {
        Catalogue catalogue = WithPrices("{nvidia-sn5601: 48000}", out DiagnosticBag diagnostics);
        diagnostics
            .Single()
            .ShouldSatisfyAllConditions(
                d => d.Severity.ShouldBe(Severity.Warning),
                d => d.Id.ShouldBe("LL1010"),
                d => d.Message.ShouldContain("'nvidia-sn5600'"),
                d => d.Mark!.Value.Line.ShouldBe(1)
            );
        catalogue.PriceBook.Keys.ShouldContain("nvidia-sn5601");
    }

    [Theory]
    [InlineData("{a: cheap}")]
    [InlineData("{a: -1}")]
    [InlineData("{a: .nan}")]
    [InlineData("{a: 1e300}")]
    [InlineData("{a: [1]}")]
    [InlineData("[1, 2]")]
    [InlineData("12")]
    public void A_price_that_is_no_amount_is_an_error(string yaml)
    {
        WithPrices(yaml, out DiagnosticBag diagnostics);
        diagnostics.Single(d => d.Severity == Severity.Error).Id.ShouldBe("LL1003");
    }

    [Fact]
    public void A_directory_of_files_is_read_in_the_order_of_names()
    {
        string directory = Directory.CreateTempSubdirectory("lightloom-catalogue").FullName;
        try
        {
            File.WriteAllText(Path.Combine(directory, "b.yaml"), "switches: {two: {cages: 2, rate_gbps: 800}}");
            File.WriteAllText(Path.Combine(directory, "a.yml"), "switches: {one: {cages: 1, rate_gbps: 800}}");
            File.WriteAllText(Path.Combine(directory, "notes.txt"), "not a catalogue");
            var diagnostics = new DiagnosticBag();
            Built.WithDirectory(directory, diagnostics).Switches.Keys.TakeLast(2).ShouldBe(["one", "two"]);
            diagnostics.ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void A_directory_that_is_not_there_or_empty_is_an_error_not_an_exception()
    {
        var diagnostics = new DiagnosticBag();
        Built.WithDirectory("/nowhere/at/all", diagnostics);
        diagnostics.Single().Id.ShouldBe("LL1011");
    }
}
