using System.Text;
using Lightloom.Bill;

namespace Lightloom.Report;

/// <summary>Writes bom.csv: one line of the bill a row. What is not known is left empty, never zero.</summary>
public static class BomCsv
{
    /// <summary>The header row.</summary>
    public const string Header = "category,id,name,quantity,unit_price_usd,total_usd,unit_power_w,total_power_w,price_date,source,assumed";

    private const string Cents = "0.##";
    private const string Milliwatts = "0.###";

    /// <summary>Writes the bill.</summary>
    public static void Write(BillOfMaterials bill, Stream stream)
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true);
        CsvTable table = new(writer, Header);
        foreach (BillLine line in bill.Lines)
        {
            table
                .Text(line.Category)
                .Text(line.Id)
                .Text(line.Name)
                .Integer(line.Quantity)
                .Number(line.UnitPrice?.Dollars, Cents)
                .Number(line.Total?.Dollars, Cents)
                .Number(line.UnitPower?.Watts, Milliwatts)
                .Number(line.TotalPower?.Watts, Milliwatts)
                .Text(line.PriceDate)
                .Text(line.Source)
                .Text(line.Assumed)
                .EndRow();
        }
    }
}
