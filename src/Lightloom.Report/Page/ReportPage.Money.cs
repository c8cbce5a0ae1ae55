using System.Globalization;
using Lightloom.Bill;
using Lightloom.Design;
using Lightloom.Units;

namespace Lightloom.Report.Page;

/// <content>Cost, power, running cost, failures, and the bill line by line.</content>
public static partial class ReportPage
{
    private const int MostBillLines = 400;

    private static void Money(Html page, ClusterDesign design)
    {
        BillOfMaterials bill = design.Bill;
        page.Section("cost", "Cost and power of the network");
        page.Paragraph("Switches, interconnects, fibre and panels, with spares. " + "XPU nodes and their NICs are not part of the cost.");
        var cost = bill
            .Lines.Select(l => (l.Category, l.IsSpare, l.Total?.Dollars ?? 0))
            .Concat(bill.Estimate.Parts.Select(p => (p.Category, p.IsSpare, p.Money.Dollars)))
            .GroupBy(p => p.IsSpare ? "spares" : p.Category)
            .Select(g => (g.Key, g.Sum(p => p.Item3)))
            .Where(g => g.Item2 > 0)
            .ToArray();
        Bar(
            page,
            bill.Estimate.Estimated > Units.Money.Zero ? "cost with estimates" : "cost",
            [.. cost.Select(c => (c.Key, c.Item2, Words.Dollars(Units.Money.FromDollars(c.Item2))))]
        );
        var power = bill
            .Lines.Where(l => !l.IsSpare)
            .GroupBy(l => l.Kind)
            .Select(g => (g.Key, g.Sum(l => l.TotalPower?.Watts ?? 0)))
            .Where(g => g.Item2 > 0)
            .ToArray();
        Bar(page, "typical power", [.. power.Select(c => (c.Key, c.Item2, Words.Watts(Power.FromWatts(c.Item2))))]);

        MoneyFacts(page, bill);
        BillTable(page, bill);
        Failures(page, bill);
        page.Close("section");
    }

    private static void MoneyFacts(Html page, BillOfMaterials bill)
    {
        OperatingCost run = bill.Operation;
        page.Table(null, "", "#figure", "how sure");
        string assumed =
            $"{Share(bill.CapexAssumed.Dollars, bill.Capex.Dollars)} {(bill.UnpricedLines == 0 ? "" : "of that ")}at assumed prices";
        Fact(
            "Purchase",
            CostWords.Lead(bill),
            bill.UnpricedLines == 0
                ? $"{assumed}; every item has a price"
                : $"{CostWords.Priced(bill)}, {assumed}; by the catalogue's medians: {bill.Estimate.Basis}; {Unpriced(bill)}"
        );
        Units.Money estimatedSpares = Units.Money.FromDollars(bill.Estimate.Parts.Where(p => p.IsSpare).Sum(p => p.Money.Dollars));
        bool isSpareUnpriced = bill.Lines.Any(l => l.IsSpare && l.UnitPrice is null);
        Fact(
            "of which spares",
            isSpareUnpriced ? CostWords.Lead(bill, bill.CapexSpares + estimatedSpares, estimatedSpares) : Words.Dollars(bill.CapexSpares),
            bill.SparesRule
        );
        Fact(
            "Network power, typical",
            Words.Watts(bill.NetworkPowerTypical),
            $"{Share(bill.NetworkPowerAssumed.Watts, bill.NetworkPowerTypical.Watts)} "
                + $"assumed"
                + $"{(bill.PowerUnknownLines > 0 ? $"; {Words.Of(bill.PowerUnknownLines, "item")} whose power nobody published" : "")}"
        );
        Fact(
            "Network power, maximum",
            Words.Watts(bill.NetworkPowerMaximum),
            "boxes whose rated maximum counts their optics are not charged for them again"
        );
        Fact(
            "Nodes and network, maximum",
            Words.Watts(bill.ItPower),
            bill.NodesWithoutPower.Count == 0 ? "" : "power not known: " + string.Join(", ", bill.NodesWithoutPower)
        );
        Fact(
            "Weight of the network",
            Words.Number(bill.Weight.Kilograms / 1000, 2) + " t",
            bill.WeightUnknownLines == 0 ? "" : $"without {Words.Of(bill.WeightUnknownLines, "item")} whose weight is not known"
        );
        Fact(
            $"Energy of the network over {Words.Number(run.Years)} years",
            Words.Number(run.NetworkEnergyKwh / 1000, 0) + " MWh",
            string.Create(CultureInfo.InvariantCulture, $"PUE {run.Pue:0.##} ({run.PueBasis})")
        );
        Fact(
            "its cost",
            Words.Dollars(run.NetworkEnergyCost),
            string.Create(CultureInfo.InvariantCulture, $"${run.TariffUsdPerKwh:0.####} a kWh ({run.TariffBasis})")
        );
        Fact($"Purchase and energy over {Words.Number(run.Years)} years", CostWords.Lead(bill, run.NetworkEnergyCost), "");
        page.EndTable();

        void Fact(string name, string figure, string sure) => page.Row().Cell(name).Number(figure).Cell(sure, "why").EndRow();
    }

    private static void BillTable(Html page, BillOfMaterials bill)
    {
        page.Element("h3", "What to order");
        IReadOnlyList<OrderLine> orders = OrderLine.Of(bill);
        OrderLine[] shown = [.. orders.Take(MostBillLines)];
        page.Table(
            (
                orders.Count > shown.Length
                    ? $"The first {shown.Length} of {Words.Count(orders.Count)} order codes; bom.csv and bom.xlsx have all. "
                    : "One line an order code, spares included, what is in stock left out. Also in bom.csv and bom.xlsx. "
            ) + "Lead times are for the distributor to fill in.",
            "order code",
            "name",
            "#quantity",
            "#of which spares",
            "#each",
            "#total",
            "price from",
            "lead time",
            "#typical power",
            "assumed"
        );
        string? kind = null;
        foreach (OrderLine order in shown)
        {
            BillLine line = order.Line;
            if (line.Kind != kind)
            {
                kind = line.Kind;
                page.Raw("<tr class=\"group\"><th colspan=\"10\" scope=\"colgroup\">").Text(kind).Raw("</th></tr>\n");
            }

            page.Row()
                .Cell(line.Id, "id")
                .Cell(order.Stock > 0 && !line.IsStock ? $"{line.Name} ({Words.Count(order.Stock)} more in stock)" : line.Name)
                .Number(Words.Count(order.Quantity))
                .Number(order.Spares == 0 ? "" : Words.Count(order.Spares))
                .Number(
                    line.UnitPrice is { } each
                        ? $"${each.Dollars.ToString(each.Dollars % 1 == 0 ? "#,0" : "#,0.00", CultureInfo.InvariantCulture)}"
                        : "no price"
                )
                .Number(order.Total is { } total ? $"${total.Dollars.ToString("#,0", CultureInfo.InvariantCulture)}" : "")
                .Cell(line.UnitPrice is null ? "" : $"{line.Source}{(line.PriceDate is null ? "" : ", " + line.PriceDate)}", "whole")
                .Cell(null)
                .Number(
                    line.IsSpare ? ""
                    : line.UnitPower * order.InUse is { } watts
                        ? watts == Power.Zero ? ""
                            : Words.Watts(watts)
                    : "not known"
                )
                .Assumed(line.Assumed)
                .EndRow();
        }

        Sum(bill.UnpricedLines == 0 ? "total" : "what has a price", null, bill.Capex, Words.Watts(bill.NetworkPowerTypical));
        if (bill.Estimate.Estimated > Units.Money.Zero)
        {
            Sum("about, in all", $"with {bill.Estimate.Basis}", bill.Estimate.Total, null);
        }

        page.EndTable();

        void Sum(string what, string? basis, Units.Money money, string? power) =>
            page.Row("sum")
                .Cell(what)
                .Cell(basis)
                .Cell(null)
                .Cell(null)
                .Cell(null)
                .Number($"${money.Dollars.ToString("#,0", CultureInfo.InvariantCulture)}")
                .Cell(null)
                .Cell(null)
                .Number(power)
                .Cell(null)
                .EndRow();
    }

    private static string Share(double part, double whole) => whole <= 0 ? "nothing" : Words.Percent(part / whole);

    private static string Unpriced(BillOfMaterials bill) =>
        bill.UnpricedLines == 0
            ? "every item has a price"
            : $"{Words.Of(bill.UnpricedLines, "item")} ({Words.Of(bill.UnpricedQuantity, "piece")}) without a price: "
                + $"{string.Join(", ", bill.Lines.Where(l => l.UnitPrice is null && !l.IsSpare).Take(6).Select(l => l.Id))}"
                + $"{(bill.Lines.Count(l => l.UnitPrice is null && !l.IsSpare) > 6 ? " and more" : "")}";

    private static void Failures(Html page, BillOfMaterials bill)
    {
        page.Element("h3", "Failures expected in a year");
        page.Table(null, "component", "#in use", "#a year", "on what basis", "");
        foreach (FailureClass one in bill.Failures)
        {
            page.Row()
                .Cell(one.Name)
                .Number(Words.Count(one.Population))
                .Number(
                    one.PerYear is { } n
                        ? n is > 0 and < 0.01
                            ? "<0.01"
                            : Words.Number(n, n < 10 ? 2 : 0)
                        : "not known"
                )
                .Cell(one.Basis + (one.SourceIds.Count > 0 ? $" ({string.Join(", ", one.SourceIds)})" : ""), "why")
                .Raw("<td>")
                .Raw(one.Assumed ? "<span class=\"tag warn\">assumed</span>" : "")
                .Raw("</td>")
                .EndRow();
        }

        bool unknown = bill.Failures.Any(f => f.PerYear is null);
        page.Row("sum")
            .Cell(unknown ? "all that are known" : "all")
            .Number(Words.Count(bill.Failures.Where(f => f.PerYear is not null).Sum(f => f.Population)))
            .Number(Words.Number(bill.Failures.Sum(f => f.PerYear ?? 0), 1))
            .Cell(null)
            .Cell(null)
            .EndRow();
        page.EndTable();
    }

    private static void Bar(Html page, string title, (string Name, double Value, string Text)[] parts)
    {
        double whole = parts.Sum(p => p.Value);
        if (whole <= 0)
        {
            return;
        }

        page.Raw($"<div class=\"bar\" role=\"img\" aria-label=\"{Markup.Escape(title)}\">");
        for (int i = 0; i < parts.Length; i++)
        {
            page.Raw(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"<i class=\"c{i % 8}\" style=\"width:{parts[i].Value / whole * 100:0.##}%\" "
                        + $"title=\"{Markup.Escape(parts[i].Name + " " + parts[i].Text)}\"></i>"
                )
            );
        }

        page.Raw("</div><div class=\"key\">").Element("b", title);
        for (int i = 0; i < parts.Length; i++)
        {
            page.Raw(string.Create(CultureInfo.InvariantCulture, $"<span><i class=\"c{i % 8}\"></i>"))
                .Text($"{parts[i].Name} {parts[i].Text} ({Words.Percent(parts[i].Value / whole)})")
                .Raw("</span>");
        }

        page.Raw("</div>\n");
    }
}
