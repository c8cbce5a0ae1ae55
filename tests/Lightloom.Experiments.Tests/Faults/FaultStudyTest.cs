using Lightloom.Design;
using Lightloom.Experiments.Faults;
using Lightloom.Simulation.Model;
using Lightloom.Topology;

namespace Lightloom.Experiments.Tests.Faults;

public class FaultStudyTest
{
    private static readonly FaultStudyOptions Quick = new()
    {
        Workloads = [("all-reduce", 1 << 20), ("permutation", 1 << 20)],
        Pairs = [],
        StrikeHosts = 32,
        Runs = 1,
    };

    private static (FaultStudy Study, IReadOnlyList<FaultOutcome> Outcomes) Run(
        int planes,
        FaultStudyOptions options,
        string layout = "nic-split"
    )
    {
        (Lightloom.Design.ClusterDesign design, DesignedNetwork network, _) = SmallFabric.Of(planes, layout);
        FaultStudy study = new(Testbed.Of(design, network), options);
        return (study, study.Run());
    }

    private static FaultOutcome Of(IReadOnlyList<FaultOutcome> outcomes, FaultClass one) =>
        outcomes.First(o => o.Scenario.Kinds[0].Class == one);

    [Fact]
    public void NoPacketIsForgottenWhateverFails()
    {
        (_, IReadOnlyList<FaultOutcome> outcomes) = Run(2, Quick with { Workloads = [("permutation", 1 << 18)] });
        outcomes
            .Select(o => o.Scenario.Kinds[0].Class)
            .Distinct()
            .ShouldBe([
                FaultClass.Cable,
                .. outcomes.Any(o => o.Scenario.Kinds[0].Class == FaultClass.Transceiver)
                    ? [FaultClass.Transceiver]
                    : Array.Empty<FaultClass>(),
                FaultClass.NicPort,
                FaultClass.Leaf,
                FaultClass.Spine,
                FaultClass.Plane,
            ]);
        foreach (FaultOutcome outcome in outcomes)
        {
            PacketTotals p = outcome.Strike.Packets;
            p.Sent.ShouldBe(p.Delivered + p.Trimmed + p.Dropped + p.InFlight, outcome.Scenario.Label);
            outcome.Strike.Unfinished.ShouldBe(0, outcome.Scenario.Label);
            p.Retransmitted.ShouldBeGreaterThanOrEqualTo(outcome.Strike.Lost, outcome.Scenario.Label);
        }

        Of(outcomes, FaultClass.Spine).Strike.Lost.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void NoPacketIsForgottenInAFabricOfCells()
    {
        Lightloom.Design.ClusterDesign design = Cluster.Read(
            """
            lightloom: 1
            name: cells
            pools: [{name: train, node: mi355x-8, nodes: 8}]
            backend: {paradigm: switch-scheduled, leaf: drivenets-5300r, spine: drivenets-9300f, tiers: 2}
            """
        );
        DesignedNetwork network = new(design);
        FaultStudyOptions options = Quick with
        {
            Simulation = new() { Cells = new() },
            Workloads = [("permutation", 1 << 18)],
            Classes = [FaultClass.Leaf, FaultClass.Spine],
            StrikeHosts = 16,
        };
        IReadOnlyList<FaultOutcome> outcomes = new FaultStudy(Testbed.Of(design, network), options).Run();
        outcomes.Select(o => o.Scenario.Label).ShouldBe(["leaf", "fabric-element"]);
        foreach (FaultOutcome outcome in outcomes)
        {
            PacketTotals p = outcome.Strike.Packets;
            p.Sent.ShouldBe(p.Delivered + p.Trimmed + p.Dropped + p.InFlight, outcome.Scenario.Label);
            outcome.Strike.Unfinished.ShouldBe(0, outcome.Scenario.Label);
        }
    }

    [Fact]
    public void ASingleHomedLeafStopsTheJobAndSparesTheRest()
    {
        (_, IReadOnlyList<FaultOutcome> outcomes) = Run(1, Quick with { Classes = [FaultClass.Leaf] });
        FaultOutcome leaf = outcomes.Single();
        leaf.Graph.CutOff.ShouldBe(8);
        leaf.OtherPlanesNoticed.ShouldBeNull();
        foreach (WorkloadOutcome workload in leaf.Workloads)
        {
            workload.Stops.ShouldBeTrue();
            workload.Hosts.ShouldBe(56);
            workload.Inflation!.Value.ShouldBeInRange(0.95, 1.05);
        }
    }

    [Fact]
    public void LosingOneOfTwoPlanesAboutDoublesAPermutation()
    {
        (_, IReadOnlyList<FaultOutcome> outcomes) = Run(
            2,
            Quick with
            {
                Classes = [FaultClass.Plane],
                Workloads = [("permutation", 4 << 20)],
                StrikeHosts = 8,
            }
        );
        WorkloadOutcome workload = outcomes.Single().Workloads.Single();
        workload.Stops.ShouldBeFalse();
        workload.Inflation!.Value.ShouldBeInRange(1.5, 2.4);
        workload.Slowed.ShouldBe(64);
        workload.OtherPlanesLoad!.Value.ShouldBe(2, 0.2);
        outcomes.Single().OtherPlanesNoticed.ShouldBe(true);
    }

    [Fact]
    public void OneSpineOfFourSlowsAFullPermutationByAboutAThird()
    {
        (_, IReadOnlyList<FaultOutcome> outcomes) = Run(
            1,
            Quick with
            {
                Classes = [FaultClass.Spine],
                Workloads = [("permutation", 4 << 20)],
                StrikeHosts = 8,
                Runs = 2,
            }
        );
        // Three quarters of the bandwidth at best, for the flows that cross it; and the tail of an overloaded fabric.
        outcomes.Single().Workloads.Single().Inflation!.Value.ShouldBeInRange(1.15, 2);
    }

    [Fact]
    public void ThreadsChangeNothing()
    {
        FaultStudyOptions options = Quick with
        {
            Pairs = [(FaultClass.Spine, FaultClass.Spine)],
            Classes = [FaultClass.Spine],
            Workloads = [("all-reduce", 1 << 18), ("permutation", 1 << 18)],
            StrikeHosts = 16,
            Runs = 2,
        };
        string one = Print(Run(2, options).Outcomes),
            two = Print(Run(2, options with { Threads = 3 }).Outcomes);
        two.ShouldBe(one);

        static string Print(IReadOnlyList<FaultOutcome> outcomes) =>
            string.Join(
                '\n',
                outcomes.Select(o =>
                    $"{o.Scenario.Name} {string.Join(' ', o.Workloads)} {o.Strike with { Series = [] }} {string.Join(' ', o.Strike.Series)}".Replace(
                        o.Strike.Series.GetType().ToString(),
                        "",
                        StringComparison.Ordinal
                    )
                )
            );
    }

    [Fact]
    public void SeedsChooseInstances()
    {
        (Lightloom.Design.ClusterDesign design, DesignedNetwork network, _) = SmallFabric.Of(2);
        string[] names =
        [
            .. Enumerable
                .Range(0, 8)
                .Select(s =>
                    new FaultStudy(Testbed.Of(design, network), Quick with { Seed = (ulong)s, Classes = [FaultClass.Leaf] })
                        .Scenarios.Single()
                        .Name
                ),
        ];
        names.Distinct().Count().ShouldBeGreaterThan(2);
    }

    [Fact]
    public void TwoCablesOfAPairHangOnOneLeaf()
    {
        (Lightloom.Design.ClusterDesign design, DesignedNetwork network, _) = SmallFabric.Of();
        for (ulong seed = 0; seed < 5; seed++)
        {
            FaultScenario pair = new FaultStudy(
                Testbed.Of(design, network),
                Quick with
                {
                    Seed = seed,
                    Classes = [FaultClass.Leaf],
                    Pairs = [(FaultClass.Cable, FaultClass.Cable)],
                }
            ).Scenarios[^1];
            pair.Kinds.ShouldBe([new(FaultClass.Cable, Tier.Leaf), new(FaultClass.Cable, Tier.Leaf)]);
            pair.Parts.Select(p => network.Network.Links[p.Links[0]].A.Index).Distinct().Count().ShouldBe(1);
            pair.Parts.SelectMany(p => p.Links).Distinct().Count().ShouldBe(pair.Parts.Sum(p => p.Links.Count));
        }
    }

    [Fact]
    public void RailPlanesBridgeInsideTheNode()
    {
        FaultStudyOptions options = Quick with { Classes = [FaultClass.NicPort, FaultClass.Plane], Workloads = [("permutation", 1 << 18)] };
        FaultOutcome[] outcomes = [.. Run(8, options, "rail").Outcomes];
        outcomes[0].Graph.CutOff.ShouldBe(1);
        // The card's node is out, as its other XPUs would send through it.
        outcomes[0].Workloads.Single().Hosts.ShouldBe(56);
        outcomes[0].Workloads.Single().Inflation!.Value.ShouldBeInRange(0.9, 1.1);
        outcomes[1].Graph.CutOff.ShouldBe(8);
        outcomes[1].Workloads.ShouldBeEmpty();

        // Without a scale-up rate messages between rails have no way, and that is said.
        (Lightloom.Design.ClusterDesign design, DesignedNetwork network, _) = SmallFabric.Of(8, "rail", scaleUp: false);
        Should
            .Throw<ArgumentException>(() => new FaultStudy(Testbed.Of(design, network), options))
            .Message.ShouldContain("scale_up_gbytes_s");
    }

    [Fact]
    public void TheRuleIsHeldAgainstEveryPair()
    {
        (_, IReadOnlyList<FaultOutcome> outcomes) = Run(
            1,
            Quick with
            {
                Classes = [FaultClass.Spine],
                Pairs = [(FaultClass.Spine, FaultClass.Spine)],
                Workloads = [("permutation", 4 << 20)],
                Runs = 3,
                StrikeHosts = 8,
            }
        );
        RuleCheck check = RuleCheck.Of(outcomes).Single();
        double one = outcomes[0].Workloads[0].Inflation!.Value;
        one.ShouldBeGreaterThan(4.0 / 3);
        // The tail once, the quarter of the bandwidth twice.
        check.ByRule.ShouldBe(one * 4 / 3, 1e-9);
        check.Error.ShouldBeInRange(-0.25, 0.25, $"{check}");
    }

    [Fact]
    public void XpusThatShareACardAreCountedAsXpus()
    {
        ClusterDesign design = Cluster.Read(
            """
            lightloom: 1
            name: shared
            pools: [{name: train, node: my-node, nodes: 4}]
            catalog:
              nodes:
                my-node: {xpus: 8, backend: {nics: 4, rate_gbps: 400}, power_w: 10200, rack_units: 8}
            """
        );
        DesignedNetwork network = new(design);
        new FaultStudy(Testbed.Of(design, network), new() { Xpus = 32 }).HostCount.ShouldBe(16);
        new FaultStudy(Testbed.Of(design, network), new() { Xpus = 8 }).HostCount.ShouldBe(4);
        Should
            .Throw<ArgumentException>(() => new FaultStudy(Testbed.Of(design, network), new() { Xpus = 33 }))
            .Message.ShouldContain("33 XPUs are more than the 32");
    }

    [Fact]
    public void WhereNothingCanFailThatIsSaid()
    {
        (ClusterDesign design, DesignedNetwork network, _) = SmallFabric.Of();
        Should
            .Throw<ArgumentException>(() =>
                new FaultStudy(Testbed.Of(design, network), new() { Classes = [FaultClass.SuperSpine], Pairs = [] })
            )
            .Message.ShouldContain("it has cable, ");
    }
}
