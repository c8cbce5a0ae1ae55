using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Placing;
using Lightloom.Spec;
using Lightloom.Tests.Floor;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Tests.Placing;

public partial class FloorPlannerTest
{
    public static TheoryData<int> Seeds() => [.. Enumerable.Range(0, 120)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void On_any_floor_every_device_stands_once_and_no_limit_is_broken(int seed)
    {
        var random = new RandomFloor(seed);
        var diagnostics = new DiagnosticBag();

        Placement placement = FloorPlanner.Place(random.Spec, random.Network, diagnostics);

        placement.IsComplete.ShouldBe(!diagnostics.HasErrors, string.Join("\n", diagnostics));
        EveryDeviceStandsOnce(random.Network, placement);
        NoUnitIsTakenTwice(random, placement);
        NoPositionIsTakenTwice(placement);
        LimitsOfRacksHold(random, placement);
        TheFileIsObeyed(random.Spec, placement);
        if (placement.Cost is { } cost)
        {
            cost.After.ShouldBeLessThanOrEqualTo(cost.Before);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_same_input_gives_the_same_placement(int seed)
    {
        var random = new RandomFloor(seed);
        var again = new RandomFloor(seed);

        Placement one = FloorPlanner.Place(random.Spec, random.Network, []);
        Placement two = FloorPlanner.Place(again.Spec, again.Network, []);

        one.RackOfDevice.ShouldBe(two.RackOfDevice);
        one.UnitOfDevice.ShouldBe(two.UnitOfDevice);
        one.Racks.Select(rack => rack.Name).ShouldBe(two.Racks.Select(rack => rack.Name));
    }

    private static void EveryDeviceStandsOnce(Network network, Placement placement)
    {
        var seen = new bool[network.DeviceCount];
        foreach (Rack rack in placement.Racks)
        {
            foreach (int device in rack.Devices)
            {
                seen[device].ShouldBeFalse(network.NameOf(device));
                seen[device] = true;
                placement.RackOfDevice[device].ShouldBe(rack.Index);
            }
        }

        seen.ShouldAllBe(placed => placed);
    }

    private static void NoUnitIsTakenTwice(RandomFloor random, Placement placement)
    {
        var geometry = new FloorGeometry(random.Spec);
        foreach (Rack rack in placement.Racks.Where(rack => rack.Use != RackUse.RackScale))
        {
            var taken = new bool[rack.Units + 1];
            int units = 0;
            foreach (int device in rack.Devices)
            {
                DeviceSize size = DeviceSize.Of(geometry, random.Network.GroupOf(device).Model);
                for (int unit = placement.UnitOfDevice[device]; unit < placement.UnitOfDevice[device] + size.Units; unit++)
                {
                    unit.ShouldBeInRange(1, rack.Units, $"{random.Network.NameOf(device)} in {rack.Name}");
                    taken[unit].ShouldBeFalse($"unit {unit} of {rack.Name}");
                    taken[unit] = true;
                }

                units += size.Units;
            }

            rack.UsedUnits.ShouldBe(units);
        }
    }

    private static void NoPositionIsTakenTwice(Placement placement)
    {
        var taken = new HashSet<(int, int, int)>();
        foreach (Rack rack in placement.Racks)
        {
            for (int i = 0; i < rack.Span; i++)
            {
                taken.Add((rack.Hall, rack.Row, rack.Position + i)).ShouldBeTrue(rack.Name);
            }

            Hall hall = placement.Halls[rack.Hall];
            rack.Row.ShouldBeInRange(1, hall.Rows);
            (rack.Position + rack.Span - 1).ShouldBeInRange(1, hall.RacksPerRow);
        }

        placement.Racks.Select(rack => rack.Name).Distinct().Count().ShouldBe(placement.Racks.Count);
    }

    private static void LimitsOfRacksHold(RandomFloor random, Placement placement)
    {
        var geometry = new FloorGeometry(random.Spec);
        foreach (Rack rack in placement.Racks)
        {
            Power power = rack.Devices.Aggregate(
                Power.Zero,
                (sum, device) => sum + DeviceSize.Of(geometry, random.Network.GroupOf(device).Model).Power
            );
            if (rack.Use != RackUse.RackScale)
            {
                rack.UsedPower.ShouldBe(power);
                rack.UsedPower.ShouldBeLessThanOrEqualTo(rack.PowerLimit, rack.Name);
                rack.UsedUnits.ShouldBeLessThanOrEqualTo(rack.Units, rack.Name);
            }

            int nodes = rack.Devices.Count(device => random.Network.GroupOf(device).IsNode);
            nodes.ShouldBeLessThanOrEqualTo(rack.Use == RackUse.RackScale ? 1 : random.Spec.Floor.Rack.MaxNodes ?? 64);
        }
    }

    private static void TheFileIsObeyed(ClusterSpec spec, Placement placement)
    {
        foreach (HallSpec hall in spec.Floor.Sites.SelectMany(site => site.Buildings).SelectMany(building => building.Halls))
        {
            Hall? drawn = placement.Halls.FirstOrDefault(h => h.Name == hall.Name);
            if (drawn is null)
            {
                continue;
            }

            List<Rack> racks = [.. placement.Racks.Where(rack => rack.Hall == drawn.Index)];
            foreach (KeepOutSpec keepOut in hall.KeepOuts)
            {
                racks.ShouldNotContain(rack =>
                    rack.Row == keepOut.Row
                    && rack.Position <= (keepOut.To ?? keepOut.From)
                    && rack.Position + rack.Span - 1 >= keepOut.From
                );
            }

            foreach (FixedRackSpec fixedRack in hall.Fixed.DistinctBy(f => (f.Row, f.Position)))
            {
                Rack? there = racks.Find(rack =>
                    rack.Row == fixedRack.Row && rack.Position <= fixedRack.Position && rack.Position + rack.Span > fixedRack.Position
                );
                if (there is not null)
                {
                    RackUse[] allowed = fixedRack.Use switch
                    {
                        "nodes" => [RackUse.Nodes, RackUse.RackScale],
                        "services" => [RackUse.Services],
                        "other" => [],
                        _ => [RackUse.Network],
                    };
                    allowed.ShouldContain(there.Use, $"{there.Name} stands where the file wants {fixedRack.Use}");
                }
            }

            if (hall.PowerLimit is { } limit)
            {
                racks.Aggregate(Power.Zero, (sum, rack) => sum + rack.UsedPower).ShouldBeLessThanOrEqualTo(limit);
            }
        }
    }
}
