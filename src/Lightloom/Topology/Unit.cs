namespace Lightloom.Topology;

/// <summary>
/// A scalable unit: nodes that share their backend leaves, so that they want to stand together with those leaves in their middle.
/// </summary>
/// <param name="Pool">Index of the pool.</param>
/// <param name="FirstNode">Number of the first node.</param>
/// <param name="NodeCount">Nodes present; the last unit may be part empty.</param>
/// <param name="Pod">Pod (three tiers) or plane (layout pods) it belongs to, or -1.</param>
public sealed record Unit(int Pool, int FirstNode, int NodeCount, int Pod)
{
    /// <summary>Numbers of the leaves (every fabric and plane) that serve this unit, in order.</summary>
    public List<int> Leaves { get; } = [];

    /// <summary>The same unit, with its leaves, known to belong to a pod.</summary>
    internal Unit InPod(int pod)
    {
        Unit unit = this with { Pod = pod };
        unit.Leaves.AddRange(ReferenceEquals(unit.Leaves, Leaves) ? [] : Leaves);
        return unit;
    }
}
