using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Floor;

/// <summary>Groups blocks of racks into cells that fill rows, and puts their switches into racks of their own.</summary>
internal sealed class CellBuilder
{
    private readonly FloorGeometry _geometry;
    private readonly Network _network;
    private readonly RackDrafting _drafting;
    private readonly LayoutPlan _plan;
    private readonly RackDraft?[] _rackOfSwitch;

    public CellBuilder(FloorGeometry geometry, Network network, RackDrafting drafting, LayoutPlan plan)
    {
        _geometry = geometry;
        _network = network;
        _drafting = drafting;
        _plan = plan;
        _rackOfSwitch = new RackDraft?[network.DeviceCount - network.NodeCount];
    }

    /// <summary>Cells by zone, zones whose place the file decides first.</summary>
    public List<List<Cell>> Build()
    {
        var zones = new List<List<Cell>>();
        foreach (IGrouping<Zone, Block> zone in _drafting.Blocks.GroupBy(block => block.Zone))
        {
            List<Cell> cells = _plan.Position == NetworkRackPosition.Central ? Central([.. zone]) : Rowwise([.. zone]);
            foreach (Cell cell in cells)
            {
                Rack(cell);
            }

            zones.Add(cells);
        }

        PlaceManagement();
        return [.. zones.OrderBy(cells => cells[0].Zone.Restricted ? 0 : 1)];
    }

    /// <summary>Every cell holds the leaves of its own nodes.</summary>
    private List<Cell> Rowwise(List<Block> blocks)
    {
        var cells = new List<Cell>();
        var upper = new List<List<int>>();
        Cell? cell = null;
        long units = 0;
        long power = 0;
        int positions = 0;

        // Where room is scarce, the switches of a whole hall share racks.
        int mostPositions = _plan.Packing == Packing.Dense ? _plan.RacksPerRow * _plan.RowsPerHall : _plan.RacksPerRow;
        foreach (Block block in blocks)
        {
            (long moreUnits, long morePower) = Demand(block.Leaves);
            int span = block.Racks.Sum(rack => rack.Span);
            if (cell is null || !MayShare(cell, block) || positions + span + Racks(units + moreUnits, power + morePower) > mostPositions)
            {
                cell = new Cell { Zone = block.Zone, Pod = block.IsService ? -1 : block.Pod };
                cells.Add(cell);
                upper.Add([]);
                (units, power, positions) = (0, 0, 0);
            }

            cell.Nodes.AddRange(block.Racks);
            cell.Leaves.AddRange(block.Leaves);
            upper[^1].AddRange(block.Upper);
            units += moreUnits;
            power += morePower;
            positions += span;
        }

        var result = new List<Cell>();
        for (int i = 0; i < cells.Count; i++)
        {
            result.Add(cells[i]);
            if (!_plan.UpperAtCentroid)
            {
                // The plain placement has everything above the leaves at the end.
                if (i + 1 < cells.Count)
                {
                    continue;
                }

                List<int> all = [.. upper.SelectMany(list => list).Order()];
                AddUpper(cells[i], all, result);
                continue;
            }

            AddUpper(cells[i], upper[i], result);
        }

        return result;
    }

    /// <summary>Spines join a cell when it needs no more rows for them; otherwise they get rows of their own next to it.</summary>
    private void AddUpper(Cell cell, List<int> upper, List<Cell> result)
    {
        if (upper.Count == 0)
        {
            return;
        }

        upper.Sort();
        (long units, long power) = Demand(cell.Leaves);
        (long moreUnits, long morePower) = Demand(upper);
        int nodes = cell.Nodes.Sum(rack => rack.Span);
        int without = Rows(nodes + Racks(units, power));
        if (Rows(nodes + Racks(units + moreUnits, power + morePower)) == without)
        {
            cell.Upper.AddRange(upper);
            return;
        }

        result.AddRange(SwitchCells(cell.Zone, cell.Pod, [], upper));
    }

    /// <summary>All switches of a hall's worth of cells stand together in their middle.</summary>
    private List<Cell> Central(List<Block> blocks)
    {
        var result = new List<Cell>();
        var group = new List<Cell>();
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

            Cell? last = group.Count > 0 ? group[^1] : null;
            if (last is null || !MayShare(last, block) || last.Nodes.Sum(rack => rack.Span) + span > _plan.RacksPerRow)
            {
                last = new Cell { Zone = block.Zone, Pod = block.IsService ? -1 : block.Pod };
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
                result.AddRange(SwitchCells(group[0].Zone, -1, leaves, upper));
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

    /// <summary>Cells of switches alone, each at most a row of racks.</summary>
    private List<Cell> SwitchCells(Zone zone, int pod, List<int> leaves, List<int> upper)
    {
        var cells = new List<Cell>();
        Cell? cell = null;
        long units = 0;
        long power = 0;
        for (int i = 0; i < leaves.Count + upper.Count; i++)
        {
            bool isLeaf = i < leaves.Count;
            int device = isLeaf ? leaves[i] : upper[i - leaves.Count];
            DeviceSize size = SizeOf(device);
            if (cell is null || Racks(units + size.Units, power + size.Power.Milliwatts) > _plan.RacksPerRow)
            {
                cell = new Cell { Zone = zone, Pod = pod };
                cells.Add(cell);
                (units, power) = (0, 0);
            }

            (isLeaf ? cell.Leaves : cell.Upper).Add(device);
            units += size.Units;
            power += size.Power.Milliwatts;
        }

        return cells;
    }

    private void Rack(Cell cell)
    {
        foreach (RackDraft rack in cell.Nodes)
        {
            rack.Cell = cell;
        }

        foreach (int device in cell.Leaves)
        {
            AddSwitch(cell, device, false);
        }

        foreach (int device in cell.Upper)
        {
            AddSwitch(cell, device, _plan.SeparateTiers);
        }
    }

    private void AddSwitch(Cell cell, int device, bool isUpper)
    {
        DeviceSize size = SizeOf(device);
        RackDraft? rack = cell.Network.Count > 0 ? cell.Network[^1] : null;
        if (rack is null || rack.IsUpper != isUpper || !rack.Fits(size))
        {
            rack = new RackDraft(RackUse.Network, _geometry.UsableUnits, _drafting.NetworkRackPower, 1) { IsUpper = isUpper, Cell = cell };
            cell.Network.Add(rack);
        }

        rack.AddFromAbove(device, size);
        _rackOfSwitch[device - _network.NodeCount] = rack;
    }

    /// <summary>
    /// A management leaf takes free units in the rack in the middle of what it serves, else in the nearest rack of the same cell that has
    /// them.
    /// </summary>
    private void PlaceManagement()
    {
        foreach ((int leaf, int served) in _drafting.Anchors.Management)
        {
            RackDraft? near = served < _network.NodeCount ? _drafting.RackOfNode(served) : _rackOfSwitch[served - _network.NodeCount];
            near ??= _drafting.NodeRacks[0];
            DeviceSize size = SizeOf(leaf);
            RackDraft? rack = NearestWithRoom(near, size);
            if (rack is null)
            {
                AddSwitch(near.Cell!, leaf, false);
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

        Cell cell = near.Cell!;
        List<RackDraft> racks = near.Use == RackUse.Network ? cell.Network : cell.Nodes;
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

        foreach (RackDraft rack in cell.Network)
        {
            if (rack.Fits(size))
            {
                return rack;
            }
        }

        return null;
    }

    /// <summary>Pods do not share rows; what belongs to no pod joins any.</summary>
    private static bool MayShare(Cell cell, Block block)
    {
        if (cell.Pod >= 0 && block.Pod >= 0 && !block.IsService)
        {
            return cell.Pod == block.Pod;
        }

        return block.IsService || cell.Pod == block.Pod;
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

    private int Racks(long units, long power) =>
        (int)
            Math.Max(
                (units + _geometry.UsableUnits - 1) / _geometry.UsableUnits,
                (power + _drafting.NetworkRackPower - 1) / _drafting.NetworkRackPower
            );

    private int Rows(int positions) => (positions + _plan.RacksPerRow - 1) / _plan.RacksPerRow;
}
