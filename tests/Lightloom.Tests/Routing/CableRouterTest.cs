using Lightloom.Floor;
using Lightloom.Placing;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Tests.Floor;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Tests.Routing;

public class CableRouterTest
{
    public static TheoryData<int> Seeds() => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_parts_of_every_cable_add_up_to_its_length(int seed)
    {
        (RandomFloor random, _, CableRouter router) = Placed(seed);
        foreach (LinkClass links in random.Network.LinkClasses)
        {
            int[] lengths = router.Lengths(links);
            for (int i = 0; i < lengths.Length; i += 1 + (lengths.Length / 50))
            {
                RouteBreakdown route = router.Explain(links, i);
                route.Parts.Sum(p => p.Length.Millimetres).ShouldBe(lengths[i]);
                route.Total.Millimetres.ShouldBe(lengths[i]);
                route.Parts.ShouldAllBe(part => part.Length >= Length.Zero);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_cable_is_shorter_than_the_straight_line_between_its_ports(int seed)
    {
        (RandomFloor random, Placement placement, CableRouter router) = Placed(seed);
        foreach (LinkClass links in random.Network.LinkClasses)
        {
            int[] lengths = router.Lengths(links);
            for (int i = 0; i < lengths.Length; i += 1 + (lengths.Length / 200))
            {
                Link link = links.Links[i];
                (double x, double y, double z) a = router.PositionOf(links.Fabric, link.A, link.ACage);
                (double x, double y, double z) b = router.PositionOf(links.Fabric, link.Z, link.ZCage);
                double straight = Math.Sqrt(Math.Pow(a.x - b.x, 2) + Math.Pow(a.y - b.y, 2) + Math.Pow(a.z - b.z, 2));
                ((double)lengths[i]).ShouldBeGreaterThanOrEqualTo(
                    straight - 0.001,
                    $"{random.Network.NameOf(link.A)} to {random.Network.NameOf(link.Z)}, {placement.Racks[router.RackA(links, i)].Name} to {placement.Racks[router.RackZ(links, i)].Name}"
                );
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_way_back_is_as_long_as_the_way_there(int seed)
    {
        (_, Placement placement, CableRouter router) = Placed(seed);
        var pick = new Random(seed);
        for (int i = 0; i < 200; i++)
        {
            int a = pick.Next(placement.Racks.Count);
            int z = pick.Next(placement.Racks.Count);
            TrayPath there = router.Path(a, z);
            TrayPath back = router.Path(z, a);
            back.Tray.ShouldBe(there.Tray);
            back.Duct.ShouldBe(there.Duct);
            router.ScopeOf(a, z).ShouldBe(router.ScopeOf(z, a));
            router.Panels(a, z).ShouldBe(router.Panels(z, a));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_search_on_the_explicit_graph_finds_no_shorter_way(int seed)
    {
        (RandomFloor random, Placement placement, CableRouter router) = Placed(seed);
        var graph = new TrayGraph(random.Spec, placement);
        var pick = new Random(seed);
        for (int i = 0; i < 12; i++)
        {
            int a = pick.Next(placement.Racks.Count);
            long[] shortest = graph.From(a);
            for (int k = 0; k < 60; k++)
            {
                int z = pick.Next(placement.Racks.Count);
                TrayPath path = router.Path(a, z);
                ((long)path.Tray + path.Duct).ShouldBe(
                    a == z ? 0 : graph.To(shortest, z),
                    $"{placement.Racks[a].Name} to {placement.Racks[z].Name}"
                );
            }
        }
    }

    [Fact]
    public void Strided_lengths_are_those_of_the_same_links()
    {
        (RandomFloor random, _, CableRouter router) = Placed(3);
        LinkClass links = random.Network.LinkClasses[0];
        int[] all = router.Lengths(links);
        router.Lengths(links, 7).ShouldBe(all.Where((_, i) => i % 7 == 0));
    }

    [Fact]
    public void A_cable_between_neighbouring_racks_is_what_a_tape_measure_says()
    {
        // One row of two racks: a node in unit 1 to 8 of the first, a switch in units 49 and 50 of the second.
        var net = new TestNetwork();
        net.AddNodes("train", TestNetwork.Node(), 1, 1);
        int leaf = net.AddSwitches(FabricRole.Backend, Tier.Leaf, TestNetwork.Switch(), 1, unitOf: _ => 0);
        LinkClass links = net.AddLinks(FabricRole.Backend, Tier.Host, Tier.Leaf, 400, [new Link(0, leaf, 1, 0, 1, 0, 0)]);
        Network network = net.Build();
        ClusterSpec spec = net.Spec(
            new FloorSpec
            {
                NetworkRacks = NetworkRackPosition.EndOfRow,
                SlackFraction = 0.1,
                ServiceLoop = Length.FromMillimetres(250),
            }
        );
        Placement placement = FloorPlanner.Place(spec, network, []);
        var router = new CableRouter(spec, network, placement);

        RouteBreakdown route = router.Explain(links, 0);

        placement.Racks.Select(rack => rack.Name).ShouldBe(["A01-01", "A01-02"]);
        // Row 1 is seen from its ports: left is at the smaller x. Cage 1 of 8 is 125 + 28 mm from the left of 700 mm, so 547 mm from the
        // right manager.
        route.AFaceplate.Millimetres.ShouldBe(547);
        // The node's ports are at half of 8 x 44.45 mm above the 100 mm foot; the tray runs at 2,750 mm.
        route.AVertical.Millimetres.ShouldBe(2750 - 100 - 177);
        // Up the manager between the racks and down the same one.
        route.Tray.ShouldBe(Length.Zero);
        // The switch fills units 49 and 50; cage 1 is the top of four rows: 77 of 88.9 mm above the lower edge of unit 49.
        route.ZVertical.Millimetres.ShouldBe(2750 - (100 + (48 * 4445 / 100) + 77));
        // Column 1 of 16: 125 + 14 mm.
        route.ZFaceplate.Millimetres.ShouldBe(139);
        route.Slack.Millimetres.ShouldBe((long)Math.Ceiling((547 + 2473 + 440 + 139) * 0.1) + 500);
        route.Scope.ShouldBe(Scope.SameRow);
        route.Route.ShouldBe("A01");
    }

    [Fact]
    public void Two_rows_are_joined_by_the_nearest_crossing()
    {
        (ClusterSpec spec, Network network, Placement placement) = Grid(rows: 4, perRow: 20);
        var router = new CableRouter(spec, network, placement);

        // Fronts face over the cold aisle (two depths of 1.2 m and 1.2 m of aisle), backs over the hot aisle (1.2 m).
        At("A01-05", "A02-05").ShouldBe((3600 + (2 * 4 * 700), "A01>A-X1>A02"));
        At("A02-05", "A03-05").ShouldBe((1200 + (2 * 4 * 700), "A02>A-X1>A03"));
        At("A01-08", "A03-13").ShouldBe((4800 + (4 * 700), "A01>A-X2>A03"));
        At("A01-10", "A02-11").ShouldBe((3600, "A01>A-X2>A02"));
        At("A01-19", "A02-20").ShouldBe((3600 + 700, "A01>A-X3>A02"));

        (int, string) At(string from, string to)
        {
            int a = placement.Racks.Single(rack => rack.Name == from).Index;
            int z = placement.Racks.Single(rack => rack.Name == to).Index;
            return (router.Path(a, z).Tray, router.RouteText(a, z));
        }
    }

    [Fact]
    public void Buildings_are_joined_by_the_campus_duct()
    {
        var net = new TestNetwork();
        net.AddNodes("east", TestNetwork.Node("a"), 4, 4, place: ["one"]);
        net.AddNodes("west", TestNetwork.Node("b"), 4, 4, place: ["two"]);
        int leaf = net.AddSwitches(FabricRole.Backend, Tier.Leaf, TestNetwork.Switch(), 2, unitOf: i => i);
        LinkClass links = net.AddLinks(FabricRole.Backend, Tier.Leaf, Tier.Spine, 800, [new Link(leaf, leaf + 1, 1, 0, 1, 0, -1)]);
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
                            new BuildingSpec { Name = "one" },
                            new BuildingSpec
                            {
                                Name = "two",
                                X = Length.FromMetres(1200),
                                Y = Length.FromMetres(-300),
                            },
                        ],
                    },
                ],
            }
        );
        Placement placement = FloorPlanner.Place(spec, network, []);
        var router = new CableRouter(spec, network, placement);

        RouteBreakdown route = router.Explain(links, 0);

        route.Scope.ShouldBe(Scope.SameSite);
        // 1,200 m east and 300 m south, and twice from the tray at 2.75 m into a duct 1 m below the floor.
        route.Duct.Millimetres.ShouldBe(1_500_000 + (2 * 3_750));
        route.Route.ShouldBe("A01>A-X1>A-E1>duct>B-E1>B-X1>B01");
        router.Panels(router.RackA(links, 0), router.RackZ(links, 0)).ShouldBe(2);
    }

    private static (RandomFloor Random, Placement Placement, CableRouter Router) Placed(int seed)
    {
        var random = new RandomFloor(seed);
        Placement placement = FloorPlanner.Place(random.Spec, random.Network, []);
        return (random, placement, new CableRouter(random.Spec, random.Network, placement));
    }

    /// <summary>A hall whose every position holds a rack.</summary>
    private static (ClusterSpec Spec, Network Network, Placement Placement) Grid(int rows, int perRow)
    {
        var net = new TestNetwork();
        net.AddNodes("train", TestNetwork.RackNode(widthMillimetres: 700), rows * perRow, 1);
        Network network = net.Build();
        ClusterSpec spec = net.Spec(new FloorSpec { Rows = rows, RacksPerRow = perRow });
        return (spec, network, FloorPlanner.Place(spec, network, []));
    }
}
