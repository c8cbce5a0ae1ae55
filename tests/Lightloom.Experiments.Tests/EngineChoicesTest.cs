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
    public void OnlyACardThatNobodyChoseTakesPacketsInAnyOrder()
    {
        const string Split = ", planes: 2";
        new EngineChoices().On(Bed(null, true, Split)).SelectiveRepeat.ShouldBeTrue();
        new EngineChoices().On(Bed(null, true)).SelectiveRepeat.ShouldBeFalse();
        new EngineChoices { Transport = "roce" }
            .On(Bed(null, true, Split))
            .SelectiveRepeat.ShouldBeFalse();
        new EngineChoices().On(Bed("roce", true, Split)).SelectiveRepeat.ShouldBeFalse();
        new EngineChoices().On(Bed(null, false, Split)).SelectiveRepeat.ShouldBeFalse();
    }
}
