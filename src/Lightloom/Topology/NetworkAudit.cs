using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>
/// Checks a finished network as a graph: every port leg carries one link, every plane is connected, and planes share nothing.
/// </summary>
/// <remarks>Runs on every design, in time linear in its links. What it finds is a defect of Lightloom, never of the input.</remarks>
public static class NetworkAudit
{
    /// <summary>The first thing that does not hold, or null when all does.</summary>
    public static string? FirstFault(Network network) =>
        PortFault(network) ?? HostFault(network) ?? ConnectionFault(network) ?? FamilyFault(network);

    /// <summary>What the backend's own topology promises.</summary>
    private static string? FamilyFault(Network network) =>
        network.Fabrics.FirstOrDefault(f => f.Role == FabricRole.Backend) is { } backend
            ? TopologyFamilies.Named(backend.Topology)?.Audit(network, backend)
            : null;

    /// <summary>Every XPU node has all its NIC ports on every plane that it should be on.</summary>
    private static string? HostFault(Network network)
    {
        Fabric? backend = network.Fabrics.FirstOrDefault(f => f.Role == FabricRole.Backend);
        if (backend is null)
        {
            return null;
        }

        int[] links = new int[network.NodeCount];
        foreach (LinkClass c in backend.LinkClasses)
        {
            if (c.From == Tier.Host)
            {
                foreach (ref readonly Link link in c.Links.AsSpan())
                {
                    links[link.A]++;
                }
            }
        }

        int legs = backend.PlaneLayout == PlaneLayout.NicSplit ? backend.Planes : 1;
        foreach (DeviceGroup group in network.Groups)
        {
            if (group is { IsNode: true, IsService: false, Node.Backend: not null })
            {
                int expected = group.Node.Backend.Nics.Value * Math.Max(legs, group.Node.Backend.CagesPerNic);
                for (int d = group.First; d < group.First + group.Count; d++)
                {
                    if (links[d] != expected)
                    {
                        return $"{network.NameOf(d)} has {links[d]} backend links and should have {expected}";
                    }
                }
            }
        }

        return null;
    }

    private static string? PortFault(Network network)
    {
        foreach (Fabric fabric in network.Fabrics)
        {
            // One bit for every leg of every cage that the fabric may use, laid out device after device.
            int legs = 1;
            int[] cages = new int[network.DeviceCount];
            foreach (LinkClass c in fabric.LinkClasses)
            {
                legs = Math.Max(legs, Math.Max(c.ACages.Ways, c.ZCages.Ways));
                foreach (ref readonly Link link in c.Links.AsSpan())
                {
                    cages[link.A] = Math.Max(cages[link.A], link.ACage);
                    cages[link.Z] = Math.Max(cages[link.Z], link.ZCage);
                }
            }

            long[] first = new long[network.DeviceCount + 1];
            for (int d = 0; d < network.DeviceCount; d++)
            {
                first[d + 1] = first[d] + (cages[d] > 0 ? (cages[d] + 1L) * legs : 0);
            }

            ulong[] used = new ulong[(first[^1] / 64) + 1];
            foreach (LinkClass c in fabric.LinkClasses)
            {
                foreach (ref readonly Link link in c.Links.AsSpan())
                {
                    if (link.ALane >= c.ACages.Ways || link.ZLane >= c.ZCages.Ways || link.ACage == 0 || link.ZCage == 0)
                    {
                        return $"a {fabric.Role.ToWord()} {c.TierWord} link of {network.NameOf(link.A)} uses a leg that its cage does not "
                            + $"have";
                    }

                    if (!Take(used, first[link.A] + ((long)link.ACage * legs) + link.ALane))
                    {
                        return $"{network.NameOf(link.A)}, cage {link.ACage}, leg {link.ALane} carries two {fabric.Role.ToWord()} links";
                    }

                    if (!Take(used, first[link.Z] + ((long)link.ZCage * legs) + link.ZLane))
                    {
                        return $"{network.NameOf(link.Z)}, cage {link.ZCage}, leg {link.ZLane} carries two {fabric.Role.ToWord()} links";
                    }
                }
            }
        }

        return null;
    }

    private static bool Take(ulong[] bits, long at)
    {
        ulong mask = 1UL << (int)(at & 63);
        bool free = (bits[at >> 6] & mask) == 0;
        bits[at >> 6] |= mask;
        return free;
    }

    private static string? ConnectionFault(Network network)
    {
        int[] parent = new int[network.DeviceCount];
        int[] planeOf = new int[network.DeviceCount];
        foreach (Fabric fabric in network.Fabrics)
        {
            bool pods = fabric.PlaneLayout == PlaneLayout.Pods;
            Array.Fill(planeOf, -1);
            foreach (
                IGrouping<int, LinkClass> plane in fabric.LinkClasses.Where(c => c.To != Tier.External).GroupBy(c => pods ? 0 : c.Plane)
            )
            {
                for (int d = 0; d < parent.Length; d++)
                {
                    parent[d] = -1;
                }

                int parts = 0;
                foreach (LinkClass c in plane)
                {
                    foreach (ref readonly Link link in c.Links.AsSpan())
                    {
                        parts += Touch(parent, link.A) + Touch(parent, link.Z) - (DisjointSets.Join(parent, link.A, link.Z) ? 1 : 0);
                        if (!pods)
                        {
                            // Hosts are on every plane; switches on one.
                            if ((c.From != Tier.Host && !Claim(planeOf, link.A, plane.Key)) || !Claim(planeOf, link.Z, plane.Key))
                            {
                                return $"{fabric.Role.ToWord()} plane {plane.Key} shares a switch with another plane";
                            }
                        }
                    }
                }

                // A management network larger than one tree is joined over the frontend, and says so.
                if (parts > 1 && fabric.Role != FabricRole.Oob)
                {
                    return $"{fabric.Role.ToWord()} plane {plane.Key} falls into {parts} parts";
                }
            }
        }

        return null;
    }

    private static bool Claim(int[] planeOf, int device, int plane)
    {
        if (planeOf[device] < 0)
        {
            planeOf[device] = plane;
        }

        return planeOf[device] == plane;
    }

    private static int Touch(int[] parent, int device)
    {
        if (parent[device] >= 0)
        {
            return 0;
        }

        parent[device] = device;
        return 1;
    }
}
