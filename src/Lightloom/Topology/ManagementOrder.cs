namespace Lightloom.Topology;

/// <summary>
/// Devices in the order in which they will stand, cut into runs: a unit's nodes, then the leaves in its middle; then what belongs to no
/// unit, group by group. What stands in another place comes in runs of its own, place by place.
/// </summary>
internal static class ManagementOrder
{
    /// <summary>All devices, each once.</summary>
    /// <param name="devices">Nodes and switches.</param>
    /// <param name="units">Scalable units.</param>
    /// <param name="placeOf">Number of the place of each device; alike where the file names none.</param>
    public static IReadOnlyList<(int Place, IReadOnlyList<int> Devices)> Of(
        DeviceList devices,
        IReadOnlyList<Unit> units,
        IReadOnlyList<int> placeOf
    )
    {
        bool[] seen = new bool[devices.Count];
        List<(int Place, IReadOnlyList<int> Devices)> runs = [];
        foreach (Unit unit in units)
        {
            Add(Enumerable.Range(unit.FirstNode, unit.NodeCount).Concat(unit.Leaves));
        }

        foreach (DeviceGroup group in devices.Groups.Where(g => g.Tier != Tier.External))
        {
            Add(Enumerable.Range(group.First, group.Count));
        }

        return [.. runs.OrderBy(r => r.Place)];

        void Add(IEnumerable<int> wanted)
        {
            List<int> run = [];
            foreach (int device in wanted)
            {
                if (!seen[device])
                {
                    seen[device] = true;
                    if (run.Count > 0 && placeOf[device] != placeOf[run[0]])
                    {
                        runs.Add((placeOf[run[0]], run));
                        run = [];
                    }

                    run.Add(device);
                }
            }

            if (run.Count > 0)
            {
                runs.Add((placeOf[run[0]], run));
            }
        }
    }
}
