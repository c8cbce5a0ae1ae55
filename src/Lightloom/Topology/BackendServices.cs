using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>
/// Service nodes with backend ports of their own, such as the fabric managers of an InfiniBand network: they take ports that the XPUs' units
/// leave free, on different leaves.
/// </summary>
internal static class BackendServices
{
    /// <summary>The backend with the links of the services; an error where its leaves have no ports for them.</summary>
    /// <param name="backend">The backend as it was wired.</param>
    /// <param name="draft">Its network.</param>
    public static Fabric Join(Fabric backend, NetworkDraft draft)
    {
        PoolNodes[] services = [.. draft.Pools.Where(p => p is { IsService: true, Node.Backend: not null })];
        if (services.Length == 0)
        {
            return backend;
        }

        List<LinkClass> classes = [.. backend.LinkClasses];
        FreePorts free = new(backend, draft);
        foreach (PoolNodes service in services)
        {
            if (Links(service, backend, free, draft.Spec, out string why) is not { } links)
            {
                draft.Diagnostics.Error("LL4904", why, backend.Role.Name, service.Spec.Mark);
                return backend;
            }

            classes.AddRange(links);
        }

        // Links of hosts stand before those of switches, as in every fabric.
        return backend with
        {
            LinkClasses = [.. classes.OrderBy(c => c.From == Tier.Host ? 0 : 1)],
        };
    }

    private static List<LinkClass>? Links(PoolNodes service, Fabric backend, FreePorts free, ClusterSpec spec, out string why)
    {
        NicPorts nics = service.Node.Backend!;
        NicDivision division = new(nics, Planes: 1);
        int ports = nics.Nics.Value * division.PortsInPlane;
        int wanted = service.Count * ports;
        why = "";
        if (free.ClassOf(division.Rate, 0) is null)
        {
            string rates = Listed.InWords(backend.LinkClasses.Where(c => c.From == Tier.Host).Select(c => c.Rate.ToString()).Distinct());
            why =
                $"service '{service.Spec.Name}' has backend ports of {division.Rate}, and the backend's leaves are divided into ports of "
                + $"{rates}; give its node a card of that rate under catalog.nodes";
            return null;
        }

        Dictionary<LinkClass, List<Link>> links = [];
        for (int node = 0; node < service.Count; node++)
        {
            HashSet<int> met = [];
            for (int own = 0; own < ports; own++)
            {
                int plane = own % backend.Planes;
                if (free.Take(division.Rate, plane, met) is not { } port)
                {
                    why =
                        $"service '{service.Spec.Name}' needs {wanted} ports of the backend, and its leaves have none left for "
                        + $"port {own + 1} of node {node + 1}; ports that XPUs leave free are kept with backend.reserve";
                    return null;
                }

                met.Add(port.Leaf);
                if (!links.TryGetValue(port.Like, out List<Link>? list))
                {
                    links[port.Like] = list = [];
                }

                (int nic, int cage, int leg) = division.At(own, plane: 0);
                list.Add(new(service.First + node, port.Leaf, cage, leg, port.Cage, port.Lane, nic));
            }
        }

        return
        [
            .. links.Select(pair => new LinkClass
            {
                Fabric = backend.Role,
                Plane = pair.Key.Plane,
                From = Tier.Host,
                To = Tier.Leaf,
                Rate = division.Rate,
                ACages = division.Facing(pair.Key.ZCages.LaneRate),
                ZCages = pair.Key.ZCages,
                Links = [.. pair.Value],
            }),
        ];
    }

    /// <summary>A port of a leaf that no XPU uses.</summary>
    /// <param name="Leaf">The leaf's device number.</param>
    /// <param name="Cage">Its cage.</param>
    /// <param name="Lane">The leg of the cage.</param>
    /// <param name="Like">A class of host links that uses such ports.</param>
    private readonly record struct Port(int Leaf, int Cage, int Lane, LinkClass Like);

    private sealed class FreePorts
    {
        private readonly Dictionary<int, (LinkClass Like, List<(int Cage, int Lane)> Ports)> _ofLeaf = [];
        private readonly LinkClass[] _hosts;

        public FreePorts(Fabric backend, NetworkDraft draft)
        {
            HeldPorts inUse = HeldByTier.Of(draft.Spec, draft.Spec.Backend).Leaf;
            _hosts = [.. backend.LinkClasses.Where(c => c.From == Tier.Host)];
            Dictionary<int, HashSet<(int Cage, int Lane)>> used = [];
            Dictionary<int, LinkClass> likeOf = [];
            Dictionary<int, HashSet<int>> otherwise = [];
            foreach (LinkClass c in backend.LinkClasses)
            {
                foreach (ref readonly Link link in c.Links.AsSpan())
                {
                    if (c.From == Tier.Host)
                    {
                        Of(used, link.Z).Add((link.ZCage, link.ZLane));
                        likeOf.TryAdd(link.Z, c);
                    }
                    else
                    {
                        Of(otherwise, link.A).Add(link.ACage);
                        Of(otherwise, link.Z).Add(link.ZCage);
                    }
                }
            }

            foreach ((int leaf, LinkClass like) in likeOf.OrderBy(l => l.Key))
            {
                SwitchModel model = draft.Devices.Groups.First(g => leaf >= g.First && leaf < g.First + g.Count).Switch!;
                TierOfSwitches? tier = backend.Tiers.FirstOrDefault(t =>
                    t.Tier == Tier.Leaf && t.Switch == model && t.DownBreakout == like.ZCages.Breakout
                );
                HashSet<(int Cage, int Lane)> taken = used[leaf];
                int left = (tier?.DownPorts ?? 0) + (tier?.FreePorts ?? 0) - taken.Count;
                HashSet<int> occupied = [.. (OutwardPorts.Of(model, inUse, out _) ?? []).SelectMany(o => o.Cages), .. Of(otherwise, leaf)];
                IEnumerable<(int Cage, int Lane)> open = CagesLike(model, like)
                    .Where(cage => !occupied.Contains(cage))
                    .SelectMany(cage => Enumerable.Range(0, like.ZCages.Ways).Select(lane => (cage, lane)))
                    .Where(port => !taken.Contains(port));
                // What is divided already comes first, so that few cages are opened.
                _ofLeaf[leaf] = (
                    like,
                    [
                        .. open.OrderBy(p => taken.Any(t => t.Cage == p.Cage) ? 0 : 1)
                            .ThenBy(p => p.Cage)
                            .ThenBy(p => p.Lane)
                            .Take(Math.Max(0, left)),
                    ]
                );
            }
        }

        /// <summary>Leaves with hosts.</summary>
        public int Leaves => _ofLeaf.Count;

        /// <summary>A class of host links of a rate in a plane, or null.</summary>
        public LinkClass? ClassOf(DataRate rate, int plane) => Array.Find(_hosts, c => c.Rate == rate && c.Plane == plane);

        /// <summary>Takes a port of a rate in a plane, from a leaf that was not met and has most left; null where there is none.</summary>
        public Port? Take(DataRate rate, int plane, IReadOnlySet<int> met)
        {
            int leaf = _ofLeaf
                .Where(l => l.Value.Ports.Count > 0 && l.Value.Like.Rate == rate && l.Value.Like.Plane == plane)
                .OrderBy(l => met.Contains(l.Key))
                .ThenByDescending(l => l.Value.Ports.Count)
                .ThenBy(l => l.Key)
                .Select(l => l.Key)
                .DefaultIfEmpty(-1)
                .First();
            if (leaf < 0)
            {
                return null;
            }

            (LinkClass like, List<(int Cage, int Lane)> ports) = _ofLeaf[leaf];
            (int cage, int lane) = ports[0];
            ports.RemoveAt(0);
            return new(leaf, cage, lane, like);
        }

        private static IEnumerable<int> CagesLike(SwitchModel model, LinkClass like) =>
            model
                .Cages.Where(b => b.Purpose == PortPurpose.Network && b.FormFactor.Value == like.ZCages.FormFactor)
                .SelectMany(b => Enumerable.Range(b.FirstNumber, b.Count.Value).Where(cage => b.Allows(cage, like.ZCages.Breakout)));

        private static HashSet<T> Of<T>(Dictionary<int, HashSet<T>> sets, int key)
        {
            if (!sets.TryGetValue(key, out HashSet<T>? set))
            {
                sets[key] = set = [];
            }

            return set;
        }
    }
}
