using Lightloom.Spec;

namespace Lightloom.Experiments.Tests;

public class HostCardsTest
{
    [Theory]
    [InlineData(null, false, null, "nscc")]
    [InlineData("swift", false, null, "swift")]
    [InlineData(null, true, null, "roce")]
    [InlineData("dcqcn", true, null, "dcqcn")]
    [InlineData("dcqcn", true, "nscc", "nscc")]
    [InlineData(null, true, "nscc", "nscc")]
    public void TheFileAndTheCommandLineGoBeforeTheFabricsOwnChoice(string? file, bool scheduled, string? asked, string expected)
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
