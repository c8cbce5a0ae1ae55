using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Studio.Views;

/// <summary>A shortest way through one network, and what it takes.</summary>
internal sealed record PathAnswer
{
    public required string Role { get; init; }
    public required IReadOnlyList<PathHop> Hops { get; init; }
    public required IReadOnlyList<PathLink> Links { get; init; }
    public required double LengthM { get; init; }
    public required double LatencyNs { get; init; }
    public required int Switches { get; init; }

    /// <summary>How many shortest ways there are; parallel links count each.</summary>
    public required double Paths { get; init; }
}

/// <summary>A device on the way.</summary>
internal sealed record PathHop(string Device, string Tier, string Model, string Rack, string? InPort, string? OutPort, double LatencyNs);

/// <summary>A link on the way.</summary>
internal sealed record PathLink(string? Cable, string From, string To, double LengthM, string? Medium, double RateGbps, double LatencyNs);

/// <summary>Finds ways through a network whose hosts do not forward, with some of it failed.</summary>
internal static class PathFinder
{
    /// <summary>A shortest way, the first by number of several; null where there is none.</summary>
    public static PathAnswer? Find(DesignView view, Fabric fabric, int from, int to, Failed failed)
    {
        Network network = view.Design.Network;
        int[] distance = new int[network.DeviceCount];
        double[] ways = new double[network.DeviceCount];
        int[] by = new int[network.DeviceCount];
        Array.Fill(distance, -1);
        (distance[from], ways[from]) = (0, 1);
        Queue<int> next = new();
        next.Enqueue(from);
        if (failed.Devices.Contains(from) || failed.Devices.Contains(to))
        {
            return null;
        }

        while (next.TryDequeue(out int at))
        {
            if (at == to || (distance[to] >= 0 && distance[at] >= distance[to]))
            {
                continue;
            }

            // Hosts do not forward; in the management network switches of the others are hosts.
            if (at != from && !Forwards(network, fabric, at))
            {
                continue;
            }

            foreach (int number in view.Links.Of(at))
            {
                (LinkClass links, int index) = view.Links.At(number);
                if (links.Fabric != fabric.Role || failed.Has(view, links, index))
                {
                    continue;
                }

                Link link = links.Links[index];
                int peer = link.A == at ? link.Z : link.A;
                if (distance[peer] < 0)
                {
                    (distance[peer], by[peer]) = (distance[at] + 1, number);
                    next.Enqueue(peer);
                }

                if (distance[peer] == distance[at] + 1)
                {
                    ways[peer] += ways[at];
                }
            }
        }

        return distance[to] < 0 || from == to ? null : Told(view, fabric, from, to, by, ways[to]);
    }

    private static bool Forwards(Network network, Fabric fabric, int device) =>
        network.GroupOf(device) is { IsOurSwitch: true } group && group.Fabric == fabric.Role;

    private static PathAnswer Told(DesignView view, Fabric fabric, int from, int to, int[] by, double ways)
    {
        Network network = view.Design.Network;
        Catalogue catalogue = view.Design.Spec.Catalogue;
        List<(int Device, int Link)> back = [];
        for (int at = to; at != from; )
        {
            int number = by[at];
            back.Add((at, number));
            (LinkClass links, int index) = view.Links.At(number);
            at = links.Links[index].A == at ? links.Links[index].Z : links.Links[index].A;
        }

        back.Reverse();
        List<PathHop> hops = [];
        List<PathLink> path = [];
        int device = from;
        string? entered = null;
        // A NIC sends and a NIC receives, where the ends are nodes.
        int nics = (network.GroupOf(from).IsNode ? 1 : 0) + (network.GroupOf(to).IsNode ? 1 : 0);
        double total = nics * catalogue.Nanoseconds("nic-ns").Value.Nanoseconds,
            metres = 0;
        foreach ((int peer, int number) in back)
        {
            (LinkClass links, int index) = view.Links.At(number);
            Link link = links.Links[index];
            bool up = link.A == device;
            string leaves = up ? network.PortNameA(links, link) : network.PortNameZ(links, link);
            Hop(device, entered, leaves);
            int length = view.Design.Cables.LengthOfLink[links.Index][index];
            int cable = view.Design.Cables.CableOfLink[links.Index][index];
            LinkProduct? product =
                cable < 0 || view.Design.Cables.Cables[cable].Product < 0
                    ? null
                    : view.Design.Cables.Products[view.Design.Cables.Cables[cable].Product];
            double latency = product is null ? 0 : LinkLatency.Of(product, length, catalogue).Nanoseconds;
            path.Add(
                new(
                    cable < 0 ? null : view.Cables.IdOf(cable),
                    NameAt(device, links, up ? link.ACage : link.ZCage),
                    NameAt(peer, links, up ? link.ZCage : link.ACage),
                    length / 1000.0,
                    product?.Medium.ToWord(),
                    links.Rate.Gbps,
                    Math.Round(latency, 3)
                )
            );
            total += latency;
            metres += length / 1000.0;
            entered = up ? network.PortNameZ(links, link) : network.PortNameA(links, link);
            device = peer;
        }

        Hop(to, entered, null);
        return new()
        {
            Role = fabric.Role.ToWord(),
            Hops = hops,
            Links = path,
            LengthM = Math.Round(metres, 3),
            LatencyNs = Math.Round(total, 3),
            Switches = hops.Count(h => h.LatencyNs > 0),
            Paths = ways,
        };

        void Hop(int at, string? inPort, string? outPort)
        {
            DeviceGroup group = network.GroupOf(at);
            bool passes = inPort is not null && outPort is not null && group.Switch is not null;
            SimTime each = passes ? LinkLatency.OfSwitch(group.Switch!, catalogue).Each : SimTime.Zero;
            total += each.Nanoseconds;
            hops.Add(
                new(
                    network.NameOf(at),
                    group.Tier.ToWord(),
                    group.Model.Id,
                    view.Design.Placement.Racks[view.Design.Placement.RackOfDevice[at]].Name,
                    inPort,
                    outPort,
                    Math.Round(each.Nanoseconds, 3)
                )
            );
        }

        string NameAt(int at, LinkClass links, int cage) => network.NameOf(at, links.Fabric, cage);
    }
}
