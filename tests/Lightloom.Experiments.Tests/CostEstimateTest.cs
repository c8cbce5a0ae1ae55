using Lightloom.Bill;
using Lightloom.Design;
using Lightloom.Hardware;

namespace Lightloom.Experiments.Tests;

public class CostEstimateTest
{
    private const string Priced = """
        lightloom: 1
        name: priced
        pools: [{name: train, node: dgx-h100, nodes: 8}]
        backend: {switch: nvidia-sn5610}
        """;

    private static string Example(string name)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string path = Path.Combine(at.FullName, "examples", name);
            if (File.Exists(path))
            {
                return File.ReadAllText(path);
            }
        }

        throw new FileNotFoundException(name);
    }

    [Fact]
    public void ABillWithEveryPriceIsItsOwnEstimate()
    {
        ClusterDesign design = Cluster.Read(Example("lab-8.yaml"));
        design.Bill.UnpricedQuantity.ShouldBe(0);
        CostEstimate estimate = design.Bill.Estimate;
        estimate.Total.ShouldBe(design.Bill.Capex);
        estimate.Share.ShouldBe(0);
    }

    [Fact]
    public void AMissingPriceIsReplacedByAGuessAndTheRestStays()
    {
        ClusterDesign design = Cluster.Read(
            Priced
                .Replace("priced", "scheduled", StringComparison.Ordinal)
                .Replace("{switch: nvidia-sn5610}", "{paradigm: switch-scheduled}", StringComparison.Ordinal)
        );
        design.Bill.UnpricedQuantity.ShouldBeGreaterThan(0);
        CostEstimate estimate = design.Bill.Estimate;
        estimate.Estimated.Dollars.ShouldBeGreaterThan(0);
        (estimate.Total.Dollars - estimate.Estimated.Dollars).ShouldBe(design.Bill.Capex.Dollars, 0.01);
        estimate.Share.ShouldBeInRange(0.01, 0.99);
    }

    [Fact]
    public void WhatNoMedianStandsForIsCountedInWordsByKind()
    {
        ClusterDesign design = Cluster.Read(
            Priced + "\nfrontend: {enabled: false}\ninterconnect: {exclude: [dac, acc, aec, aoc]}\nfloor: {panels_at_racks: rack}\n"
        );
        long panels = design.Bill.Lines.Where(l => l.UnitPrice is null && l.Kind == "panel").Sum(l => l.Quantity);
        panels.ShouldBeGreaterThan(1);
        string words = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{panels:#,0} panels");
        design.Bill.Estimate.Basis.ShouldContain(words);
        design.Bill.Estimate.Basis.ShouldEndWith("without any price left out");
    }

    [Fact]
    public void SparesAreToldApartInWhatIsEstimated()
    {
        ClusterDesign design = Cluster.Read(Priced);
        BillLine[] unpriced = [.. design.Bill.Lines.Where(l => l.UnitPrice is null && l.Kind == "fibre")];
        long all = unpriced.Sum(l => l.Quantity);
        long spares = unpriced.Where(l => l.IsSpare).Sum(l => l.Quantity);
        spares.ShouldBeGreaterThan(1);
        design.Bill.Estimate.Basis.ShouldContain(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{all:#,0} fibre cables ({spares:#,0} spares)")
        );
    }

    /// <summary>The medians are taken here anew, from the catalogue's entries and by the definition in docs/models/bill.md.</summary>
    [Fact]
    public void WhatHasNoPriceCountsTheMedianAGigabitOfItsKindSparesIncluded()
    {
        ClusterDesign design = Cluster.Read(Priced);
        Catalogue catalogue = design.Spec.Catalogue;
        double switches = Median(
            catalogue.Switches.Values.Where(s => s.Role is SwitchRole.Clos or SwitchRole.InfinibandClos && Gbps(s) > 0),
            s => s.BestPrice()?.Amount.Value.Dollars / Gbps(s)
        )!.Value;
        double optics = Median(
            catalogue.Interconnects.Values.Where(i => i.Kind is InterconnectKind.Sr or InterconnectKind.Dr && i.Rate.Value.Gbps >= 400),
            i => i.BestPrice()?.Amount.Value.Dollars / i.Rate.Value.Gbps
        )!.Value;
        double expected = 0;
        foreach (BillLine line in design.Bill.Lines.Where(l => l.UnitPrice is null))
        {
            if (catalogue.Switches.TryGetValue(line.PartId, out SwitchModel? box))
            {
                expected += line.Quantity * switches * Gbps(box);
            }
            else if (catalogue.Interconnects.TryGetValue(line.PartId, out InterconnectModel? part))
            {
                double? kind = Median(
                    catalogue.Interconnects.Values.Where(i => i.Kind == part.Kind),
                    i => i.BestPrice()?.Amount.Value.Dollars / i.Rate.Value.Gbps
                );
                expected += line.Quantity * (kind ?? optics) * part.Rate.Value.Gbps;
            }
            else if (line.PartId == "fibre-mpo12-om4")
            {
                // Two MPO cords of 1 m have a price ($105.08 and $85.08); duplex LC of 3 m costs $2.40 more than of 2 m.
                double ends = ((105.08 + 85.08) / 2) - 2.4;
                expected += line.Quantity * Math.Round(ends + (2.4 * line.OrderLength!.Value.Metres), 2);
            }
        }

        design.Bill.Lines.ShouldContain(l => l.UnitPrice == null && l.IsSpare && l.Kind == "assembly");
        design.Bill.Lines.ShouldContain(l => l.UnitPrice == null && l.PartId == "fibre-mpo12-om4" && l.OrderLength!.Value.Metres > 1);
        design.Bill.Estimate.Estimated.Dollars.ShouldBe(expected, expected * 0.001);

        static double Gbps(SwitchModel s) =>
            s.Cages.Where(c => c.Purpose != PortPurpose.Management).Sum(c => c.Count.Value * c.CageRate.Value.Gbps);
    }

    private static double? Median<T>(IEnumerable<T> entries, Func<T, double?> figure)
    {
        double[] known = [.. entries.Select(figure).OfType<double>().Order()];
        return known.Length == 0 ? null
            : known.Length % 2 == 1 ? known[known.Length / 2]
            : (known[(known.Length / 2) - 1] + known[known.Length / 2]) / 2;
    }

    [Fact]
    public void AnOrderIsWhatIsInUseAndItsSpares()
    {
        ClusterDesign design = Cluster.Read(Example("lab-8.yaml"));
        IReadOnlyList<OrderLine> orders = OrderLine.Of(design.Bill);
        orders.Select(o => (o.Line.Kind, o.Line.Id)).Distinct().Count().ShouldBe(orders.Count);
        orders.Sum(o => o.InUse).ShouldBe(design.Bill.Lines.Where(l => !l.IsSpare).Sum(l => l.Quantity));
        orders.Sum(o => o.Spares).ShouldBe(design.Bill.Lines.Where(l => l.IsSpare).Sum(l => l.Quantity));
        orders.Sum(o => o.Total!.Value.Dollars).ShouldBe(design.Bill.Capex.Dollars, 0.01);
    }

    [Fact]
    public void WhatIsInStockIsNotOrdered()
    {
        string file = Example("lab-8.yaml");
        BillLine leaf = Cluster.Read(file).Bill.Lines.First(l => l.Kind == "switch" && l.Quantity > 1 && l.UnitPrice is not null);
        BillOfMaterials bill = Cluster.Read($"{file}\nexisting: {{{leaf.Id}: 1}}\n").Bill;
        OrderLine order = OrderLine.Of(bill).Single(o => o.Line.Kind == "switch" && o.Line.Id == leaf.Id);
        (order.InUse, order.Stock).ShouldBe((leaf.Quantity, 1));
        order.Quantity.ShouldBe(leaf.Quantity - 1 + order.Spares);
        order.Total.ShouldBe(leaf.UnitPrice * order.Quantity);
    }
}
