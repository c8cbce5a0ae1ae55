using Lightloom.Topology;

namespace Lightloom.Studio.Views;

/// <summary>What failures leave of each host's bandwidth.</summary>
internal sealed record WhatIfAnswer
{
    public required string Role { get; init; }
    public required IReadOnlyList<FailedAnswer> Failed { get; init; }
    public required int Hosts { get; init; }
    public required int HostsAffected { get; init; }
    public required int HostsCutOff { get; init; }
    public required double WorstShare { get; init; }
    public required double MeanShare { get; init; }
    public required long LinksLost { get; init; }
    public required IReadOnlyList<WhatIfGroup> Groups { get; init; }
    public required IReadOnlyList<WhatIfHost> Rows { get; init; }
}

/// <summary>Something that failed.</summary>
internal sealed record FailedAnswer(string Name, string Kind, int Links);

/// <summary>Hosts of one pool.</summary>
internal sealed record WhatIfGroup(string Group, int Hosts, int Affected, int CutOff, double WorstShare);

/// <summary>A host that lost something.</summary>
internal sealed record WhatIfHost(string Name, string Rack, int Ports, int PortsLeft, double Share);

/// <summary>
/// Who suffers when something fails, by capacity: a host's port is worth what its leaf has left of its way up, a leaf's uplink what its spine
/// has left. Exact for one failed layer of a Clos; <c>lightloom faults</c> simulates what traffic makes of it.
/// </summary>
internal static class WhatIf
{
    private const int MostHosts = 200;

    public static WhatIfAnswer Of(DesignView view, Fabric fabric, Failed failed)
    {
        Network network = view.Design.Network;
        double[] left = UpwardsLeft(view, fabric, failed, out long lost);
        List<WhatIfHost> hosts = [];
        List<WhatIfGroup> groups = [];
        int total = 0,
            affected = 0,
            cutOff = 0;
        double worst = 1,
            sum = 0;
        foreach (DeviceGroup group in network.Groups.Where(g => g.IsNode))
        {
            int inGroup = 0,
                groupAffected = 0,
                groupCut = 0;
            double groupWorst = 1;
            for (int device = group.First; device < group.First + group.Count; device++)
            {
                (double share, int ports, int portsLeft) = HostLeft(view, fabric, failed, device, left);
                if (ports == 0)
                {
                    continue;
                }

                inGroup++;
                sum += share;
                groupWorst = Math.Min(groupWorst, share);
                groupCut += share <= 1e-12 ? 1 : 0;
                if (share < 1 - 1e-12)
                {
                    groupAffected++;
                    hosts.Add(new(network.NameOf(device), RackOf(view, device), ports, portsLeft, Math.Round(share, 6)));
                }
            }

            if (inGroup > 0)
            {
                groups.Add(new(group.NamePrefix, inGroup, groupAffected, groupCut, Math.Round(groupWorst, 6)));
                (total, affected, cutOff) = (total + inGroup, affected + groupAffected, cutOff + groupCut);
                worst = Math.Min(worst, groupWorst);
            }
        }

        return new()
        {
            Role = fabric.Role.ToWord(),
            Failed =
            [
                .. failed.Named.Select(f => new FailedAnswer(
                    f.Name,
                    f.Kind,
                    f.Kind == "device" ? LinksOf(view, fabric, f.Number) : view.Cables.LinksOf(f.Number).Length
                )),
            ],
            Hosts = total,
            HostsAffected = affected,
            HostsCutOff = cutOff,
            WorstShare = Math.Round(worst, 6),
            MeanShare = total == 0 ? 1 : Math.Round(sum / total, 6),
            LinksLost = lost,
            Groups = groups,
            Rows = [.. hosts.OrderBy(h => h.Share).Take(MostHosts)],
        };
    }

    private static string RackOf(DesignView view, int device) =>
        view.Design.Placement.Racks[view.Design.Placement.RackOfDevice[device]].Name;

    private static int LinksOf(DesignView view, Fabric fabric, int device)
    {
        int links = 0;
        foreach (int number in view.Links.Of(device))
        {
            links += view.Links.At(number).Class.Fabric == fabric.Role ? 1 : 0;
        }

        return links;
    }

    // The share of its way up that every switch has left, top tier first; 1 at the top.
    private static double[] UpwardsLeft(DesignView view, Fabric fabric, Failed failed, out long lost)
    {
        int devices = view.Design.Network.DeviceCount;
        double[] left = new double[devices];
        double[] whole = new double[devices];
        double[] still = new double[devices];
        Array.Fill(left, 1);
        lost = 0;
        foreach (Tier tier in new[] { Tier.Spine, Tier.Leaf, Tier.Host })
        {
            foreach (LinkClass links in fabric.LinkClasses.Where(c => c.From == tier && c.To > c.From && c.To != Tier.External))
            {
                for (int i = 0; i < links.Links.Length; i++)
                {
                    ref readonly Link link = ref links.Links[i];
                    bool gone = failed.Has(view, links, i);
                    lost += gone ? 1 : 0;
                    whole[link.A] += links.Rate.Gbps;
                    still[link.A] += gone ? 0 : links.Rate.Gbps * left[link.Z];
                }
            }

            if (tier != Tier.Host)
            {
                foreach (
                    DeviceGroup group in view.Design.Network.Groups.Where(g => g.IsOurSwitch && g.Fabric == fabric.Role && g.Tier == tier)
                )
                {
                    for (int device = group.First; device < group.First + group.Count; device++)
                    {
                        left[device] = whole[device] > 0 ? still[device] / whole[device] : 1;
                    }
                }
            }
        }

        return left;
    }

    private static (double Share, int Ports, int Left) HostLeft(DesignView view, Fabric fabric, Failed failed, int device, double[] left)
    {
        double whole = 0,
            still = 0;
        int ports = 0,
            portsLeft = 0;
        foreach (int number in view.Links.Of(device))
        {
            (LinkClass links, int index) = view.Links.At(number);
            if (links.Fabric != fabric.Role)
            {
                continue;
            }

            Link link = links.Links[index];
            bool gone = failed.Has(view, links, index);
            ports++;
            portsLeft += gone ? 0 : 1;
            whole += links.Rate.Gbps;
            still += gone ? 0 : links.Rate.Gbps * left[link.A == device ? link.Z : link.A];
        }

        return (whole > 0 ? still / whole : 1, ports, portsLeft);
    }
}
