using Lightloom.Simulation.Collectives;

namespace Lightloom.Experiments;

/// <summary>Which workloads are collectives, and how their names say they are run.</summary>
public static class CollectiveNames
{
    /// <summary>The collective and the algorithm that a workload's name says, for example of <c>all-reduce-ring</c>; null for others.</summary>
    public static (CollectiveKind Kind, CollectiveAlgorithm? Algorithm)? Find(string workload)
    {
        foreach (string name in CollectiveWords.Kinds.All)
        {
            if (workload == name)
            {
                return (CollectiveWords.Kinds.Find(name), null);
            }

            if (
                workload.StartsWith(name + "-", StringComparison.Ordinal)
                && CollectiveWords.Algorithms.TryFind(workload[(name.Length + 1)..]) is { } algorithm
            )
            {
                return (CollectiveWords.Kinds.Find(name), algorithm);
            }
        }

        return null;
    }
}
