using System.Text;

namespace Lightloom.Report.Tests;

public class CableCsvTest
{
    [Fact]
    public void The_header_is_the_contracts() =>
        Lines(TestDesigns.Tiny)[0]
            .ShouldBe(
                "cable_id,fabric,plane,rail,tier,a_hall,a_row,a_rack,a_ru,a_device,a_port,a_lane,z_hall,z_row,z_rack,z_ru,z_device,z_port,z_lane,"
                    + "rate_gbps,breakout,product,kind,length_m,order_length_m,reach_m,loss_db,route,bundle,label_a,label_z"
            );

    [Fact]
    public void Every_row_has_as_many_fields_as_the_header()
    {
        string[] lines = Lines(TestDesigns.OneK);
        lines.Length.ShouldBe(1 + (int)TestDesigns.OneK.Network.LinkCount);
        lines.ShouldAllBe(l => l.Split(',').Length == 31);
    }

    [Fact]
    public void Distinct_cable_ids_are_as_many_as_the_bill_counts() =>
        Lines(TestDesigns.OneK).Skip(1).Select(l => l.Split(',')[0]).Distinct().LongCount().ShouldBe(TestDesigns.OneK.Bill.Cables);

    [Fact]
    public void A_name_with_a_comma_and_quotes_is_quoted_and_its_quotes_doubled()
    {
        string line = Lines(TestDesigns.Hostile)[1];
        line.ShouldContain(",\"hall \"\"A\"\", north\",");
        line.ShouldContain(",\"site, <one>:hall \"\"A\"\", north:R");
        line.ShouldContain(",\"a,b \"\"c\"\" <i>-001\",be1,0,");
    }

    [Fact]
    public void Two_runs_give_the_same_bytes() => Text(TestDesigns.Planes).ShouldBe(Text(TestDesigns.Planes));

    [Fact]
    public void Cancelling_ends_the_writing()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Should.Throw<OperationCanceledException>(() => CableCsv.Write(TestDesigns.Tiny, Stream.Null, null, source.Token));
    }

    private static string Text(Lightloom.Design.ClusterDesign design)
    {
        using MemoryStream stream = new();
        CableCsv.Write(design, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string[] Lines(Lightloom.Design.ClusterDesign design) => Text(design).TrimEnd('\n').Split('\n');
}
