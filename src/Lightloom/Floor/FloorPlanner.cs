using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Floor;

/// <summary>Gives every device of a network its rack and unit, and every rack its place on the floor.</summary>
public static class FloorPlanner
{
    /// <summary>Places all devices. What does not fit is reported as an infeasibility (LL59xx) and stands in an overflow hall, so that the rest can still be shown.</summary>
    public static Placement Place(ClusterSpec spec, Network network, DiagnosticBag diagnostics)
    {
        var geometry = new FloorGeometry(spec);
        var racks = new List<Rack>();
        var rackOf = new int[network.DeviceCount];
        var unitOf = new byte[network.DeviceCount];
        int perRow = geometry.RacksPerRow;
        int perHall = perRow * geometry.MaxRows;

        Rack Open(RackUse use, Power limit)
        {
            int index = racks.Count;
            int hall = index / perHall;
            int row = index % perHall / perRow + 1;
            int position = index % perRow + 1;
            var rack = new Rack
            {
                Index = index, Hall = hall, Row = row, Position = position, Use = use, Units = geometry.UsableUnits, PowerLimit = limit,
                Name = FormattableString.Invariant($"{HallBuilder.Letters(hall)}{row:00}-{position:00}"),
            };
            racks.Add(rack);
            return rack;
        }

        Rack? open = null;
        foreach (DeviceGroup group in network.Groups)
        {
            DeviceSize size = DeviceSize.Of(geometry, group.Model);
            RackUse use = size.IsRack ? RackUse.RackScale : group.IsService ? RackUse.Services : group.IsNode ? RackUse.Nodes : RackUse.Network;
            for (int device = group.First; device < group.First + group.Count; device++)
            {
                if (size.IsRack)
                {
                    Rack first = Open(use, Power.Zero);
                    first.Devices.Add(device);
                    first.UsedUnits = first.Units;
                    first.UsedPower = size.Power;
                    rackOf[device] = first.Index;
                    unitOf[device] = 1;
                    for (int more = 1; more < size.Racks; more++)
                    {
                        Open(use, Power.Zero).UsedUnits = geometry.UsableUnits;
                    }

                    open = null;
                    continue;
                }

                if (open is null || open.Use != use || open.UsedUnits + size.Units > open.Units || open.UsedPower + size.Power > open.PowerLimit)
                {
                    open = Open(use, geometry.PowerLimit);
                }

                rackOf[device] = open.Index;
                unitOf[device] = (byte)(open.UsedUnits + 1);
                open.UsedUnits += size.Units;
                open.UsedPower += size.Power;
                open.Devices.Add(device);
            }
        }

        int halls = Math.Max(1, (racks.Count + perHall - 1) / perHall);
        return new Placement
        {
            Halls = HallBuilder.Defaults(geometry, halls, Math.Clamp((racks.Count + perRow - 1) / perRow, 1, geometry.MaxRows), perRow),
            Racks = racks,
            RackOfDevice = rackOf,
            UnitOfDevice = unitOf,
        };
    }
}
