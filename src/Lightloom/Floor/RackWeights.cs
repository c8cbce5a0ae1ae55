using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Floor;

/// <summary>What the racks of a design may weigh, themselves included.</summary>
/// <remarks>
/// The file's limit holds for all. Where it names none, a rack whose one device is heavier than racks are taken to be is taken to hold it
/// (LL5008), and racks of switches hold the heaviest switch.
/// </remarks>
public sealed class RackWeights
{
    private readonly Network _network;
    private readonly FloorGeometry _geometry;
    private readonly Mass[] _byGroup;
    private readonly Mass _heaviestSwitch;

    /// <summary>Weighs each kind of device once.</summary>
    public RackWeights(ClusterSpec spec, Network network)
    {
        (_network, _geometry) = (network, new FloorGeometry(spec));
        _byGroup =
        [
            .. network.Groups.Select(g =>
                DeviceSize.Of(spec, g.Model) is var size && size.Weight is not { } weight ? Mass.Zero
                : size.IsRack ? Mass.FromGrams(weight.Grams / Math.Max(1, size.Racks))
                : weight + _geometry.EmptyRack
            ),
        ];
        _heaviestSwitch = network.Groups.Where(g => !g.IsNode).Select(g => _byGroup[g.Index]).DefaultIfEmpty(Mass.Zero).Max();
    }

    /// <summary>The most that a rack may weigh.</summary>
    public Mass LimitOf(Rack rack)
    {
        Mass most = _geometry.WeightLimit;
        if (_geometry.WeightGiven)
        {
            return most;
        }

        foreach (int device in rack.Devices)
        {
            DeviceGroup group = _network.Groups[_network.GroupOfDevice[device]];
            Mass own = group.IsNode ? _byGroup[group.Index] : _heaviestSwitch;
            most = own > most ? own : most;
        }

        return most;
    }
}
