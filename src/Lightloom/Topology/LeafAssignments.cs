using Lightloom.Hardware;

namespace Lightloom.Topology;

/// <summary>
/// Which of several leaf switches that a file names serves which hosts. The order in the file is a preference: where it leads to no design, the
/// other ways to assign them are tried.
/// </summary>
internal static class LeafAssignments
{
    /// <summary>Ways that are tried; they multiply with switches and classes of hosts.</summary>
    private const int Most = 32;

    /// <summary>All ways, those first that take the first switches; none for one switch.</summary>
    /// <param name="leaves">The switches, in the file's order.</param>
    /// <param name="ports">Ports of all hosts.</param>
    public static IEnumerable<IReadOnlyDictionary<HostClass, SwitchModel>> Of(
        IReadOnlyList<SwitchModel> leaves,
        IEnumerable<NicPorts> ports
    )
    {
        HostClass[] classes = [.. ports.Select(HostClass.Of).Distinct()];
        double ways = leaves.Count < 2 ? 0 : Math.Min(Most, Math.Pow(leaves.Count, classes.Length));
        for (int way = 0; way < ways; way++)
        {
            Dictionary<HostClass, SwitchModel> leafOf = [];
            int rest = way;
            foreach (HostClass hosts in classes)
            {
                leafOf[hosts] = leaves[rest % leaves.Count];
                rest /= leaves.Count;
            }

            yield return leafOf;
        }
    }
}
