using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Routing;

/// <summary>The leaves of the management network and which of their ports are in use.</summary>
internal sealed class ManagementLeaves
{
    /// <summary>Numbers of the cages that devices may be plugged into; they are the same on every leaf.</summary>
    private readonly int[] _cages;
    private readonly int _ways;
    private readonly int _ports;
    private readonly bool[] _taken;
    private readonly int[] _free;

    /// <summary>Ports of each leaf that the file keeps free.</summary>
    private readonly int _reserved;

    /// <summary>Counts the ports that the host links of <paramref name="classes"/> use.</summary>
    /// <param name="network">A network with a management fabric.</param>
    /// <param name="classes">Its host link classes of that fabric, at least one.</param>
    public ManagementLeaves(Network network, IReadOnlyList<LinkClass> classes)
    {
        List<DeviceGroup> groups = [.. network.Groups.Where(g => g.Fabric == FabricRole.Oob && g.Tier == Tier.Leaf && !g.IsNode)];
        First = groups.Min(g => g.First);
        Count = groups.Sum(g => g.Count);

        // The very ports that the leaves were sized by: none of another purpose, none that a divided neighbour blocks.
        PortPlan? ports = PortPlan.AllDown(groups[0].Switch!, classes[0].Rate, PortPurpose.Network, HeldPorts.None, out _);
        _cages = ports?.DownCages ?? [];
        _ways = ports?.Down.Ways ?? 1;
        _ports = _cages.Length * _ways;
        _taken = new bool[Count * _ports];
        _reserved =
            network.Fabrics.FirstOrDefault(f => f.Role == FabricRole.Oob)?.Tiers.FirstOrDefault(t => t.Tier == Tier.Leaf)?.FreePorts ?? 0;
        _free = new int[Count];
        Array.Fill(_free, _ports);
        foreach (LinkClass c in classes)
        {
            foreach (Link link in c.Links)
            {
                Set(link, taken: true);
            }
        }
    }

    /// <summary>Device number of the first leaf.</summary>
    public int First { get; }

    /// <summary>Number of leaves.</summary>
    public int Count { get; }

    /// <summary>True when a leaf (from 0) has a port that no link uses and that need not stay free.</summary>
    public bool HasFreePort(int leaf) => _free[leaf] > _reserved;

    /// <summary>Frees the port of a link and gives it the first free one of another leaf (from 0), which must have one.</summary>
    /// <exception cref="InvalidOperationException">The leaf has no free port.</exception>
    public Link Move(Link link, int leaf)
    {
        int port = Array.IndexOf(_taken, false, leaf * _ports, _ports) - (leaf * _ports);
        if (port < 0)
        {
            throw new InvalidOperationException($"management leaf {leaf} has no free port");
        }

        Set(link, taken: false);
        Link moved = new(link.A, First + leaf, link.ACage, link.ALane, _cages[port / _ways], port % _ways, link.Rail);
        Set(moved, taken: true);
        return moved;
    }

    private void Set(Link link, bool taken)
    {
        int leaf = link.Z - First,
            cage = Array.IndexOf(_cages, link.ZCage);

        // A port that is none of those is not given to anybody, so it need not be watched.
        if (cage >= 0)
        {
            _taken[(leaf * _ports) + (cage * _ways) + link.ZLane] = taken;
            _free[leaf] += taken ? -1 : 1;
        }
    }
}
