using Lightloom.Topology;

namespace Lightloom.Floor;

/// <summary>
/// Counts the rows that row groups would fill for a given length of row, without building them; follows <see cref="RowGroupBuilder"/>'s
/// rules for
/// racks of switches in mid-row.
/// </summary>
internal sealed class RowEstimate
{
    private readonly List<List<Demand>> _zones = [];
    private readonly long _units;
    private readonly long _power;

    public RowEstimate(FloorGeometry geometry, Network network, RackDrafting drafting)
    {
        _units = geometry.UsableUnits;
        _power = drafting.NetworkRackPower;
        foreach (IGrouping<Zone, Block> zone in drafting.Blocks.GroupBy(block => block.Zone))
        {
            _zones.Add([
                .. zone.Select(block => new Demand(
                    block.IsService ? -1 : block.Pod,
                    block.IsService,
                    block.Racks.Sum(rack => rack.Span),
                    Sum(block.Leaves),
                    Sum(block.Upper)
                )),
            ]);
        }

        Need Sum(List<int> devices)
        {
            Need need = default;
            foreach (int device in devices)
            {
                DeviceSize size = drafting.Sizes[network.GroupOfDevice[device]];
                need += new Need(size.Units, size.Power.Milliwatts);
            }

            return need;
        }
    }

    /// <summary>Rack positions that each row group of every zone would need.</summary>
    public List<List<int>> PositionsByZone(int perRow) => _zones.ConvertAll(zone => Positions(zone, perRow));

    private List<int> Positions(List<Demand> zone, int perRow)
    {
        var rowGroups = new List<int>();
        int span = 0;
        Need leaves = default;
        Need upper = default;
        int pod = -2;
        foreach (Demand block in zone)
        {
            bool shares = pod != -2 && (block.IsService || block.Pod == pod);
            if (pod != -2 && (!shares || span + block.Span + Racks(leaves + block.Leaves) > perRow))
            {
                Close();
                pod = -2;
            }

            if (pod == -2)
            {
                (span, leaves, upper, pod) = (0, default, default, block.Pod);
            }

            span += block.Span;
            leaves += block.Leaves;
            upper += block.Upper;
        }

        Close();
        return rowGroups;

        void Close()
        {
            int without = span + Racks(leaves);
            int with = span + Racks(leaves + upper);
            if (Rows(with) == Rows(without))
            {
                rowGroups.Add(with);
                return;
            }

            rowGroups.Add(without);
            for (int racks = Racks(upper); racks > 0; racks -= perRow)
            {
                rowGroups.Add(Math.Min(racks, perRow));
            }
        }

        int Rows(int positions) => (positions + perRow - 1) / perRow;
    }

    private int Racks(Need need) => (int)Math.Max((need.Units + _units - 1) / _units, (need.Power + _power - 1) / _power);

    /// <summary>Units and milliwatts of switches.</summary>
    private readonly record struct Need(long Units, long Power)
    {
        public static Need operator +(Need a, Need b) => new(a.Units + b.Units, a.Power + b.Power);
    }

    /// <summary>What one block takes.</summary>
    private readonly record struct Demand(int Pod, bool IsService, int Span, Need Leaves, Need Upper);
}
