using System.Globalization;
using Lightloom.Diagnostics;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>
/// A network in the making: its devices, its units and what was said about it. Fabrics are drawn onto it one after another.
/// </summary>
internal sealed class NetworkDraft
{
    /// <summary>Starts with the nodes of <paramref name="pools"/>.</summary>
    public NetworkDraft(ClusterSpec spec, IReadOnlyList<PoolNodes> pools, DiagnosticBag diagnostics)
    {
        Spec = spec;
        Pools = pools;
        Diagnostics = diagnostics;
        foreach (PoolNodes pool in pools)
        {
            Devices.Add(
                pool.Count,
                first =>
                    new()
                    {
                        First = first,
                        Count = pool.Count,
                        Node = pool.Node,
                        Pool = pool.Index,
                        IsService = pool.IsService,
                        Tier = Tier.Host,
                        NamePrefix = pool.Spec.Name,
                        Digits = Digits(pool.Count),
                    }
            );
        }

        NodeCount = Devices.Count;
    }

    /// <summary>What is asked.</summary>
    public ClusterSpec Spec { get; }

    /// <summary>Pools, then services.</summary>
    public IReadOnlyList<PoolNodes> Pools { get; }

    /// <summary>Pools on the backend.</summary>
    public IReadOnlyList<PoolNodes> XpuPools => [.. Pools.Where(p => p.IsOnBackend)];

    /// <summary>XPUs on the backend.</summary>
    public long BackendXpus => PoolNodes.XpusOf(XpuPools);

    /// <summary>Receives what is worth saying about the fabrics.</summary>
    public DiagnosticBag Diagnostics { get; }

    /// <summary>Devices so far.</summary>
    public DeviceList Devices { get; } = new();

    /// <summary>Number of nodes.</summary>
    public int NodeCount { get; }

    /// <summary>Scalable units, in the order of their nodes.</summary>
    public List<Unit> Units { get; } = [];

    /// <summary>Leaves that serve one unit.</summary>
    public List<(int Leaf, int Unit)> LeafUnits { get; } = [];

    /// <summary>Digits of the numbers in the names of so many devices.</summary>
    public static int Digits(long count) => Math.Max(3, count.ToString(CultureInfo.InvariantCulture).Length);

    /// <summary>The network, with its fabrics in the order given.</summary>
    public Network Finish(IReadOnlyList<Fabric> fabrics)
    {
        int[] unitOf = new int[Devices.Count];
        Array.Fill(unitOf, -1);
        for (int u = 0; u < Units.Count; u++)
        {
            unitOf.AsSpan(Units[u].FirstNode, Units[u].NodeCount).Fill(u);
        }

        foreach ((int leaf, int unit) in LeafUnits)
        {
            unitOf[leaf] = unit;
        }

        List<LinkClass> classes = [.. fabrics.SelectMany(f => f.LinkClasses)];
        for (int i = 0; i < classes.Count; i++)
        {
            classes[i].Index = i;
        }

        return new()
        {
            Groups = Devices.Groups,
            GroupOfDevice = Devices.GroupOfDevice(),
            UnitOfDevice = unitOf,
            Units = Units,
            Fabrics = fabrics,
            LinkClasses = classes,
            NodeCount = NodeCount,
            XpuCount = PoolNodes.XpusOf(Pools.Where(p => !p.IsService)),
        };
    }
}
