using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Experiments.Faults;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Training.Choosing;
using Lightloom.Training.Plans;
using Lightloom.Training.Studies;

namespace Lightloom.Training.Tests.Choosing;

public sealed class WorkloadChooserTest
{
    private const string Cluster = """
        lightloom: 1
        name: small
        pools: [{name: train, node: dgx-h100, nodes: 16}]
        workload:
          model: gpt3-175b
          parallelism: {tp: 8, pp: 8, dp: auto, vpp: 6}
          global_batch: 128
          stack: megatron-core-2024
        """;

    private static readonly Lazy<WorkloadChoice> Choice = new(() => Run(Cluster, 12, new()).ShouldNotBeNull());

    private static WorkloadChoice? Run(string text, int most, DiagnosticBag said)
    {
        ClusterSpec spec = SpecReader.Read(text, "small.yaml", Catalogue.Default, said).ShouldNotBeNull(string.Join("\n", said));
        Exploration exploration = Designer.Open(spec, said).ShouldNotBeNull();
        return WorkloadChooser.Run(
            exploration,
            (cluster, bag) => BriefReader.Read(spec, new TrainingRequest(), cluster, bag),
            new GoodputOptions(),
            "closed-form",
            most,
            said,
            CancellationToken.None
        );
    }

    [Fact]
    public void Nothing_on_the_front_is_beaten_and_everything_off_it_is()
    {
        ScoredDesign[] scored = [.. Choice.Value.Designs.Where(d => d.Score is not null)];
        scored.Length.ShouldBeGreaterThan(3);
        // By the raw figures, with the half of a last digit that rounding may hide.
        bool Beats(DesignScore a, DesignScore b, double slack) =>
            a.Usd <= b.Usd * (1 + slack)
            && a.Watts <= b.Watts * (1 + slack)
            && a.Step.Step <= b.Step.Step * (1 + slack)
            && a.Goodput.Share >= b.Goodput.Share - (slack / 50);
        foreach (ScoredDesign d in scored.Where(d => !d.OnFront))
        {
            scored.Any(o => o.OnFront && Beats(o.Score!, d.Score!, 0.0101)).ShouldBeTrue($"design {d.Number}: {d.Reason}");
        }

        foreach (ScoredDesign d in scored.Where(d => d.OnFront))
        {
            scored
                .Where(o => o.Number != d.Number)
                .Any(o => Beats(o.Score!, d.Score!, -0.0101) && o.Score!.Goodput.Share > d.Score!.Goodput.Share + 2e-4)
                .ShouldBeFalse($"design {d.Number}");
        }
    }

    [Fact]
    public void The_cost_of_tokens_is_price_and_energy_over_the_tokens_that_the_month_study_counts()
    {
        // GoodputStudy counts the tokens of a month itself; the score works them out from rates, so that these may be changed.
        foreach (ScoredDesign d in Choice.Value.Designs.Where(d => d.IsTimed))
        {
            DesignScore s = d.Score!;
            double dollars = (s.Usd / (s.Years * 12)) + ((s.Watts + s.OtherWatts) / 1000 * s.Pue * 730.5 * s.TariffUsdPerKwh);
            s.UsdPerMillionTokens.ShouldBe(dollars / (s.Goodput.TokensPerMonth / 1e6), s.UsdPerMillionTokens * 1e-9);
        }
    }

    [Fact]
    public void The_winners_tokens_cost_least_and_a_free_network_leaves_energy_alone()
    {
        ScoredDesign winner = Choice.Value.Winner;
        winner.IsTimed.ShouldBeTrue();
        foreach (ScoredDesign d in Choice.Value.Designs.Where(d => d.Score is not null))
        {
            d.Score!.UsdPerMillionTokens.ShouldBeGreaterThanOrEqualTo(winner.Score!.UsdPerMillionTokens * 0.9989);
        }

        DesignScore s = winner.Score!;
        double free = s.Weighed(new() { Price = 0 }),
            doubled = s.Weighed(new() { Price = 0, Tariff = 2 });
        doubled.ShouldBe(2 * free, free * 1e-9);
        s.Weighed(new() { Tariff = 0, Years = 2 }).ShouldBe(s.Weighed(new() { Tariff = 0 }) / 2, free * 1e-9);
    }

    [Fact]
    public void Every_assumption_is_tried_both_ways_and_a_change_is_a_gain()
    {
        WorkloadChoice choice = Choice.Value;
        choice.Sensitivities.GroupBy(s => s.Assumption).ShouldAllBe(g => g.Select(s => s.Factor).SequenceEqual(new[] { 0.8, 1.2 }));
        choice.Sensitivities.ShouldAllBe(s => s.Winner == choice.Winner.Number ? s.Gain == 0 : s.Gain > 0);
        choice.Designs.ShouldAllBe(d => d.Reason.Length > 0);
    }

    [Fact]
    public void A_job_that_does_not_run_is_refused_in_its_own_words()
    {
        DiagnosticBag said = new();
        Run(Cluster.Replace("gpt3-175b", "gpt3-175x", StringComparison.Ordinal), 4, said).ShouldBeNull();
        said.First(d => d.Severity == Severity.Error).Id.ShouldBe(TrainingProblem.UnknownModel);
    }
}
