using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Placing;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Tests.Floor;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Tests.Placing;

public partial class FloorPlannerTest
{
    [Fact]
    public void Power_limits_a_rack_where_units_would_allow_more()
    {
        TestNetwork net = TestNetwork.LeafSpine(10, 10, 0, TestNetwork.Node(units: 4, kilowatts: 14));
        var diagnostics = new DiagnosticBag();

        Placement placement = FloorPlanner.Place(net.Spec(), net.Build(), diagnostics);

        // 50 usable units take 12 nodes of 4, but 60 kW feed 4 nodes of 14.
        placement.Racks.Where(rack => rack.Use == RackUse.Nodes).Select(rack => rack.Devices.Count).ShouldBe([4, 3, 3]);
        diagnostics
            .Single(d => d.Id == "LL5001" && d.Message.Contains("node a rack"))
            .Message.ShouldBe("4 node a rack: 16 of 50 rack units, 56 kW of 60 kW; power binds");
    }

    [Fact]
    public void Units_limit_a_rack_where_power_would_allow_more()
    {
        TestNetwork net = TestNetwork.LeafSpine(12, 12, 0, TestNetwork.Node(units: 10, kilowatts: 5));
        var diagnostics = new DiagnosticBag();

        Placement placement = FloorPlanner.Place(
            net.Spec(
                new FloorSpec
                {
                    Rack = new RackSpec { Units = 42, ReservedUnits = 0 },
                }
            ),
            net.Build(),
            diagnostics
        );

        placement.Racks.Where(rack => rack.Use == RackUse.Nodes).Select(rack => rack.Devices.Count).ShouldBe([4, 4, 4]);
        diagnostics.ShouldContain(d => d.Message.EndsWith("rack units bind"));
    }

    [Fact]
    public void Max_nodes_limits_a_rack_whatever_room_is_left()
    {
        TestNetwork net = TestNetwork.LeafSpine(6, 6, 0);
        Placement placement = FloorPlanner.Place(net.Spec(new FloorSpec { Rack = new RackSpec { MaxNodes = 2 } }), net.Build(), []);
        placement.Racks.Where(rack => rack.Use == RackUse.Nodes).ShouldAllBe(rack => rack.Devices.Count == 2);
    }

    [Fact]
    public void The_racks_of_a_unit_stand_side_by_side_with_its_leaves_in_their_middle()
    {
        TestNetwork net = TestNetwork.LeafSpine(64, 32, 0);
        Network network = net.Build();

        Placement placement = FloorPlanner.Place(
            net.Spec(
                new FloorSpec
                {
                    NetworkRacks = NetworkRackPosition.MidRow,
                    Optimize = FloorSearch.Off,
                    RacksPerRow = 20,
                }
            ),
            network,
            []
        );

        // 32 nodes at five a rack are seven racks, evenly filled; two units and the rack of their sixteen leaves fill one row.
        foreach (Unit unit in network.Units)
        {
            List<Rack> racks =
            [
                .. Enumerable
                    .Range(unit.FirstNode, unit.NodeCount)
                    .Select(node => placement.Racks[placement.RackOfDevice[node]])
                    .Distinct(),
            ];
            racks.Count.ShouldBe(7);
            racks.ShouldAllBe(rack => rack.Row == 1);
            racks.Select(rack => rack.Devices.Count).Order().ShouldBe([4, 4, 4, 5, 5, 5, 5]);
            unit.Leaves.Select(leaf => placement.Racks[placement.RackOfDevice[leaf]].Position).ShouldAllBe(position => position == 8);
        }

        Enumerable.Range(1, 15).ShouldBe(placement.Racks.Where(rack => rack.Row == 1).Select(rack => rack.Position).Take(15));
    }

    [Fact]
    public void Racks_of_switches_stand_at_the_end_of_the_row_when_the_file_says_so()
    {
        TestNetwork net = TestNetwork.LeafSpine(64, 32, 0);
        Placement placement = FloorPlanner.Place(
            net.Spec(new FloorSpec { NetworkRacks = NetworkRackPosition.EndOfRow, Optimize = FloorSearch.Off }),
            net.Build(),
            []
        );
        placement
            .Racks.Where(rack => rack.Use == RackUse.Network)
            .Min(rack => rack.Position)
            .ShouldBeGreaterThan(placement.Racks.Where(rack => rack.Use == RackUse.Nodes && rack.Row == 1).Max(rack => rack.Position));
    }

    [Fact]
    public void Central_racks_of_switches_stand_together_between_the_rows_they_serve()
    {
        TestNetwork net = TestNetwork.LeafSpine(512, 64, 16);
        Placement placement = FloorPlanner.Place(net.Spec(new FloorSpec { NetworkRacks = NetworkRackPosition.Central }), net.Build(), []);

        List<Rack> network = [.. placement.Racks.Where(rack => rack.Use == RackUse.Network)];
        int rows = placement.Halls[0].Rows;
        placement.Halls.Count.ShouldBe(1);
        network.Max(rack => rack.Row).ShouldBeLessThanOrEqualTo(network.Min(rack => rack.Row) + 1);
        network.Average(rack => rack.Row).ShouldBeInRange(rows * 0.3, rows * 0.7);
    }

    [Fact]
    public void A_rack_scale_node_is_a_rack_and_its_leaves_stand_beside()
    {
        TestNetwork net = TestNetwork.LeafSpine(8, 8, 4, TestNetwork.RackNode());
        Network network = net.Build();
        Placement placement = FloorPlanner.Place(net.Spec(), network, []);

        placement.Racks.Count(rack => rack.Use == RackUse.RackScale).ShouldBe(8);
        placement
            .Racks.Where(rack => rack.Use == RackUse.RackScale)
            .ShouldAllBe(rack => rack.Devices.Count == 1 && rack.PowerLimit == Power.Zero && rack.UsedPower == Power.FromKilowatts(120));
        placement.Racks.Where(rack => rack.Use == RackUse.Network).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_node_of_several_racks_has_its_ports_spread_over_them()
    {
        var net = new TestNetwork();
        net.AddNodes("train", TestNetwork.RackNode("super", racks: 4, nics: 16), 2, 1);
        int leaf = net.AddSwitches(FabricRole.Backend, Tier.Leaf, TestNetwork.Switch(), 1);
        LinkClass links = net.AddLinks(
            FabricRole.Backend,
            Tier.Host,
            Tier.Leaf,
            400,
            Enumerable.Range(0, 32).Select(i => new Link(i / 16, leaf, (i % 16) + 1, 0, i + 1, 0, i % 16))
        );
        Network network = net.Build();
        ClusterSpec spec = net.Spec();

        Placement placement = FloorPlanner.Place(spec, network, []);
        var router = new CableRouter(spec, network, placement);

        int first = placement.RackOfDevice[1];
        Enumerable.Range(16, 16).Select(i => router.RackA(links, i) - first).ShouldBe([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]);
        placement.RackOfPort(network, 1, FabricRole.Backend, 16).ShouldBe(first + 3);
        placement.Racks[first].UsedPower.ShouldBe(Power.FromKilowatts(120));
    }

    [Fact]
    public void A_system_wider_than_a_rack_takes_two_positions()
    {
        TestNetwork net = TestNetwork.LeafSpine(4, 4, 0, TestNetwork.RackNode("helios", widthMillimetres: 1200));
        Placement placement = FloorPlanner.Place(net.Spec(), net.Build(), []);
        placement.Racks.Where(rack => rack.Use == RackUse.RackScale).ShouldAllBe(rack => rack.Span == 2);
        NoPositionIsTakenTwice(placement);
    }

    [Fact]
    public void Pod_planes_stand_in_the_buildings_that_name_them()
    {
        var net = new TestNetwork();
        net.AddNodes("train", TestNetwork.Node(), 40, 20, pod: 0);
        net.AddNodesToPool(0, "train", TestNetwork.Node(), 40, 20, pod: 1);
        net.AddBackend(8, TestNetwork.Switch("leaf"), 2, 8);
        Network network = net.Build();
        ClusterSpec spec = net.Spec(
            new FloorSpec
            {
                Sites =
                [
                    new SiteSpec
                    {
                        Name = "campus",
                        Buildings =
                        [
                            new BuildingSpec { Name = "south", Planes = [1] },
                            new BuildingSpec
                            {
                                Name = "north",
                                Planes = [0],
                                X = Length.FromMetres(0),
                                Y = Length.FromMetres(900),
                            },
                        ],
                    },
                ],
            },
            PlaneLayout.Pods
        );

        Placement placement = FloorPlanner.Place(spec, network, []);

        string BuildingOf(int device) => placement.Halls[placement.Racks[placement.RackOfDevice[device]].Hall].Building;
        foreach (Unit unit in network.Units)
        {
            string building = unit.Pod == 0 ? "north" : "south";
            Enumerable.Range(unit.FirstNode, unit.NodeCount).Concat(unit.Leaves).Select(BuildingOf).ShouldAllBe(name => name == building);
        }

        foreach (DeviceGroup spines in network.Groups.Where(group => group.Tier == Tier.Spine))
        {
            Enumerable
                .Range(spines.First, spines.Count)
                .Select(BuildingOf)
                .ShouldAllBe(name => name == (spines.Plane == 0 ? "north" : "south"));
        }
    }

    [Fact]
    public void Pod_planes_without_a_place_are_not_cut_by_the_end_of_a_hall()
    {
        var net = new TestNetwork();
        net.AddNodes("train", TestNetwork.Node(), 1200, 60, pod: 0);
        net.AddNodesToPool(0, "train", TestNetwork.Node(), 1200, 60, pod: 1);
        net.AddBackend(8, TestNetwork.Switch("leaf"), 2, 8);
        Network network = net.Build();

        Placement placement = FloorPlanner.Place(net.Spec(layout: PlaneLayout.Pods), network, []);

        network
            .Units.GroupBy(unit => unit.Pod)
            .Select(pod =>
                pod.SelectMany(unit => Enumerable.Range(unit.FirstNode, unit.NodeCount))
                    .Select(node => placement.Racks[placement.RackOfDevice[node]].Hall)
                    .Distinct()
                    .Count()
            )
            .ShouldAllBe(halls => halls == 1);
        placement.Halls.Count.ShouldBe(2);
    }

    [Fact]
    public void Leaves_and_spines_stand_where_the_file_fixes_them()
    {
        TestNetwork net = TestNetwork.LeafSpine(64, 32, 8);
        Network network = net.Build();
        ClusterSpec spec = net.Spec(
            OneHall(
                new HallSpec
                {
                    Name = "h",
                    Rows = 3,
                    RacksPerRow = 16,
                    Fixed =
                    [
                        new FixedRackSpec
                        {
                            Row = 1,
                            Position = 8,
                            Use = "leaf",
                        },
                        new FixedRackSpec
                        {
                            Row = 2,
                            Position = 8,
                            Use = "spine",
                        },
                        new FixedRackSpec
                        {
                            Row = 1,
                            Position = 1,
                            Use = "other",
                        },
                    ],
                }
            )
        );

        Placement placement = FloorPlanner.Place(spec, network, []);

        Rack leaves = placement.Racks.Single(rack => rack is { Row: 1, Position: 8 });
        Rack spines = placement.Racks.Single(rack => rack is { Row: 2, Position: 8 });
        leaves.Devices.ShouldAllBe(device => network.GroupOf(device).Tier == Tier.Leaf);
        spines.Devices.ShouldAllBe(device => network.GroupOf(device).Tier == Tier.Spine);
        placement.Racks.ShouldNotContain(rack => rack.Row == 1 && rack.Position == 1);
    }

    [Fact]
    public void Management_leaves_stand_in_the_racks_that_they_serve()
    {
        TestNetwork net = TestNetwork.LeafSpine(128, 32, 8).WithManagement();
        Network network = net.Build();
        Placement placement = FloorPlanner.Place(net.Spec(), network, []);

        DeviceGroup oob = network.Groups.Single(group => group.Fabric == FabricRole.Oob && !group.IsNode);
        placement.Racks[placement.RackOfDevice[oob.First]].Use.ShouldBe(RackUse.Nodes);
        LinkClass links = network.LinkClasses.Single(links => links.Fabric == FabricRole.Oob);
        new CableRouter(net.Spec(), network, placement).Lengths(links).Average().ShouldBeLessThan(15_000);
    }

    [Fact]
    public void Too_few_positions_are_infeasible_and_the_message_says_by_how_many()
    {
        TestNetwork net = TestNetwork.LeafSpine(64, 32, 0);
        var diagnostics = new DiagnosticBag();

        Placement placement = FloorPlanner.Place(
            net.Spec(
                OneHall(
                    new HallSpec
                    {
                        Name = "h",
                        Rows = 1,
                        RacksPerRow = 10,
                    }
                )
            ),
            net.Build(),
            diagnostics
        );

        // 13 racks of five nodes (packed closely), and one of switches, on 10 positions.
        diagnostics
            .Single(d => d.Severity == Severity.Error)
            .ShouldSatisfyAllConditions(
                d => d.Id.ShouldBe("LL5901"),
                d => d.Message.ShouldContain("the design needs 14 and 4 of them found no place")
            );
        placement.IsComplete.ShouldBeFalse();
        placement.Halls.Single(hall => hall.IsOverflow).Name.ShouldBe("no-room");
    }

    [Fact]
    public void A_hall_without_enough_power_is_infeasible()
    {
        TestNetwork net = TestNetwork.LeafSpine(64, 32, 0);
        var diagnostics = new DiagnosticBag();
        FloorPlanner.Place(
            net.Spec(
                OneHall(
                    new HallSpec
                    {
                        Name = "h",
                        Rows = 4,
                        RacksPerRow = 20,
                        PowerLimit = Power.FromKilowatts(300),
                    }
                )
            ),
            net.Build(),
            diagnostics
        );
        diagnostics.Single(d => d.Severity == Severity.Error).Id.ShouldBe("LL5904");
    }

    [Fact]
    public void A_node_that_exceeds_the_given_rack_power_is_infeasible()
    {
        TestNetwork net = TestNetwork.LeafSpine(4, 4, 0);
        var diagnostics = new DiagnosticBag();
        FloorPlanner.Place(
            net.Spec(new FloorSpec { Rack = new RackSpec { PowerLimit = Power.FromKilowatts(8) } }),
            net.Build(),
            diagnostics
        );
        diagnostics
            .Single(d => d.Severity == Severity.Error)
            .ShouldSatisfyAllConditions(
                d => d.Id.ShouldBe("LL5902"),
                d =>
                    d.Message.ShouldBe(
                        "one node draws 10.2 kW, but floor.rack.power_kw allows 8000 W: 2200 W too much; say floor.rack.power_kw: 11"
                    )
            );
    }

    [Fact]
    public void A_rack_is_taken_to_feed_one_node_when_the_file_gives_no_limit()
    {
        TestNetwork net = TestNetwork.LeafSpine(4, 4, 0, TestNetwork.Node(kilowatts: 90));
        var diagnostics = new DiagnosticBag();
        Placement placement = FloorPlanner.Place(net.Spec(), net.Build(), diagnostics);
        diagnostics.HasErrors.ShouldBeFalse();
        diagnostics.ShouldContain(d => d.Id == "LL5003");
        placement
            .Racks.Where(rack => rack.Use == RackUse.Nodes)
            .ShouldAllBe(rack => rack.PowerLimit == Power.FromKilowatts(90) && rack.Devices.Count(device => device < 4) == 1);
    }

    [Fact]
    public void A_part_of_unknown_size_is_assumed_and_said_to_be()
    {
        TestNetwork net = TestNetwork.LeafSpine(4, 4, 0, TestNetwork.Node() with { RackUnits = null, PowerMaximum = null });
        var diagnostics = new DiagnosticBag();
        FloorPlanner.Place(net.Spec(), net.Build(), diagnostics);
        diagnostics
            .Single(d => d.Id == "LL5002")
            .Message.ShouldStartWith("the catalogue knows neither height nor power; 8 rack units and 14.4 kW are assumed for 'node'");
    }

    [Fact]
    public void A_place_that_does_not_exist_is_an_error()
    {
        var net = new TestNetwork();
        net.AddNodes("train", TestNetwork.Node(), 4, 4, place: ["nowhere"]);
        var diagnostics = new DiagnosticBag();
        FloorPlanner.Place(net.Spec(), net.Build(), diagnostics);
        diagnostics.ShouldContain(d => d.Id == "LL5101");
    }

    [Fact]
    public void The_placement_pass_moves_spines_to_what_they_connect()
    {
        TestNetwork net = TestNetwork.LeafSpine(1024, 64, 16);
        Network network = net.Build();

        Placement placement = FloorPlanner.Place(net.Spec(), network, []);
        Placement plain = FloorPlanner.Place(net.Spec(new FloorSpec { Optimize = FloorSearch.Off }), network, []);

        plain.Cost.ShouldBeNull();
        PlacementCost cost = placement.Cost.ShouldNotBeNull();
        cost.After.ShouldBeLessThan(cost.Before);
        cost.Steps[0].ShouldStartWith("plain:");
    }

    [Fact]
    public void A_large_cluster_gets_several_halls_of_about_the_same_size()
    {
        TestNetwork net = TestNetwork.LeafSpine(4096, 64, 32);
        Placement placement = FloorPlanner.Place(net.Spec(), net.Build(), []);
        placement.Halls.Count.ShouldBeGreaterThan(1);
        (placement.Halls.Max(hall => hall.Rows) - placement.Halls.Min(hall => hall.Rows)).ShouldBeLessThanOrEqualTo(3);
        placement.Halls.Select(hall => hall.Letter).Distinct().Count().ShouldBe(placement.Halls.Count);
    }

    [Theory]
    [InlineData(4, 40, 400, 0.5)]
    [InlineData(64, 0, 2000, 2000)]
    [InlineData(8, 8, 450, 1)]
    public void The_ends_of_every_range_give_a_placement_or_an_infeasibility(int units, int reserved, int width, double kilowatts)
    {
        TestNetwork net = TestNetwork.LeafSpine(20, 5, 2).WithManagement();
        Network network = net.Build();
        foreach ((int rows, int perRow) in new[] { (1, 2), (1000, 2), (1, 1000) })
        {
            var diagnostics = new DiagnosticBag();
            var floor = new FloorSpec
            {
                Rows = rows,
                RacksPerRow = perRow,
                Rack = new RackSpec
                {
                    Units = units,
                    ReservedUnits = reserved,
                    Width = Length.FromMillimetres(width),
                    PowerLimit = Power.FromKilowatts(kilowatts),
                },
                Trays = new TraySpec { CrossEveryRacks = 1000, Height = Length.FromMetres(1) },
                Aisles = new AisleSpec { Cold = Length.FromMetres(20), Hot = Length.FromMetres(0.5) },
            };
            Placement placement = FloorPlanner.Place(net.Spec(floor), network, diagnostics);
            placement.IsComplete.ShouldBe(!diagnostics.HasErrors);
            diagnostics.Where(d => d.Severity == Severity.Error).ShouldAllBe(d => d.Id.StartsWith("LL59"));
            EveryDeviceStandsOnce(network, placement);
            var router = new CableRouter(net.Spec(floor), network, placement);
            network.LinkClasses.SelectMany(links => router.Lengths(links)).Min().ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void A_cluster_on_the_smallest_halls_is_placed_in_linear_time()
    {
        TestNetwork net = TestNetwork.LeafSpine(20_000, 100, 0);
        Placement placement = FloorPlanner.Place(
            net.Spec(
                new FloorSpec
                {
                    Rows = 1,
                    RacksPerRow = 2,
                    NetworkRacks = NetworkRackPosition.MidRow,
                }
            ),
            net.Build(),
            []
        );
        placement.Halls.Count.ShouldBeInRange(placement.Racks.Count / 2, placement.Racks.Count);
    }

    private static FloorSpec OneHall(HallSpec hall) =>
        new() { Sites = [new SiteSpec { Name = "s", Buildings = [new BuildingSpec { Name = "b", Halls = [hall] }] }] };
}
