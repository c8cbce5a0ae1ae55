using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Tests.Design;

/// <summary>The budget's three paths against lengths sorted apart.</summary>
public class LatencyBudgetTest
{
    private static readonly Lazy<ClusterDesign> Design = new(() =>
    {
        DiagnosticBag diagnostics = new();
        string text = """
            lightloom: 1
            name: budget
            pools: [{name: train, node: dgx-h100, nodes: 127}]
            backend: {switch: nvidia-qm9700, planes: 1, scalable_unit_nodes: 32}
            """;
        ClusterSpec spec = SpecReader.Read(text, "test.yaml", Catalogue.Default, diagnostics)!;
        return Designer.Design(spec, diagnostics)!;
    });

    [Fact]
    public void The_typical_path_runs_over_the_median_cable_of_each_tier_and_the_longest_over_the_longest()
    {
        LatencyBudget budget = Design.Value.Latency.Single(b => b.Fabric == FabricRole.Backend);
        double[] hosts = Sorted(Tier.Host),
            spines = Sorted(Tier.Leaf);

        // Half of the links are as long or shorter. The budget counts centimetres.
        budget.Typical.CableMetres.ShouldBe(2 * Median(hosts) + 2 * Median(spines), 4 * 0.01);
        budget.Longest.CableMetres.ShouldBe(2 * hosts[^1] + 2 * spines[^1], 1e-9);
        budget.Shortest.CableMetres.ShouldBe(2 * hosts[0], 1e-9);

        // A median that were the shortest, the mean or the longest would be seen.
        Math.Abs(Median(hosts) - hosts.Average()).ShouldBeGreaterThan(0.05);
        Math.Abs(Median(spines) - spines.Average()).ShouldBeGreaterThan(0.05);
    }

    [Fact]
    public void Where_the_longest_cables_are_copper_the_longest_path_is_the_slowest_all_the_same()
    {
        DiagnosticBag diagnostics = new();
        string text = """
            lightloom: 1
            name: mixed
            pools:
              - {name: inf, node: dgx-h100, nodes: 13}
              - {name: amd, node: mi325x-8, nodes: 8}
            backend: {switch: arista-7060x6-64pe, planes: 1, scalable_unit_nodes: 13, oversubscription: {leaf: 3}}
            interconnect: {exclude: [sr]}
            """;
        ClusterSpec spec = SpecReader.Read(text, "test.yaml", Catalogue.Default, diagnostics)!;
        ClusterDesign design = Designer.Design(spec, diagnostics)!;
        LatencyBudget budget = design.Latency.Single(b => b.Fabric == FabricRole.Backend);
        (SimTime Time, int Length)[] hosts =
        [
            .. design
                .Network.LinkClasses.Where(c => c.Fabric == FabricRole.Backend && c.From == Tier.Host)
                .SelectMany(c => design.Cables.LengthOfLink[c.Index].Zip(design.Cables.CableOfLink[c.Index]))
                .Select(l =>
                    (LinkLatency.Of(design.Cables.Products[design.Cables.Cables[l.Second].Product], l.First, Catalogue.Default), l.First)
                ),
        ];
        hosts.MaxBy(h => h.Length).Time.ShouldBeLessThan(hosts.Max(h => h.Time), "the case must have a slower cable than the longest");
        Of(budget.Longest, "host link").Nanoseconds.ShouldBe(hosts.Max(h => h.Time).Nanoseconds, 0.001);
        Of(budget.Shortest, "host link").Nanoseconds.ShouldBe(hosts.Min(h => h.Time).Nanoseconds, 0.001);
        budget.Shortest.Total.ShouldBeLessThanOrEqualTo(budget.Typical.Total);
        budget.Typical.Total.ShouldBeLessThanOrEqualTo(budget.Longest.Total);
    }

    private static SimTime Of(LatencyPath path, string link) =>
        path.Terms.Where(t => t.Name.StartsWith(link, StringComparison.Ordinal)).Aggregate(SimTime.Zero, (sum, t) => sum + t.Each);

    private static double Median(double[] sorted) => sorted[(sorted.Length - 1) / 2];

    private static double[] Sorted(Tier from)
    {
        ClusterDesign design = Design.Value;
        return
        [
            .. design
                .Network.LinkClasses.Where(c => c.Fabric == FabricRole.Backend && c.From == from)
                .SelectMany(c => design.Cables.LengthOfLink[c.Index])
                .Select(mm => Length.FromMillimetres(mm).Metres)
                .Order(),
        ];
    }
}
