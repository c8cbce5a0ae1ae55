using Lightloom.Experiments.Faults;
using Lightloom.Topology;

namespace Lightloom.Experiments.Tests.Faults;

public class FailureRatesTest
{
    [Fact]
    public void WhatNobodyHasPublishedIsUnknownUntilItIsAskedFor()
    {
        (Lightloom.Design.ClusterDesign design, _, FaultInventory inventory) = SmallFabric.Of(2);
        FaultComponent leaf = inventory.Of(new(FaultClass.Leaf))[0],
            plane = inventory.Of(new(FaultClass.Plane))[0],
            port = inventory.Of(new(FaultClass.NicPort))[0];
        FailureRates none = new(design, []);
        none.Of(leaf).PerYear.ShouldBeNull();
        none.Of(leaf).Basis.ShouldContain("--rate leaf=assumed");
        none.Of(plane).PerYear.ShouldBeNull();
        none.Of(port).PerYear.ShouldBeNull();

        FailureRates assumed = new(design, ["all=assumed"]);
        assumed.Of(leaf).PerYear!.Value.ShouldBe(8766 / 300_000.0, 1e-9);
        assumed.Of(leaf).Assumed.ShouldBeTrue();
        assumed.Of(plane).PerYear.ShouldBeNull();

        FailureRates given = new(design, ["leaf=0.03", "plane=87660h", "nic-port=assumed"]);
        given.Of(leaf).ShouldBe(new(0.03, "yours"));
        given.Of(plane).PerYear!.Value.ShouldBe(0.1, 1e-12);
        given.Of(port).PerYear!.Value.ShouldBe(8766 / 1e6, 1e-9);
    }

    [Theory]
    [InlineData("leaf")]
    [InlineData("leaf=")]
    [InlineData("leaf=-1")]
    [InlineData("leaf=0h")]
    [InlineData("leaf=nan")]
    [InlineData("roof=1")]
    [InlineData("all=0.1")]
    public void WhatCannotBeReadIsRefused(string item)
    {
        (Lightloom.Design.ClusterDesign design, _, _) = SmallFabric.Of();
        Should.Throw<ArgumentException>(() => new FailureRates(design, [item]));
    }

    [Fact]
    public void ClassesWithoutARateAreLeftOutOfTheYear()
    {
        (Lightloom.Design.ClusterDesign design, DesignedNetwork network, _) = SmallFabric.Of(2);
        FaultStudy study = new(
            Testbed.Of(design, network),
            new()
            {
                Workloads = [("permutation", 1 << 16)],
                Classes = [FaultClass.Leaf, FaultClass.Spine],
                Pairs = [],
                StrikeHosts = 8,
            }
        );
        IReadOnlyList<FaultOutcome> outcomes = study.Run();
        GoodputYear nothing = new(study, outcomes, new(design, []), new() { Years = 10 });
        nothing.Estimate.ShouldBeNull();
        nothing.Rows.ShouldAllBe(r => r.Class == null && r.Unknown == r.Population);

        GoodputYear leaves = new(study, outcomes, new(design, ["leaf=1"]), new() { Years = 10 });
        leaves.Rows.Select(r => r.Class is not null).ShouldBe([true, false]);
        leaves.Estimate!.Mean.ShouldBeInRange(0.9, 1);
        leaves.Rows[0].RepairAssumed.ShouldBeTrue();
        new GoodputYear(
            study,
            outcomes,
            new(design, ["leaf=1"]),
            new()
            {
                Years = 10,
                RepairHours = new Dictionary<FaultClass, double> { [FaultClass.Leaf] = 99 },
            }
        ).Rows[0].Class!.RepairHours.ShouldBe(99);
    }
}
