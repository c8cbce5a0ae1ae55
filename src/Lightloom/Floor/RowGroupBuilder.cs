using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Floor;

/// <summary>Groups blocks of racks into row groups that fill rows, and puts their switches into racks of their own.</summary>
internal sealed class RowGroupBuilder
{
    private readonly FloorGeometry _geometry;
    private readonly Network _network;
    private readonly RackDrafting _drafting;
    private readonly LayoutPlan _plan;
    private readonly RackDraft?[] _rackOfSwitch;

    // By group of devices: the network that wants racks of its own, or null; and how many such networks there are.
    private readonly FabricRole?[] _ownRacks;
    private readonly int _networksApart;

    public RowGroupBuilder(ClusterSpec spec, FloorGeometry geometry, Network network, RackDrafting drafting, LayoutPlan plan)
    {
        _geometry = geometry;
        _network = network;
        _drafting = drafting;
        _plan = plan;
        _rackOfSwitch = new RackDraft?[network.DeviceCount - network.NodeCount];
        _ownRacks = [.. network.Groups.Select(g => g.IsOurSwitch && spec.NetworkOf(g.Fabric.Name).OwnRacks ? g.Fabric : null)];
        _networksApart = _ownRacks.OfType<FabricRole>().Distinct().Count();
    }

    /// <summary>Row groups by zone, zones whose place the file decides first.</summary>
    public List<List<RowGroup>> Build()
    {
        var zones = new List<List<RowGroup>>();
        foreach (IGrouping<Zone, Block> zone in _drafting.Blocks.GroupBy(block => block.Zone))
        {
            List<RowGroup> rowGroups = _plan.Position == NetworkRackPosition.Central ? Central([.. zone]) : Rowwise([.. zone]);
            foreach (RowGroup rowGroup in rowGroups)
            {
                Rack(rowGroup);
            }

            zones.Add(rowGroups);
        }

        PlaceManagement();
        return [.. zones.OrderBy(rowGroups => rowGroups[0].Zone.Restricted ? 0 : 1)];
    }

    /// <summary>Every row group holds the leaves of its own nodes.</summary>
    private List<RowGroup> Rowwise(List<Block> blocks)
    {
        var rowGroups = new List<RowGroup>();
        var upper = new List<List<int>>();
        RowGroup? rowGroup = null;
        long units = 0;
        long power = 0;
        int positions = 0;

        // Where room is scarce, the switches of a whole hall share racks.
        int mostPositions = _plan.Packing == Packing.Dense ? _plan.RacksPerRow * _plan.RowsPerHall : _plan.RacksPerRow;
        foreach (Block block in blocks)
        {
            (long moreUnits, long morePower) = Demand(block.Leaves);
            int span = block.Racks.Sum(rack => rack.Span);
            if (
                rowGroup is null
                || !MayShare(rowGroup, block)
                || positions + span + Racks(units + moreUnits, power + morePower) > mostPositions
            )
            {
                rowGroup = new RowGroup { Zone = block.Zone, Pod = block.IsService ? -1 : block.Pod };
                rowGroups.Add(rowGroup);
                upper.Add([]);
                (units, power, positions) = (0, 0, 0);
            }

            rowGroup.Nodes.AddRange(block.Racks);
            rowGroup.Leaves.AddRange(block.Leaves);
            upper[^1].AddRange(block.Upper);
            units += moreUnits;
            power += morePower;
            positions += span;
        }

        var result = new List<RowGroup>();
        for (int i = 0; i < rowGroups.Count; i++)
        {
            result.Add(rowGroups[i]);
            if (!_plan.UpperAtCentroid)
            {
                // The plain placement has everything above the leaves at the end.
                if (i + 1 < rowGroups.Count)
                {
                    continue;
                }

                List<int> all = [.. upper.SelectMany(list => list).Order()];
                AddUpper(rowGroups[i], all, result);
                continue;
            }

            AddUpper(rowGroups[i], upper[i], result);
        }

        return result;
    }

    /// <summary>Spines join a row group when it needs no more rows for them; otherwise they get rows of their own next to it.</summary>
    private void AddUpper(RowGroup rowGroup, List<int> upper, List<RowGroup> result)
    {
        if (upper.Count == 0)
        {
            return;
        }

        upper.Sort();
        (long units, long power) = Demand(rowGroup.Leaves);
        (long moreUnits, long morePower) = Demand(upper);
        int nodes = rowGroup.Nodes.Sum(rack => rack.Span);
        int without = Rows(nodes + Racks(units, power));
        if (Rows(nodes + Racks(units + moreUnits, power + morePower)) == without)
        {
            rowGroup.Upper.AddRange(upper);
            return;
        }

        result.AddRange(SwitchRowGroups(rowGroup.Zone, rowGroup.Pod, [], upper));
    }

    /// <summary>All switches of a hall's worth of row groups stand together in their middle.</summary>
    private List<RowGroup> Central(List<Block> blocks)
    {
        var result = new List<RowGroup>();
        var group = new List<RowGroup>();
        var leaves = new List<int>();
        var upper = new List<int>();
        int room = _plan.RacksPerRow * _plan.RowsPerHall;
        int taken = 0;
        long units = 0;
        long power = 0;
        foreach (Block block in blocks)
        {
            int span = block.Racks.Sum(rack => rack.Span);
            (long moreUnits, long morePower) = Demand(block.Leaves.Concat(block.Upper));
            if (group.Count > 0 && taken + span + Racks(units + moreUnits, power + morePower) > room)
            {
                Flush();
            }

            RowGroup? last = group.Count > 0 ? group[^1] : null;
            if (last is null || !MayShare(last, block) || last.Nodes.Sum(rack => rack.Span) + span > _plan.RacksPerRow)
            {
                last = new RowGroup { Zone = block.Zone, Pod = block.IsService ? -1 : block.Pod };
                group.Add(last);
            }

            last.Nodes.AddRange(block.Racks);
            leaves.AddRange(block.Leaves);
            upper.AddRange(block.Upper);
            taken += span;
            units += moreUnits;
            power += morePower;
        }

        Flush();
        return result;

        void Flush()
        {
            int middle = group.Count / 2;
            result.AddRange(group[..middle]);
            if (leaves.Count + upper.Count > 0)
            {
                upper.Sort();
                result.AddRange(SwitchRowGroups(group[0].Zone, -1, leaves, upper));
            }

            result.AddRange(group[middle..]);
            group.Clear();
            leaves = [];
            upper = [];
            taken = 0;
            units = 0;
            power = 0;
        }
    }

    /// <summary>Row groups of switches alone, each at most a row of racks.</summary>
    private List<RowGroup> SwitchRowGroups(Zone zone, int pod, List<int> leaves, List<int> upper)
    {
        var rowGroups = new List<RowGroup>();
        RowGroup? rowGroup = null;
        long units = 0;
        long power = 0;
        for (int i = 0; i < leaves.Count + upper.Count; i++)
        {
            bool isLeaf = i < leaves.Count;
            int device = isLeaf ? leaves[i] : upper[i - leaves.Count];
            DeviceSize size = SizeOf(device);
            if (rowGroup is null || Racks(units + size.Units, power + size.Power.Milliwatts) > _plan.RacksPerRow)
            {
                rowGroup = new RowGroup { Zone = zone, Pod = pod };
                rowGroups.Add(rowGroup);
                (units, power) = (0, 0);
            }

            (isLeaf ? rowGroup.Leaves : rowGroup.Upper).Add(device);
            units += size.Units;
            power += size.Power.Milliwatts;
        }

        return rowGroups;
    }

    private void Rack(RowGroup rowGroup)
    {
        foreach (RackDraft rack in rowGroup.Nodes)
        {
            rack.RowGroup = rowGroup;
        }

        foreach (int device in rowGroup.Leaves)
        {
            AddSwitch(rowGroup, device, false);
        }

        foreach (int device in rowGroup.Upper)
        {
            AddSwitch(rowGroup, device, _plan.SeparateTiers);
        }
    }

    private void AddSwitch(RowGroup rowGroup, int device, bool isUpper)
    {
        DeviceSize size = SizeOf(device);
        FabricRole? own = _ownRacks[_network.GroupOfDevice[device]];
        RackDraft? rack = rowGroup.Network.FindLast(r => r.OfNetwork == own);
        if (rack is null || rack.IsUpper != isUpper || !rack.Fits(size))
        {
            rack = new RackDraft(RackUse.Network, _geometry.UsableUnits, _drafting.NetworkRackPower, _drafting.NetworkRackLoad, 1)
            {
                IsUpper = isUpper,
                OfNetwork = own,
                RowGroup = rowGroup,
            };
            rowGroup.Network.Add(rack);
        }

        rack.AddFromAbove(device, size);
        _rackOfSwitch[device - _network.NodeCount] = rack;
    }

    /// <summary>
    /// A management leaf takes free units in the rack in the middle of what it serves, else in the nearest rack of the same row group that
    /// has them.
    /// </summary>
    private void PlaceManagement()
    {
        foreach ((int leaf, int served) in _drafting.Anchors.Management)
        {
            RackDraft? near = served < _network.NodeCount ? _drafting.RackOfNode(served) : _rackOfSwitch[served - _network.NodeCount];
            near ??= _drafting.NodeRacks[0];
            DeviceSize size = SizeOf(leaf);
            if (near.HasSpace(size.Units))
            {
                near.AddInSpace(leaf, size);
                _rackOfSwitch[leaf - _network.NodeCount] = near;
                continue;
            }

            RackDraft? rack = NearestWithRoom(near, size);
            if (rack is null)
            {
                AddSwitch(near.RowGroup!, leaf, false);
                continue;
            }

            rack.AddFromAbove(leaf, size);
            _rackOfSwitch[leaf - _network.NodeCount] = rack;
        }
    }

    private static RackDraft? NearestWithRoom(RackDraft near, in DeviceSize size)
    {
        if (near.Use != RackUse.RackScale && near.Fits(size))
        {
            return near;
        }

        RowGroup rowGroup = near.RowGroup!;
        List<RackDraft> racks = near.Use == RackUse.Network ? rowGroup.Network : rowGroup.Nodes;
        int at = racks.IndexOf(near);
        for (int distance = 1; distance < racks.Count; distance++)
        {
            for (int side = -1; side <= 1; side += 2)
            {
                int other = at + (side * distance);
                if (other >= 0 && other < racks.Count && racks[other].Use != RackUse.RackScale && racks[other].Fits(size))
                {
                    return racks[other];
                }
            }
        }

        foreach (RackDraft rack in rowGroup.Network)
        {
            if (rack.Fits(size))
            {
                return rack;
            }
        }

        return null;
    }

    /// <summary>Pods do not share rows; what belongs to no pod joins any.</summary>
    private static bool MayShare(RowGroup rowGroup, Block block)
    {
        if (rowGroup.Pod >= 0 && block.Pod >= 0 && !block.IsService)
        {
            return rowGroup.Pod == block.Pod;
        }

        return block.IsService || rowGroup.Pod == block.Pod;
    }

    private DeviceSize SizeOf(int device) => _drafting.Sizes[_network.GroupOfDevice[device]];

    private (long Units, long Power) Demand(IEnumerable<int> devices)
    {
        long units = 0;
        long power = 0;
        foreach (int device in devices)
        {
            DeviceSize size = SizeOf(device);
            units += size.Units;
            power += size.Power.Milliwatts;
        }

        return (units, power);
    }

    // Each network with racks of its own may leave one of its racks part empty.
    private int Racks(long units, long power) =>
        (units > 0 ? _networksApart : 0)
        + (int)
            Math.Max(
                (units + _geometry.UsableUnits - 1) / _geometry.UsableUnits,
                (power + _drafting.NetworkRackPower - 1) / _drafting.NetworkRackPower
            );

    private int Rows(int positions) => (positions + _plan.RacksPerRow - 1) / _plan.RacksPerRow;
}
