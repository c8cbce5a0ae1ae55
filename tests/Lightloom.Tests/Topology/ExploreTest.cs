using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Shouldly;

namespace Lightloom.Tests.Topology;

/// <summary>What <c>explore</c> shows, held against the definition of a Pareto front and against what can really be built.</summary>
public sealed class ExploreTest
{
    public static TheoryData<string> Clusters =>
        [
            "pools: [{name: a, node: dgx-h100, nodes: 64}]",
            "pools: [{name: a, node: dgx-b200, nodes: 200}]\nobjectives: {minimize: power}",
            "pools: [{name: a, node: dgx-h100, nodes: 1024}]\nbackend: {oversubscription: {leaf: 2}}\nobjectives: {minimize: latency}",
            "pools: [{name: a, node: dgx-h100, nodes: 30}, {name: b, node: dgx-b200, nodes: 12}]",
            "pools: [{name: a, node: dgx-h100, nodes: 96}]\nbackend: {switch: nvidia-sn5600}",
        ];

    private static ClusterSpec Read(string body)
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = SpecReader.Read("lightloom: 1\nname: x\n" + body + "\n", "x.yaml", Catalogue.Default, diagnostics);
        diagnostics.Where(d => d.Severity == Severity.Error).ShouldBeEmpty();
        return spec!;
    }

    private static IReadOnlyList<Alternative> Explore(string body)
    {
        DiagnosticBag diagnostics = new();
        IReadOnlyList<Alternative> all = Designer.Explore(Read(body), diagnostics);
        diagnostics.HasErrors.ShouldBeFalse();
        all.Count.ShouldBeGreaterThan(5);
        return all;
    }

    // At least as good in cost, power and hops, and better in one.
    private static bool Dominates(Alternative a, Alternative b) =>
        a.EstimatedUsd <= b.EstimatedUsd
        && a.EstimatedWatts <= b.EstimatedWatts
        && a.LongestHops <= b.LongestHops
        && (a.EstimatedUsd < b.EstimatedUsd || a.EstimatedWatts < b.EstimatedWatts || a.LongestHops < b.LongestHops);

    private static bool Equal(Alternative a, Alternative b) =>
        (a.EstimatedUsd, a.EstimatedWatts, a.LongestHops) == (b.EstimatedUsd, b.EstimatedWatts, b.LongestHops);

    [Theory]
    [MemberData(nameof(Clusters))]
    public void The_front_is_what_nothing_dominates_with_one_of_each_equals(string body)
    {
        List<Alternative> feasible = [.. Explore(body).Where(a => a.Feasible)];
        List<Alternative> front = [.. feasible.Where(a => a.Pareto)];
        front.ShouldNotBeEmpty();
        foreach (Alternative a in feasible)
        {
            bool dominated = feasible.Any(b => Dominates(b, a));
            if (a.Pareto)
            {
                dominated.ShouldBeFalse($"{a} is on the front");
                front.Count(b => Equal(a, b)).ShouldBe(1);
            }
            else
            {
                (dominated || front.Any(b => Equal(a, b))).ShouldBeTrue($"{a} is not on the front");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public void Every_alternative_has_a_reason_and_exactly_one_is_chosen_the_best_by_the_objective(string body)
    {
        ClusterSpec spec = Read(body);
        IReadOnlyList<Alternative> all = Explore(body);
        all.ShouldAllBe(a => a.Reason.Length > 10 && !a.Reason.EndsWith('.'));
        all.Where(a => !a.Feasible).ShouldAllBe(a => !a.Pareto && !a.Chosen && a.Switches == 0);
        Alternative chosen = all.Single(a => a.Chosen);
        double Measure(Alternative a) =>
            spec.Objectives.Minimize switch
            {
                DesignObjective.Power => a.EstimatedWatts,
                DesignObjective.Latency => a.LongestHops,
                _ => a.EstimatedUsd,
            };
        // Of those that are sold, where there are any.
        Alternative[] feasible = [.. all.Where(a => a.Feasible)];
        Alternative[] sold = [.. feasible.Where(a => a.NotSold.Length == 0)];
        Measure(chosen).ShouldBe((sold.Length > 0 ? sold : feasible).Min(Measure));
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public void Each_feasible_one_can_be_drawn_with_the_switches_and_links_that_it_shows(string body)
    {
        ClusterSpec spec = Read(body);
        DiagnosticBag diagnostics = new();
        List<PoolNodes> pools = PoolReader.Read(spec, diagnostics)!;
        List<BackendCandidate> all = BackendSearch.Run(spec, pools, everything: true);
        IReadOnlyList<FrontendPlan> frontends = FrontendPlanner.Plans(spec, NodeNetwork.Frontend(spec), pools, null, diagnostics);
        NetworkChoices choices = new(spec, pools, all, frontends, [], ManagementParts.Choices(spec, null, diagnostics));
        // All shapes, and of each a few of the switches that it can be built with.
        IEnumerable<BackendCandidate> some = all.Where(c => c.Plan is not null)
            .GroupBy(c => (c.Alternative.Paradigm, c.Alternative.PlaneLayout, c.Alternative.Planes, c.Alternative.Tiers))
            .SelectMany(g => g.Take(4));
        int drawn = 0;
        foreach (BackendCandidate candidate in some)
        {
            Network? network = NetworkBuilder.Draw(choices, choices.FirstWith(candidate), new());
            network.ShouldNotBeNull();
            NetworkAudit.FirstFault(network).ShouldBeNull(candidate.Alternative.ToString());
            Fabric backend = network.Fabrics.Single(f => f.Role == FabricRole.Backend);
            backend.LinkClasses.Sum(c => (long)c.Links.Length).ShouldBe(candidate.Alternative.Links);
            network
                .Groups.Where(g => !g.IsNode && g.Fabric == FabricRole.Backend)
                .Sum(g => (long)g.Count)
                .ShouldBe(candidate.Alternative.Switches);
            drawn++;
        }

        drawn.ShouldBeGreaterThan(3);
    }

    [Fact]
    public void A_named_switch_is_kept_for_its_paradigm_and_the_other_paradigm_is_still_explored()
    {
        IReadOnlyList<Alternative> all = Explore("pools: [{name: a, node: dgx-h100, nodes: 96}]\nbackend: {switch: nvidia-sn5600}");
        all.Where(a => a.Paradigm == Paradigm.EndpointScheduled).ShouldAllBe(a => a.Leaf == "nvidia-sn5600" && a.Spine == "nvidia-sn5600");
        all.ShouldContain(a => a.Paradigm == Paradigm.SwitchScheduled);
    }
}
