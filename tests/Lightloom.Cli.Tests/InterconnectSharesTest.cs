namespace Lightloom.Cli.Tests;

/// <summary>Shares of interconnects on the terminal: what is named comes to all cables.</summary>
public class InterconnectSharesTest
{
    [Fact]
    public void Shares_are_rounded_so_that_they_come_to_a_hundred() =>
        DesignSummary
            .Interconnects(
                new Dictionary<string, long>
                {
                    ["a"] = 1,
                    ["b"] = 1,
                    ["c"] = 1,
                },
                3
            )
            .ShouldBe("a 34%, b 33%, c 33%");

    [Fact]
    public void The_rest_of_many_is_named() =>
        DesignSummary
            .Interconnects(
                new Dictionary<string, long>
                {
                    ["a"] = 50,
                    ["b"] = 20,
                    ["c"] = 15,
                    ["d"] = 10,
                    ["e"] = 5,
                },
                100
            )
            .ShouldBe("a 50%, b 20%, c 15%, others 15%");

    [Fact]
    public void What_is_below_one_percent_does_not_round_to_none() =>
        DesignSummary.Interconnects(new Dictionary<string, long> { ["a"] = 9_999, ["b"] = 1 }, 10_000).ShouldBe("a 99%, b <1%");

    [Fact]
    public void A_lone_one_is_all() => DesignSummary.Interconnects(new Dictionary<string, long> { ["a"] = 7 }, 7).ShouldBe("a 100%");
}
