using Lightloom.Bill;
using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;

namespace Lightloom.Tests.Channels;

/// <summary>
/// Flat (UPC) and angled (APC) MPO plugs fit the same adapter and must never meet. Which module has which is typed from NVIDIA's cable
/// overview (optical connectors: 4x25G and 4x50G SR4 flat; 8x50G and all lanes of 100G angled) and, for 40G and single mode, from YDFiber's
/// page on 40G MPO modules.
/// </summary>
public class PolishTest
{
    [Theory]
    [InlineData("sr4-40g", "MPO-12/UPC")]
    [InlineData("sr4-100g", "MPO-12/UPC")]
    [InlineData("sr4-200g", "MPO-12/UPC")]
    [InlineData("sr8-400g", "MPO-16/APC")]
    [InlineData("sr4-400g", "MPO-12/APC")]
    [InlineData("sr2-200g", "MPO-12/APC")]
    [InlineData("sr8-800g-2xsr4-50m", "MPO-12/APC")]
    [InlineData("plr4-40g", "MPO-12/APC")]
    [InlineData("psm4-100g", "MPO-12/APC")]
    [InlineData("dr4-200g", "MPO-12/APC")]
    public void A_module_has_the_polish_that_its_makers_name(string id, string connector)
    {
        Figure<string> figure = Catalogue.Default.Interconnects[id].Connector!;
        (figure.Value, figure.IsAssumed).ShouldBe((connector, false));
    }

    [Fact]
    public void Every_MPO_of_the_built_in_catalogue_says_its_polish_with_a_source()
    {
        InterconnectModel[] modules = [.. Catalogue.Default.Interconnects.Values.Where(m => IsMpo(m.Connector?.Value))];
        modules.Length.ShouldBeGreaterThan(30);
        modules.Where(m => m.Connector!.IsAssumed || m.Connector.SourceIds.Count == 0).Select(m => m.Id).ShouldBeEmpty();
        Catalogue.Default.Passives.Values.Where(p => IsMpo(p.Connector?.Value) && p.Connector!.IsAssumed).Select(p => p.Id).ShouldBeEmpty();
        modules
            .Where(m => m.Reach.Value.ContainsKey(Medium.Os2) && !m.Connector!.Value.EndsWith("/APC", StringComparison.Ordinal))
            .Select(m => m.Id)
            .ShouldBeEmpty("single mode is angled");
    }

    [Theory]
    [InlineData("kind: sr, rate_gbps: 100, lanes: 4, reach_m: {om4: 100}, connector: MPO-12", "MPO-12/UPC")]
    [InlineData("kind: sr, rate_gbps: 400, lanes: 4, reach_m: {om4: 100}, connector: MPO-12", "MPO-12/APC")]
    [InlineData("kind: sr, rate_gbps: 400, lanes: 8, reach_m: {om4: 100}, connector: MPO-16", "MPO-16/APC")]
    [InlineData("kind: dr, rate_gbps: 100, lanes: 4, reach_m: {os2: 500}, connector: MPO-12", "MPO-12/APC")]
    public void A_polish_that_your_own_module_leaves_open_is_assumed_and_marked(string fields, string connector)
    {
        DiagnosticBag bag = new();
        Catalogue own = Catalogue.Default.With($"interconnects: {{mine: {{{fields}, form_factors: [osfp]}}}}", "my.yaml", bag);
        bag.HasErrors.ShouldBeFalse(string.Join("; ", bag));
        Figure<string> figure = own.Interconnects["mine"].Connector!;
        (figure.Value, figure.IsAssumed).ShouldBe((connector, true));
        figure.Assumed.ShouldNotBeNull().ShouldContain("polish");
    }

    [Fact]
    public void Flat_and_angled_modules_of_one_floor_have_cords_trunks_and_panels_of_their_own()
    {
        ClusterDesign design = PolarityTest.Designed(
            """
            lightloom: 1
            name: both
            pools: [{name: t, node: my-node, nodes: 24}]
            backend: {switch: nvidia-sn5600, tiers: 2}
            frontend: {switch: nvidia-sn4600c}
            oob: {enabled: false}
            interconnect: {media: {host-leaf: [sr], leaf-spine: [sr]}, fibre: {multimode: om4}}
            floor: {panels_between_rows: 2, rows: 4, racks_per_row: 6, rack: {max_nodes: 2}}
            catalog:
              nodes:
                my-node:
                  xpus: 8
                  backend: {nics: 8, rate_gbps: 400, form_factor: osfp, lanes: 4, nic: connectx-7}
                  frontend: {nics: 2, rate_gbps: 100, form_factor: qsfp28, lanes: 4}
                  power_w: 6000
                  rack_units: 6
            """,
            "both.yaml"
        );
        PieceArticle[] fibre = [.. design.Channels.Articles.Where(a => a.Ends is not null)];
        foreach (PieceArticle article in fibre)
        {
            string polish = article.Id.Contains("-upc", StringComparison.Ordinal) ? "UPC" : "APC";
            article.Ends!.Value.PolishWord.ShouldBe(polish, article.OrderCode);
            string[] modules = article.Product is { } p ? [p.A.Connector!.Value, p.Z.Connector!.Value] : [];
            modules.ShouldAllBe(m => m.EndsWith("/" + polish, StringComparison.Ordinal));
        }

        fibre.Select(a => (a.Kind, a.Ends!.Value.PolishA)).Distinct().Count().ShouldBe(4, "cords and trunks of either polish");
        design.Channels.Panels.Select(p => p.Id).Distinct().ShouldBe(["panel-mpo-1u", "panel-mpo-upc-1u"], ignoreOrder: true);
        Dictionary<int, Polish> ofPanel = [];
        ChannelWalk walk = design.Channels.Walk();
        foreach (int cable in Enumerable.Range(0, design.Cables.Cables.Length))
        {
            walk.Take(cable);
            foreach (ChannelStep step in walk.Steps)
            {
                FibreEnds? ends = design.Channels.Articles[step.Row.Article].Ends;
                Meet(step.Row.A, ends?.PolishA);
                Meet(step.Row.Z, ends?.PolishZ);
            }
        }

        ofPanel.Values.Distinct().Count().ShouldBe(2);

        void Meet(in PieceEnd end, Polish? polish)
        {
            if (end.Panel >= 0)
            {
                ofPanel.TryAdd(end.Panel, polish!.Value);
                ofPanel[end.Panel].ShouldBe(polish.Value, design.Channels.Panels[end.Panel].Name);
            }
        }
    }

    [Fact]
    public void Two_duplex_legs_of_one_socket_take_the_stock_harness_of_four_and_leave_two_dark()
    {
        ClusterDesign design = PolarityTest.Designed(
            """
            lightloom: 1
            name: dark
            pools: [{name: t, node: my-node, nodes: 16}]
            backend: {switch: nvidia-sn5600}
            frontend: {switch: nvidia-sn5600}
            oob: {enabled: false}
            interconnect: {media: {host-leaf: [dr]}}
            catalog:
              nodes:
                my-node:
                  xpus: 8
                  backend: {nics: 8, rate_gbps: 400, form_factor: osfp, lanes: 4, nic: connectx-7}
                  frontend: {nics: 2, rate_gbps: 100, form_factor: qsfp28, lanes: 4}
                  power_w: 6000
                  rack_units: 6
            """,
            "dark.yaml"
        );
        PieceArticle[] harnesses = [.. design.Channels.Articles.Where(a => a.Kind == PieceKind.Harness)];
        harnesses.ShouldNotBeEmpty();
        // Two legs of a pair each are in use of the four.
        harnesses.ShouldAllBe(h => h.Id == "fibre-mpo12-4xlc-os2" && h.Fibres == 4);
        design
            .Bill.Lines.Where(l => l.PartId == "fibre-mpo12-4xlc-os2")
            .ShouldAllBe(l => l.Name.Contains("2 legs dark", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cassette_is_flat_at_its_LC_sockets_and_as_the_trunk_behind_them()
    {
        ClusterDesign design = PolarityTest.Designed(
            """
            lightloom: 1
            name: rows
            pools: [{name: t, node: dgx-h100, nodes: 32}]
            backend: {switch: nvidia-sn5610, tiers: 2}
            frontend: {enabled: false}
            oob: {enabled: false}
            interconnect: {exclude: [dac, acc, aec, aoc, sr, dr, lr]}
            floor: {panels_between_rows: 2, rows: 4, racks_per_row: 6, rack: {power_kw: 22}}
            """,
            "rows.yaml"
        );
        // Cassettes bring their adapters: what holds them is a housing, never a panel that has its own.
        design.Channels.Panels.Where(p => p.Part?.Connector?.Value == "duplex LC").ShouldAllBe(p => p.Part!.Kind == PassiveKind.Housing);
        design.Channels.Panels.ShouldContain(p => p.Part!.Kind == PassiveKind.Housing);
        PieceArticle[] cassettes = [.. design.Channels.Articles.Where(a => a.Kind == PieceKind.Cassette)];
        cassettes
            .Select(c => (c.Ends!.Value.PolishWord, c.Ends.Value.GenderA, c.Ends.Value.GenderZ))
            .ShouldBe(
                [("UPC/APC", PlugGender.None, PlugGender.Female), ("APC/UPC", PlugGender.Female, PlugGender.None)],
                ignoreOrder: true
            );
        BillLine line = design.Bill.Lines.Single(l => l.Category == "cassette");
        line.Quantity.ShouldBe(cassettes.Sum(c => c.Quantity));
    }

    private static bool IsMpo(string? connector) => connector?.StartsWith("MPO", StringComparison.Ordinal) == true;
}
