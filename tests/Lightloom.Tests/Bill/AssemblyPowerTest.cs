using Lightloom.Bill;
using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Tests.Cabling;
using Lightloom.Topology;

namespace Lightloom.Tests.Bill;

/// <summary>
/// What a cable with electronics draws, against NVIDIA's product pages: MCA4J80 states 1.5 W an end; MCA7J70 states 1.5 W at the 800G head
/// and 0.3 W at each 200G tail.
/// </summary>
public class AssemblyPowerTest
{
    [Fact]
    public void A_splitter_draws_at_its_head_and_at_each_tail()
    {
        BillLine line = Bought(Question.Osfp4X200, Question.Qsfp200, Enumerable.Range(0, 4).Select(i => new Link(0, 1 + i, 1, i, 1, 0, 0)));

        line.Id.ShouldStartWith("acc-800g-split");
        line.Quantity.ShouldBe(1);
        line.UnitPower!.Value.Watts.ShouldBe(1.5 + 4 * 0.3, 1e-9);
        line.UnitPowerMaximum!.Value.Watts.ShouldBe(1.5 + 4 * 0.3, 1e-9);
    }

    [Fact]
    public void A_straight_cable_draws_at_its_two_ends_however_many_legs_it_carries()
    {
        BillLine line = Bought(Question.Osfp2X400, Question.Osfp2X400, Enumerable.Range(0, 2).Select(i => new Link(0, 1, 1, i, 1, i, 0)));

        line.Id.ShouldStartWith("acc-800g-osfp");
        line.Quantity.ShouldBe(1);
        line.UnitPower!.Value.Watts.ShouldBe(2 * 1.5, 1e-9);
        line.UnitPowerMaximum!.Value.Watts.ShouldBe(2 * 1.5, 1e-9);
    }

    private static BillLine Bought(CageUse a, CageUse z, IEnumerable<Link> links)
    {
        CableWorld world = new();
        world.Add(a, z, links, _ => 3_500, from: Tier.Leaf);
        CablePlan plan = world.Plan(new() { Exclude = ["sr", "dr", "fr", "lr", "zr", "dac", "aec", "aoc"] });
        Network network = world.Network! with
        {
            Groups =
            [
                new DeviceGroup
                {
                    First = 0,
                    Count = world.Network!.GroupOfDevice.Length,
                    Switch = Catalogue.Default.Switches["nvidia-qm9700"],
                    Fabric = FabricRole.Backend,
                    Tier = Tier.Leaf,
                    NamePrefix = "leaf",
                },
            ],
        };
        ClusterSpec spec = new() { Name = "test", Catalogue = Catalogue.Default };
        Placement nowhere = new()
        {
            Halls = [],
            Racks = [],
            RackOfDevice = [],
            UnitOfDevice = [],
        };
        ChannelPlan channels = ChannelPlan.Of(spec, network, nowhere, plan);
        return BillOfMaterials.From(spec, network, nowhere, plan, channels).Lines.Single(l => l.Category == "assembly");
    }
}
