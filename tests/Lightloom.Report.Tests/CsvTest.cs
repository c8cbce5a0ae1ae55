namespace Lightloom.Report.Tests;

public class CsvTest
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\uff1d1", "'\uff1d1")]
    [InlineData("=a,b", "\"'=a,b\"")]
    [InlineData("a=1", "a=1")]
    [InlineData("\u001b[31mred", "\ufffd[31mred")]
    [InlineData("\u202egnp", "\ufffdgnp")]
    public void A_field_is_quoted_and_no_formula(string text, string field) => Csv.Field(text).ShouldBe(field);

    [Theory]
    [InlineData("a\u0000b\u0007c\u007fd\u0085e\u009bf", "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf")]
    [InlineData("tab\tand\nline", "tab\tand\nline")]
    [InlineData("\u2066x\u2069\u2028", "\ufffdx\ufffd\ufffd")]
    [InlineData("\U0001F600 ok \u05d0\u200f", "\U0001F600 ok \u05d0\u200f")]
    public void Text_loses_what_steers_and_keeps_what_is_written(string text, string plain) => PlainText.Of(text).ShouldBe(plain);

    [Fact]
    public void Half_a_pair_of_surrogates_is_replaced()
    {
        PlainText.Of("a\ud800b\udc00").ShouldBe("a\ufffdb\ufffd");
        Markup.Escape("<\ud800>").ShouldBe("&lt;\ufffd&gt;");
    }

    [Fact]
    public void A_line_has_no_tabs_and_no_ends() => PlainText.Line("a\tb\r\nc").ShouldBe("a\ufffdb\ufffd\ufffdc");

    [Fact]
    public void A_row_with_other_columns_than_its_header_is_a_defect()
    {
        using StringWriter text = new();
        CsvTable table = new(text, "a,b");
        table.Integer(1).Number(0.5).EndRow();
        table.Text(null).Truth(false).EndRow();
        Should.Throw<InvalidOperationException>(() => table.Integer(1).EndRow());
        text.ToString().ShouldStartWith("a,b\n1,0.5\n,false\n");
    }

    [Theory]
    [InlineData(0b0, "")]
    [InlineData(0b100, "2")]
    [InlineData(0b1111, "0..3")]
    [InlineData(0b1011, "0..1+3")]
    public void Planes_of_a_flow_are_no_date(ulong planes, string expected) => SimulationReport.PlaneList(planes).ShouldBe(expected);
}
