namespace Lightloom.Topology;

/// <summary>
/// Devices in the order in which they will stand, cut into runs: a unit's nodes, then the leaves in its middle; then what belongs to no
/// unit, group by group.
/// </summary>
internal static class ManagementOrder
{
    /// <summary>All devices, each once.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Of(DeviceList devices, IReadOnlyList<Unit> units)
    {
        bool[] seen = new bool[devices.Count];
        List<IReadOnlyList<int>> runs = [];
        foreach (Unit unit in units)
        {
            Add(Enumerable.Range(unit.FirstNode, unit.NodeCount).Concat(unit.Leaves));
        }

        foreach (DeviceGroup group in devices.Groups)
        {
            Add(Enumerable.Range(group.First, group.Count));
        }

        return runs;

        void Add(IEnumerable<int> wanted)
        {
            List<int> run = [];
            foreach (int device in wanted)
            {
                if (!seen[device])
                {
                    seen[device] = true;
                    run.Add(device);
                }
            }

            runs.Add(run);
        }
    }
}
