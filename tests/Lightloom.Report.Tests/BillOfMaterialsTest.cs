using Lightloom.Bill;
using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Report.Tests;

public class BillOfMaterialsTest
{
    public static TheoryData<int> Designs => [.. Enumerable.Range(0, TestDesigns.All.Count)];

    [Theory]
    [MemberData(nameof(Designs))]
    public void Every_switch_is_on_a_line_of_its_model(int which)
    {
        ClusterDesign design = TestDesigns.All[which];
        var placed = design
            .Network.Groups.Where(g => !g.IsNode)
            .GroupBy(g => g.Switch!.Id)
            .ToDictionary(g => g.Key, g => g.Sum(x => (long)x.Count));
        Lines(design, "switch").ToDictionary(l => l.Id, l => l.Quantity).ShouldBe(placed, ignoreOrder: true);
        design.Bill.Switches.ShouldBe(placed.Values.Sum());
    }

    [Fact]
    public void An_assembly_whose_lengths_are_assumed_says_so_on_its_line()
    {
        int met = 0;
        foreach (BillLine line in TestDesigns.All.SelectMany(d => Lines(d, "assembly")))
        {
            InterconnectModel model = Catalogue.Default.Interconnects[line.PartId];
            if (model.CatalogueLengths is { IsAssumed: true })
            {
                (line.Assumed ?? "").ShouldContain("length: ", Case.Sensitive, line.Id);
                met++;
            }
            else
            {
                (line.Assumed ?? "").ShouldNotContain("length: ", Case.Sensitive, line.Id);
            }
        }

        met.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_term_of_the_latency_budget_cites_the_source_of_its_own_figure()
    {
        // The data sheet cited for a module's reach and power says nothing of its latency.
        Catalogue.Default.Interconnects["sr8-800g-2xsr4-50m"].Latency!.SourceIds.ShouldBe(["S61"]);
        int met = 0;
        foreach (LatencyTerm term in TestDesigns.All.SelectMany(d => d.Latency).SelectMany(b => b.Longest.Terms))
        {
            int at = term.Name.LastIndexOf('(');
            if (
                at > 0
                && Catalogue.Default.Interconnects.TryGetValue(term.Name[(at + 1)..^1], out InterconnectModel? product)
                && product.Latency is { } figure
            )
            {
                (term.Source, term.Assumed).ShouldBe((figure.Citation, figure.IsAssumed), term.Name);
                met++;
            }
        }

        met.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Designs))]
    public void Every_piece_of_every_cable_is_bought_once(int which)
    {
        ClusterDesign design = TestDesigns.All[which];
        design
            .Bill.Lines.Where(l => l.Category is "assembly" or "fibre" or "shuffle")
            .Sum(l => l.Quantity)
            .ShouldBe(
                Enumerable
                    .Range(0, design.Cables.Cables.Length)
                    .Sum(c =>
                        design.Cables.Products[design.Cables.Cables[c].Product].PiecesPerCable
                        + (design.Cables.PanelsOf(c) > 0 ? Plugs(design, c) : 0)
                    )
            );
        design.Bill.Cables.ShouldBe(design.Cables.Cables.Length);
    }

    [Theory]
    [MemberData(nameof(Designs))]
    public void A_module_is_bought_for_every_cage_that_takes_one(int which)
    {
        ClusterDesign design = TestDesigns.All[which];
        HashSet<(int, FabricRole, int)> cages = [];
        HashSet<(int, FabricRole, int)> withModule = [];
        foreach (LinkClass links in design.Network.LinkClasses)
        {
            for (int i = 0; i < links.Links.Length; i++)
            {
                Link link = links.Links[i];
                var product = design.Cables.Products[design.Cables.Cables[design.Cables.CableOfLink[links.Index][i]].Product];
                cages.Add((link.A, links.Fabric, link.ACage));
                cages.Add((link.Z, links.Fabric, link.ZCage));
                if (!product.IsAssembly && !product.CoPackagedA)
                {
                    withModule.Add((link.A, links.Fabric, link.ACage));
                }

                if (!product.IsAssembly && !product.CoPackagedZ)
                {
                    withModule.Add((link.Z, links.Fabric, link.ZCage));
                }
            }
        }

        design.Bill.Cages.ShouldBe(cages.Count);
        design.Bill.Transceivers.ShouldBe(withModule.Count);
        Lines(design, "transceiver").Sum(l => l.Quantity).ShouldBe(withModule.Count);
    }

    [Theory]
    [MemberData(nameof(Designs))]
    public void Totals_are_the_sums_of_the_lines(int which)
    {
        BillOfMaterials bill = TestDesigns.All[which].Bill;
        bill.Capex.Cents.ShouldBe(bill.Lines.Sum(l => (l.UnitPrice?.Cents ?? 0) * l.Quantity));
        bill.NetworkPowerTypical.Milliwatts.ShouldBe(bill.Lines.Sum(l => (l.UnitPower?.Milliwatts ?? 0) * l.Quantity));
        bill.UnpricedLines.ShouldBe(bill.Lines.Count(l => l.UnitPrice is null));
        bill.NetworkPowerMaximum.ShouldBeGreaterThanOrEqualTo(bill.NetworkPowerTypical);
        bill.Lines.Select(l => (l.Category, l.Id)).ShouldBeUnique();
    }

    [Fact]
    public void Spares_are_two_in_a_hundred_rounded_up_and_of_switches_rounded_down()
    {
        BillOfMaterials bill = TestDesigns.OneK.Bill;
        foreach (BillLine spare in bill.Lines.Where(l => l.IsSpare))
        {
            BillLine own = bill.Lines.Single(l => l.Category == spare.Category["spare-".Length..] && l.Id == spare.Id);
            spare.Quantity.ShouldBe(own.Category == "switch" ? (long)(own.Quantity * 0.02) : (long)Math.Ceiling(own.Quantity * 0.02));
            spare.TotalPower.ShouldBe(Power.Zero);
        }

        bill.Lines.ShouldContain(l => l.Category == "spare-transceiver");
    }

    [Fact]
    public void The_price_book_goes_before_the_catalogue_and_prices_fibre_by_the_metre()
    {
        BillOfMaterials bill = TestDesigns.OneK.Bill;
        BillLine qm = bill.Lines.Single(l => l.Category == "switch" && l.Id == "nvidia-qm9700");
        qm.UnitPrice.ShouldBe(Money.FromDollars(38000));
        qm.Source.ShouldBe("price-book");
        BillLine fibre = bill.Lines.First(l => l.Category == "fibre" && l.Id.EndsWith("@10m", StringComparison.Ordinal));
        fibre.UnitPrice.ShouldBe(Money.FromDollars(20 + 1.2 * 10));
    }

    [Theory]
    [InlineData("fibre-mpo12-os2", 10.0, 5.0)]
    [InlineData("fibre-lc-os2", 3.0, 99.0)]
    [InlineData("fibre-lc-os2", 5.0, 7.0)]
    [InlineData("panel-lc-1u", null, null)]
    public void The_most_exact_key_of_the_price_book_counts(string id, double? metres, double? dollars)
    {
        Dictionary<string, Money> book = new()
        {
            ["fibre"] = Money.FromDollars(5),
            ["fibre-lc"] = Money.FromDollars(7),
            ["fibre-lc-os2@3m"] = Money.FromDollars(99),
        };
        Length? length = metres is { } m ? Length.FromMetres(m) : null;
        PriceRule.Choose(book, id, null, length, shorterKeys: true)?.Price.Dollars.ShouldBe(dollars!.Value);
        (PriceRule.Choose(book, id, null, length, shorterKeys: true) is null).ShouldBe(dollars is null);
    }

    [Fact]
    public void A_price_of_another_length_is_said_to_be_one()
    {
        ChosenPrice published = new(
            new Price { Range = new(Money.FromDollars(186), Money.FromDollars(186)), SourceId = "S62" }.Amount,
            "2026-07",
            false,
            1
        );
        PriceRule.Choose(new Dictionary<string, Money>(), "dac", published, Length.FromMetres(1))!.Assumed.ShouldBeNull();
        PriceRule
            .Choose(new Dictionary<string, Money>(), "dac", published, Length.FromMetres(2))!
            .Assumed.ShouldBe("price: published for 1 m");
    }

    [Fact]
    public void A_maximum_that_counts_the_optics_is_not_charged_for_them_again()
    {
        ClusterDesign design = TestDesigns.OneK;
        DeviceGroup[] qm = [.. design.Network.Groups.Where(g => g.Switch?.Id == "nvidia-qm9700")];
        qm.All(g => g.Switch!.PowerMaximumIncludesOptics is { Value: true }).ShouldBeTrue();
        double boxes = design
            .Network.Groups.Where(g => !g.IsNode)
            .Sum(g => (g.Switch!.PowerMaximum ?? g.Switch.PowerTypical ?? Power.Zero).Value.Watts * g.Count);
        double everything =
            boxes
            + design
                .Bill.Lines.Where(l => !l.IsSpare && l.Category is "transceiver" or "assembly")
                .Sum(l => (l.UnitPowerMaximum?.Watts ?? 0) * l.Quantity);
        design.Bill.NetworkPowerMaximum.Watts.ShouldBeLessThan(everything);
    }

    [Fact]
    public void Energy_is_typical_power_times_hours_times_overhead()
    {
        OperatingCost cost = TestDesigns.OneK.Bill.Operation;
        cost.NetworkEnergyKwh.ShouldBe(cost.NetworkPower.Kilowatts * 8766 * cost.Years * cost.Pue, 1e-6);
        cost.NetworkTotal.Dollars.ShouldBe(cost.Capex.Dollars + cost.NetworkEnergyKwh * cost.TariffUsdPerKwh, 0.01);
    }

    [Fact]
    public void Spares_cost_money_but_neither_weigh_on_the_floor_nor_draw_power()
    {
        BillOfMaterials without = Bill(spares: "0");
        BillOfMaterials with = Bill(spares: "0.25");

        with.CapexSpares.ShouldBeGreaterThan(Money.Zero);
        with.Capex.ShouldBe(without.Capex + with.CapexSpares);
        with.Weight.ShouldBe(without.Weight);
        with.NetworkPowerTypical.ShouldBe(without.NetworkPowerTypical);
        with.NetworkPowerMaximum.ShouldBe(without.NetworkPowerMaximum);
        with.Failures.Select(f => (f.Name, f.PerYear)).ShouldBe(without.Failures.Select(f => (f.Name, f.PerYear)));
        without.Weight.Kilograms.ShouldBe(
            without.Lines.Sum(l => l.Quantity * (l.UnitWeight ?? Mass.Zero).Kilograms),
            0.001 * without.Lines.Count
        );

        static BillOfMaterials Bill(string spares) =>
            TestDesigns
                .Of(
                    $$"""
                    lightloom: 1
                    name: spares
                    pools: [{name: train, node: dgx-h100, nodes: 32}]
                    backend: {switch: nvidia-qm9700}
                    frontend: {switch: nvidia-sn5610}
                    interconnect: {spares: {{spares}}}
                    prices: {nvidia-qm9700: 38000, fibre: 20, fibre-per-m: 1.2}
                    """
                )
                .Bill;
    }

    [Fact]
    public void What_has_no_failure_rate_stays_unknown()
    {
        foreach (FailureClass one in TestDesigns.OneK.Bill.Failures)
        {
            (one.PerYear is null).ShouldBe(one.AnnualRate is null);
        }

        TestDesigns.OneK.Bill.Failures.Single(f => f.Name == "assembly cat6a-patch").PerYear.ShouldBeNull();
    }

    [Fact]
    public void Panels_and_trunks_between_halls_are_bought()
    {
        ClusterDesign design = TestDesigns.TwoHalls;
        // East and west: 12 MPO-12 plugs a trunk of 144 fibres, 36 adapters a panel, on either side.
        long ways = Enumerable.Range(0, design.Cables.Cables.Length).Where(c => design.Cables.PanelsOf(c) > 0).Sum(c => Plugs(design, c));
        ways.ShouldBeGreaterThan(0);
        Lines(design, "trunk").Sum(l => l.Quantity).ShouldBeInRange((ways + 11) / 12, ((ways + 11) / 12) + 8);
        Lines(design, "panel").Sum(l => l.Quantity).ShouldBeInRange(2 * ((ways + 35) / 36), (2 * ((ways + 35) / 36)) + 8);
    }

    // Two panels: behind them a cord for each pair of sockets whose legs go to the other hall.
    private static long Plugs(ClusterDesign design, int cable)
    {
        HashSet<(int, int, int, int, int, int)> pairs = [];
        foreach (LinkClass c in design.Network.LinkClasses)
        {
            for (int i = 0; i < c.Links.Length; i++)
            {
                if (
                    design.Cables.CableOfLink[c.Index][i] == cable
                    && design.Router.Panels(design.Router.RackA(c, i), design.Router.RackZ(c, i)) > 0
                )
                {
                    Link link = c.Links[i];
                    LinkProduct product = design.Cables.Products[design.Cables.Cables[cable].Product];
                    LinkSockets sockets = product.Sockets!.Value;
                    for (int path = 0; path < sockets.PathsPerLeg; path++)
                    {
                        int a = sockets.ASocket(link.ALane, path);
                        int z = sockets.ZSocket(link.ZLane, path);
                        // Behind a shuffle a cord carries legs of several A sockets.
                        pairs.Add(
                            product.Shuffle is null ? (link.A, link.ACage, a, link.Z, link.ZCage, z) : (-1, -1, -1, link.Z, link.ZCage, z)
                        );
                    }
                }
            }
        }

        return pairs.Count;
    }

    private static IEnumerable<BillLine> Lines(ClusterDesign design, string category) =>
        design.Bill.Lines.Where(l => l.Category == category);
}
