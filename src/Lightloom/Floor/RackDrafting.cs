using System.Globalization;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Floor;

/// <summary>Fills racks with nodes, and finds for every switch the racks that it wants to be near.</summary>
internal sealed class RackDrafting
{
    private readonly FloorGeometry _geometry;
    private readonly ClusterSpec _spec;
    private readonly Network _network;
    private readonly FloorMap _map;
    private readonly DiagnosticBag? _diagnostics;
    private readonly bool _dense;
    private readonly int[] _rackOfNode;
    private readonly HashSet<string> _noted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _weighed = new(StringComparer.Ordinal);
    private int _racks;

    private LeastRack? _least;

    /// <summary>Drafts the racks.</summary>
    /// <param name="geometry">Measures.</param>
    /// <param name="spec">What was asked.</param>
    /// <param name="network">What is placed.</param>
    /// <param name="map">Where it may stand.</param>
    /// <param name="dense">True when units share racks because room is scarce.</param>
    /// <param name="anchors">What an earlier draft of the same racks found, or null.</param>
    /// <param name="diagnostics">Takes notes; null when they were given before.</param>
    public RackDrafting(
        FloorGeometry geometry,
        ClusterSpec spec,
        Network network,
        FloorMap map,
        bool dense,
        SwitchAnchors? anchors,
        DiagnosticBag? diagnostics
    )
    {
        _geometry = geometry;
        _spec = spec;
        _network = network;
        _map = map;
        _dense = dense;
        _diagnostics = diagnostics;
        _rackOfNode = new int[network.NodeCount];
        Sizes = [.. network.Groups.Select(group => DeviceSize.Of(geometry, group.Model))];
        BlockOfRack = [];
        Blocks = [];
        NoteAssumptions();
        NoteUnknownWeights();
        CheckSwitches();
        FillNodes();
        Anchors = anchors ?? FindAnchors();
        SettleSwitches();
    }

    /// <summary>What a device of each group takes.</summary>
    public DeviceSize[] Sizes { get; }

    /// <summary>Racks of nodes in order, in blocks that want to stay together.</summary>
    public List<Block> Blocks { get; }

    /// <summary>Block of every rack of nodes.</summary>
    public List<int> BlockOfRack { get; }

    /// <summary>Racks of nodes, in order.</summary>
    public List<RackDraft> NodeRacks { get; } = [];

    /// <summary>Power limit of a rack of switches in milliwatts.</summary>
    public long NetworkRackPower { get; private set; }

    /// <summary>What may stand in a rack of switches.</summary>
    public Mass NetworkRackLoad { get; private set; }

    /// <summary>The racks that switches want to be near.</summary>
    public SwitchAnchors Anchors { get; }

    /// <summary>For every pool whose racks the power limit keeps part empty: the limit at which one more node fits, and what that saves.</summary>
    public List<string> MorePower { get; } = [];

    // One remedy for all devices that are too large, whichever of them is spoken of.
    private string Say => $"say {(_least ??= LeastRack.Of(_geometry, _network))?.Keys}";

    /// <summary>True when one device alone exceeds what a rack offers, so that no floor would do.</summary>
    public bool TooLarge { get; private set; }

    /// <summary>The rack that holds a node, or the first of several.</summary>
    public RackDraft RackOfNode(int node) => NodeRacks[_rackOfNode[node]];

    private void NoteAssumptions()
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (DeviceGroup group in _network.Groups)
        {
            DeviceSize size = Sizes[group.Index];
            if ((size.UnitsAssumed || size.PowerAssumed) && said.Add(group.Model.Id))
            {
                string what = (size.UnitsAssumed, size.PowerAssumed) switch
                {
                    (true, true) => FormattableString.Invariant($"height nor power; {size.Units} rack units and {size.Power} are assumed"),
                    (true, false) => FormattableString.Invariant($"height; {size.Units} rack units are assumed"),
                    _ => FormattableString.Invariant($"power; {size.Power} is assumed"),
                };
                string neither = size is { UnitsAssumed: true, PowerAssumed: true } ? "neither" : "no";
                _diagnostics?.Note(
                    "LL5002",
                    $"the catalogue knows {neither} {what} for '{group.Model.Id}'; give rack_units and power_w under "
                        + "catalog: if you know them",
                    group.Model.Id
                );
            }
        }
    }

    private void NoteUnknownWeights()
    {
        string[] unknown =
        [
            .. _network
                .Groups.Where(group => Sizes[group.Index].Weight is null)
                .Select(group => group.Model.Id)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        if (unknown.Length > 0)
        {
            _diagnostics?.Note(
                "LL5009",
                $"no weight is published of {string.Join(", ", unknown)}: a rack with one of them weighs more than what is held against "
                    + $"the {_geometry.WeightLimit} that it may weigh; give weight_kg under catalog: if you know it"
            );
        }
    }

    /// <summary>A device that is too heavy for a rack alone is refused where the file gives the limit; else the limit gives way.</summary>
    private void CheckWeight(string id, in DeviceSize size, string where, SourceMark? mark)
    {
        if (size.Weight is not { } own || !_weighed.Add(id))
        {
            return;
        }

        Mass weight = LeastRack.WeightOf(_geometry, size);
        if (weight <= _geometry.WeightLimit)
        {
            return;
        }

        string weighs = size.IsRack ? $"a rack of {id} weighs {weight}" : $"one {id} weighs {own}, with its rack {weight}";
        if (_geometry.WeightGiven)
        {
            TooLarge = true;
            _diagnostics?.Error(
                "LL5906",
                $"{weighs}, but floor.rack.weight_kg allows {_geometry.WeightLimit}: {weight - _geometry.WeightLimit} too much; " + Say,
                where,
                mark
            );
        }
        else
        {
            _diagnostics?.Note(
                "LL5008",
                $"{weighs}, more than the {_geometry.WeightLimit} that a rack is taken to weigh at most; its racks are taken to hold it; "
                    + "say what your floor carries with floor.rack.weight_kg",
                where,
                mark
            );
        }
    }

    private static Mass Heavier(Mass a, Mass b) => a > b ? a : b;

    private void CheckSwitches()
    {
        NetworkRackPower = _geometry.PowerLimit.Milliwatts;
        foreach (DeviceGroup group in _network.Groups.Where(group => !group.IsNode).DistinctBy(group => group.Switch))
        {
            DeviceSize size = Sizes[group.Index];
            if (size.Units > _geometry.UsableUnits)
            {
                TooLarge = true;
                _diagnostics?.Error(
                    "LL5903",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"one {group.Model.Id} takes {size.Units} rack units, but a rack offers {_geometry.UsableUnits} "
                            + $"({_geometry.RackUnits} less {_geometry.ReservedUnits} reserved): "
                            + $"{size.Units - _geometry.UsableUnits} too many; {Say}"
                    ),
                    group.Model.Id
                );
            }

            CheckWeight(group.Model.Id, size, group.Model.Id, null);
            NetworkRackLoad = Heavier(NetworkRackLoad, _geometry.LoadLimit(size.Weight ?? Mass.Zero));
            if (size.Power <= _geometry.PowerLimit)
            {
                continue;
            }

            if (_geometry.PowerGiven)
            {
                TooLarge = true;
                _diagnostics?.Error(
                    "LL5902",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"one {group.Model.Id} draws {size.Power}, but floor.rack.power_kw allows {_geometry.PowerLimit}: "
                            + $"{size.Power - _geometry.PowerLimit} too much; {Say}"
                    ),
                    group.Model.Id
                );
            }
            else
            {
                NetworkRackPower = Math.Max(NetworkRackPower, size.Power.Milliwatts);
            }
        }
    }

    private void FillNodes()
    {
        int unit = 0;
        foreach (DeviceGroup group in _network.Groups.Where(group => group.IsNode))
        {
            PoolSpec pool = group.Pool < _spec.Pools.Count ? _spec.Pools[group.Pool] : _spec.Services[group.Pool - _spec.Pools.Count];
            (int perRack, long limit) = NodesPerRack(group, pool);
            int node = group.First;
            int end = group.First + group.Count;
            while (node < end)
            {
                // Units are in the order of their nodes, and each lies inside one group.
                while (unit < _network.Units.Count && _network.Units[unit].FirstNode + _network.Units[unit].NodeCount <= node)
                {
                    unit++;
                }

                Unit? next = unit < _network.Units.Count ? _network.Units[unit] : null;
                bool inUnit = next is not null && next.FirstNode <= node;
                int last = Math.Min(
                    end,
                    next is null ? end
                        : inUnit ? next.FirstNode + next.NodeCount
                        : next.FirstNode
                );
                int pod = inUnit ? next!.Pod : -1;
                bool large = inUnit && last - node >= 2 * perRack && !_dense;
                while (
                    !large
                    && last < end
                    && inUnit
                    && unit + 1 < _network.Units.Count
                    && _network.Units[unit + 1] is var more
                    && more.FirstNode == last
                    && more.Pod == pod
                    && more.NodeCount < (_dense ? int.MaxValue : 2 * perRack)
                )
                {
                    unit++;
                    last = Math.Min(end, last + more.NodeCount);
                }

                Zone zone = _map.ZoneOf(pool, group.IsService, pod, node == group.First ? _diagnostics : null);
                if (large)
                {
                    FillUnit(group, zone, pod, node, last, perRack, limit);
                }
                else
                {
                    FillRun(group, zone, pod, node, last, perRack, limit);
                }

                node = last;
            }
        }
    }

    /// <summary>A unit of several racks has them to itself, evenly filled.</summary>
    private void FillUnit(DeviceGroup group, Zone zone, int pod, int from, int to, int perRack, long limit)
    {
        Block block = Open(group, zone, pod);
        int count = to - from;
        int racks = (count + perRack - 1) / perRack;
        int node = from;
        for (int rack = 0; rack < racks; rack++)
        {
            int share = (count / racks) + (rack < count % racks ? 1 : 0);
            Fill(group, block, node, node + share, limit);
            node += share;
        }
    }

    /// <summary>Small units, and nodes of no unit, fill rack after rack; every rack is then a block of its own.</summary>
    private void FillRun(DeviceGroup group, Zone zone, int pod, int from, int to, int perRack, long limit)
    {
        int unit = -2;
        Block? block = null;
        for (int node = from; node < to; node += perRack)
        {
            // Where units share racks, a block is the racks that begin with nodes of one unit.
            if (block is null || _network.UnitOfDevice[node] != unit || unit < 0)
            {
                block = Open(group, zone, pod);
                unit = _network.UnitOfDevice[node];
            }

            Fill(group, block, node, Math.Min(to, node + perRack), limit);
        }
    }

    private Block Open(DeviceGroup group, Zone zone, int pod)
    {
        var block = new Block
        {
            Zone = zone,
            Pod = pod,
            IsService = group.IsService,
            FirstRack = _racks,
        };
        Blocks.Add(block);
        return block;
    }

    private void Fill(DeviceGroup group, Block block, int from, int to, long limit)
    {
        DeviceSize size = Sizes[group.Index];
        if (size.IsRack)
        {
            for (int i = 0; i < size.Racks; i++)
            {
                NodeTrays? trays = group.Trays;
                int units = trays is null ? _geometry.UsableUnits : size.Units;
                var part = new RackDraft(RackUse.RackScale, units, 0, Mass.Zero, size.Span) { IsPartOfSeveral = size.Racks > 1 };
                int? first = i == 0 ? from : null;
                long power = size.Power.Milliwatts / size.Racks;
                if (trays is null)
                {
                    part.FillWhole(first, power);
                }
                else
                {
                    part.FillWithTrays(
                        first,
                        power,
                        trays.UnitsIn(i),
                        [.. trays.ManagementSpaces.Where(s => s.Rack == i).Select(s => s.Unit)]
                    );
                }

                Add(block, part);
            }

            _rackOfNode[from] = _racks - size.Racks;
            return;
        }

        Mass load = _geometry.LoadLimit(size.Weight ?? Mass.Zero);
        var rack = new RackDraft(group.IsService ? RackUse.Services : RackUse.Nodes, _geometry.UsableUnits, limit, load, 1);
        for (int node = from; node < to; node++)
        {
            rack.AddFromBelow(node, size);
            _rackOfNode[node] = _racks;
        }

        Add(block, rack);
    }

    private void Add(Block block, RackDraft rack)
    {
        block.Racks.Add(rack);
        BlockOfRack.Add(Blocks.Count - 1);
        NodeRacks.Add(rack);
        _racks++;
    }

    /// <summary>How many nodes a rack takes by units and by power, and the power limit that holds for it.</summary>
    private (int PerRack, long Limit) NodesPerRack(DeviceGroup group, PoolSpec pool)
    {
        DeviceSize size = Sizes[group.Index];
        CheckWeight(group.Model.Id, size, pool.Name, pool.Mark);
        if (size.IsRack)
        {
            return (1, 0);
        }

        Power limit = _geometry.PowerLimit;
        if (size.Power > limit)
        {
            if (_geometry.PowerGiven)
            {
                TooLarge = true;
                _diagnostics?.Error(
                    "LL5902",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"one {group.Model.Id} draws {size.Power}, but floor.rack.power_kw allows {limit}: "
                            + $"{size.Power - limit} too much; {Say}"
                    ),
                    pool.Name,
                    pool.Mark
                );
            }
            else
            {
                limit = size.Power;
                _diagnostics?.Note(
                    "LL5003",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"one {group.Model.Id} draws {size.Power}, more than the {_geometry.PowerLimit} that a rack is taken "
                            + $"to offer; its racks are taken to offer {limit}; say so with floor.rack.power_kw"
                    ),
                    pool.Name,
                    pool.Mark
                );
            }
        }

        if (size.Units > _geometry.UsableUnits)
        {
            TooLarge = true;
            _diagnostics?.Error(
                "LL5903",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"one {group.Model.Id} takes {size.Units} rack units, but a rack offers {_geometry.UsableUnits} "
                        + $"({_geometry.RackUnits} less {_geometry.ReservedUnits} reserved): "
                        + $"{size.Units - _geometry.UsableUnits} too many; {Say}"
                ),
                pool.Name,
                pool.Mark
            );
        }

        int byUnits = Math.Max(1, _geometry.UsableUnits / Math.Max(1, size.Units));
        int byPower = (int)Math.Clamp(limit.Milliwatts / Math.Max(1, size.Power.Milliwatts), 1, 64);
        int byWeight = size.Weight is { Grams: > 0 } weight
            ? (int)Math.Clamp(_geometry.LoadLimit(weight).Grams / weight.Grams, 1, 64)
            : int.MaxValue;
        int perRack = Math.Min(Math.Min(Math.Min(byUnits, byPower), byWeight), _geometry.MaxNodes);
        NoteMorePower(group, pool, size, perRack, byPower < Math.Min(Math.Min(byUnits, byWeight), _geometry.MaxNodes));
        string binds =
            perRack == byWeight && perRack < Math.Min(byUnits, byPower)
                ? $"weight binds: {_geometry.EmptyRack} of the rack and {size.Weight} each of {_geometry.WeightLimit}"
            : perRack == byUnits && perRack == byPower ? "rack units and power bind"
            : perRack == byPower ? "power binds"
            : perRack == byUnits ? "rack units bind"
            : "max_nodes binds";
        if (_noted.Add(group.Model.Id))
        {
            _diagnostics?.Note(
                "LL5001",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{perRack} {group.Model.Id} a rack: {perRack * size.Units} of {_geometry.UsableUnits} rack units, "
                        + $"{size.Power * perRack} of {limit}; {binds}"
                ),
                pool.Name
            );
        }

        return (perRack, limit.Milliwatts);
    }

    private void NoteMorePower(DeviceGroup group, PoolSpec pool, DeviceSize size, int perRack, bool powerBinds)
    {
        int saved = ((group.Count + perRack - 1) / perRack) - ((group.Count + perRack) / (perRack + 1));
        if (powerBinds && saved > 0)
        {
            MorePower.Add(
                FormattableString.Invariant(
                    $"at power_kw: {size.Power.Kilowatts * (perRack + 1):0.###} a rack holds {perRack + 1} {group.Model.Id} instead of {perRack}, "
                ) + FormattableString.Invariant($"which saves {Counted.Of(saved, "rack")} of {pool.Name}")
            );
        }
    }

    /// <summary>
    /// Every switch is drawn towards the mean of the racks below it: leaves to their nodes, spines to their leaves, super-spines to their
    /// spines.
    /// </summary>
    private SwitchAnchors FindAnchors()
    {
        int nodes = _network.NodeCount;
        int switches = _network.DeviceCount - nodes;
        var sum = new double[switches];
        var count = new int[switches];

        // Management comes last, because it serves the switches of the others.
        foreach (LinkClass links in _network.LinkClasses.OrderBy(links => links.Fabric == FabricRole.Oob).ThenBy(links => links.To))
        {
            Gather(links, sum, count);
        }

        var seen = new int[switches];
        var middle = new int[switches];
        Array.Fill(middle, -1);
        foreach (LinkClass links in _network.LinkClasses.Where(links => links.Fabric == FabricRole.Oob && links.To == Tier.Leaf))
        {
            foreach (ref readonly Link link in links.Links.AsSpan())
            {
                int z = link.Z - nodes;
                if (seen[z]++ <= count[z] / 2)
                {
                    middle[z] = link.A;
                }
            }
        }

        var management = new List<(int, int)>();
        var spaces = new Dictionary<int, int>();
        var placed = new bool[switches];
        foreach (
            DeviceGroup group in _network.Groups.Where(group => !group.IsNode && group.Fabric == FabricRole.Oob && group.Tier == Tier.Leaf)
        )
        {
            for (int leaf = group.First; leaf < group.First + group.Count; leaf++)
            {
                int served = middle[leaf - nodes];
                bool space = served >= 0 && served < nodes && TakeSpace(spaces, served, Sizes[group.Index].Units);
                if (space || served >= nodes || (served >= 0 && RackOfNode(served).Use != RackUse.RackScale))
                {
                    management.Add((leaf, served));
                    placed[leaf - nodes] = true;
                }
            }
        }

        for (int s = 0; s < switches; s++)
        {
            sum[s] = count[s] > 0 ? sum[s] / count[s] : _racks / 2.0;
        }

        return new SwitchAnchors(sum, management, placed);
    }

    // A rack of trays takes as many management switches as its maker left units for.
    private bool TakeSpace(Dictionary<int, int> taken, int node, int units)
    {
        RackDraft rack = RackOfNode(node);
        int before = taken.GetValueOrDefault(node);
        if (!rack.HasSpace(before + units))
        {
            return false;
        }

        taken[node] = before + units;
        return true;
    }

    private void Gather(LinkClass links, double[] sum, int[] count)
    {
        int nodes = _network.NodeCount;
        foreach (ref readonly Link link in links.Links.AsSpan())
        {
            int z = link.Z - nodes;
            if (link.A < nodes)
            {
                sum[z] += _rackOfNode[link.A] + 0.5;
                count[z]++;
            }
            else if (count[link.A - nodes] is > 0 and var below)
            {
                sum[z] += sum[link.A - nodes] / below;
                count[z]++;
            }
        }
    }

    private void SettleSwitches()
    {
        foreach (DeviceGroup group in _network.Groups.Where(group => !group.IsNode))
        {
            for (int device = group.First; device < group.First + group.Count; device++)
            {
                int s = device - _network.NodeCount;
                if (Anchors.HasManagementRack[s])
                {
                    continue;
                }

                int unit = _network.UnitOfDevice[device];
                int rack = unit >= 0 ? _rackOfNode[_network.Units[unit].FirstNode] : (int)Anchors.Rack[s];
                Block block = Blocks[BlockOfRack[Math.Clamp(rack, 0, _racks - 1)]];
                (group.Tier == Tier.Leaf ? block.Leaves : block.Upper).Add(device);
            }
        }
    }
}
