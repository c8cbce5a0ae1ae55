using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Placing;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Tests.Floor;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Tests.Routing;

public class ManagementPortsTest
{
    /// <summary>1000BASE-T ends at 100 m (IEEE 802.3, clause 40).</summary>
    private const int TwistedPairMillimetres = 100_000;

    [Fact]
    public void A_device_beyond_the_reach_of_twisted_pair_gets_a_port_on_a_nearer_leaf()
    {
        (Network network, Placement placement, CableRouter router) = TwoBuildings();
        router.Lengths(network.LinkClasses[^1]).Max().ShouldBeGreaterThan(TwistedPairMillimetres);

        Network moved = ManagementPorts.MoveFarLinks(network, placement, router, Catalogue.Default);

        router.Lengths(moved.LinkClasses[^1]).Max().ShouldBeLessThanOrEqualTo(TwistedPairMillimetres);
    }

    [Fact]
    public void Every_device_keeps_one_management_port_and_no_port_is_used_twice()
    {
        (Network network, Placement placement, CableRouter router) = TwoBuildings();

        Link[] links = ManagementPorts.MoveFarLinks(network, placement, router, Catalogue.Default).LinkClasses[^1].Links;

        links.Select(link => link.A).ShouldBe(network.LinkClasses[^1].Links.Select(link => link.A));
        links.Select(link => (link.Z, link.ZCage, link.ZLane)).ShouldBeUnique();
    }

    [Fact]
    public void The_network_that_was_given_stays_as_it_was()
    {
        (Network network, Placement placement, CableRouter router) = TwoBuildings();
        Link[] before = [.. network.LinkClasses[^1].Links];

        Network moved = ManagementPorts.MoveFarLinks(network, placement, router, Catalogue.Default);

        network.LinkClasses[^1].Links.ShouldBe(before);
        moved.LinkClasses[^1].Links.ShouldNotBe(before);
        moved.LinkClasses.SkipLast(1).ShouldBe(network.LinkClasses.SkipLast(1));
    }

    [Fact]
    public void A_device_never_gets_the_port_by_which_a_leaf_itself_is_managed()
    {
        // 44 ports for devices and eight more of the same kind for the leaf's own management; all that are for devices are taken.
        SwitchModel box = TestNetwork.Switch("oob", 44, 1, 120);
        box = box with { Cages = [box.Cages[0], box.Cages[0] with { Count = 8, FirstNumber = 45, Purpose = PortPurpose.Management }] };
        (Network network, Placement placement, CableRouter router) = TwoBuildings(box, near: 48);

        Network moved = ManagementPorts.MoveFarLinks(network, placement, router, Catalogue.Default);

        moved.LinkClasses[^1].Links.ShouldAllBe(link => link.ZCage <= 44);
    }

    [Fact]
    public void Two_far_devices_change_places_where_no_port_is_free()
    {
        // Both leaves are full; three nodes of each building are plugged into the other's leaf.
        SwitchModel box = TestNetwork.Switch("oob", 40, 1, 120);
        (Network network, Placement placement, CableRouter router) = TwoBuildings(
            box,
            portOf: node => node % 40 < 3 ? (1 - (node / 40), node % 40) : (node / 40, node % 40)
        );
        router.Lengths(network.LinkClasses[^1]).Count(l => l > TwistedPairMillimetres).ShouldBe(6);

        Network moved = ManagementPorts.MoveFarLinks(network, placement, router, Catalogue.Default);

        router.Lengths(moved.LinkClasses[^1]).Max().ShouldBeLessThanOrEqualTo(TwistedPairMillimetres);
        moved.LinkClasses[^1].Links.Select(link => (link.Z, link.ZCage, link.ZLane)).ShouldBeUnique();
        moved.LinkClasses[^1].Links.Select(link => link.A).ShouldBe(network.LinkClasses[^1].Links.Select(link => link.A));
    }

    /// <summary>
    /// Forty nodes in each of two buildings half a kilometre apart. Management leaves serve 44 devices in the order of their numbers, so
    /// that the first one's last four nodes stand in the other building.
    /// </summary>
    private static (Network Network, Placement Placement, CableRouter Router) TwoBuildings(
        SwitchModel? leaf = null,
        int near = 40,
        Func<int, (int Leaf, int Port)>? portOf = null
    )
    {
        portOf ??= node => (node / 44, node % 44);
        var net = new TestNetwork();
        net.AddNodes("near", TestNetwork.Node(), near, near, place: ["b1"]);
        net.AddNodes("far", TestNetwork.Node(), 40, 40, place: ["b2"]);
        int leaves = net.AddSwitches(FabricRole.Oob, Tier.Leaf, leaf ?? TestNetwork.Switch("oob", 52, 1, 120), 2);
        net.AddLinks(
            FabricRole.Oob,
            Tier.Host,
            Tier.Leaf,
            800,
            Enumerable.Range(0, near + 40).Select(node => new Link(node, leaves + portOf(node).Leaf, 1, 0, portOf(node).Port + 1, 0, -1))
        );
        Network network = net.Build();
        ClusterSpec spec = net.Spec(
            new FloorSpec
            {
                Optimize = FloorSearch.Off,
                Sites =
                [
                    new SiteSpec
                    {
                        Name = "site",
                        Buildings =
                        [
                            new BuildingSpec { Name = "b1" },
                            new BuildingSpec
                            {
                                Name = "b2",
                                X = Length.FromMetres(500),
                                Y = Length.Zero,
                            },
                        ],
                    },
                ],
            }
        );
        Placement placement = FloorPlanner.Place(spec, network, []);
        placement.IsComplete.ShouldBeTrue();
        return (network, placement, new CableRouter(spec, network, placement));
    }
}
