using Lightloom.Bill;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Tests.Bill;

/// <summary>What is in stock is used first, counted and not bought; ports in use are left alone.</summary>
public class StockTest
{
    private const string Price = "prices: {nvidia-qm9700: 20000, nvidia-sn5610: 50000, nvidia-sn5600: 50000}";

    [Theory]
    [InlineData(5, 5)]
    [InlineData(1000, -1)]
    [InlineData(0, 0)]
    public void Stock_is_used_first_and_the_rest_is_bought(int has, int used)
    {
        ClusterDesign without = Design("{switch: nvidia-qm9700}", "");
        ClusterDesign with = Design("{switch: nvidia-qm9700}", $"existing: {{nvidia-qm9700: {has}}}");
        long needed = without.Bill.Lines.Single(l => l is { PartId: "nvidia-qm9700", IsSpare: false }).Quantity;
        long taken = used < 0 ? needed : used;
        with.Bill.Lines.Where(l => l.IsStock).Sum(l => l.Quantity).ShouldBe(taken);
        with.Bill.Lines.Where(l => l is { PartId: "nvidia-qm9700", IsStock: false, IsSpare: false })
            .Sum(l => l.Quantity)
            .ShouldBe(needed - taken);

        // The cost falls by what need not be bought, spares among it, and nothing else; the boxes draw their power all the same.
        long spares = without.Bill.Lines.Where(l => l is { PartId: "nvidia-qm9700", IsSpare: true }).Sum(l => l.Quantity);
        long sparesWith = with.Bill.Lines.Where(l => l is { PartId: "nvidia-qm9700", IsSpare: true }).Sum(l => l.Quantity);
        (without.Bill.Capex.Dollars - with.Bill.Capex.Dollars).ShouldBe((taken + spares - sparesWith) * 20000.0, 0.01);
        with.Bill.NetworkPowerTypical.ShouldBe(without.Bill.NetworkPowerTypical);
        with.Bill.Switches.ShouldBe(without.Bill.Switches);
    }

    [Theory]
    // All of what is used is in stock; what is left of it lies on the shelf, and the spares that it falls short of are bought.
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void Spares_are_due_of_what_is_in_stock_too_and_what_is_left_of_it_counts_as_such(int more)
    {
        const string Many = "interconnect: {spares: 0.5}";
        ClusterDesign bare = Design("{switch: nvidia-qm9700}", Many);
        long used = bare.Bill.Lines.Single(l => l is { PartId: "nvidia-qm9700", IsSpare: false }).Quantity;
        long due = bare.Bill.Lines.Single(l => l is { PartId: "nvidia-qm9700", IsSpare: true }).Quantity;
        due.ShouldBe(used / 2);
        ClusterDesign stocked = Design("{switch: nvidia-qm9700}", $"existing: {{nvidia-qm9700: {used + more}}}\n{Many}");
        BillLine[] spares = [.. stocked.Bill.Lines.Where(l => l is { PartId: "nvidia-qm9700", IsSpare: true })];
        spares.Sum(l => l.Quantity).ShouldBe(Math.Max(0, due - more));
        spares.ShouldAllBe(l => l.UnitPrice == Lightloom.Units.Money.FromDollars(20000));
    }

    // 2 % of what is in use lie as spares, whether bought or not; what is left of the stock need not be bought.
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(100_000)]
    public void Spares_are_due_of_all_that_is_in_use_and_come_from_the_stock_first(int more)
    {
        ClusterDesign without = Design("{switch: nvidia-qm9700}", "");
        BillLine line = without.Bill.Lines.First(l => l.Category == "transceiver");
        long needed = without.Bill.Lines.Where(l => l.PartId == line.PartId && !l.IsSpare).Sum(l => l.Quantity);
        long due = without.Bill.Lines.Where(l => l.PartId == line.PartId && l.IsSpare).Sum(l => l.Quantity);
        ClusterDesign with = Design("{switch: nvidia-qm9700}", $"existing: {{{line.PartId}: {needed + more}}}");
        long bought = with.Bill.Lines.Where(l => l.PartId == line.PartId && l.IsSpare).Sum(l => l.Quantity);
        StockUse use = with.Bill.Stock.ShouldHaveSingleItem();
        use.Used.ShouldBe(needed);
        use.Spares.ShouldBe(Math.Min(due, more));
        bought.ShouldBe(due - use.Spares);
    }

    [Fact]
    public void Stock_of_one_form_serves_that_form_only()
    {
        ClusterDesign without = Design("{switch: nvidia-sn5610}", "");
        BillLine[] forms = [.. without.Bill.Lines.Where(l => l.Category == "transceiver").GroupBy(l => l.PartId).First(p => p.Count() > 1)];
        ClusterDesign with = Design("{switch: nvidia-sn5610}", $"existing: {{\"{forms[1].Id}\": 100000}}");
        with.Bill.Lines.ShouldNotContain(l => l.Category == "transceiver" && l.Id == forms[1].Id);
        with.Bill.Lines.Single(l => l.Category == "transceiver" && l.Id == forms[0].Id).Quantity.ShouldBe(forms[0].Quantity);

        // One entry for the product counts for all its forms and says for which it was used.
        ClusterDesign any = Design("{switch: nvidia-sn5610}", $"existing: {{{forms[0].PartId}: 100000}}");
        Diagnostic note = any.Diagnostics.Single(d => d.Id == "LL7103");
        forms.ShouldAllBe(f => note.Message.Contains(f.Id));
    }

    [Fact]
    public void An_open_switch_is_taken_from_stock_where_cost_decides()
    {
        // Four nodes stand under one leaf of any model, so that nothing but the box decides.
        string open = Design("{}", "", 4).Alternatives.Single(a => a.Chosen).Leaf;
        string dearer = open == "nvidia-sn5610" ? "nvidia-sn5600" : "nvidia-sn5610";
        ClusterDesign stocked = Design("{}", $"existing: {{{dearer}: 100}}", 4);
        stocked.Alternatives.Single(a => a.Chosen).Leaf.ShouldBe(dearer);
        stocked.Bill.Lines.ShouldNotContain(l => l.Category == "switch" && l.PartId == dearer);
    }

    [Fact]
    public void Ports_in_use_get_no_link()
    {
        ClusterDesign design = Design("{switch: nvidia-qm9700}", "existing: {nvidia-qm9700: {count: 40, used_ports: 8}}");
        // 32 cages of two ports each: eight ports are the last four cages.
        foreach (LinkClass c in design.Network.LinkClasses.Where(c => c.Fabric == FabricRole.Backend))
        {
            c.Links.ShouldAllBe(l => l.ZCage <= 28 && (c.From == Tier.Host || l.ACage <= 28));
        }
    }

    [Fact]
    public void A_box_that_carries_traffic_is_no_spare()
    {
        // Ports of a hundred boxes are taken; what is left of them stands in racks, and spares are bought.
        const string half = "interconnect: {spares: 0.5}";
        ClusterDesign idle = Design("{switch: nvidia-qm9700}", "existing: {nvidia-qm9700: 100}\n" + half);
        ClusterDesign busy = Design("{switch: nvidia-qm9700}", "existing: {nvidia-qm9700: {count: 100, used_ports: 8}}\n" + half);
        idle.Bill.Stock[0].Spares.ShouldBeGreaterThan(0);
        idle.Bill.Lines.ShouldNotContain(l => l.PartId == "nvidia-qm9700" && l.Category == "spare-switch");
        busy.Bill.Stock[0].Spares.ShouldBe(0);
        busy.Bill.Lines.Single(l => l.PartId == "nvidia-qm9700" && l.Category == "spare-switch")
            .Quantity.ShouldBe(busy.Bill.Stock[0].Used / 2);
    }

    [Theory]
    [InlineData("existing: {dgx-h100: 3}")]
    [InlineData("existing: {nvidia-sn56100: 3}")]
    [InlineData("existing: {sr8-800g-2xsr4-50m: {count: 3, used_ports: 1}}")]
    public void What_is_no_switch_or_module_is_refused(string existing)
    {
        DiagnosticBag bag = new();
        Read("{}", existing, bag).ShouldBeNull();
        bag.ShouldContain(d => d.Id == "LL2049");
    }

    [Fact]
    public void A_switch_with_too_few_ports_left_is_refused_with_the_key()
    {
        DiagnosticBag bag = new();
        Read("{switch: nvidia-qm9700}", "existing: {nvidia-qm9700: {count: 40, used_ports: 64}}", bag).ShouldBeNull();
        bag.First(d => d.Severity == Severity.Error).Message.ShouldContain("existing");
    }

    private static ClusterDesign Design(string backend, string more, int nodes = 30)
    {
        DiagnosticBag bag = new();
        return Read(backend, more, bag, nodes) ?? throw new InvalidOperationException(string.Join('\n', bag));
    }

    private static ClusterDesign? Read(string backend, string more, DiagnosticBag bag, int nodes = 30)
    {
        string text =
            $"lightloom: 1\nname: stock\npools: [{{name: t, node: dgx-h100, nodes: {nodes}}}]\nbackend: {backend}\n{Price}\n{more}\n";
        return SpecReader.Read(text, "stock.yaml", Catalogue.Default, bag) is { } spec ? Designer.Design(spec, bag) : null;
    }
}
