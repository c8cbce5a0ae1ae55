using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Tests.Engine;

public class RunNotesTest
{
    private static IReadOnlyList<string> Notes(SimulationOptions options, int spines = 4) =>
        PacketSimulator.Run(TestNetwork.LeafSpine(2, 2, spines), TestNetwork.One(0, 3, 100_000), options).Notes;

    [Theory]
    [InlineData("roce", "oblivious")]
    [InlineData("dcqcn", "reps")]
    [InlineData("hpcc", "switch-ar")]
    public void Spraying_for_a_receiver_that_throws_away_what_overtakes_is_remarked_on(string transport, string balancing)
    {
        string note = Notes(new SimulationOptions { Transport = transport, LoadBalancing = balancing }).ShouldHaveSingleItem();
        note.ShouldContain(transport);
        note.ShouldContain(balancing);
        note.ShouldContain("go-back-N");
    }

    [Theory]
    [InlineData("roce", "ecmp", 64, false)]
    [InlineData("roce", "switch-ar-flow", 64, false)]
    [InlineData("roce", "oblivious", 1, false)]
    [InlineData("roce", "oblivious", 64, true)]
    [InlineData("swift", "oblivious", 64, false)]
    [InlineData("nscc", "switch-ar", 64, false)]
    public void What_keeps_its_order_or_needs_none_is_not(string transport, string balancing, int paths, bool selective) =>
        Notes(
                new SimulationOptions
                {
                    Transport = transport,
                    LoadBalancing = balancing,
                    Paths = paths,
                    SelectiveRepeat = selective,
                }
            )
            .ShouldBeEmpty();

    // The switches deal packets out whatever the entropy value: one path for hosts is not one path.
    [Fact]
    public void One_entropy_value_does_not_keep_switches_from_spreading() =>
        Notes(
                new SimulationOptions
                {
                    Transport = "roce",
                    LoadBalancing = "switch-rr",
                    Paths = 1,
                }
            )
            .ShouldHaveSingleItem()
            .ShouldContain("switch-rr");

    [Fact]
    public void One_spine_leaves_nothing_to_spread_over() =>
        Notes(new SimulationOptions { Transport = "roce", LoadBalancing = "oblivious" }, spines: 1).ShouldBeEmpty();
}
