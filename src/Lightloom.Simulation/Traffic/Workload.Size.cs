using System.Numerics;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Traffic;

/// <summary>How many flows a pattern makes, worked out before it is made.</summary>
public static partial class Workload
{
    /// <summary>The size of what <see cref="Create"/> would make of the same arguments, without making it.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="hosts">How many hosts take part, at least 2.</param>
    /// <param name="size">As for <see cref="Create"/>.</param>
    /// <param name="window">All-to-all: transfers that each rank has under way at once.</param>
    /// <param name="arrivals">Arrivals at random: how many flows.</param>
    /// <param name="experts">As for <see cref="Create"/>.</param>
    /// <exception cref="RefusedException">The name is unknown.</exception>
    public static TrafficSize SizeOf(
        string name,
        int hosts,
        DataSize size,
        int window = 8,
        int arrivals = 10_000,
        ExpertLoad? experts = null
    )
    {
        long n = hosts;
        long bytes = size.Bytes;
        return name switch
        {
            "all-reduce" => n <= 64 || !BitOperations.IsPow2(n) ? RingSize(n, bytes, 2 * (n - 1)) : HalvingSize(n, bytes),
            "all-reduce-ring" => RingSize(n, bytes, 2 * (n - 1)),
            "all-reduce-halving-doubling" => HalvingSize(n, bytes),
            "all-reduce-tree" => TreeSize(n, bytes, directions: 2),
            "broadcast" => TreeSize(n, bytes, directions: 1),
            "reduce-scatter" or "all-gather" => RingSize(n, bytes, n - 1),
            "all-to-all" => checked(new TrafficSize(n * (n - 1), n, n * Math.Clamp(window, 1, n - 1), PerRank(bytes, n))),
            "all-to-all-v" or "moe-dispatch" or "moe-combine" => checked(
                new TrafficSize(
                    n * (n - 1),
                    n,
                    n * Math.Clamp(window, 1, n - 1),
                    DataSize.FromBytes(1 + (long)(bytes * (experts ?? ExpertLoad.Even).LargestShare(hosts)))
                )
            ),
            "permutation" or "send-recv" => new TrafficSize(n, 0, n, size),
            "incast" or "outcast" => new TrafficSize(n - 1, 0, n - 1, size),
            "websearch" => new TrafficSize(arrivals, 0, arrivals, DataSize.FromBytes(WebSearch[^1].Bytes)),
            "storage" => new TrafficSize(arrivals, 0, arrivals, DataSize.FromBytes(Storage[^1].Bytes)),
            _ => throw new RefusedException($"unknown workload '{name}'; known are {string.Join(", ", Names)}"),
        };
    }

    /// <summary>The size of what <see cref="Hierarchical"/> would make, without making it.</summary>
    /// <param name="name">all-reduce, reduce-scatter or all-gather.</param>
    /// <param name="nodes">Nodes, at least 1.</param>
    /// <param name="rails">Hosts of each node.</param>
    /// <param name="size">The buffer of each rank.</param>
    /// <param name="halvingDoubling">Halving-doubling over the nodes of a rail instead of a ring.</param>
    public static TrafficSize SizeOfHierarchical(string name, int nodes, int rails, DataSize size, bool halvingDoubling = false)
    {
        checked
        {
            long bytes = size.Bytes;
            long n = (long)nodes * rails;
            int phases = name == "all-reduce" ? 2 : 1;
            long rounds = halvingDoubling ? BitOperations.Log2((uint)nodes) : nodes - 1;
            long parts = Parts(rails, n, bytes);
            long inside = rails > 1 ? phases * n * (rails - 1L) : 0;
            long between = nodes == 1 ? 0 : phases * rounds * n;
            long levels = (rails > 1 ? phases : 0) + (nodes == 1 ? 0 : phases * rounds);
            long concurrent = n * Math.Max(1, rails - 1) * Math.Min(parts, Math.Max(1, levels));
            return new TrafficSize(
                parts * (inside + between),
                parts * n * levels,
                Math.Min(concurrent, parts * (inside + between)),
                PerRank(bytes, rails * parts)
            );
        }
    }

    private static DataSize PerRank(long bytes, long parts) => DataSize.FromBytes((bytes + parts - 1) / parts);

    private static long Parts(int rails, long ranks, long bytes) =>
        rails == 1 ? 1 : Math.Clamp(bytes / Math.Max(1, ranks) / SmallestPiece, 1, MostParts);

    private static TrafficSize RingSize(long n, long bytes, long steps) =>
        checked(new TrafficSize(n * steps, n * (steps - 1), n, PerRank(bytes, n)));

    private static TrafficSize HalvingSize(long n, long bytes)
    {
        long steps = 2L * BitOperations.Log2((ulong)n);
        return checked(new TrafficSize(n * steps, n * Math.Max(0, steps - 1), n, PerRank(bytes, 2)));
    }

    private static TrafficSize TreeSize(long n, long bytes, int directions)
    {
        long chunks = TreeChunks(bytes);
        return checked(new TrafficSize(chunks * (n - 1) * directions, chunks * n * directions, chunks * (n - 1), PerRank(bytes, chunks)));
    }

    private static int TreeChunks(long bytes) => (int)Math.Clamp(bytes / (256 << 10), 1, 32);

    // Lists are made as long as the pattern needs, so that none has to be copied while it grows.
    private static List<FlowDescription> FlowsFor(string name, TrafficSize size) =>
        size.Flows <= TrafficSize.MostFlows
            ? new List<FlowDescription>((int)size.Flows)
            : throw new RefusedException(
                $"'{name}' makes {size.Flows:n0} flows, and a run holds at most {TrafficSize.MostFlows:n0}: take fewer hosts, "
                    + "or a pattern of fewer steps"
            );
}
