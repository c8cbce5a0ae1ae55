using System.Globalization;
using System.Text.RegularExpressions;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Keys;
using Lightloom.Spec;
using Lightloom.Topology;
using Shouldly;

namespace Lightloom.Tests.Design;

/// <summary>Several limits at once: what is nearest in each, what works together, and what is said of the design that keeps them.</summary>
public sealed partial class SeveralLimitsTest
{
    private static ClusterSpec Read(string objectives)
    {
        DiagnosticBag diagnostics = new();
        string text = $$"""
            lightloom: 1
            name: limits
            pools: [{name: train, node: dgx-h100, nodes: 32}]
            objectives: {{objectives}}
            """;
        ClusterSpec? spec = SpecReader.Read(text, "limits.yaml", Catalogue.Default, diagnostics);
        return spec.ShouldNotBeNull(string.Join("\n", diagnostics.Select(d => d.Message)));
    }

    [GeneratedRegex(@"network_power_kw: the closest has ([0-9.,]+) kW")]
    private static partial Regex ClosestPower();

    [GeneratedRegex(@"it works with objectives\.limits: (\{[^}]*\})")]
    private static partial Regex Together();

    private static string Refusal(string limits, string id)
    {
        DiagnosticBag diagnostics = new();
        Designer.Design(Read("{limits: " + limits + "}"), diagnostics).ShouldBeNull();
        Diagnostic said = diagnostics.Single(d => d.Id == id);
        said.Mark.ShouldNotBeNull();
        return said.Message;
    }

    // A limit on latency that nothing keeps must not decide which design is called the nearest in power.
    [Fact]
    public void The_nearest_in_one_limit_does_not_depend_on_the_others()
    {
        double alone = double.Parse(
            ClosestPower().Match(Refusal("{network_power_kw: 1}", "LL7902")).Groups[1].Value,
            CultureInfo.InvariantCulture
        );
        double beside = double.Parse(
            ClosestPower().Match(Refusal("{network_power_kw: 1, latency_us: 0.1}", "LL7902")).Groups[1].Value,
            CultureInfo.InvariantCulture
        );
        // Of choices that are expected alike within a thousandth not all are carried through.
        beside.ShouldBe(alone, alone * 0.001);

        // It is reached, and the design of least power by estimate does not undercut it.
        string limit = string.Create(
            CultureInfo.InvariantCulture,
            $"{{minimize: power, limits: {{network_power_kw: {alone + 0.001:0.000}}}}}"
        );
        Designer.Design(Read(limit), new()).ShouldNotBeNull();
        ClusterDesign coolest = Designer.Design(Read("{minimize: power}"), new()).ShouldNotBeNull();
        alone.ShouldBeLessThanOrEqualTo(coolest.Bill.NetworkPowerTypical.Kilowatts + 0.001);
    }

    [Fact]
    public void Values_are_named_that_a_design_keeps_together()
    {
        string limits = Together().Match(Refusal("{network_power_kw: 1, racks: 9, latency_us: 0.1}", "LL7902")).Groups[1].Value;
        ClusterDesign design = Designer.Design(Read("{limits: " + limits + "}"), new()).ShouldNotBeNull(limits);
        LimitValues.Of(design.Bill, design.Latency).Excess(design.Spec.Objectives.Limits).ShouldBe(1);
    }

    // Two switches that differ in power and in how long they take, the hot one cheap.
    private static ClusterSpec OfTwo(string objectives)
    {
        DiagnosticBag diagnostics = new();
        string text = $$"""
            lightloom: 1
            name: two
            pools: [{name: train, node: dgx-h100, nodes: 64}]
            frontend: {switch: nvidia-sn5600}
            objectives: {{objectives}}
            prices: {hot: 1000, cool: 50000}
            catalog:
              switches:
                hot: {cages: 64, rate_gbps: 800, breakouts: [1x800, 2x400], rack_units: 2, power_w: 3000, latency_ns: 300}
                cool: {cages: 64, rate_gbps: 800, breakouts: [1x800, 2x400], rack_units: 2, power_w: 300, latency_ns: 3000}
            """;
        ClusterSpec? spec = SpecReader.Read(text, "two.yaml", Catalogue.Default, diagnostics);
        return spec.ShouldNotBeNull(string.Join("\n", diagnostics.Select(d => d.Message)));
    }

    // With every other switch far hotter than either limit, only the pair of them is impossible: neither may be called so.
    [Fact]
    public void Limits_that_can_be_kept_one_by_one_are_refused_as_a_pair()
    {
        ClusterDesign cool = Designer.Design(OfTwo("{minimize: power}"), new()).ShouldNotBeNull();
        string power = string.Create(
            CultureInfo.InvariantCulture,
            $"network_power_kw: {cool.Bill.NetworkPowerTypical.Kilowatts + 0.001:0.000}"
        );
        const string Latency = "latency_us: 3.6";
        Designer.Design(OfTwo($"{{limits: {{{power}}}}}"), new()).ShouldNotBeNull(power);
        Designer.Design(OfTwo($"{{limits: {{{Latency}}}}}"), new()).ShouldNotBeNull(Latency);

        DiagnosticBag diagnostics = new();
        Designer.Design(OfTwo($"{{limits: {{{power}, {Latency}}}}}"), diagnostics).ShouldBeNull();
        Diagnostic[] errors = [.. diagnostics.Where(d => d.Severity == Severity.Error)];
        errors.ShouldNotBeEmpty();
        errors.ShouldAllBe(d => d.Message.Contains("and the other limits"));
        string together = Together().Match(errors[0].Message).Groups[1].Value;
        Designer.Design(OfTwo("{limits: " + together + "}"), new()).ShouldNotBeNull(together);
    }

    [Fact]
    public void The_design_that_is_built_is_never_said_to_be_dearer_than_itself()
    {
        ClusterDesign cool = Designer.Design(OfTwo("{minimize: power}"), new()).ShouldNotBeNull();
        string power = string.Create(
            CultureInfo.InvariantCulture,
            $"network_power_kw: {cool.Bill.NetworkPowerTypical.Kilowatts + 0.001:0.000}"
        );
        ClusterDesign design = Designer.Design(OfTwo($"{{limits: {{{power}}}}}"), new()).ShouldNotBeNull();
        Alternative chosen = design.Alternatives.Single(a => a.Chosen);
        chosen.Leaf.ShouldBe("cool");
        chosen.Reason.ShouldNotContain("chosen one");
        Alternative cheaper = design.Alternatives.First(a => a is { Leaf: "hot", Spine: "hot" });
        cheaper.EstimatedUsd.ShouldBeLessThan(chosen.EstimatedUsd);
        cheaper.Reason.ShouldContain("network_power_kw");
        design
            .Alternatives.Where(a => a.Reason.StartsWith("cost ", StringComparison.Ordinal) && a.Feasible)
            .ShouldAllBe(a => a.EstimatedUsd > chosen.EstimatedUsd);
    }

    [Theory]
    [InlineData("{network_power_kw: 1, racks: 40, latency_us: 0.1}")]
    [InlineData("{capex_usd: 10}")]
    [InlineData("{network_power_kw: 17}")]
    [InlineData("{}")]
    public void Explore_calls_best_only_what_design_accepts(string limits)
    {
        ClusterSpec spec = Read("{limits: " + limits + "}");
        IReadOnlyList<Alternative> all = Designer.Explore(spec, new());
        all.ShouldNotBeEmpty();
        all.ShouldAllBe(a => !(a.Chosen || a.Pareto) || (a.Proven && a.Feasible));
        bool designs =
            Designer.Design(spec with { Backend = spec.Backend with { Planes = AutoInt.Auto, Paradigm = Paradigm.Auto } }, new())
            is not null;
        if (designs)
        {
            all[0].Chosen.ShouldBeTrue();
        }

        if (!all.Any(a => a.Chosen))
        {
            all.ShouldAllBe(a => !a.Feasible);
            all.ShouldAllBe(a => !a.Reason.Contains("0 others"));
        }
    }
}
