namespace Lightloom.Units.Tests;

public class CountedTest
{
    [Theory]
    [InlineData(1, "switch", "1 switch")]
    [InlineData(2, "switch", "2 switches")]
    [InlineData(0, "link", "0 links")]
    [InlineData(2048, "leaf", "2,048 leaves")]
    [InlineData(3, "super-spine", "3 super-spines")]
    [InlineData(2, "assembly", "2 assemblies")]
    [InlineData(2, "tray", "2 trays")]
    [InlineData(5, "logical link", "5 logical links")]
    [InlineData(-1, "rack", "-1 racks")]
    public void A_count_has_its_noun_in_the_right_number(long count, string one, string words) => Counted.Of(count, one).ShouldBe(words);

    [Fact]
    public void A_plural_that_no_rule_makes_is_given() =>
        Counted.Of(2, "more model or pair", "more models or pairs").ShouldBe("2 more models or pairs");
}
