using System.Collections.Immutable;
using Lightloom.Design;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Report.Drawing;

/// <summary>What a fabric's picture divides it into.</summary>
internal enum ColumnKind
{
    /// <summary>Nothing: one plane without pods.</summary>
    Whole,

    /// <summary>Planes side by side over common hosts.</summary>
    Planes,

    /// <summary>Pods side by side under a common top tier.</summary>
    Pods,
}

/// <summary>A fabric in numbers: devices by tier and column, links between tiers by column.</summary>
internal sealed class FabricView
{
    private FabricView(Fabric fabric, ColumnKind kind, int columns, IReadOnlyList<Tier> tiers)
    {
        Fabric = fabric;
        Kind = kind;
        Columns = columns;
        Tiers = tiers;
    }

    /// <summary>The fabric.</summary>
    public Fabric Fabric { get; }

    /// <summary>What a column is.</summary>
    public ColumnKind Kind { get; }

    /// <summary>How many columns, at least 1.</summary>
    public int Columns { get; }

    /// <summary>Switch tiers from the leaf up.</summary>
    public IReadOnlyList<Tier> Tiers { get; }

    /// <summary>Devices by tier and column. The tier that all columns share has its whole count in column 0.</summary>
    public Dictionary<(Tier Tier, int Column), long> Devices { get; } = [];

    /// <summary>Links by lower tier, upper tier and column.</summary>
    public Dictionary<(Tier From, Tier To, int Column), Edge> Edges { get; } = [];

    /// <summary>Managed or attached devices by what they are (pool, service, switches), with how many of them have links here.</summary>
    public List<(string Name, long Count)> Hosts { get; } = [];

    /// <summary>Links to what is outside of the design: the tier they start from, what they lead to, and how many.</summary>
    public List<(Tier From, string To, Edge Links)> Outside { get; } = [];

    /// <summary>True when one tier is common to all columns: the hosts of planes, the top of pods.</summary>
    public bool IsShared(Tier tier) =>
        Kind switch
        {
            ColumnKind.Planes => tier == Tier.Host,
            ColumnKind.Pods => tier == Tiers[^1] && tier == Tier.SuperSpine,
            _ => true,
        };

    /// <summary>Counts a fabric.</summary>
    public static FabricView Of(ClusterDesign design, Fabric fabric)
    {
        Network network = design.Network;
        DeviceGroup[] switches = [.. network.Groups.Where(g => g.IsOurSwitch && g.Fabric == fabric.Role)];
        int pods = switches.Select(g => g.Pod + 1).DefaultIfEmpty(0).Max();
        bool podLayout = fabric.Role == FabricRole.Backend && fabric is { PlaneLayout: Spec.PlaneLayout.Pods } && fabric.Planes > 1;
        ColumnKind kind =
            podLayout || (fabric.Planes == 1 && pods > 1) ? ColumnKind.Pods
            : fabric.Planes > 1 ? ColumnKind.Planes
            : ColumnKind.Whole;
        int columns = kind switch
        {
            ColumnKind.Pods => podLayout ? Math.Max(fabric.Planes, pods) : pods,
            ColumnKind.Planes => fabric.Planes,
            _ => 1,
        };
        FabricView view = new(fabric, kind, columns, [.. fabric.Tiers.Select(t => t.Tier).Distinct()]);

        int[] columnOfGroup =
        [
            .. network.Groups.Select(g =>
                g.IsNode || g.Fabric != fabric.Role
                    ? -1
                    : kind switch
                    {
                        ColumnKind.Pods => g.Pod >= 0 ? g.Pod : g.Plane,
                        ColumnKind.Planes => g.Plane,
                        _ => 0,
                    }
            ),
        ];
        foreach (DeviceGroup g in switches)
        {
            Add(view.Devices, (g.Tier, view.IsShared(g.Tier) ? 0 : Math.Max(0, columnOfGroup[g.Index])), g.Count);
        }

        view.CountLinks(design, columnOfGroup);
        view.CountHosts(design);
        return view;
    }

    private static void Add(Dictionary<(Tier, int), long> to, (Tier, int) key, long count) => to[key] = to.GetValueOrDefault(key) + count;

    private void CountLinks(ClusterDesign design, int[] columnOfGroup)
    {
        Network network = design.Network;
        int[] cableSeen = new int[design.Cables.Cables.Length];
        int[] hostSeen = new int[network.DeviceCount];
        int stamp = 0;
        Dictionary<(Tier, Tier, int), int> stamps = [];
        foreach (LinkClass links in Fabric.LinkClasses)
        {
            ImmutableArray<int> cableOf = design.Cables.CableOfLink[links.Index];
            for (int i = 0; i < links.Links.Length; i++)
            {
                Link link = links.Links[i];
                int column = Math.Max(columnOfGroup[network.GroupOfDevice[link.A]], 0);
                if (links.From == Tier.Host)
                {
                    column = Math.Max(columnOfGroup[network.GroupOfDevice[link.Z]], 0);
                }

                if (links.To == Tier.External)
                {
                    AddOutside(links, network.GroupOf(link.Z).NamePrefix);
                    continue;
                }

                (Tier, Tier, int) key = (links.From, links.To, column);
                if (!Edges.TryGetValue(key, out Edge? edge))
                {
                    Edges[key] = edge = new();
                    stamps[key] = ++stamp;
                }

                edge.Links++;
                edge.Rates.Add(links.Rate);
                int cable = cableOf[i];
                if (cable >= 0 && cableSeen[cable] != stamps[key])
                {
                    cableSeen[cable] = stamps[key];
                    edge.Cables++;
                }

                if (links.From == Tier.Host && hostSeen[link.A] != stamps[key])
                {
                    hostSeen[link.A] = stamps[key];
                    Add(Devices, (Tier.Host, column), 1);
                }
            }
        }
    }

    private void AddOutside(LinkClass links, string to)
    {
        int at = Outside.FindIndex(o => o.From == links.From && o.To == to);
        if (at < 0)
        {
            at = Outside.Count;
            Outside.Add((links.From, to, new()));
        }

        Outside[at].Links.Links++;
        Outside[at].Links.Rates.Add(links.Rate);
    }

    private void CountHosts(ClusterDesign design)
    {
        Network network = design.Network;
        bool[] present = new bool[network.DeviceCount];
        long[] byGroup = new long[network.Groups.Count];
        foreach (LinkClass links in Fabric.LinkClasses.Where(c => c.From == Tier.Host))
        {
            foreach (ref readonly Link link in links.Links.AsSpan())
            {
                if (!present[link.A])
                {
                    present[link.A] = true;
                    byGroup[network.GroupOfDevice[link.A]]++;
                }
            }
        }

        foreach (
            var group in network
                .Groups.Where(g => byGroup[g.Index] > 0)
                .GroupBy(g => g.IsNode ? PoolName(design, g) : Words.Role(g.Fabric).ToLowerInvariant() + " switches")
        )
        {
            Hosts.Add((group.Key, group.Sum(g => byGroup[g.Index])));
        }
    }

    private static string PoolName(ClusterDesign design, DeviceGroup group)
    {
        int pool = group.Pool;
        IReadOnlyList<Spec.PoolSpec> pools = design.Spec.Pools;
        return pool >= 0 && pool < pools.Count ? pools[pool].Name
            : pool - pools.Count >= 0 && pool - pools.Count < design.Spec.Services.Count ? design.Spec.Services[pool - pools.Count].Name
            : group.NamePrefix;
    }

    /// <summary>Links of one kind in one column.</summary>
    internal sealed class Edge
    {
        /// <summary>Logical links.</summary>
        public long Links { get; set; }

        /// <summary>Cables.</summary>
        public long Cables { get; set; }

        /// <summary>Their rates.</summary>
        public SortedSet<DataRate> Rates { get; } = [];

        /// <summary><c>1,024 × 400G</c>.</summary>
        public string Text => $"{Words.Count(Links)} × {string.Join('/', Rates.Reverse().Select(Words.Rate))}";
    }
}
