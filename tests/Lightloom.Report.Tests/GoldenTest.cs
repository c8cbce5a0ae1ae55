using System.Text;

namespace Lightloom.Report.Tests;

/// <summary>Small files compared with ones that were looked at.</summary>
public class GoldenTest
{
    [Fact]
    public void The_first_rows_of_a_cable_list_read_as_they_were_checked_by_hand()
    {
        using MemoryStream stream = new();
        CableCsv.Write(TestDesigns.Tiny, stream);
        string[] rows = Encoding.UTF8.GetString(stream.ToArray()).Split('\n');
        rows[1].ShouldStartWith("be-hl-00001,backend,0,0,host-leaf,hall-1,1,A01-01,");
        string[] first = rows[1].Split(',');
        first[9].ShouldBe("train-001");
        first[10].ShouldBe("be1");
        first[11].ShouldBe("0");
        first[16].ShouldStartWith("be-leaf-");
        first[17].ShouldStartWith("E1/");
        first[19].ShouldBe("400");
        first[29]
            .ShouldBe(
                $"site-1:hall-1:R01:{first[7]}:U{int.Parse(first[8], System.Globalization.CultureInfo.InvariantCulture):00}:{first[9]}:{first[10]}:{first[11]}"
            );
        first[30]
            .ShouldBe(
                $"site-1:hall-1:R01:{first[14]}:U{int.Parse(first[15], System.Globalization.CultureInfo.InvariantCulture):00}:{first[16]}:{first[17]}:{first[18]}"
            );
    }

    [Fact]
    public void The_bill_of_two_nodes_reads_as_it_was_checked_by_hand()
    {
        using MemoryStream stream = new();
        BomCsv.Write(TestDesigns.Tiny.Bill, stream);
        string[] rows = Encoding.UTF8.GetString(stream.ToArray()).Split('\n');
        rows[0].ShouldBe("category,id,name,quantity,unit_price_usd,total_usd,unit_power_w,total_power_w,price_date,source,assumed");
        rows.ShouldContain(r => r.StartsWith("switch,nvidia-qm9700,", StringComparison.Ordinal));
    }
}
