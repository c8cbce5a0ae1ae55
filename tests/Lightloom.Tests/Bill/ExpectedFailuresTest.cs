using System.Collections.Immutable;
using Lightloom.Bill;
using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Tests.Bill;

public class ExpectedFailuresTest
{
    /// <summary>A Julian year in hours.</summary>
    private const double Year = 365.25 * 24;

    [Fact]
    public void Failures_a_year_are_the_hours_of_a_year_over_the_mean_time_between_failures_for_every_part()
    {
        FailureClass modules = Of("dr8-800g", cables: 500, modules: 1000).Single(f => f.Name == "module dr8-800g");

        double mtbf = Catalogue.Default.Fact("mtbf-pluggable-h").Value;
        modules.PerYear.ShouldNotBeNull().ShouldBe(1000 * Year / mtbf, 1e-9);
    }

    [Fact]
    public void An_active_optical_cable_fails_as_often_as_the_two_modules_that_it_replaces()
    {
        double pair = Of("dr8-800g", cables: 500, modules: 1000).Single(f => f.Name == "module dr8-800g").PerYear!.Value;
        double cable = Of("aoc-800g", cables: 500, modules: 0).Single().PerYear!.Value;

        cable.ShouldBe(pair, 1e-9);
    }

    [Fact]
    public void Fibre_cables_and_the_modules_at_their_ends_are_counted_apart_piece_by_piece()
    {
        // A module of two sockets takes two cords, and either may break.
        IReadOnlyList<FailureClass> failures = Of("2xdr4-800g", cables: 500, modules: 1000, cords: 1000);

        failures.Select(f => (f.Name, f.Population)).ShouldBe([("module 2xdr4-800g", 1000L), ("fibre cable", 1000L)]);
    }

    private static IReadOnlyList<FailureClass> Of(string product, int cables, long modules, long cords = 0)
    {
        InterconnectModel model = Catalogue.Default.Interconnects[product];
        var plan = new CablePlan
        {
            Products =
            [
                new LinkProduct
                {
                    Index = 0,
                    A = model,
                    Z = model,
                    Medium = Medium.Os2,
                    Reach = Length.FromMetres(500),
                    RatedReach = Length.FromMetres(500),
                    FibresPerCable = 16,
                    Breakout = new Breakout(1, model.Rate.Value),
                },
            ],
            Cables = [.. Enumerable.Repeat(new Cable(0, 9_000, 10_000, 0), cables)],
            CableOfLink = [],
            LengthOfLink = ImmutableArray<ImmutableArray<int>>.Empty,
            Diagnostics = [],
            Modules = modules == 0 ? [] : [new ModuleCount(model, new Plug(FormFactor.Osfp, ThermalType.Any), default, modules)],
        };
        var network = new Network
        {
            Groups = [],
            GroupOfDevice = [],
            UnitOfDevice = [],
            Units = [],
            Fabrics = [],
            LinkClasses = [],
            NodeCount = 0,
            XpuCount = 0,
        };
        PieceArticle[] pieces =
        [
            new()
            {
                Kind = PieceKind.Cord,
                Id = "cord",
                OrderCode = "cord@10m",
                OrderLength = Length.FromMetres(10),
                Fibres = 8,
                Quantity = cords,
            },
        ];
        return ExpectedFailures.Of(Catalogue.Default, network, plan, CableCount.ByProductAndLength(plan), pieces);
    }
}
