using Lightloom.Design;
using Lightloom.Experiments.Compare;
using Lightloom.Simulation.Model;
using Lightloom.Spec;

namespace Lightloom.Experiments.Tests.Compare;

public class ComparerTest
{
    private static readonly CompareOptions Small = new CompareOptions { Bytes = 256 << 10, Ecmp = true }.Quick() with
    {
        Bytes = 64 << 10,
        Threads = 2,
    };
    private static readonly Lazy<Comparison> Both = new(() =>
        Comparer.Run(Contender.Paradigms(Cluster.Design("backend: {planes: 1}").Spec), Small)
    );

    [Fact]
    public void BothParadigmsOfOneFileCarryTheSameXpusAndTheSameFlows()
    {
        Comparison both = Both.Value;
        both.Contenders.Select(c => c.Figures!.Paradigm).ShouldBe([Paradigm.EndpointScheduled, Paradigm.SwitchScheduled]);
        both.Contenders.Select(c => c.Figures!.Xpus).ShouldBe([64, 64]);
        both.Columns.Select(c => c.Label).ShouldBe(["endpoint-scheduled", "under ECMP", "switch-scheduled"]);
        both.Scenarios.Count.ShouldBe(Scenario.All.Count);
        for (int s = 0; s < both.Scenarios.Count; s++)
        {
            double[] bounds = [.. both.Outcomes.Select(o => o[s]).Where(o => o.Reason.Length == 0).Select(o => o.BoundUs)];
            bounds.Distinct().Count().ShouldBeLessThanOrEqualTo(1, both.Scenarios[s].Key);
            // Nothing beats the closed form.
            both.Outcomes.Select(o => o[s]).Where(o => o.IsGood).ShouldAllBe(o => o.TimeUs >= o.BoundUs);
        }
    }

    /// <summary>"In 0.02 of its time" left a reader to invert it.</summary>
    [Fact]
    public void DifferencesAreSaidAsSoonerLaterOrTimesAndNotAsSharesOfATime()
    {
        string ecmp = Both.Value.Verdict.Single(s => s.StartsWith("Against that ECMP network", StringComparison.Ordinal));
        ecmp.ShouldMatch("(sooner|later|times as fast|times the time|in the same time)");
        Both.Value.Verdict.ShouldAllBe(s => !s.Contains("of its time") && !s.Contains("of the time"));
    }

    [Fact]
    public void ThreadsDoNotChangeAnyResult()
    {
        CompareOptions options = Small with { Scenarios = ["permutation", "all-reduce-ring", "two-jobs", "two-pools-all-reduce-by-rate"] };
        IReadOnlyList<Contender> contenders = Both.Value.Contenders;
        Comparison one = Comparer.Run(contenders, options with { Threads = 1 }),
            four = Comparer.Run(contenders, options with { Threads = 4 });
        Hashes(one).ShouldBe(Hashes(four));
        one.Verdict.ShouldBe(four.Verdict);
    }

    [Fact]
    public void ACellFabricLosesNothingInAnIncastAndEcmpIsNeverTheFasterOfTheTwo()
    {
        Comparison both = Both.Value;
        both.OutcomeOf(2, "incast")!.Lost.ShouldBe(0);
        both.OutcomeOf(2, "incast")!.Trimmed.ShouldBe(0);
        both.OutcomeOf(1, "permutation")!.TimeUs.ShouldBeGreaterThanOrEqualTo(both.OutcomeOf(0, "permutation")!.TimeUs);
    }

    [Fact]
    public void WhatAParadigmCannotBuildIsShownWithItsReason()
    {
        // No cell fabric of the catalogue speaks lanes of 25G.
        ClusterDesign design = Cluster.Read(
            """
            lightloom: 1
            name: odd
            pools: [{name: train, node: my-node, nodes: 8}]
            backend: {switch: nvidia-sn4600c}
            frontend: {enabled: false}
            catalog:
              nodes:
                my-node: {xpus: 8, backend: {nics: 8, rate_gbps: 100, lanes: 4, form_factor: qsfp28}, power_w: 10200, rack_units: 8}
            """
        );
        IReadOnlyList<Contender> both = Contender.Paradigms(design.Spec, keepSwitches: true);
        both[0].Design.ShouldNotBeNull();
        both[1].Design.ShouldBeNull();
        both[1].Reason.ShouldContain("no backend is feasible");
        Comparison comparison = Comparer.Run(both, Small with { Scenarios = ["permutation"] });
        comparison.Verdict[0].ShouldStartWith("There is no switch-scheduled design: no backend is feasible");
        comparison.Columns.Count.ShouldBe(2);
    }

    [Fact]
    public void ALimitDoesNotChooseButIsSaid()
    {
        IReadOnlyList<Contender> both = Contender.Paradigms(
            Cluster.Design("objectives: {limits: {racks: 100}}").Spec with
            {
                Objectives = new() { Limits = new() { Racks = 1 } },
            }
        );
        both.ShouldAllBe(c => c.Design != null);
        both[0].Figures!.BrokenLimits.ShouldHaveSingleItem().ShouldContain("racks, above the limit of 1");
    }

    // A file of NSCC cards was compared with its own cards under credits, and called that the paradigm of cards that know nothing.
    [Theory]
    [InlineData("endpoint-scheduled", "transport: swift, load_balancing: reps", "swift", "reps", "roce", "ecmp")]
    [InlineData("switch-scheduled", "transport: dcqcn, load_balancing: switch-rr", "nscc", "oblivious", "dcqcn", "switch-rr")]
    [InlineData("endpoint-scheduled", "planes: 1", "nscc", "oblivious", "roce", "ecmp")]
    public void TransportAndLoadBalancingOfAFileHoldForTheParadigmThatItNames(
        string paradigm,
        string named,
        string endpointTransport,
        string endpointBalancing,
        string switchTransport,
        string switchBalancing
    )
    {
        IReadOnlyList<Contender> both = Contender.Paradigms(Cluster.Design($"backend: {{paradigm: {paradigm}, {named}}}").Spec);
        var chosen = both.Select(c => new EngineChoices().On(Testbed.Of(c.Design!))).Select(o => (o.Transport, o.LoadBalancing)).ToList();
        chosen.ShouldBe([(endpointTransport, endpointBalancing), (switchTransport, switchBalancing)]);
        both.Count(c => c.Notes.Any(n => n.Contains("belong to the file's own paradigm", StringComparison.Ordinal)))
            .ShouldBe(named.StartsWith("planes", StringComparison.Ordinal) ? 0 : 1);
    }

    private static Contender Of(string backend, int nodes = 4, int nics = 8, string more = "") =>
        Contender.Of(
            Cluster
                .Read(
                    $$"""
                    lightloom: 1
                    name: n{{nodes}}-{{nics}}
                    pools: [{name: train, node: my-node, nodes: {{nodes}}}]
                    backend: {{backend}}
                    frontend: {enabled: false}
                    oob: {enabled: false}
                    {{more}}
                    catalog:
                      nodes:
                        my-node: {xpus: 8, backend: {nics: {{nics}}, rate_gbps: 400}, power_w: 10200, rack_units: 8}
                    """
                )
                .Spec,
            $"n{nodes}-{nics}",
            new(),
            null,
            default
        );

    [Fact]
    public void XpusThatShareACardSendAsMuchAsThoseThatDoNot()
    {
        Comparison c = Comparer.Run(
            [Of("{planes: 1}"), Of("{planes: 1}", nics: 4)],
            Small with
            {
                Ecmp = false,
                Scenarios = ["permutation", "all-to-all"],
            }
        );
        c.OutcomeOf(1, "permutation")!.BoundUs.ShouldBe(2 * c.OutcomeOf(0, "permutation")!.BoundUs, 1e-9);
        c.OutcomeOf(1, "permutation")!.TimeUs.ShouldBeGreaterThan(c.OutcomeOf(0, "permutation")!.TimeUs);
        c.OutcomeOf(1, "all-to-all")!.BoundUs.ShouldBeGreaterThan(1.5 * c.OutcomeOf(0, "all-to-all")!.BoundUs);
        c.OutcomeOf(1, "permutation")!.Note.ShouldContain("2 XPUs share a card");
    }

    [Fact]
    public void ClustersOfDifferentSizesAreHeldAgainstEachOtherByTheXpu()
    {
        Comparison c = Comparer.Run([Of("{planes: 1}", nodes: 8), Of("{planes: 1}", nodes: 4)], Small with { StaticOnly = true });
        double before = c.Contenders[0].Figures!.Power.Watts / 64,
            after = c.Contenders[1].Figures!.Power.Watts / 32;
        c.Verdict.ShouldContain(s => s.Contains(FormattableString.Invariant($"{after:0.#} W against {before:0.#} W an XPU")));
        c.Verdict.ShouldContain(s => s.Contains("an XPU") && (s.Contains("costs") || s.Contains("bills")));
    }

    [Fact]
    public void TwoRatesAreAmongThoseWhoTakePartOrTheRowSaysWhyNot()
    {
        Comparison half = Comparer.Run(
            [Of("{planes: 1}", nodes: 8)],
            Small with
            {
                Ecmp = false,
                Xpus = 16,
                Scenarios = ["two-pools-by-rate"],
            }
        );
        half.OutcomeOf(0, "two-pools")!.BoundUs.ShouldBeGreaterThan(1.2 * half.OutcomeOf(0, "two-pools-by-rate")!.BoundUs);
        Comparison one = Comparer.Run([Of("{planes: 1}", nodes: 1)], Small with { Ecmp = false });
        one.OutcomeOf(0, "two-pools")!.Reason.ShouldBe("one node has cards of one rate");
        one.Verdict.ShouldNotContain(s => s.Contains("two NIC rates"));
    }

    [Fact]
    public void WhatCannotRunOnADesignHasItsReasonInsteadOfFigures()
    {
        Comparison c = Comparer.Run(
            [Of("{planes: 1}"), Of("{planes: 8, plane_layout: rail}")],
            Small with
            {
                Ecmp = false,
                Scenarios = ["all-to-all", "permutation"],
            }
        );
        c.OutcomeOf(0, "all-to-all")!.IsGood.ShouldBeTrue();
        c.OutcomeOf(1, "all-to-all")!.Reason.ShouldStartWith("rail planes are never joined");
        c.OutcomeOf(1, "all-to-all")!.Reason.ShouldNotContain("Parameter");
        Comparison few = Comparer.Run([Of("{planes: 1}")], Small with { Ecmp = false, Xpus = 2 });
        few.OutcomeOf(0, "one-job")!.Reason.ShouldBe("too few network cards for two jobs");
        Comparer
            .Run([Of("{planes: 1}", nics: 4)], Small with { Xpus = 2, Scenarios = ["permutation"] })
            .OutcomeOf(0, "permutation")!
            .Reason.ShouldContain("nobody to send to");
    }

    private static string[] Hashes(Comparison comparison) => [.. comparison.Outcomes.SelectMany(o => o).SelectMany(o => o.ResultHashes)];

    [Fact]
    public void More_XPUs_than_the_smallest_design_has_are_refused_whoever_asks() =>
        Should
            .Throw<RefusedException>(() => Comparer.Run([Of("{planes: 1}")], Small with { Xpus = 1_000_000 }))
            .Message.ShouldContain("of the smallest design");
}
