using System.Text.Json;
using static Lightloom.Cli.Tests.Cli;

namespace Lightloom.Cli.Tests.Commands;

/// <summary>Cards that throw away what overtakes: what they run with when nobody says, and what is said when somebody asks for more.</summary>
public class InOrderTransportsTest
{
    private static readonly string Cases = Path.Combine(Root, "tests", "reference", "simulation", "inputs");

    private static Run Incast(params string[] more) =>
        Execute(["simulate", "--topo", Path.Combine(Cases, "ls16.topo"), "--tm", Path.Combine(Cases, "inc15.cm"), .. more]);

    // 15 MB and their headers over one link of 100 Gb/s take 1,219 us. Sprayed, go-back-N took 19,744.
    [Theory]
    [InlineData("roce")]
    [InlineData("dcqcn")]
    [InlineData("hpcc")]
    public void An_incast_of_cards_that_go_back_takes_what_its_last_link_takes(string transport)
    {
        Run run = Incast("--transport", transport, "--json");
        run.Code.ShouldBe(0, run.Error);
        JsonElement root = JsonDocument.Parse(run.Out).RootElement;
        root.GetProperty("load_balancing").GetString().ShouldBe("ecmp");
        root.GetProperty("flows").GetProperty("last_finish_us").GetDouble().ShouldBeInRange(1_219, 2 * 1_219);
        root.GetProperty("packets").GetProperty("retransmitted").GetInt64().ShouldBe(0);
        root.GetProperty("notes").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void What_was_asked_for_and_is_senseless_is_done_and_remarked_on_in_text_and_json()
    {
        Run text = Incast("--transport", "roce", "--load-balancing", "oblivious");
        text.Code.ShouldBe(0, text.Error);
        text.Out.ShouldContain("oblivious spreads a flow's packets");
        JsonElement root = JsonDocument.Parse(Incast("--transport", "roce", "--load-balancing", "oblivious", "--json").Out).RootElement;
        root.GetProperty("load_balancing").GetString().ShouldBe("oblivious");
        root.GetProperty("notes")[0].GetString()!.ShouldContain("go-back-N");
    }
}
