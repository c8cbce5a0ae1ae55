using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Floor;

/// <summary>One complete way to lay out the floor, still open to moves of single racks.</summary>
internal sealed class FloorCandidate
{
    private readonly Network _network;
    private HallState[] _halls = [];

    public FloorCandidate(Network network, LayoutPlan plan, FloorMap map, List<RackDraft> racks, bool isComplete)
    {
        _network = network;
        Plan = plan;
        Map = map;
        Racks = racks;
        Placement = Draw(isComplete);
    }

    public LayoutPlan Plan { get; }

    public FloorMap Map { get; }

    /// <summary>All racks, in no particular order.</summary>
    public List<RackDraft> Racks { get; }

    public Placement Placement { get; }

    /// <summary>All racks in floor order, as <see cref="Placement.Racks"/> numbers them.</summary>
    public RackDraft[] Order { get; private set; } = [];

    /// <summary>The same racks after moves.</summary>
    public FloorCandidate Redrawn() => new(_network, Plan, Map, Racks, Placement.IsComplete);

    /// <summary>Takes back moves of racks that were not drawn: every rack stands again where <see cref="Placement"/> has it.</summary>
    public void PutBack()
    {
        foreach (RackDraft rack in Order)
        {
            rack.Hall!.UsedPower -= rack.UsedPower;
        }

        for (int i = 0; i < Order.Length; i++)
        {
            Order[i].Hall = _halls[i];
            Order[i].Row = Placement.Racks[i].Row - 1;
            Order[i].Position = Placement.Racks[i].Position - 1;
            _halls[i].UsedPower += Order[i].UsedPower;
        }
    }

    private Placement Draw(bool isComplete)
    {
        List<Hall> halls = Map.Draw(out int[] indexOf);
        RackDraft[] order = [.. Racks];
        Array.Sort(
            order,
            (a, b) =>
            {
                int byHall = a.Hall!.Index.CompareTo(b.Hall!.Index);
                int byRow = byHall != 0 ? byHall : a.Row.CompareTo(b.Row);
                return byRow != 0 ? byRow : a.Position.CompareTo(b.Position);
            }
        );
        Order = order;
        _halls = [.. order.Select(rack => rack.Hall!)];
        var rackOf = new int[_network.DeviceCount];
        var unitOf = new byte[_network.DeviceCount];
        var racks = new Rack[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            RackDraft draft = order[i];
            draft.Devices.Sort((a, b) => a.Unit.CompareTo(b.Unit));
            Hall hall = halls[indexOf[draft.Hall!.Index]];
            var rack = new Rack
            {
                Index = i,
                Hall = hall.Index,
                Row = draft.Row + 1,
                Position = draft.Position + 1,
                Span = draft.Span,
                Use = draft.Use,
                Units = draft.UsableUnits,
                UsedUnits = draft.UsedUnits,
                PowerLimit = Milliwatts(draft.PowerLimit),
                UsedPower = Milliwatts(draft.UsedPower),
                Devices = [.. draft.Devices.Select(device => device.Device)],
                Name = string.Create(CultureInfo.InvariantCulture, $"{hall.Letter}{draft.Row + 1:00}-{draft.Position + 1:00}"),
            };
            foreach ((int device, int unit) in draft.Devices)
            {
                rackOf[device] = i;
                unitOf[device] = (byte)unit;
            }

            racks[i] = rack;
        }

        return new Placement
        {
            Halls = halls,
            Racks = racks,
            RackOfDevice = ImmutableCollectionsMarshal.AsImmutableArray(rackOf),
            UnitOfDevice = ImmutableCollectionsMarshal.AsImmutableArray(unitOf),
            IsComplete = isComplete,
        };
    }

    private static Power Milliwatts(long milliwatts) => Power.FromWatts(milliwatts / 1000.0);
}
