namespace Lightloom.Training.Machines;

/// <summary>How the ranks of a group lie in the network. Immutable.</summary>
/// <param name="Size">Ranks.</param>
/// <param name="Local">Ranks that share a scale-up domain; the fewest where domains differ.</param>
/// <param name="RingLeafShare">Of a ring's messages between domains: the share that passes a leaf's uplinks, 0 to 1.</param>
/// <param name="RingPodShare">The share that passes a spine's uplinks.</param>
/// <param name="AllLeafShare">Of an all-to-all's bytes between domains: the share that passes a leaf's uplinks.</param>
/// <param name="AllPodShare">The share that passes a spine's uplinks.</param>
public sealed record GroupShape(int Size, int Local, double RingLeafShare, double RingPodShare, double AllLeafShare, double AllPodShare)
{
    /// <summary>Distance between neighbours in rank order.</summary>
    public long Stride { get; init; } = 1;

    /// <summary>A group of one, which sends nothing.</summary>
    public static GroupShape Alone { get; } = new(1, 1, 0, 0, 0, 0);

    /// <summary>True when no byte leaves a scale-up domain.</summary>
    public bool IsInside => Local == Size;

    /// <summary>Domains that the group spans, rounded up.</summary>
    public int Domains => (Size + Local - 1) / Local;
}
