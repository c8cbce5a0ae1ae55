using Lightloom.Simulation.Model;
using Lightloom.Spec;

namespace Lightloom.Experiments.Tests;

public class EngineChoicesTest
{
    private static Testbed Bed(string? transport, bool scheduled, string more = "") =>
        Testbed.Of(
            Cluster.Design(
                $$"""
                backend: {paradigm: {{(scheduled ? "switch-scheduled" : "endpoint-scheduled")}}{{(
                    transport is null ? "" : $", transport: {transport}"
                )}}{{more}}}
                """,
                nodes: 4
            )
        );

    [Theory]
    [InlineData(null, false, null, "nscc")]
    [InlineData("swift", false, null, "swift")]
    [InlineData(null, true, null, "roce")]
    [InlineData("dcqcn", true, null, "dcqcn")]
    [InlineData("nscc", true, null, "nscc")]
    [InlineData("dcqcn", true, "nscc", "nscc")]
    [InlineData(null, true, "nscc", "nscc")]
    public void TheCommandLineGoesBeforeTheFileAndTheFileBeforeTheFabric(string? file, bool scheduled, string? asked, string expected) =>
        new EngineChoices { Transport = asked }
            .On(Bed(file, scheduled))
            .Transport.ShouldBe(expected);

    [Theory]
    [InlineData("roce", "ecmp")]
    [InlineData("dcqcn", "ecmp")]
    [InlineData("hpcc", "ecmp")]
    [InlineData("swift", "oblivious")]
    [InlineData("nscc", "oblivious")]
    public void Packets_that_must_stay_in_order_take_one_path_unless_somebody_asks_for_more(string transport, string balancing)
    {
        new EngineChoices { Transport = transport }
            .On(Bed(null, scheduled: false))
            .LoadBalancing.ShouldBe(balancing);
        new EngineChoices { Transport = transport }
            .On(Bed(null, scheduled: false, ", load_balancing: reps"))
            .LoadBalancing.ShouldBe("reps");
        new EngineChoices { Transport = transport, LoadBalancing = "bitmap" }
            .On(Bed(null, scheduled: false, ", load_balancing: reps"))
            .LoadBalancing.ShouldBe("bitmap");
    }

    [Fact]
    public void WhatTheFileLeavesOutIsNotTakenForWhatItNames()
    {
        new BackendSpec().Transport.ShouldBeNull();
        new BackendSpec().LoadBalancing.ShouldBeNull();
        Bed("nscc", scheduled: true).Backend!.Transport.ShouldBe("nscc");
    }

    [Fact]
    public void ACardThatInsistsOnOrderKeepsEachConnectionOnOnePortUnlessAskedOtherwise()
    {
        const string Split = ", planes: 2";
        PlanePolicy Of(EngineChoices choices, string? transport, bool scheduled) =>
            choices.On(Bed(transport, scheduled, Split)).PlanePolicy;
        Of(new(), null, true).ShouldBe(PlanePolicy.Stripe);
        Of(new(), "dcqcn", false).ShouldBe(PlanePolicy.Stripe);
        Of(new() { Transport = "hpcc" }, null, false).ShouldBe(PlanePolicy.Stripe);
        Of(new(), null, false).ShouldBe(PlanePolicy.ShortestQueue);
        Of(new() { Transport = "swift" }, null, true).ShouldBe(PlanePolicy.ShortestQueue);
        Of(new() { Other = new() { SelectiveRepeat = true } }, "roce", true).ShouldBe(PlanePolicy.ShortestQueue);
        Of(new() { PlanePolicy = PlanePolicy.RoundRobin }, "roce", true).ShouldBe(PlanePolicy.RoundRobin);
    }
}
