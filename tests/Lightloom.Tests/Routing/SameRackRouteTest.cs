using Lightloom.Floor;
using Lightloom.Placing;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Tests.Floor;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Tests.Routing;

/// <summary>
/// The cable between two devices of one rack, worked out by hand: EIA-310 puts rack units 44.45 mm apart and leaves an opening of 450 mm
/// between the rails; the file gives the rack's width, the slack and the service loop.
/// </summary>
public class SameRackRouteTest
{
    private const double Unit = 44.45;
    private const double Opening = 450;

    /// <summary>Five parts are rounded to whole millimetres on the way.</summary>
    private const double Rounding = 6;

    [Theory]
    [InlineData(600)]
    [InlineData(700)]
    [InlineData(800)]
    public void A_cable_runs_to_the_nearer_side_of_the_rack_along_it_and_back(int rackWidth)
    {
        // A node of 8U in units 1 to 8 has its 8 ports side by side at half its height; a switch of 2U in units 31 and 32 has its 64 cages
        // in four rows, numbered from the top down and column by column, sixteen columns in all.
        double side = (rackWidth - Opening) / 2;
        double nodePort = side + (Opening / 8 / 2);
        double switchPort = side + (Opening / 16 / 2);
        double height = (30 * Unit) + (2 * Unit * 7 / 8) - (8 * Unit / 2);

        Route(rackWidth, unit: 31, nodeCage: 1, switchCage: 1)
            .Total.Millimetres.ShouldBeInRange(
                (long)(nodePort + switchPort + height - Rounding),
                (long)(nodePort + switchPort + height + Rounding)
            );
    }

    [Fact]
    public void Ports_at_the_right_go_by_the_right_side()
    {
        // The last ports of both devices are as far from the right edge as the first are from the left.
        RouteBreakdown left = Route(700, unit: 31, nodeCage: 1, switchCage: 1);
        RouteBreakdown right = Route(700, unit: 31, nodeCage: 8, switchCage: 61);

        ((double)right.Total.Millimetres).ShouldBe(left.Total.Millimetres, Rounding);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(40)]
    public void Every_rack_unit_between_the_devices_adds_its_height(int unit)
    {
        double more = Route(700, unit + 1, 1, 1).Total.Millimetres - Route(700, unit, 1, 1).Total.Millimetres;
        more.ShouldBe(Unit, 1);
        double tenMore = Route(700, unit + 10, 1, 1).Total.Millimetres - Route(700, unit, 1, 1).Total.Millimetres;
        tenMore.ShouldBe(10 * Unit, 1);
    }

    [Fact]
    public void Slack_is_a_share_of_the_way_and_a_loop_at_each_end_is_added_whole()
    {
        RouteBreakdown bare = Route(700, 31, 1, 1);
        RouteBreakdown slack = Route(700, 31, 1, 1, slack: 0.1, loopMillimetres: 250);

        ((double)slack.Total.Millimetres).ShouldBe((bare.Total.Millimetres * 1.1) + (2 * 250), 1);
    }

    [Fact]
    public void Nothing_of_it_lies_on_a_tray()
    {
        RouteBreakdown route = Route(700, 31, 1, 1);

        (route.Tray, route.Duct, route.Scope, route.Route).ShouldBe((Length.Zero, Length.Zero, Scope.SameRack, "in-rack"));
    }

    private static RouteBreakdown Route(int rackWidth, int unit, int nodeCage, int switchCage, double slack = 0, int loopMillimetres = 0)
    {
        var net = new TestNetwork();
        net.AddNodes("train", TestNetwork.Node(units: 8, nics: 8), 1, 1);
        int leaf = net.AddSwitches(FabricRole.Backend, Tier.Leaf, TestNetwork.Switch(cages: 64, units: 2), 1, unitOf: _ => 0);
        net.AddLinks(FabricRole.Backend, Tier.Host, Tier.Leaf, 400, [new Link(0, leaf, nodeCage, 0, switchCage, 0, 0)]);
        Network network = net.Build();
        ClusterSpec spec = net.Spec(
            new FloorSpec
            {
                Optimize = FloorSearch.Off,
                SlackFraction = slack,
                ServiceLoop = Length.FromMillimetres(loopMillimetres),
                Rack = new RackSpec { Width = Length.FromMillimetres(rackWidth) },
            }
        );

        // The planner's own racks, with both devices moved into the first.
        Placement placement = FloorPlanner.Place(spec, network, []) with
        {
            RackOfDevice = [0, 0],
            UnitOfDevice = [1, (byte)unit],
        };
        return new CableRouter(spec, network, placement).Explain(network.LinkClasses[0], 0);
    }
}
