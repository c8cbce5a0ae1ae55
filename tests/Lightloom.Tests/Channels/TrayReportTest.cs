using System.Collections.Immutable;
using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Placing;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Tests.Floor;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Tests.Channels;

public class TrayReportTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(11)]
    [InlineData(17)]
    [InlineData(23)]
    public void Every_stretch_carries_the_cables_whose_route_names_it(int seed)
    {
        var random = new RandomFloor(seed);
        Placement placement = FloorPlanner.Place(random.Spec, random.Network, []);
        var router = new CableRouter(random.Spec, random.Network, placement);

        TrayReport report = Report(
            random.Spec,
            random.Network,
            placement,
            router,
            OneCableEach(random.Spec, random.Network, placement, router)
        );

        // Metres of tray taken by all cables are the metres that the routes say, up to the walls of the halls.
        double laid = report.Segments.Sum(segment => segment.Cables * segment.Length.Metres);
        double routed = 0;
        bool leavesHall = false;
        foreach (LinkClass links in random.Network.LinkClasses)
        {
            for (int i = 0; i < links.Links.Length; i++)
            {
                RouteBreakdown route = router.Explain(links, i);
                routed += route.Tray.Metres;
                leavesHall |= route.Scope > Scope.SameHall;
            }
        }

        if (leavesHall)
        {
            laid.ShouldBeLessThanOrEqualTo(routed + 0.001);
        }
        else
        {
            laid.ShouldBe(routed, 0.001);
        }
    }

    [Theory]
    [InlineData("panels_between_buildings: 2")]
    [InlineData("panels_between_buildings: 2, panels_at_racks: rack, rack: {reserved_units: 8}")]
    [InlineData("panels_between_buildings: 0")]
    public void The_parts_that_are_said_of_the_longest_cable_add_up_to_its_length(string panels)
    {
        string text =
            "lightloom: 1\nname: far\npools: [{name: t, node: dgx-h100, nodes: 16, place: [A]}]\n"
            + "services: [{name: s, node: storage-2x200, nodes: 4, place: [B]}]\n"
            + $"floor: {{{panels}, sites: [{{name: c, buildings: [{{name: A}}, {{name: B, x_m: 350}}]}}]}}\n";
        DiagnosticBag bag = new();
        ClusterDesign design =
            Designer.Design(SpecReader.Read(text, "far.yaml", Catalogue.Default, bag)!, bag)
            ?? throw new InvalidOperationException(string.Join('\n', bag));
        LongestCable longest = design.Trays.Longest!;
        longest.Route.Duct.ShouldBeGreaterThan(Length.Zero);

        // "14.2 of 419.1 m run along trays (...), 357.5 m through ..., 2.8 m between ...": all but the second are parts of the second. Each is
        // rounded to a tenth.
        string sentence = longest.Cause[(longest.Cause.LastIndexOf(';') + 1)..];
        double[] metres =
        [
            .. System
                .Text.RegularExpressions.Regex.Matches(sentence, @"([\d,]+\.\d)(?= m | of )")
                .Select(m => double.Parse(m.Value, System.Globalization.CultureInfo.InvariantCulture)),
        ];
        (metres.Sum() - metres[1]).ShouldBe(metres[1], 0.05 * metres.Length);
        metres[1].ShouldBe(longest.Route.Total.Metres, 0.051);
    }

    [Fact]
    public void The_fullest_stretch_is_named_with_its_figures()
    {
        (ClusterSpec spec, Network network, Placement placement, CableRouter router) = TwoRacks(
            cables: 60,
            new TraySpec { Width = Length.FromMillimetres(100), Depth = Length.FromMillimetres(50) }
        );

        TrayReport report = Report(spec, network, placement, router, OneCableEach(spec, network, placement, router));

        // The leaves' rack is two positions from the nodes': 60 fibre cables of 3 mm (7.069 square millimetres) above the one between, in
        // 5,000 square millimetres.
        TraySegment peak = report.PeakFill.ShouldNotBeNull();
        peak.Cables.ShouldBe(60);
        peak.Fill.ShouldBe(60 * Math.PI / 4 * 9 / 5000, 1e-4);
        peak.KilogramsPerMetre.ShouldBe(60 * 0.009, 1e-6);
        TrayReport.NameOf(placement, peak).ShouldBe("tray of row A01 above position 2");
        report.Diagnostics.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(707, null)]
    [InlineData(708, "LL5010")]
    public void A_tray_may_be_filled_to_half_its_section_as_TIA_569_has_it(int cables, string? warning)
    {
        // Round cables of 3 mm have 7.0686 square millimetres each: 707 of them fill 49.98 % of 100 mm by 100 mm, 708 fill 50.05 %.
        (ClusterSpec spec, Network network, Placement placement, CableRouter router) = TwoRacks(
            cables,
            new TraySpec { Width = Length.FromMillimetres(100), Depth = Length.FromMillimetres(100) }
        );

        TrayReport report = Report(spec, network, placement, router, OneCableEach(spec, network, placement, router));

        report.FillLimit.ShouldBe(0.5);
        report.Diagnostics.Where(d => d.Id == "LL5010").Select(d => d.Id).SingleOrDefault().ShouldBe(warning);
    }

    [Fact]
    public void A_tray_above_its_limit_is_a_warning_that_says_how_wide_it_should_be()
    {
        (ClusterSpec spec, Network network, Placement placement, CableRouter router) = TwoRacks(
            cables: 60,
            new TraySpec
            {
                Width = Length.FromMillimetres(50),
                Depth = Length.FromMillimetres(20),
                MaxFill = 0.2,
                MaxKgPerMetre = 0.5,
            }
        );

        TrayReport report = Report(spec, network, placement, router, OneCableEach(spec, network, placement, router));

        report.SegmentsOverFill.ShouldBe(1);
        report.SegmentsOverWeight.ShouldBe(1);
        Diagnostic fill = report.Diagnostics.Single(d => d.Id == "LL5010");
        fill.Severity.ShouldBe(Severity.Warning);
        fill.Message.ShouldContain("cables fill 42 % of the tray of row A01 above position 2 (60 cables), above the limit of 20 %");
        fill.Message.ShouldContain("trays 150 mm wide");
        report.Diagnostics.ShouldContain(d => d.Id == "LL5011");
    }

    [Fact]
    public void Bundles_hold_cables_between_the_same_racks_and_no_more_than_the_catalogue_allows()
    {
        (ClusterSpec spec, Network network, Placement placement, CableRouter router) = TwoRacks(cables: 60, new TraySpec());
        CablePlan plan = OneCableEach(spec, network, placement, router);

        TrayReport report = Report(spec, network, placement, router, plan);

        report.Bundles.ShouldBe(3);
        plan.Cables.GroupBy(cable => cable.Bundle).Select(bundle => bundle.Count()).ShouldBe([24, 24, 12]);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    public void Every_bundle_has_one_way_and_one_kind_of_link(int seed)
    {
        var random = new RandomFloor(seed);
        Placement placement = FloorPlanner.Place(random.Spec, random.Network, []);
        var router = new CableRouter(random.Spec, random.Network, placement);
        CablePlan plan = OneCableEach(random.Spec, random.Network, placement, router);

        int bundles = plan.BundleCount;

        var ways = new Dictionary<int, (int, int, int)>();
        for (int c = 0; c < random.Network.LinkClasses.Count; c++)
        {
            for (int i = 0; i < plan.CableOfLink[c].Length; i++)
            {
                int bundle = plan.Cables[plan.CableOfLink[c][i]].Bundle;
                (int, int, int) way = (c, router.RackA(random.Network.LinkClasses[c], i), router.RackZ(random.Network.LinkClasses[c], i));
                ways.TryAdd(bundle, way);
                ways[bundle].ShouldBe(way);
            }
        }

        ways.Count.ShouldBe(bundles);
        plan.Cables.GroupBy(cable => cable.Bundle).ShouldAllBe(bundle => bundle.Count() <= 24);
    }

    [Fact]
    public void The_longest_cable_is_named_with_what_makes_it_long()
    {
        (ClusterSpec spec, Network network, Placement placement, CableRouter router) = TwoRacks(cables: 2, new TraySpec());
        TrayReport report = Report(spec, network, placement, router, OneCableEach(spec, network, placement, router));
        report.Longest.ShouldNotBeNull().Cause.ShouldContain("stand in one row; 0.7 of");
    }

    /// <summary>Two racks in use with one position between them that must stay empty.</summary>
    private static (ClusterSpec Spec, Network Network, Placement Placement, CableRouter Router) TwoRacks(int cables, TraySpec trays)
    {
        var net = new TestNetwork();
        net.AddNodes("train", TestNetwork.Node(), 1, 1);
        int leaf = net.AddSwitches(FabricRole.Backend, Tier.Leaf, TestNetwork.Switch(), 1, unitOf: _ => 0);
        net.AddLinks(
            FabricRole.Backend,
            Tier.Host,
            Tier.Leaf,
            400,
            Enumerable.Range(0, cables).Select(i => new Link(0, leaf, (i % 8) + 1, 0, (i % 64) + 1, 0, 0))
        );
        Network network = net.Build();
        ClusterSpec spec = net.Spec(
            new FloorSpec
            {
                Trays = trays,
                NetworkRacks = NetworkRackPosition.EndOfRow,
                Optimize = FloorSearch.Off,
                Sites =
                [
                    new SiteSpec
                    {
                        Name = "s",
                        Buildings =
                        [
                            new BuildingSpec
                            {
                                Name = "b",
                                Halls =
                                [
                                    new HallSpec
                                    {
                                        Name = "h",
                                        Rows = 1,
                                        RacksPerRow = 3,
                                        KeepOuts = [new KeepOutSpec { Row = 1, From = 2 }],
                                    },
                                ],
                            },
                        ],
                    },
                ],
            }
        );
        Placement placement = FloorPlanner.Place(spec, network, []);
        return (spec, network, placement, new CableRouter(spec, network, placement));
    }

    private static TrayReport Report(ClusterSpec spec, Network network, Placement placement, CableRouter router, CablePlan plan) =>
        TrayReport.Compute(spec, network, placement, router, plan, ChannelPlan.Of(spec, network, placement, plan));

    /// <summary>A plan in which every link is a fibre cable of its own.</summary>
    private static CablePlan OneCableEach(ClusterSpec spec, Network network, Placement placement, CableRouter router)
    {
        var cables = new List<Cable>();
        var ofLink = new List<int[]>();
        var lengths = new List<int[]>();
        foreach (LinkClass links in network.LinkClasses)
        {
            int[] length = router.Lengths(links);
            ofLink.Add([
                .. length.Select(
                    (mm, i) =>
                    {
                        cables.Add(new Cable(0, mm, mm, -1));
                        return cables.Count - 1;
                    }
                ),
            ]);
            lengths.Add(length);
        }

        CableBundles bundles = Bundling.Tie(
            network,
            new RoutedWays(network, placement, router),
            ofLink,
            cables.Count,
            new FloorGeometry(spec).BundleCables
        );
        InterconnectModel module = Catalogue.Default.Interconnects["dr8-800g"];
        return new CablePlan
        {
            Products =
            [
                new LinkProduct
                {
                    Index = 0,
                    A = module,
                    Z = module,
                    Medium = Medium.Os2,
                    Reach = Length.FromMetres(500),
                    RatedReach = Length.FromMetres(500),
                    FibresPerCable = 16,
                    Breakout = new Lightloom.Hardware.Breakout(1, DataRate.FromGbps(800)),
                },
            ],
            Cables = [.. cables.Select((cable, i) => cable with { Bundle = bundles.OfCable[i] })],
            CableOfLink = [.. ofLink.Select(of => of.ToImmutableArray())],
            LengthOfLink = [.. lengths.Select(of => of.ToImmutableArray())],
            BundleCount = bundles.Count,
            Diagnostics = [],
        };
    }
}
