using Lightloom.Hardware;

namespace Lightloom.Topology;

/// <summary>
/// Every device and every logical link of the cluster, before anything has a place. Devices are numbered from 0, nodes first.
/// </summary>
/// <remarks>Immutable once built; safe to read from several threads.</remarks>
public sealed record Network
{
    /// <summary>Runs of like devices, in the order of their numbers.</summary>
    public required IReadOnlyList<DeviceGroup> Groups { get; init; }

    /// <summary>Group of every device.</summary>
    public required ushort[] GroupOfDevice { get; init; }

    /// <summary>Unit of every device: a node's, or the one a leaf serves; -1 for none or several.</summary>
    public required int[] UnitOfDevice { get; init; }

    /// <summary>Scalable units, in the order of their nodes.</summary>
    public required IReadOnlyList<Unit> Units { get; init; }

    /// <summary>Backend, then frontend, then management, as far as they exist.</summary>
    public required IReadOnlyList<Fabric> Fabrics { get; init; }

    /// <summary>Link classes of all fabrics, in the order of the fabrics.</summary>
    public required IReadOnlyList<LinkClass> LinkClasses { get; init; }

    /// <summary>Number of nodes: devices 0 to this less one.</summary>
    public required int NodeCount { get; init; }

    /// <summary>Number of XPUs.</summary>
    public required long XpuCount { get; init; }

    /// <summary>The same network with other links in some classes.</summary>
    /// <param name="links">New links by class of this network; as many as the class had. Other classes stay as they are.</param>
    public Network WithLinks(IReadOnlyDictionary<LinkClass, Link[]> links)
    {
        Dictionary<LinkClass, LinkClass> replaced = links.ToDictionary(pair => pair.Key, pair => pair.Key with { Links = pair.Value });
        return this with
        {
            LinkClasses = [.. LinkClasses.Select(Current)],
            Fabrics = [.. Fabrics.Select(fabric => fabric with { LinkClasses = [.. fabric.LinkClasses.Select(Current)] })],
        };

        LinkClass Current(LinkClass c) => replaced.GetValueOrDefault(c, c);
    }

    /// <summary>The same network without some links; a class that loses all of them is gone.</summary>
    /// <param name="leaves">By class of this network the links that it keeps; other classes stay as they are.</param>
    internal Network Keeping(IReadOnlyDictionary<LinkClass, Link[]> leaves)
    {
        Dictionary<LinkClass, LinkClass> kept = [];
        foreach (LinkClass c in LinkClasses)
        {
            Link[] links = leaves.GetValueOrDefault(c, c.Links);
            if (links.Length > 0)
            {
                kept[c] = c with { Links = links, Index = kept.Count };
            }
        }

        return this with
        {
            LinkClasses = [.. LinkClasses.Where(kept.ContainsKey).Select(c => kept[c])],
            Fabrics = [.. Fabrics.Select(f => f with { LinkClasses = [.. f.LinkClasses.Where(kept.ContainsKey).Select(c => kept[c])] })],
        };
    }

    /// <summary>Number of devices.</summary>
    public int DeviceCount => GroupOfDevice.Length;

    /// <summary>The group of a device.</summary>
    public DeviceGroup GroupOf(int device) => Groups[GroupOfDevice[device]];

    /// <summary>The name of a device.</summary>
    public string NameOf(int device) => GroupOf(device).NameOf(device);

    /// <summary>The name of what a cable at a cage ends on: the device, or the tray of a rack-scale node.</summary>
    /// <param name="device">The device.</param>
    /// <param name="fabric">The network that the cage belongs to.</param>
    /// <param name="cage">The cage, from 1.</param>
    public string NameOf(int device, FabricRole fabric, int cage) =>
        TrayOf(device, fabric, cage) is { } tray ? GroupOf(device).NameOf(device, tray) : NameOf(device);

    /// <summary>The tray of a rack-scale node that holds a cage; null for a device that is one whole.</summary>
    /// <param name="device">The device.</param>
    /// <param name="fabric">The network that the cage belongs to.</param>
    /// <param name="cage">The cage, from 1.</param>
    public Tray? TrayOf(int device, FabricRole fabric, int cage) =>
        GroupOf(device) is { Trays: { } trays } group ? trays.Of(group.Node!, fabric.Name, cage) : null;

    /// <summary>Logical links, all fabrics.</summary>
    public long LinkCount => LinkClasses.Sum(c => (long)c.Links.Length);

    /// <summary>What ports are called.</summary>
    public PortNames Ports { get; init; } = PortNames.Default;

    /// <summary>The name of a cage as it is printed or configured: <c>E1/7</c> or <c>swp7</c>, <c>be3</c>, <c>mgmt1</c>.</summary>
    public string PortName(int device, FabricRole fabric, int cage) => Ports.Cage(GroupOf(device), fabric, cage);

    /// <summary>The name of the port at the A end of a link.</summary>
    public string PortNameA(LinkClass links, in Link link) =>
        Ports.Leg(GroupOf(link.A), links.Fabric, link.ACage, link.ALane, links.ACages.Breakout);

    /// <summary>The name of the port at the Z end of a link.</summary>
    public string PortNameZ(LinkClass links, in Link link) =>
        Ports.Leg(GroupOf(link.Z), links.Fabric, link.ZCage, link.ZLane, links.ZCages.Breakout);
}
