using Lightloom.Simulation.Model;
using Lightloom.Spec;

namespace Lightloom.Experiments.Tests;

public class HostCardsTest
{
    [Theory]
    [InlineData(null, false, null, TransportKind.Nscc)]
    [InlineData("swift", false, null, TransportKind.Swift)]
    [InlineData(null, true, null, TransportKind.Roce)]
    [InlineData("dcqcn", true, null, TransportKind.Dcqcn)]
    [InlineData("dcqcn", true, "nscc", TransportKind.Nscc)]
    [InlineData(null, true, "nscc", TransportKind.Nscc)]
    public void TheFileAndTheCommandLineGoBeforeTheFabricsOwnChoice(string? file, bool scheduled, string? asked, TransportKind expected)
    {
        BackendSpec backend = file is null ? new() : new() { Transport = file };
        HostCards.Transport(backend, scheduled, asked).ShouldBe(expected);
    }

    [Fact]
    public void OnlyThePlainCardOfAFabricInPlanesTakesPacketsInAnyOrderUnasked()
    {
        HostCards.TakesAnyOrder(new(), scheduled: true, planes: 2).ShouldBeTrue();
        HostCards.TakesAnyOrder(new(), scheduled: true, planes: 1).ShouldBeFalse();
        HostCards.TakesAnyOrder(new(), scheduled: true, planes: 2, asked: "roce").ShouldBeFalse();
        HostCards.TakesAnyOrder(new(), scheduled: false, planes: 2).ShouldBeFalse();
    }
}
