using Lightloom.Topology;

namespace Lightloom.Floor;

/// <summary>Gives devices that stand too far from their management leaf a free port on a nearer one.</summary>
/// <remarks>Which leaf a device's management port goes to is decided before anything has a place, by the order of the devices. That is right for
/// nodes and their leaves, which stand together; switches that belong to no unit may end up far away, and 1000BASE-T ends at 100 m.</remarks>
public static class ManagementPorts
{
    /// <summary>Twisted pair ends at 100 m; what is planned closer than this is left alone.</summary>
    private const int FarMillimetres = 90_000;

    /// <summary>Moves far links in place; returns how many.</summary>
    /// <param name="network">The network; links of its management classes may change their upper end.</param>
    /// <param name="placement">Where everything stands.</param>
    /// <param name="router">Routes over that placement.</param>
    public static int MoveFarLinks(Network network, Placement placement, CableRouter router)
    {
        List<LinkClass> classes = [.. network.LinkClasses.Where(c => c.Fabric == FabricRole.Oob && c.From == Tier.Host)];
        List<(int Class, int Link)> far = [];
        HashSet<(int Device, ushort Cage, byte Lane)> taken = [];
        for (int c = 0; c < classes.Count; c++)
        {
            int[] lengths = router.Lengths(classes[c]);
            for (int i = 0; i < lengths.Length; i++)
            {
                Link link = classes[c].Links[i];
                taken.Add((link.Z, link.ZCage, link.ZLane));
                if (lengths[i] > FarMillimetres)
                {
                    far.Add((c, i));
                }
            }
        }

        if (far.Count == 0)
        {
            return 0;
        }

        List<DeviceGroup> leaves = [.. network.Groups.Where(g => g.Fabric == FabricRole.Oob && g.Tier == Tier.Leaf && !g.IsNode)];
        Link sample = classes[0].Links[0];
        // The cages that host links use are the same on every leaf.
        (ushort Cage, byte Lane)[] ports = [.. network.GroupOf(sample.Z).Switch!.Cages
            .Where(b => b.FormFactor == classes[0].ZCages.FormFactor && b.CageRate == classes[0].ZCages.CageRate)
            .SelectMany(b => Enumerable.Range(b.FirstNumber, b.Count))
            .SelectMany(cage => Enumerable.Range(0, classes[0].ZCages.Ways).Select(lane => ((ushort)cage, (byte)lane)))];
        int[] all = [.. leaves.SelectMany(g => Enumerable.Range(g.First, g.Count))];
        int moved = 0;
        foreach ((int c, int i) in far)
        {
            Link link = classes[c].Links[i];
            Rack rack = placement.Racks[placement.RackOfDevice[link.A]];
            foreach (int leaf in all.OrderBy(l => Distance(placement, rack, placement.Racks[placement.RackOfDevice[l]])).ThenBy(l => l).Take(64))
            {
                int free = Array.FindIndex(ports, p => !taken.Contains((leaf, p.Cage, p.Lane)));
                if (free >= 0)
                {
                    taken.Remove((link.Z, link.ZCage, link.ZLane));
                    taken.Add((leaf, ports[free].Cage, ports[free].Lane));
                    classes[c].Links[i] = new(link.A, leaf, link.ACage, link.ALane, ports[free].Cage, ports[free].Lane, link.Rail);
                    moved++;
                    break;
                }
            }
        }

        return moved;
    }

    // Close enough to order by: Manhattan distance on the site, and a hall's wall costs the way to its exit.
    private static long Distance(Placement placement, Rack a, Rack b)
    {
        (long ax, long ay) = At(placement.Halls[a.Hall], a);
        (long bx, long by) = At(placement.Halls[b.Hall], b);
        return Math.Abs(ax - bx) + Math.Abs(ay - by) + (a.Hall == b.Hall ? 0 : 50_000);
    }

    private static (long X, long Y) At(Hall hall, Rack rack) => (
        (hall.BuildingX + hall.X + hall.RackX(rack.Position)).Millimetres,
        (hall.BuildingY + hall.Y + hall.RowY[rack.Row - 1]).Millimetres);
}
