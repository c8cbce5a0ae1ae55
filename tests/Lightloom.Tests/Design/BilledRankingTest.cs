using System.Globalization;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Shouldly;

namespace Lightloom.Tests.Design;

/// <summary>What backends are ranked by, held against the bills of the designs that they become.</summary>
public sealed class BilledRankingTest
{
    /// <summary>How far an estimate with measured lengths may be from the bill, as docs/models/choice.md states it.</summary>
    private const double Tolerance = 0.05;

    /// <summary>How far one with assumed lengths may be.</summary>
    private const double Rough = 0.2;

    /// <summary>How many of the ranking are designed each by itself.</summary>
    private const int Next = 8;

    /// <summary>A bill may be less by so much: those of a number of planes and tiers of which one was billed go by their estimates.</summary>
    private const double Close = 0.005;

    private const string BackendAlone = "\nfrontend: {enabled: false}\noob: {enabled: false}";

    private static ClusterSpec Read(string body)
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = SpecReader.Read("lightloom: 1\nname: x\n" + body + "\n", "x.yaml", Catalogue.Default, diagnostics);
        diagnostics.Where(d => d.Severity == Severity.Error).ShouldBeEmpty();
        return spec!;
    }

    private static ClusterDesign Design(string body)
    {
        DiagnosticBag diagnostics = new();
        ClusterDesign? design = Designer.Design(Read(body), diagnostics);
        design.ShouldNotBeNull(string.Join('\n', diagnostics.Where(d => d.Severity == Severity.Error)));
        return design;
    }

    // One leaf serves them all: the other leaf of the list makes a candidate that differs from the first in nothing but its switch.
    [Theory]
    [InlineData("nvidia-sn5610", "celestica-ds5000")]
    [InlineData("celestica-ds5000", "nvidia-sn5610")]
    public void The_first_of_several_leaves_is_built_where_it_becomes_a_design(string first, string second)
    {
        ClusterDesign design = Design(
            $"pools: [{{name: a, node: dgx-h100, nodes: 8}}]\nbackend: {{leaf: [{first}, {second}]}}{BackendAlone}"
        );
        design.Network.Groups.Single(g => g.Tier == Tier.Leaf).Switch!.Id.ShouldBe(first);
    }

    [Theory]
    [InlineData("pools: [{name: a, node: dgx-h100, nodes: 16}]\nbackend: {switch: nvidia-sn5610}")]
    [InlineData("pools: [{name: a, node: dgx-h100, nodes: 64}]\nbackend: {switch: nvidia-qm9700}")]
    [InlineData("pools: [{name: a, node: dgx-h100, nodes: 256}]\nbackend: {switch: edgecore-as9817-64o, planes: 2}")]
    [InlineData("pools: [{name: a, node: dgx-b300, nodes: 64}]\nbackend: {switch: nvidia-q3400-ra}")]
    [InlineData("pools: [{name: a, node: dgx-b300, nodes: 64}]\nbackend: {switch: nvidia-q3450-ld}")]
    [InlineData("pools: [{name: a, node: dgx-b300, nodes: 128}]\nbackend: {switch: asterfusion-cx864e-n, planes: 8}")]
    [InlineData("pools: [{name: a, node: mi300x-8, nodes: 200}]\nbackend: {switch: celestica-ds5000, oversubscription: {leaf: 2}}")]
    [InlineData("pools: [{name: a, node: gb300-nvl72, nodes: 12}]\nbackend: {switch: nvidia-q3400-ra}")]
    [InlineData("pools: [{name: a, node: dgx-h100, nodes: 1024}]\nbackend: {switch: nvidia-sn5610, plane_layout: rail, planes: 8}")]
    [InlineData("pools: [{name: a, node: dgx-h100, nodes: 40}]\nbackend: {switch: nvidia-sn5610}\nexisting: {nvidia-sn5610: {count: 2}}")]
    public void The_estimate_of_a_backend_is_what_its_bill_comes_to(string body)
    {
        ClusterDesign design = Design(body + BackendAlone);
        Alternative chosen = design.Alternatives.Single(a => a.Chosen);
        double bill = design.Bill.Estimate.Total.Dollars;
        (chosen.EstimatedUsd / bill).ShouldBeInRange(1 - Tolerance, 1 + Tolerance, Say(chosen, bill));
        (chosen.EstimatedWatts / design.Bill.NetworkPowerTypical.Watts).ShouldBeInRange(
            1 - Tolerance,
            1 + Tolerance,
            Say(chosen, bill) + $" {chosen.EstimatedWatts} W of {design.Bill.NetworkPowerTypical}"
        );

        // Before anything is placed lengths are assumed: copper may be taken for optics and the other way round.
        Alternative sized = Designer.Size(Read(body + BackendAlone), everything: false, new()).First(a => a.Feasible);
        (sized.EstimatedUsd / bill).ShouldBeInRange(1 - Rough, 1 + Rough, Say(sized, bill));
    }

    [Theory]
    [InlineData("pools: [{name: a, node: dgx-b300, nodes: 64}]")]
    [InlineData("pools: [{name: a, node: dgx-b300, nodes: 40}]\nbackend: {planes: auto, paradigm: auto}")]
    [InlineData("pools: [{name: a, node: dgx-h100, nodes: 16}]\nbackend: {planes: auto, paradigm: auto}")]
    [InlineData("pools: [{name: a, node: dgx-h100, nodes: 100}]\nbackend: {planes: auto}")]
    [InlineData("pools: [{name: a, node: mi300x-8, nodes: 48}]\nbackend: {planes: auto, paradigm: auto}")]
    [InlineData("pools: [{name: a, node: dgx-b200, nodes: 32}]\nobjectives: {availability: announced}")]
    public void The_backend_that_is_built_has_the_least_bill_of_those_ranked_next(string body)
    {
        ClusterDesign design = Design(body + BackendAlone);
        double built = design.Bill.Estimate.Total.Dollars;
        string file = "lightloom: 1\nname: x\n" + body + BackendAlone + "\n";
        // Of those alike but for their makers' names, one.
        IEnumerable<Alternative> next = design
            .Alternatives.Where(a => a is { Feasible: true, NotSold: "" })
            .DistinctBy(a => (a.PlaneLayout, a.Planes, a.Tiers, a.Switches, Math.Round(a.EstimatedUsd)))
            .Take(Next);
        int compared = 0;
        foreach (Alternative a in next)
        {
            ClusterSpec spec = Read(body + BackendAlone);
            ClusterSpec? adopted = SpecReader.Read(Adoption.FileOf(spec, file, a)!, "x.yaml", Catalogue.Default, new());
            DiagnosticBag diagnostics = new();
            if (Designer.Design(adopted!, diagnostics) is { } other)
            {
                double bill = other.Bill.Estimate.Total.Dollars;
                bill.ShouldBeGreaterThanOrEqualTo(built * (1 - Close), Say(a, bill));
                compared++;
            }
        }

        compared.ShouldBeGreaterThan(1);
    }

    private static string Say(Alternative a, double bill) =>
        string.Create(CultureInfo.InvariantCulture, $"{a.Leaf}: {a.EstimatedUsd:#,0} estimated, {bill:#,0} billed");
}
