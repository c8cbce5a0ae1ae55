using Lightloom.Hardware;

namespace Lightloom.Topology;

/// <summary>Numbers devices while a network is built.</summary>
internal sealed class DeviceList
{
    private readonly List<DeviceGroup> _groups = [];

    /// <summary>Devices so far.</summary>
    public int Count { get; private set; }

    /// <summary>Groups so far.</summary>
    public IReadOnlyList<DeviceGroup> Groups => _groups;

    /// <summary>Adds a group made by <paramref name="make"/> from its first device number; returns that number.</summary>
    public int Add(int count, Func<int, DeviceGroup> make)
    {
        int first = Count;
        if (count > 0)
        {
            DeviceGroup group = make(first);
            group.Index = _groups.Count;
            _groups.Add(group);
            Count += count;
        }

        return first;
    }

    /// <summary>
    /// Adds one tier of a network without planes, named by <paramref name="prefix"/> and tier; returns its first device's number.
    /// </summary>
    public int AddTier(FabricRole fabric, string prefix, SwitchModel model, Tier tier, int count, int number = 1, int? ofTier = null) =>
        Add(
            count,
            first =>
                new()
                {
                    First = first,
                    Count = count,
                    Switch = model,
                    Fabric = fabric,
                    Tier = tier,
                    Plane = 0,
                    NamePrefix =
                        prefix
                        + (
                            tier switch
                            {
                                Tier.Leaf => "leaf",
                                Tier.Spine => "spine",
                                _ => "super",
                            }
                        ),
                    FirstNumber = number,
                    Digits = Math.Max(3, (ofTier ?? count).ToString(System.Globalization.CultureInfo.InvariantCulture).Length),
                }
        );

    /// <summary>Group of every device.</summary>
    public ushort[] GroupOfDevice()
    {
        ushort[] of = new ushort[Count];
        foreach (DeviceGroup group in _groups)
        {
            of.AsSpan(group.First, group.Count).Fill((ushort)group.Index);
        }

        return of;
    }
}
