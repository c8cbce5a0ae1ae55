using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Cells;

/// <summary>
/// Which links reach which leaf, from every device: what reachability cells tell in hardware. With <see cref="CellOptions.InputBalanced"/>,
/// a device that has lost some of its ways to a leaf is sent to over fewer links, in proportion.
/// </summary>
internal sealed unsafe class CellRoutes : IDisposable
{
    /// <summary>By switch, then by leaf: a port, the complement of a group, or <see cref="SwitchState.NoRoute"/>.</summary>
    public readonly NativeArray<int> Table;
    public readonly NativeArray<PortGroup> Groups;
    public readonly NativeArray<int> GroupPorts;

    /// <summary>Leaves, in the order in which they are numbered here.</summary>
    public readonly int[] Leaves;

    /// <summary>By switch: its number among leaves, -1 for a fabric element.</summary>
    public readonly int[] LeafOf;

    private readonly NetworkDescription _network;
    private readonly World _world;
    private readonly List<int>[] _above;
    private readonly int[] _byTier;
    private readonly List<PortGroup> _groups = [];
    private readonly List<int> _groupPorts = [];
    private readonly Dictionary<int, List<int>> _known = [];

    public CellRoutes(World world, bool[]? dead, bool inputBalanced)
    {
        _world = world;
        _network = world.Network;
        int count = _network.Switches.Count;
        _above = new List<int>[count];
        LeafOf = new int[count];
        for (int s = 0; s < count; s++)
        {
            _above[s] = [];
            LeafOf[s] = -1;
        }
        for (int i = 0; i < _network.Links.Count; i++)
        {
            LinkDescription link = _network.Links[i];
            if (link.A.IsHost)
            {
                LeafOf[link.Z.Index] = 0;
            }
            else
            {
                _above[link.A.Index].Add(i);
            }
        }
        Leaves = [.. Enumerable.Range(0, count).Where(s => LeafOf[s] == 0)];
        if (Leaves.Length > ushort.MaxValue)
        {
            throw new RefusedException($"{Leaves.Length} leaves are more than the 65,535 that one cell fabric can number");
        }
        for (int i = 0; i < Leaves.Length; i++)
        {
            LeafOf[Leaves[i]] = i;
        }
        _byTier = [.. Enumerable.Range(0, count).OrderBy(s => _network.Switches[s].Tier)];
        Table = new NativeArray<int>(checked(count * Leaves.Length));
        if (dead is null)
        {
            WriteHealthy();
        }
        else
        {
            var reach = new Reach(this, dead, inputBalanced);
            for (int leaf = 0; leaf < Leaves.Length; leaf++)
            {
                reach.Write(leaf);
            }
        }
        Groups = new NativeArray<PortGroup>(_groups.Count);
        GroupPorts = new NativeArray<int>(_groupPorts.Count);
        for (int i = 0; i < _groups.Count; i++)
        {
            Groups[i] = _groups[i];
        }
        for (int i = 0; i < _groupPorts.Count; i++)
        {
            GroupPorts[i] = _groupPorts[i];
        }
    }

    // With every link alive a device goes down where its leaf lies below it, and up over everything otherwise.
    private void WriteHealthy()
    {
        int count = _network.Switches.Count;
        for (int s = 0; s < count; s++)
        {
            int route = RouteOf([.. _above[s].Select(link => _world.UpPort[link])]);
            for (int leaf = 0; leaf < Leaves.Length; leaf++)
            {
                Table[s * Leaves.Length + leaf] = Leaves[leaf] == s ? SwitchState.NoRoute : route;
            }
        }
        var down = new List<int>[count];
        var touched = new List<int>();
        for (int leaf = 0; leaf < Leaves.Length; leaf++)
        {
            touched.Add(Leaves[leaf]);
            for (int at = 0; at < touched.Count; at++)
            {
                foreach (int link in _above[touched[at]])
                {
                    int upper = _network.Links[link].Z.Index;
                    if (down[upper] is null)
                    {
                        down[upper] = [];
                        touched.Add(upper);
                    }
                    down[upper].Add(_world.DownPort[link]);
                }
            }
            for (int at = 1; at < touched.Count; at++)
            {
                Table[touched[at] * Leaves.Length + leaf] = RouteOf(down[touched[at]]);
                down[touched[at]] = null!;
            }
            touched.Clear();
        }
    }

    private int RouteOf(List<int> ports)
    {
        if (ports.Count == 0)
        {
            return SwitchState.NoRoute;
        }
        if (ports.Count == 1)
        {
            return ports[0];
        }
        // Equal sets share a group, and so its turn: the round of a leaf does not start over for every destination.
        ports.Sort();
        int key = HashCode.Combine(ports.Count, ports[0], ports[^1]);
        if (!_known.TryGetValue(key, out List<int>? candidates))
        {
            _known[key] = candidates = [];
        }
        foreach (int known in candidates)
        {
            PortGroup group = _groups[known];
            if (group.Count == ports.Count && _groupPorts.GetRange(group.First, group.Count).SequenceEqual(ports))
            {
                return ~known;
            }
        }
        candidates.Add(_groups.Count);
        _groups.Add(
            new PortGroup
            {
                First = _groupPorts.Count,
                Count = ports.Count,
                Turn = ports.Count,
            }
        );
        _groupPorts.AddRange(ports);
        return ~(_groups.Count - 1);
    }

    /// <summary>Works out the ways to one leaf after another while links are dead.</summary>
    private sealed class Reach(CellRoutes routes, bool[] dead, bool inputBalanced)
    {
        private readonly NetworkDescription _network = routes._network;

        // By switch, for the leaf in work: what its links towards it can carry now, and could if all were alive.
        private readonly double[] _now = new double[routes._network.Switches.Count];
        private readonly double[] _sound = new double[routes._network.Switches.Count];
        private readonly bool[] _descends = new bool[routes._network.Switches.Count];

        // By link: withdrawn.
        private readonly bool[] _withdrawn = new bool[routes._network.Links.Count];
        private readonly List<int>[] _below = Below(routes._network);

        private static List<int>[] Below(NetworkDescription network)
        {
            var below = new List<int>[network.Switches.Count];
            for (int s = 0; s < below.Length; s++)
            {
                below[s] = [];
            }
            for (int i = 0; i < network.Links.Count; i++)
            {
                if (!network.Links[i].A.IsHost)
                {
                    below[network.Links[i].Z.Index].Add(i);
                }
            }
            return below;
        }

        public void Write(int leaf)
        {
            int target = routes.Leaves[leaf];
            Array.Clear(_now);
            Array.Clear(_sound);
            Array.Clear(_descends);
            Array.Clear(_withdrawn);
            _now[target] = _sound[target] = 1;
            _descends[target] = true;
            // Those above the leaf, from below: they go down.
            foreach (int s in routes._byTier)
            {
                if (s == target)
                {
                    continue;
                }
                List<int> ways = [.. _below[s].Where(link => _descends[_network.Links[link].A.Index])];
                if (ways.Count > 0)
                {
                    _descends[s] = true;
                    Settle(leaf, s, ways, downwards: true);
                }
            }
            // All others, from the top: they go up.
            for (int i = routes._byTier.Length - 1; i >= 0; i--)
            {
                int s = routes._byTier[i];
                if (!_descends[s])
                {
                    Settle(leaf, s, routes._above[s], downwards: false);
                }
            }
            routes.Table[target * routes.Leaves.Length + leaf] = SwitchState.NoRoute;
        }

        // Devices farther along are settled already, so the links that each of them withdraws are known when a device looks where it can
        // send.
        private void Settle(int leaf, int s, List<int> ways, bool downwards)
        {
            var alive = new List<int>();
            foreach (int link in ways)
            {
                int ahead = downwards ? _network.Links[link].A.Index : _network.Links[link].Z.Index;
                double rate = _network.Links[link].Rate.BitsPerSecond;
                _sound[s] += _sound[ahead] > 0 ? rate : 0;
                if (!dead[link] && _now[ahead] > 0)
                {
                    alive.Add(link);
                }
            }
            List<int> usable = [.. alive.Where(link => !_withdrawn[link])];
            if (usable.Count == 0)
            {
                // A narrow way is better than none.
                usable = alive;
            }
            foreach (int link in usable)
            {
                _now[s] += _network.Links[link].Rate.BitsPerSecond;
            }
            routes.Table[s * routes.Leaves.Length + leaf] = routes.RouteOf([
                .. usable.Select(link => downwards ? routes._world.DownPort[link] : routes._world.UpPort[link]),
            ]);
            if (inputBalanced && _now[s] > 0 && _now[s] < _sound[s])
            {
                Withdraw(leaf, s);
            }
        }

        // Of the links into a device that has lost part of its ways, as large a part is withdrawn: the last links of every neighbour's
        // bundle first.
        private void Withdraw(int leaf, int s)
        {
            var links = new List<(int Place, uint Order, int Link)>();
            var seen = new Dictionary<int, int>();
            foreach (int link in _below[s].Concat(_descends[s] ? routes._above[s] : []))
            {
                LinkDescription one = _network.Links[link];
                int from = one.Z.Index == s ? one.A.Index : one.Z.Index;
                if (_descends[from] && one.Z.Index == s)
                {
                    continue;
                }
                int place = seen.GetValueOrDefault(from);
                seen[from] = place + 1;
                links.Add((place, Hash.Mix32((uint)link * 0x9E3779B9u ^ (uint)leaf), link));
            }
            links.Sort();
            int keep = Math.Max(1, (int)Math.Floor(links.Count * _now[s] / _sound[s] + 1e-9));
            int living = 0;
            foreach ((_, _, int link) in links)
            {
                if (!dead[link] && living++ >= keep)
                {
                    _withdrawn[link] = true;
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Table.Dispose();
        Groups.Dispose();
        GroupPorts.Dispose();
    }
}
