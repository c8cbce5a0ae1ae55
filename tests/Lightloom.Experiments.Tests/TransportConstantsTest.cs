using Lightloom.Simulation.Model;

namespace Lightloom.Experiments.Tests;

public class TransportConstantsTest
{
    private static SimulationOptions On(string transport, string? preset, params string[] texts) =>
        new TransportConstants(texts, preset).On(new SimulationOptions { Transport = transport });

    [Fact]
    public void A_constant_goes_by_name_in_any_case_in_its_unit_and_bytes_take_one()
    {
        On("dcqcn", null, "G=0.25").TransportOptions["g"].ShouldBe(0.25);
        On("dcqcn", null, "kmin-bytes=20KB").TransportOptions["kmin-bytes"].ShouldBe(20_000);
        On("hpcc", "HPCC-paper-100g").Preset.ShouldBe("hpcc-paper-100g");
        On("nscc", null).TransportOptions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nscc", null, "gama=1", "did you mean 'gamma'")]
    [InlineData("nscc", null, "gamma=3", "the nearest is 1")]
    [InlineData("hpcc", null, "max-stage=1.4", "the nearest is 1")]
    [InlineData("swift", null, "beta=half", "takes 0 to 1")]
    [InlineData("swift", null, "beta=nan", "takes 0 to 1")]
    [InlineData("dcqcn", null, "wai-bytes=80", "is for hpcc; this run's transport is dcqcn")]
    [InlineData("dcqcn", "hpcc-paper-100g", "g=1", "is for hpcc")]
    [InlineData("hpcc", "hpcc-paper", "eta=1", "did you mean 'hpcc-paper-100g'")]
    [InlineData("hpcc", null, "eta", "NAME=VALUE")]
    public void What_the_transport_lacks_or_does_not_take_is_refused_with_the_nearest(
        string transport,
        string? preset,
        string text,
        string remedy
    ) => Should.Throw<ArgumentException>(() => On(transport, preset, text)).Message.ShouldContain(remedy);

    [Fact]
    public void One_thing_is_said_once()
    {
        Should.Throw<ArgumentException>(() => On("swift", null, "beta=0.5", "Beta=0.6")).Message.ShouldContain("given twice");
        SimulationOptions marks = new()
        {
            Transport = "dcqcn",
            EcnLow = DataSize.FromBytes(1000),
            EcnHigh = DataSize.FromBytes(2000),
        };
        Should
            .Throw<ArgumentException>(() => new TransportConstants(["kmax-bytes=3000"], null).On(marks))
            .Message.ShouldContain("--ecn-bytes");
        new TransportConstants(["pmax=0.5"], null).On(marks).TransportOptions["pmax"].ShouldBe(0.5);
    }

    [Fact]
    public void In_a_comparison_a_constant_holds_for_those_that_have_it_and_is_refused_when_none_has()
    {
        TransportConstants constants = new(["gamma=0.5", "g=0.1"], null);
        constants.For(Simulation.Transport.Transports.Find("nscc")).Texts.ShouldBe(["gamma=0.5"]);
        constants.For(Simulation.Transport.Transports.Find("roce")).Texts.ShouldBeEmpty();
        IReadOnlyList<TransportDescription> both = [.. new[] { "nscc", "roce" }.Select(Simulation.Transport.Transports.Find)];
        Should.Throw<ArgumentException>(() => constants.CheckAgainst(both)).Message.ShouldContain("--transport-option g is for dcqcn");
    }
}
