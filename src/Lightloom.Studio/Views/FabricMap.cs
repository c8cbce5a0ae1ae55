using System.Collections.Immutable;
using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Studio.Views;

/// <summary>A network in numbers: runs of like devices, and how many links and cables join any two.</summary>
internal sealed record FabricMap(string Role, IReadOnlyList<FabricNode> Nodes, IReadOnlyList<FabricEdge> Edges)
{
    private const int MostNames = 40;

    /// <summary>Counts a network.</summary>
    public static FabricMap Of(ClusterDesign design, Fabric fabric, bool byRail)
    {
        Network network = design.Network;
        Dictionary<(int A, int Z, double Gbps), Counter> edges = [];
        int[] seen = new int[design.Cables.Cables.Length];
        HashSet<int> groups = [.. network.Groups.Where(g => g.IsOurSwitch && g.Fabric == fabric.Role).Select(g => g.Index)];
        int stamp = 0;
        Dictionary<int, ulong> railsOf = [];
        foreach (LinkClass links in fabric.LinkClasses)
        {
            ImmutableArray<int> cableOf = design.Cables.CableOfLink[links.Index];
            ImmutableArray<int> lengths = design.Cables.LengthOfLink[links.Index];
            Counter? counter = null;
            (int A, int Z) last = (-1, -1);
            for (int i = 0; i < links.Links.Length; i++)
            {
                ref readonly Link link = ref links.Links[i];
                (int A, int Z) ends = (network.GroupOfDevice[link.A], network.GroupOfDevice[link.Z]);
                if (counter is null || ends != last)
                {
                    (int, int, double) key = (ends.A, ends.Z, links.Rate.Gbps);
                    if (!edges.TryGetValue(key, out counter))
                    {
                        edges[key] = counter = new(++stamp);
                        groups.Add(ends.A);
                        groups.Add(ends.Z);
                    }

                    last = ends;
                }

                counter.Links++;
                counter.Shortest = Math.Min(counter.Shortest, lengths[i]);
                counter.Longest = Math.Max(counter.Longest, lengths[i]);
                if (byRail && link.Rail >= 0)
                {
                    counter.Rails[link.Rail] = counter.Rails.GetValueOrDefault(link.Rail) + 1;
                    railsOf[link.Z] = railsOf.GetValueOrDefault(link.Z) | (1UL << Math.Min((int)link.Rail, 63));
                }

                int cable = cableOf[i];
                if (cable >= 0 && seen[cable] != counter.Stamp)
                {
                    seen[cable] = counter.Stamp;
                    counter.Cables++;
                    int product = design.Cables.Cables[cable].Product;
                    counter.Products[product] = counter.Products.GetValueOrDefault(product) + 1;
                }
            }
        }

        return new(
            fabric.Role.ToWord(),
            [.. groups.Order().Select(g => NodeOf(network, network.Groups[g], fabric, railsOf))],
            [.. edges.OrderBy(e => e.Key.A).ThenBy(e => e.Key.Z).Select(e => EdgeOf(design, network, e.Key, e.Value, byRail))]
        );
    }

    /// <summary>What a run of like devices is called in the picture: its position among the groups.</summary>
    public static string IdOf(DeviceGroup group) => FormattableString.Invariant($"g{group.Index}");

    private static FabricNode NodeOf(Network network, DeviceGroup group, Fabric fabric, Dictionary<int, ulong> railsOf)
    {
        TierOfSwitches? tier = fabric.Tiers.FirstOrDefault(t => t.Tier == group.Tier && t.Switch.Id == group.Switch?.Id);
        return new()
        {
            Id = IdOf(group),
            Kind =
                group.IsNode ? "node"
                : group.IsOurSwitch ? "switch"
                : "outside",
            // In the management network switches of the others are hosts.
            Tier = group.IsNode || group.Fabric != fabric.Role ? Tier.Host.ToWord() : group.Tier.ToWord(),
            Label = group.NamePrefix,
            Plane = group.Plane >= 0 ? group.Plane : null,
            Pod = group.Pod >= 0 ? group.Pod : null,
            Model = group.Model.Id,
            ModelName = group.Model.Name,
            Count = group.Count,
            First = group.NameOf(group.First),
            Last = group.NameOf(group.First + group.Count - 1),
            FreePorts = tier?.FreePorts ?? 0,
            Rails = railsOf.Count > 0 && group.IsOurSwitch ? RailsOf(network, group, railsOf) : null,
        };
    }

    // Switches of the group by the rails that they serve, in the order of the rails.
    private static RailSwitches[]? RailsOf(Network network, DeviceGroup group, Dictionary<int, ulong> railsOf)
    {
        RailSwitches[] rails =
        [
            .. Enumerable
                .Range(group.First, group.Count)
                .Where(railsOf.ContainsKey)
                .GroupBy(d => railsOf[d])
                .OrderBy(g => System.Numerics.BitOperations.TrailingZeroCount(g.Key))
                .ThenBy(g => g.Key)
                .Select(g => new RailSwitches(
                    [.. Enumerable.Range(0, 64).Where(r => (g.Key >> r & 1) != 0)],
                    g.Count(),
                    [.. g.Take(MostNames).Select(network.NameOf)]
                )),
        ];
        return rails.Length > 0 ? rails : null;
    }

    private static FabricEdge EdgeOf(ClusterDesign design, Network network, (int A, int Z, double Gbps) key, Counter c, bool byRail) =>
        new()
        {
            From = IdOf(network.Groups[key.A]),
            To = IdOf(network.Groups[key.Z]),
            RateGbps = key.Gbps,
            Links = c.Links,
            Cables = c.Cables,
            LengthMinM = c.Links == 0 ? 0 : c.Shortest / 1000.0,
            LengthMaxM = c.Longest / 1000.0,
            Media =
            [
                .. c
                    .Products.GroupBy(p => p.Key < 0 ? "none" : design.Cables.Products[p.Key].Medium.ToWord())
                    .Select(g => new MediumCount(g.Key, g.Sum(p => p.Value)))
                    .OrderByDescending(m => m.Cables),
            ],
            Rails = byRail && c.Rails.Count > 0 ? [.. c.Rails.OrderBy(r => r.Key).Select(r => new RailCount(r.Key, r.Value))] : null,
        };

    private sealed class Counter(int stamp)
    {
        public int Stamp { get; } = stamp;
        public long Links { get; set; }
        public long Cables { get; set; }
        public int Shortest { get; set; } = int.MaxValue;
        public int Longest { get; set; }
        public Dictionary<int, long> Products { get; } = [];
        public Dictionary<int, long> Rails { get; } = [];
    }
}

/// <summary>A run of like devices.</summary>
internal sealed record FabricNode
{
    public required string Id { get; init; }
    public required string Kind { get; init; }
    public required string Tier { get; init; }
    public required string Label { get; init; }
    public int? Plane { get; init; }
    public int? Pod { get; init; }
    public required string Model { get; init; }
    public required string ModelName { get; init; }
    public required int Count { get; init; }
    public required string First { get; init; }
    public required string Last { get; init; }
    public required int FreePorts { get; init; }

    /// <summary>Of switches that hosts hang from, which rails they serve.</summary>
    public IReadOnlyList<RailSwitches>? Rails { get; init; }
}

/// <summary>What joins two runs of devices.</summary>
internal sealed record FabricEdge
{
    public required string From { get; init; }
    public required string To { get; init; }
    public required double RateGbps { get; init; }
    public required long Links { get; init; }
    public required long Cables { get; init; }
    public required double LengthMinM { get; init; }
    public required double LengthMaxM { get; init; }
    public required IReadOnlyList<MediumCount> Media { get; init; }
    public IReadOnlyList<RailCount>? Rails { get; init; }
}

/// <summary>Cables of a medium.</summary>
internal sealed record MediumCount(string Medium, long Cables);

/// <summary>Switches that serve the same rails; of many only the first are named.</summary>
internal sealed record RailSwitches(IReadOnlyList<int> Rails, int Count, IReadOnlyList<string> Names);

/// <summary>Links of a rail.</summary>
internal sealed record RailCount(int Rail, long Links);
