using Lightloom.Floor;
using Lightloom.Topology;

namespace Lightloom.Routing;

/// <summary>Gives devices that stand too far from their management leaf a free port on a nearer one.</summary>
/// <remarks>Which leaf a device's management port goes to is decided before anything has a place, by the order of the devices. That is
/// right for
/// nodes and their leaves, which stand together; switches that belong to no unit may end up far away, and 1000BASE-T ends at 100
/// m.</remarks>
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
        for (int c = 0; c < classes.Count; c++)
        {
            int[] lengths = router.Lengths(classes[c]);
            for (int i = 0; i < lengths.Length; i++)
            {
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

        List<DeviceGroup> groups = [.. network.Groups.Where(g => g.Fabric == FabricRole.Oob && g.Tier == Tier.Leaf && !g.IsNode)];
        int first = groups.Min(g => g.First),
            count = groups.Sum(g => g.Count);
        // The cages that host links use are the same on every leaf.
        CageUse use = classes[0].ZCages;
        int[] cages =
        [
            .. groups[0]
                .Switch!.Cages.Where(b => b.FormFactor == use.FormFactor && b.CageRate == use.CageRate)
                .SelectMany(b => Enumerable.Range(b.FirstNumber, b.Count)),
        ];
        int ports = cages.Length * use.Ways;
        bool[] taken = new bool[count * ports];
        int[] free = new int[count];
        Array.Fill(free, ports);
        foreach (LinkClass c in classes)
        {
            foreach (Link link in c.Links)
            {
                Take(link, true);
            }
        }

        (long X, long Y, int Hall)[] at = new (long, long, int)[count];
        for (int l = 0; l < count; l++)
        {
            at[l] = At(placement, placement.Racks[placement.RackOfDevice[first + l]]);
        }

        int moved = 0;
        foreach ((int c, int i) in far)
        {
            Link link = classes[c].Links[i];
            (long x, long y, int hall) = At(placement, placement.Racks[placement.RackOfDevice[link.A]]);
            long best = long.MaxValue;
            int leaf = -1;
            for (int l = 0; l < count; l++)
            {
                if (free[l] > 0)
                {
                    // A hall's wall costs the way to its exit; close enough to order by.
                    long distance = Math.Abs(at[l].X - x) + Math.Abs(at[l].Y - y) + (at[l].Hall == hall ? 0 : 50_000);
                    if (distance < best)
                    {
                        best = distance;
                        leaf = l;
                    }
                }
            }

            if (leaf < 0)
            {
                continue;
            }

            int port = Array.IndexOf(taken, false, leaf * ports, ports) - (leaf * ports);
            Take(link, false);
            Link nearer = new(link.A, first + leaf, link.ACage, link.ALane, cages[port / use.Ways], port % use.Ways, link.Rail);
            Take(nearer, true);
            classes[c].Links[i] = nearer;
            moved++;
        }

        return moved;

        void Take(Link link, bool take)
        {
            int leaf = link.Z - first;
            taken[(leaf * ports) + (Array.IndexOf(cages, link.ZCage) * use.Ways) + link.ZLane] = take;
            free[leaf] += take ? -1 : 1;
        }
    }

    private static (long X, long Y, int Hall) At(Placement placement, Rack rack)
    {
        Hall hall = placement.Halls[rack.Hall];
        return (
            (hall.BuildingX + hall.X + hall.RackX(rack.Position)).Millimetres,
            (hall.BuildingY + hall.Y + hall.RowY[rack.Row - 1]).Millimetres,
            rack.Hall
        );
    }
}
