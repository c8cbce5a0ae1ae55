using System.Globalization;
using System.Text;
using Lightloom.Bill;

namespace Lightloom.Report;

/// <summary>Writes bom.csv: one line of the bill a row. What is not known is left empty, never zero.</summary>
public static class BomCsv
{
    /// <summary>The header row.</summary>
    public const string Header = "category,id,name,quantity,unit_price_usd,total_usd,unit_power_w,total_power_w,price_date,source,assumed";

    /// <summary>Writes the bill.</summary>
    public static void Write(BillOfMaterials bill, Stream stream)
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Header);
        foreach (BillLine line in bill.Lines)
        {
            writer.Write(Csv.Field(line.Category));
            writer.Write(',');
            writer.Write(Csv.Field(line.Id));
            writer.Write(',');
            writer.Write(Csv.Field(line.Name));
            writer.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $",{line.Quantity},{line.UnitPrice?.Dollars:0.##},{line.Total?.Dollars:0.##},{line.UnitPower?.Watts:0.###},{line.TotalPower?.Watts:0.###},"
                )
            );
            writer.Write(Csv.Field(line.PriceDate));
            writer.Write(',');
            writer.Write(Csv.Field(line.Source));
            writer.Write(',');
            writer.WriteLine(Csv.Field(line.Assumed));
        }
    }
}
