using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Routing;

/// <summary>Gives devices that stand too far from their management leaf a free port on a nearer one.</summary>
/// <remarks>
/// Which leaf a device's management port goes to is decided before anything has a place, by the order of the devices. That is right for
/// nodes and their leaves, which stand together; switches that belong to no unit may end up far away, and 1000BASE-T ends at 100 m.
/// </remarks>
public static class ManagementPorts
{
    /// <summary>The network with far management links moved; <paramref name="network"/> itself when none is far or none can move.</summary>
    /// <param name="network">The network as it was sized and wired.</param>
    /// <param name="placement">Where everything stands.</param>
    /// <param name="router">Routes over that placement.</param>
    /// <param name="catalogue">How long a management link may be planned, and what a wall adds to it.</param>
    public static Network MoveFarLinks(Network network, Placement placement, CableRouter router, Catalogue catalogue)
    {
        Reach reach = new(
            (int)Length.FromMetres(catalogue.Fact("oob-link-m").Value).Millimetres,
            Length.FromMetres(catalogue.Fact("oob-wall-m").Value).Millimetres
        );
        List<LinkClass> classes = [.. network.LinkClasses.Where(c => c.Fabric == FabricRole.Oob && c.From == Tier.Host)];
        List<(LinkClass Class, int Link)> far = FarLinks(classes, router, reach);
        if (far.Count == 0)
        {
            return network;
        }

        ManagementLeaves leaves = new(network, classes);
        (long X, long Y, int Hall)[] leafAt = new (long, long, int)[leaves.Count];
        for (int leaf = 0; leaf < leafAt.Length; leaf++)
        {
            leafAt[leaf] = PlaceOf(placement, leaves.First + leaf);
        }

        Moves moves = new(placement, leaves, leafAt, classes, reach);
        foreach ((LinkClass links, int i) in far)
        {
            moves.BringNear(links, i);
        }

        return moves.Changed.Count == 0 ? network : network.WithLinks(moves.Changed);
    }

    /// <summary>Moves links of devices to leaves near them, one after the other.</summary>
    private sealed class Moves(
        Placement placement,
        ManagementLeaves leaves,
        (long X, long Y, int Hall)[] leafAt,
        List<LinkClass> classes,
        Reach reach
    )
    {
        /// <summary>The classes of which a link was looked at to be moved, with their links as they are now.</summary>
        public Dictionary<LinkClass, Link[]> Changed { get; } = [];

        /// <summary>Gives the far link a port near its device: a free one, one that another clears, or one that it changes for.</summary>
        public void BringNear(LinkClass links, int i)
        {
            (long X, long Y, int Hall) at = PlaceOf(placement, links.Links[i].A);
            int leaf = NearestWithFreePort(leaves, leafAt, at, reach);
            if (leaf < 0 || reach.Distance(leafAt[leaf], at) > reach.Far)
            {
                int cleared = ClearPort(at);
                if (cleared < 0 && Swap(links, i, at))
                {
                    return;
                }

                leaf = cleared < 0 ? leaf : cleared;
            }

            if (leaf >= 0)
            {
                Link[] now = LinksOf(links);
                now[i] = leaves.Move(now[i], leaf);
            }
        }

        private Link[] LinksOf(LinkClass links)
        {
            if (!Changed.TryGetValue(links, out Link[]? now))
            {
                Changed[links] = now = [.. links.Links];
            }

            return now;
        }

        // Two devices change places where that brings the first near its leaf and leaves the other near, or nearer than it was: with no port
        // free anywhere, two far links may still be each other's way out.
        private bool Swap(LinkClass links, int i, (long X, long Y, int Hall) at)
        {
            Link one = LinksOf(links)[i];
            (long X, long Y, int Hall) from = leafAt[one.Z - leaves.First];
            foreach (LinkClass others in classes.Where(c => c.Rate == links.Rate && c.ZCages == links.ZCages))
            {
                Link[] theirs = LinksOf(others);
                for (int j = 0; j < theirs.Length; j++)
                {
                    Link other = theirs[j];
                    (long X, long Y, int Hall) to = leafAt[other.Z - leaves.First];
                    if (other.Z == one.Z || reach.Distance(to, at) > reach.Far)
                    {
                        continue;
                    }

                    (long X, long Y, int Hall) there = PlaceOf(placement, other.A);
                    if (reach.Distance(from, there) <= Math.Max(reach.Far, reach.Distance(to, there) - 1))
                    {
                        LinksOf(links)[i] = OnPortOf(one, other);
                        theirs[j] = OnPortOf(other, one);
                        return true;
                    }
                }
            }

            return false;
        }

        // Where all leaves near a place are full, one of the devices on them moves over to a leaf that has room and is near it too.
        private int ClearPort((long X, long Y, int Hall) at)
        {
            foreach (int leaf in Enumerable.Range(0, leafAt.Length).OrderBy(l => reach.Distance(leafAt[l], at)))
            {
                if (reach.Distance(leafAt[leaf], at) > reach.Far)
                {
                    return -1;
                }

                foreach (LinkClass links in classes)
                {
                    Link[] now = LinksOf(links);
                    for (int i = 0; i < now.Length; i++)
                    {
                        if (now[i].Z != leaves.First + leaf)
                        {
                            continue;
                        }

                        (long X, long Y, int Hall) neighbour = PlaceOf(placement, now[i].A);
                        int room = NearestWithFreePort(leaves, leafAt, neighbour, reach);
                        if (room >= 0 && reach.Distance(leafAt[room], neighbour) <= reach.Far)
                        {
                            now[i] = leaves.Move(now[i], room);
                            return leaf;
                        }
                    }
                }
            }

            return -1;
        }
    }

    private static Link OnPortOf(in Link link, in Link port) =>
        new(link.A, port.Z, link.ACage, link.ALane, port.ZCage, port.ZLane, link.Rail);

    private static List<(LinkClass Class, int Link)> FarLinks(List<LinkClass> classes, CableRouter router, Reach reach)
    {
        List<(LinkClass, int)> far = [];
        foreach (LinkClass links in classes)
        {
            int[] lengths = router.Lengths(links);
            for (int i = 0; i < lengths.Length; i++)
            {
                if (lengths[i] > reach.Far)
                {
                    far.Add((links, i));
                }
            }
        }

        return far;
    }

    private static int NearestWithFreePort(
        ManagementLeaves leaves,
        (long X, long Y, int Hall)[] leafAt,
        (long X, long Y, int Hall) from,
        Reach reach
    )
    {
        long best = long.MaxValue;
        int nearest = -1;
        for (int leaf = 0; leaf < leafAt.Length; leaf++)
        {
            if (!leaves.HasFreePort(leaf))
            {
                continue;
            }

            long distance = reach.Distance(leafAt[leaf], from);
            if (distance < best)
            {
                (best, nearest) = (distance, leaf);
            }
        }

        return nearest;
    }

    private static (long X, long Y, int Hall) PlaceOf(Placement placement, int device)
    {
        Rack rack = placement.Racks[placement.RackOfDevice[device]];
        Hall hall = placement.Halls[rack.Hall];
        return (
            (hall.BuildingX + hall.X + hall.RackX(rack.Position)).Millimetres,
            (hall.BuildingY + hall.Y + hall.RowY[rack.Row - 1]).Millimetres,
            rack.Hall
        );
    }

    /// <summary>How far a management link may go.</summary>
    /// <param name="Far">Longest link that is left alone, in millimetres.</param>
    /// <param name="Wall">What the wall of a hall adds to a distance, in millimetres.</param>
    private readonly record struct Reach(int Far, long Wall)
    {
        public long Distance((long X, long Y, int Hall) a, (long X, long Y, int Hall) b) =>
            Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y) + (a.Hall == b.Hall ? 0 : Wall);
    }
}
